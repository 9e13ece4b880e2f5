import { allSeriesIn } from './truth/all-series.ts';
import { ofGone } from './truth/gone.ts';
import { originOf } from './truth/names.ts';
import { TOLERANCE_MS } from './truth/own.ts';
import { wallOf } from './truth/wall.ts';
import type { Made, RunRecord } from './world/record.ts';

/** How often each rare state was met, by its name. */
export type Rare = Readonly<Record<string, number>>;

const MINUTE_MS = 60_000;
const LONGEST_MS = 15 * MINUTE_MS;

/** How far clocks are set, where they are: half an hour on Lord Howe, an hour elsewhere. */
const CHANGES_MS = [30 * MINUTE_MS, 60 * MINUTE_MS];

/** The clocks of the zone show the time of that instant twice. */
const isRepeated = (zone: string, instant: number): boolean =>
  CHANGES_MS.some((change) =>
    [change, -change].some((by) => wallOf(zone, instant + by) === wallOf(zone, instant)),
  );

/** The clocks of the zone never show the time that was asked for: the slot is the moment at which they passed over it. */
const isSkipped = (run: RunRecord, made: Made, slot: number): boolean => {
  const series = allSeriesIn(run.before).find(
    ({ table, policy }) => table.id === made.tableId && policy.name === originOf(made.name)?.policy,
  );
  if (series === undefined) return false;
  const wall = new Date(wallOf(series.zone, slot));
  const { hour, minute } = series.policy.rhythm;
  return wall.getUTCHours() !== hour || wall.getUTCMinutes() !== minute;
};

const slotsOf = (run: RunRecord, is: (made: Made, slot: number) => boolean): number =>
  run.made.filter((made) => is(made, originOf(made.name)?.slot ?? 0)).length;

const callsOf = ({ calls }: RunRecord, operation: string, answer: string): number =>
  calls.filter((call) => call.operation === operation && call.answer === answer).length;

const findingsOf = ({ report }: RunRecord, kind: string): number =>
  (report?.plan.findings ?? []).filter((finding) => finding.kind === kind).length;

const toldOf = ({ told }: RunRecord, kind: string): number =>
  told.flatMap(({ alert }) => alert.opened).filter((finding) => finding.kind === kind).length;

/** The response to the last call for the name was lost, and the run ends without reporting a failure: it looked. */
const settledCreates = (run: RunRecord): number => {
  const lost = run.calls.filter(({ operation, answer }) => operation === 'CreateBackup' && answer === 'lost');
  const failing = new Set(
    (run.report?.openFindings ?? [])
      .filter(({ kind }) => kind === 'backups-failing')
      .map(({ table }) => table),
  );
  return run.end !== 'whole'
    ? 0
    : lost.filter(({ body }) => {
        const { TableName = '' } = JSON.parse(body) as { readonly TableName?: string };
        return !failing.has(TableName) && run.made.some(({ tableName }) => tableName === TableName);
      }).length;
};

const count = (is: boolean): number => (is ? 1 : 0);

/** What is counted of each run, by the account's own records. */
const COUNTED: Readonly<Record<string, (run: RunRecord) => number>> = {
  'runs that slept past their end': ({ endedAt, before }) => count(endedAt > before.at + LONGEST_MS),
  'runs beside another': ({ overlapped }) => count(overlapped),
  'claims that another run held': (run) =>
    run.mode === 'protect' ? callsOf(run, 'PutItem', 'ConditionalCheckFailedException') : 0,
  'runs that were killed': ({ end }) => count(end === 'killed'),
  'answers that were lost': ({ calls }) => calls.filter(({ answer }) => answer === 'lost').length,
  'creates whose answer was lost': (run) => callsOf(run, 'CreateBackup', 'lost'),
  'deletions whose answer was lost': (run) => callsOf(run, 'DeleteBackup', 'lost'),
  'runs whose clock was off': ({ skewMs }) => count(skewMs !== 0),
  'events from the future': ({ eventAheadMs }) => count(eventAheadMs > TOLERANCE_MS),
  'runs during which tags came to be seen': ({ tagsMoved }) => count(tagsMoved),
  'slots in a repeated hour': (run) => slotsOf(run, (_, slot) => isRepeated(run.before.file.timezone, slot)),
  'slots in a skipped hour': (run) => slotsOf(run, (made, slot) => isSkipped(run, made, slot)),
  'guardrail refusals': (run) => findingsOf(run, 'guardrail-refusal'),
  'approved prunes': ({ approved }) => count(approved),
  'recovery points expired': ({ deleted }) => deleted.length,
  'repairs of point-in-time recovery': ({ pitrChanged }) => pitrChanged.length,
  'recovery points of deleted tables': (run) => findingsOf(run, 'recovery-points-of-lost-table'),
  'tables whose last recovery points ended': (run) =>
    new Set(ofGone(run).map(({ tableName }) => tableName)).size,
  'holds that are unclear': (run) => findingsOf(run, 'hold-unclear'),
  'lists with a gap': (run) => findingsOf(run, 'observation-gap'),
  'lost creates settled in their run': settledCreates,
  'tags lost and reported': (run) => toldOf(run, 'no-longer-protected'),
  'deletions of tables reported': (run) => toldOf(run, 'table-deleted'),
  'mutes refused': (run) => findingsOf(run, 'mute-refused'),
  'forged names kept out of what counts': ({ mode, before, deleted }) =>
    mode === 'expire' && deleted.length > 0
      ? [...before.forged.values()].filter((how) => how === 'not-asked-for').length
      : 0,
  'forged names reported': (run) => toldOf(run, 'unscheduled-recovery-points'),
};

/** Counts the rare states of some runs. */
export const rareIn = (runs: readonly RunRecord[]): Rare =>
  Object.fromEntries(
    Object.entries(COUNTED).map(([name, of]) => [name, runs.reduce((sum, run) => sum + of(run), 0)]),
  );

/** Adds counts up. */
export const addRare = (one: Rare, other: Rare): Rare =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      (one[name] ?? 0) + (other[name] ?? 0),
    ]),
  );

/** Which rare states were never met. */
export const neverMet = (rare: Rare): readonly string[] =>
  Object.entries(rare)
    .filter(([, times]) => times === 0)
    .map(([name]) => name);
