import type { Fault } from '../../sim/faults.ts';
import type { Speech } from '../world/deployment.ts';
import type { RunRecord } from '../world/record.ts';
import { OPERATIONS } from './estate.ts';
import { injectFault, type Struck } from './strike.ts';

/** Each fault, and how it reads. */
const FAULTS: Readonly<Record<Fault['kind'], string>> = {
  throttle: 'throttled',
  'internal-error': 'HTTP 500',
  timeout: 'no answer, nothing done',
  'timeout-after-effect': 'no answer, but done',
  'connection-reset': 'connection reset, nothing done',
  'connection-reset-after-effect': 'connection reset, but done',
  'access-denied': 'access denied',
  slow: 'five seconds late',
};

const FUNCTIONS = { protect: 'backup', expire: 'prune', audit: 'audit' } as const;

const counted = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)]
    .map(([text, all]) => `${all.length} × ${text}`)
    .toSorted()
    .join(', ');

const didText = (operation: string, { calls, report }: RunRecord): string => {
  const sent = calls.filter((call) => call.operation === operation);
  const different = new Set(sent.map(({ body }) => body)).size;
  const again = sent.length - different;
  const outcomes = (report?.outcomes ?? []).map(({ action, status }) => `${action.kind} ${status}`);
  return [
    again > 0 ? `sent ${again} again` : 'sent once',
    outcomes.length > 0 ? counted(outcomes) : 'no action',
  ].join('; ');
};

const toldText = ({ told, end }: RunRecord): string => {
  const kinds = told.flatMap(({ alert }) => alert.opened.map(({ kind }) => kind));
  const mail = kinds.length > 0 ? [`mail: ${counted(kinds)}`] : [];
  const alarm = end === 'whole' ? [] : ['alarm: the function fails'];
  return [...mail, ...alarm].join('; ') || 'nobody';
};

const rowText = (operation: string, fault: Fault['kind'], { run, left }: Struck): string => {
  const after = left.length === 0 ? 'all put right' : left.join('; ');
  return `| ${FAULTS[fault]} | ${didText(operation, run)} | ${toldText(run)} | ${after} |`;
};

const sectionText = async (
  { operation, mode, also }: (typeof OPERATIONS)[number],
  speech: Speech,
): Promise<string> => {
  const rows: string[] = [];
  for (const fault of Object.keys(FAULTS) as Fault['kind'][])
    rows.push(rowText(operation, fault, await injectFault(operation, fault, speech)));
  const beside =
    also === undefined ? '' : ` ${also} is denied in the same run, or there would be no such call.`;
  return [
    `## ${operation}`,
    '',
    `Every call of it in one run of ${FUNCTIONS[mode]}.${beside}`,
    '',
    '| Fault | What Tablekeeper did | Who was alerted | After one run of each function in peace |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
};

const HEAD = `# What happens when a call fails

Written by \`npm run prove -- --faults-table\` from runs in the simulated account; a test keeps it true. Two tables with point-in-time
recovery off, each with a recovery point that is due and one that no rule keeps; every fault strikes every call of one operation throughout
one run. "Nobody" stands where the run did all it had to do, or where the next one does it by itself.
`;

/** Returns every operation × every fault as a document. */
export const faultsTable = async (speech: Speech = 'sdk'): Promise<string> => {
  const sections: string[] = [];
  for (const one of OPERATIONS) sections.push(await sectionText(one, speech));
  return `${HEAD}\n${sections.join('\n\n')}\n`;
};
