import type { Target } from '../../model/target.ts';

/** Where a function writes the log of a run: CloudWatch's log group and the stream in it. */
export interface RunLog {
  readonly group: string;
  readonly stream: string;
}

const hostOf = (region: string): string => {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
  return `${region}.console.aws.amazon.com`;
};

/** Encodes twice, with `$` for `%`, because the console decodes its own address twice. */
const twiceEncoded = (text: string): string =>
  encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');

/**
 * Builds the address at which CloudWatch's console shows the lines of one run only. No name can end the address or
 * begin another.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html (checked 2026-11-23)
 */
export const logLink = ({ group, stream }: RunLog, runId: string, { region }: Target): string => {
  const filter = twiceEncoded(`?filterPattern="${runId}"`).replace('$253F', '$3F').replace('$253D', '$3D');
  return (
    `https://${hostOf(region)}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${twiceEncoded(group)}` +
    `/log-events/${twiceEncoded(stream)}${filter}`
  );
};
