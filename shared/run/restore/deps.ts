import type { Advice } from '../../model/advice.ts';
import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type {
  ItemReader,
  RestoredTable,
  RestoreRecords,
  RestoreRoleReader,
  Restorer,
  SettingsReader,
  SettingsWriter,
  VaultRestorer,
} from '../../ports/restore.ts';
import type { Clock } from '../../ports/time.ts';

/** Where a restore is, for whoever watches it. */
export interface RestoreProgress {
  readonly record: RestoreRecord;
  readonly now: Instant;
  /** What DescribeTable says of the table; absent while it is not to be seen. */
  readonly status?: string;
  readonly sizeBytes?: number;
  /** Why nothing moves at the moment. */
  readonly waitsFor?: string;
}

/** What a restore works with: all of it in the Region where the table is made, but for the items of the source. */
export interface RestoreDeps {
  readonly clock: Clock;
  readonly records: RestoreRecords;
  readonly restorer: Restorer;
  /** Restores what is in backup vaults of that Region. */
  readonly vaultRestorer: VaultRestorer;
  /** Asks about the role of a job before there is one; absent where nobody plans restores. */
  readonly restoreRoles?: RestoreRoleReader;
  readonly settingsReader: SettingsReader;
  readonly settingsWriter: SettingsWriter;
  readonly items: ItemReader;
  /** Reads the source, where it still exists. */
  readonly sourceItems: ItemReader;
  readonly onProgress: (progress: RestoreProgress) => void;
  /** Looks at a table of another Region, where a replica is to be made. */
  lookIn(region: string, table: string): Promise<Reading<Pick<RestoredTable, 'createdAt'>>>;
}

/** A restore that another session has to go on with: why, and what else a person can do who knows more than AWS says. */
export interface Unfinished {
  readonly kind: 'unfinished';
  readonly record: RestoreRecord;
  readonly why: string;
  readonly fix?: Advice;
}

/** Where a stretch of a restore stands: it goes on, its table is ready, the restore has ended, or another session has to go on later. */
export type Stretch =
  | { readonly kind: 'on' | 'ready'; readonly record: RestoreRecord; readonly why?: string }
  | { readonly kind: 'ended'; readonly record: RestoreRecord }
  | Unfinished;

/** Ends a restore that did not come to a table of its own. */
export const endedFailed = async (
  deps: Pick<RestoreDeps, 'records' | 'clock'>,
  record: RestoreRecord,
  failure: Failure,
): Promise<{ readonly kind: 'ended'; readonly record: RestoreRecord }> => ({
  kind: 'ended',
  record: await saved(deps, {
    ...record,
    phase: 'ended',
    result: 'failed',
    failure,
    endedAt: deps.clock.now(),
  }),
});

/** Writes what became of a record, and returns it as it stands now. */
export const saved = (
  { records }: Pick<RestoreDeps, 'records'>,
  record: RestoreRecord,
): Promise<RestoreRecord> => records.save(record);
