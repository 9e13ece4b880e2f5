import {
  type CallRecord,
  type Deleted,
  failedCalls,
  isPlain,
  type RunRecord,
  type TableThen,
} from '../world/record.ts';
import { policiesOf } from './all-series.ts';
import { holdOf } from './holds.ts';
import { originOf } from './names.ts';
import { type Heard, toldBy } from './told.ts';

// What is left of a table that was deleted ends so many days after an audit that saw everything found no such table, a week after people were told, and
// never in doubt: this file counts the days by the account's own records.

const DAY_MS = 86_400_000;

/** A table as a run last found it, and what has passed since it is gone. */
export interface Gone {
  readonly id: string;
  /** Its tag kept everything when it was last there. */
  readonly held: boolean;
  readonly policies: readonly string[];
  /** When an audit that could read all of it first saw that no table has the name. */
  seenGoneAt: number | undefined;
  /** When people were first told that what is left of it ends. */
  toldAt: number | undefined;
  /** How far clocks of audits were behind since, and ahead. */
  slowMs: number;
  fastMs: number;
  /** Nobody knows any more how it was when it went. */
  isForgotten: boolean;
}

/** What is known of tables that went, by name, of what people keep, and of what ended when. */
export interface GoneTruth {
  readonly tables: Map<string, Gone>;
  readonly kept: Set<string>;
  /** Tables of which something ended, and when. */
  readonly ended: Map<string, number>;
}

export const createGoneTruth = (): GoneTruth => ({ tables: new Map(), kept: new Set(), ended: new Map() });

const LISTS = [
  'GetResources',
  'ListBackups',
  'ListTables',
  'ListRecoveryPointsByBackupVault',
  'ListBackupJobs',
];

const sawAll = (run: RunRecord): boolean =>
  run.mode === 'audit' && !failedCalls(run).some(({ operation }) => LISTS.includes(operation));

/** An audit knows which table has the name and what governs it; other runs see its tags. What a run cannot have noted changes nothing. */
const seen = (table: TableThen, known: Gone | undefined, run: RunRecord): Gone => {
  const isAudit = sawAll(run);
  const names = policiesOf(table, run.before.file).map(({ name }) => name);
  const isHeld = holdOf(table) !== 'none';
  const wasHeld = known?.held === true && known.id === table.id;
  return {
    id: isAudit || known === undefined ? table.id : known.id,
    held: isPlain(run) ? isHeld : wasHeld,
    policies: isAudit ? names : [...new Set([...(known?.policies ?? []), ...names])],
    seenGoneAt: undefined,
    toldAt: undefined,
    slowMs: 0,
    fastMs: 0,
    isForgotten: false,
  };
};

const noteTables = ({ tables }: GoneTruth, run: RunRecord): void => {
  const isSeen = ({ name }: TableThen): boolean =>
    run.mode !== 'hint' || run.lookedAt?.includes(name) === true;
  for (const table of run.before.tables.filter(isSeen))
    tables.set(table.name, seen(table, tables.get(table.name), run));
};

const noteGone = (truth: GoneTruth, run: RunRecord, heard: Heard): void => {
  const there = new Set(run.before.tables.map(({ name }) => name));
  const { again, opened } = toldBy(run, heard);
  const told = new Set([...opened, ...again]);
  for (const [name, gone] of truth.tables) {
    if (there.has(name)) continue;
    if (run.mode === 'audit' && run.skewMs < 0) gone.slowMs = Math.max(gone.slowMs, -run.skewMs);
    if (run.mode === 'audit' && run.skewMs > 0) gone.fastMs = Math.max(gone.fastMs, run.skewMs);
    if (sawAll(run)) gone.seenGoneAt ??= run.before.at;
    if (told.has(`deleted-table-ending/${name}`)) gone.toldAt ??= run.before.at;
  }
};

/** Adds a past run. */
export const watchGone = (truth: GoneTruth, run: RunRecord, heard: Heard): void => {
  noteGone(truth, run, heard);
  noteTables(truth, run);
  for (const { tableName } of ofGone(run)) truth.ended.set(tableName, run.before.at);
};

/** What was noted of tables that are gone is lost. */
export const forgetGone = ({ tables }: GoneTruth, there: ReadonlySet<string>): void => {
  for (const [name, gone] of tables) if (!there.has(name)) gone.isForgotten = true;
};

/** What a run deleted of tables that are not there. */
export const ofGone = (run: RunRecord): readonly Deleted[] => {
  const there = new Set(run.before.tables.map(({ name }) => name));
  return run.mode === 'expire' ? run.deleted.filter(({ tableName }) => !there.has(tableName)) : [];
};

const saysNotThere = ({ operation, body, answer }: CallRecord, name: string): boolean =>
  operation === 'DescribeTable' && answer === 'ResourceNotFoundException' && body.includes(`"${name}"`);

/** The last word of DynamoDB on the table before the first deletion. */
const wasProved = ({ calls }: RunRecord, { tableName }: Deleted): boolean => {
  const first = calls.findIndex(
    ({ operation }) => operation.startsWith('Delete') && operation !== 'DeleteItem',
  );
  const before = calls.slice(0, first < 0 ? undefined : calls.length);
  return before.some((call) => saysNotThere(call, tableName));
};

/** Says why a recovery point of a table that is gone should have stayed; undefined where it may go. */
export const shouldStay = (entry: Deleted, run: RunRecord, truth: GoneTruth): string | undefined => {
  const policy = originOf(entry.name)?.policy ?? '';
  const days = run.before.file.policies.find(({ name }) => name === policy)?.afterDeletionDays;
  const gone = truth.tables.get(entry.tableName);
  if (days === undefined) return 'its policy ends nothing of deleted tables';
  if (gone === undefined) return 'no run ever saw its table';
  if (gone.id !== entry.tableId) return 'it is of an earlier table of the name';
  if (gone.isForgotten) return 'the memory was lost since';
  if (gone.held) return 'its table was on hold when it went';
  if (!gone.policies.includes(policy)) return 'its policy did not govern the table';
  if (truth.kept.has(entry.tableName)) return 'a person asked to keep it';
  const slackMs = gone.slowMs + Math.min(gone.fastMs, Math.max(0, run.skewMs)) + 600_000;
  const at = run.endedAt + slackMs;
  if (gone.seenGoneAt === undefined || at < gone.seenGoneAt + days * DAY_MS) return 'its time is not over';
  if (gone.toldAt === undefined || at < gone.toldAt + 7 * DAY_MS)
    return 'people have not known it for a week';
  if (!wasProved(run, entry)) return 'DynamoDB was not asked whether the table is there';
  const others = [...truth.ended].filter(
    ([name, endedAt]) => name !== entry.tableName && run.before.at - endedAt < DAY_MS - slackMs,
  );
  return others.length > 0 ? `${others[0]?.[0]} ended within the same day` : undefined;
};
