import { partitionOf, type Target } from '../../model/target.ts';

/** Where a function writes the log of a run: CloudWatch's log group and the stream in it. */
export interface RunLog {
  readonly group: string;
  readonly stream: string;
}

/** The console of each partition; before it stands the Region. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-iso': 'console.c2shome.ic.gov',
  'aws-iso-b': 'console.sc2shome.sgov.gov',
  'aws-iso-e': 'console.csphome.adc-e.uk',
  'aws-iso-f': 'console.csphome.hci.ic.gov',
};

/** Encodes twice, with `$` for `%`, because the console decodes its own address twice. */
const twiceEncoded = (text: string): string =>
  encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');

/**
 * Builds the address at which CloudWatch's console shows the lines of one run only. No name can end the address or
 * begin another. Returns undefined in a partition whose console is not known: no address is better than a wrong one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html (checked 2026-11-23)
 */
export const logLink = ({ group, stream }: RunLog, runId: string, target: Target): string | undefined => {
  const { region } = target;
  const console = CONSOLES[partitionOf(target)];
  if (console === undefined) return undefined;
  const filter = twiceEncoded(`?filterPattern="${runId}"`).replace('$253F', '$3F').replace('$253D', '$3D');
  return (
    `https://${region}.${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${twiceEncoded(group)}` +
    `/log-events/${twiceEncoded(stream)}${filter}`
  );
};
