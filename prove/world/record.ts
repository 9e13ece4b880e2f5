import type { AlertDocument } from '../../shared/model/alert-message.ts';
import type { Mode } from '../../shared/model/plan.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import type { CopyJob } from '../../sim/backup/jobs.ts';
import type { Backup } from '../../sim/dynamodb/backup-index.ts';
import type { Table } from '../../sim/dynamodb/table.ts';
import type { LedgerEntry } from '../../sim/ledger.ts';
import type { FileSpec } from '../story/file-spec.ts';
import type { OwnJob } from './vault-log.ts';
import type { VaultScene } from './vault-scene.ts';

/** A function by the mode it runs in. */
export type FunctionName = Mode | 'hint';

/** One call as it was sent. Calls with the same key are attempts of one. */
export interface CallRecord {
  readonly operation: string;
  readonly body: string;
  /** What came back: `ok`, the service's name for the failure, or `lost` where nothing came. */
  answer: string;
}

/**
 * A table as it stood when a run began, with the tags that could be read then; nothing but runs changes anything while one is under way, but
 * that changed tags come to be seen.
 */
export type TableThen = Pick<Table, 'id' | 'name' | 'tags' | 'pitr' | 'shownStatus' | 'createdAt'> & {
  /** As DynamoDB itself lists them; absent where they are as the tagging API shows them. */
  readonly ownTags?: Table['tags'];
};

/** What the account held, and which policies were deployed. */
export interface Scene {
  readonly at: number;
  readonly file: FileSpec;
  /** Every file that was deployed so far, the present one last. */
  readonly files: readonly FileSpec[];
  /** When the present one was deployed. */
  readonly deployedAt: number;
  readonly tables: readonly TableThen[];
  /** ARNs of what a forger made so far, and whether the schedule asked for each when it was made. */
  readonly forged: ReadonlyMap<string, 'asked-for' | 'not-asked-for'>;
  readonly backups: readonly Backup[];
  readonly vaults: VaultScene;
}

export type Made = Extract<LedgerEntry, { kind: 'recovery-point-made' }>;
export type Deleted = Extract<LedgerEntry, { kind: 'recovery-point-deleted' }>;
export type PitrChanged = Extract<LedgerEntry, { kind: 'pitr-changed' }>;

/** What one run did, by the account's own ledger, wire and inbox. */
export interface RunRecord {
  readonly runId: string;
  readonly mode: FunctionName;
  readonly before: Scene;
  /** The same at its end, with what appeared meanwhile, by another run perhaps, and with what is gone since. */
  readonly later: Scene;
  readonly endedAt: number;
  /** How far the run's clock was off, and its event ahead. */
  readonly skewMs: number;
  /** Changed tags became visible meanwhile: it is not certain what the run had to believe. */
  readonly tagsMoved: boolean;
  readonly eventAheadMs: number;
  /** Another run was under way at the same time. */
  readonly overlapped: boolean;
  readonly end: 'whole' | 'not-whole' | 'killed' | 'threw';
  readonly failures: readonly string[];
  readonly report?: RunReport | undefined;
  /** Of a hint: the tables that its run looked at, those of other hints among them. */
  readonly lookedAt?: readonly string[] | undefined;
  readonly approved: boolean;
  readonly calls: readonly CallRecord[];
  readonly made: readonly Made[];
  /** Those whose deletion AWS Backup took from it among them, with the names that they stand for. */
  readonly deleted: readonly Deleted[];
  /** The jobs that it had AWS Backup begin. */
  readonly begun: readonly OwnJob[];
  readonly copied: readonly CopyJob[];
  readonly pitrChanged: readonly PitrChanged[];
  readonly told: readonly AlertDocument[];
  /** How many digests it sent. */
  readonly digests: number;
}

/** The moment the run took for now when it began. */
export const nowOf = ({ before, skewMs }: RunRecord): number => before.at + skewMs;

/** Lists the calls of a run that failed for good: the last attempt of each, if it failed. */
export const failedCalls = ({ calls }: Pick<RunRecord, 'calls'>): readonly CallRecord[] => {
  // A body is made into text each time it is read: only those of operations of which one failed.
  const failing = new Set(calls.flatMap(({ operation, answer }) => (answer === 'ok' ? [] : [operation])));
  const suspects = calls.filter(({ operation }) => failing.has(operation));
  const last = new Map(suspects.map((call) => [`${call.operation} ${call.body}`, call]));
  return [...last.values()].filter(({ answer }) => answer !== 'ok');
};

/** Nearly all the time of a run. */
const LONG_MS = 10 * 60_000;

const STATE_CALLS: readonly string[] = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'Query'];

/** Whether the state table answered every call of a run. Without that, a run does not know what people were alerted to, or cannot save it. */
export const hadMemory = (run: RunRecord): boolean =>
  // One that has no time left asks for nothing any more.
  !(run.end === 'not-whole' && run.endedAt > run.before.at + LONG_MS) &&
  !failedCalls(run).some(
    ({ operation, answer }) =>
      STATE_CALLS.includes(operation) && answer !== 'ConditionalCheckFailedException',
  );

/** Whether nothing went wrong in a run and no other run was beside it. */
export const isPlain = (run: RunRecord): boolean =>
  run.end === 'whole' && !run.overlapped && run.skewMs === 0 && failedCalls(run).length === 0;

/** Whether a run read a table's PITR, or may have: only a long one may have had no time left to ask for it. */
const hadTimeFor = (run: RunRecord, { name }: TableThen): boolean =>
  !isPlain(run) ||
  run.endedAt <= run.before.at + LONG_MS ||
  run.calls.some(
    ({ operation, body }) => operation === 'DescribeContinuousBackups' && body.includes(`"${name}"`),
  );

/**
 * Lists the tables whose PITR a run read: an audit all that it had time for, a hint those of its window. If a hint was cut off, it may have been
 * any.
 */
export const tablesLookedAt = (run: RunRecord): readonly TableThen[] => {
  const { mode, before, lookedAt, end } = run;
  if (mode === 'audit') return before.tables.filter((table) => hadTimeFor(run, table));
  if (mode !== 'hint') return [];
  if (lookedAt === undefined) return end === 'whole' ? [] : before.tables;
  return before.tables.filter(({ name }) => lookedAt.includes(name));
};
