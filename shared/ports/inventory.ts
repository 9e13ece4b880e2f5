import type { Failure } from '../model/failure.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { SystemBackup } from '../model/system-backup.ts';
import type { Pitr, TableDetails, TableTags, TaggedTable } from '../model/table.ts';

/**
 * A list read to its last page, or as far as it went. With `gap`, what is missing is unknown: an empty list with a gap never means "none".
 */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** Why the list ends early. */
  readonly gap?: Failure;
  /** The backup vaults of which it lacks everything, or some; absent where it lacks none. */
  readonly unread?: readonly UnreadVault[];
}

/** A backup vault that could not be read whole, by ARN, and why. */
export interface UnreadVault {
  readonly vault: string;
  readonly failure: Failure;
}

/** One thing read: found, not there, or not readable. */
export type Reading<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'unreadable';
      readonly failure: Failure;
      /** Set where nothing stood in the way but the end of the run's time: it was not asked for. */
      readonly deferred?: true;
      /** Set if reading it failed and the run's time ended within minutes of that. */
      readonly cutShort?: true;
    };

/** What tables there are. Every method only reads; none throws for what the service answers. */
export interface Inventory {
  /**
   * Tables with the tag key, or with any tag where none is given, by the tagging API: may miss changes of the last seconds and may list tables
   * deleted hours ago.
   */
  listTaggedTables(tagKey?: string): Promise<Listing<TaggedTable>>;
  /** Every table of the target. */
  listTableNames(): Promise<Listing<string>>;
  describeTable(table: string): Promise<Reading<TableDetails>>;
  /** `missing` while the table does not exist or is still being created. */
  readPitr(table: string): Promise<Reading<Pitr>>;
}

/** Looks at single tables where the inventory lists all of them. Every method only reads; none throws for what the service answers. */
export interface TableReader {
  /** Those of the named tables that carry the tag key, sorted. Like every list of the tagging API it goes on showing deleted tables for hours. */
  listTagged(tagKey: string, tables: readonly string[]): Promise<Listing<TaggedTable>>;
  /** User-made recovery points of that table, of every table that ever had the name, in order of creation. */
  listRecoveryPointsOf(table: string): Promise<Listing<RecoveryPoint>>;
  /** What the service made when tables of that name were deleted, in order of creation. It shows up some seconds after the deletion. */
  listSystemBackupsOf(table: string): Promise<Listing<SystemBackup>>;
  /** All tags of one table, from DynamoDB itself: seconds behind at most, where the list of all tagged tables may be minutes behind. */
  readTags(table: string): Promise<Reading<TableTags>>;
  /** The same of all tables: what was deleted in the last 35 days. */
  listSystemBackups(): Promise<Listing<SystemBackup>>;
}
