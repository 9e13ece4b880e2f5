import type { Mode } from '../shared/model/plan.ts';
import { deploy } from '../test/support/deployment.ts';
import { markdownTable, numberText } from './cells.ts';
import { fillEstate, POLICIES, STARTS_AT } from './estate.ts';
import { LATENCY_MS } from './rate-bound.ts';

/** Parts of all answers, of every service, before the call has an effect. */
interface Weather {
  readonly failing: number;
  readonly throttled: number;
}

const WEATHERS: readonly Weather[] = [
  { failing: 0, throttled: 0 },
  { failing: 0.05, throttled: 0.05 },
  { failing: 0.3, throttled: 0.3 },
];

const RUNS: readonly { readonly name: string; readonly mode: Mode; readonly isLatestFilled: boolean }[] = [
  { name: 'all due', mode: 'protect', isLatestFilled: false },
  { name: 'a tenth expires', mode: 'expire', isLatestFilled: true },
  { name: 'audit', mode: 'audit', isLatestFilled: true },
];

const HEADS = ['Run', 'tables', '500', 'throttled', 'done', 'left', 'failed', 'mails', 'calls', 'seconds'];

type Run = (typeof RUNS)[number];

/** What is left of an audit is what it could not read. */
const rowOf = async (
  run: Run,
  tables: number,
  { failing, throttled }: Weather,
): Promise<readonly string[]> => {
  const tablekeeper = await deploy({ startAt: STARTS_AT, policies: POLICIES, latencyMs: LATENCY_MS });
  const { account } = tablekeeper;
  fillEstate(account, { tables, isLatestFilled: run.isLatestFilled });
  account.calls.reset();
  // The second is only asked about what the first has let pass.
  account.faults.add({ operation: '*', kind: 'internal-error', probability: failing });
  account.faults.add({ operation: '*', kind: 'throttle', probability: throttled / (1 - failing) });
  const { durationMs, outcomes, plan } = await tablekeeper.run(run.mode);
  const count = (wanted: string): number => outcomes.filter(({ status }) => status === wanted).length;
  const windows = plan.memory.pitrBaselines.length;
  const isAudit = run.mode === 'audit';
  const figures = [
    isAudit ? windows : count('done'),
    isAudit ? tables - windows : count('deferred'),
    count('failed'),
    account.inbox.messages.length,
    account.calls.total(),
    durationMs / 1_000,
  ];
  return [
    run.name,
    numberText(tables),
    `${100 * failing} %`,
    `${100 * throttled} %`,
    ...figures.map((figure) => numberText(figure)),
  ];
};

/** Returns how runs fare where services fail and throttle at random, one row for each run and weather. */
export const unwellTable = async (tables: number): Promise<string> => {
  const rows: (readonly string[])[] = [HEADS];
  for (const run of RUNS) for (const weather of WEATHERS) rows.push(await rowOf(run, tables, weather));
  return markdownTable(rows);
};
