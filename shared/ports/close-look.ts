import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { SystemBackup } from '../model/system-backup.ts';
import type { TableTags, TaggedTable } from '../model/table.ts';
import type { Listing, Reading } from './inventory.ts';

/** Looks at single tables where the inventory lists all of them. Every method only reads; none throws for what the service answers. */
export interface CloseLook {
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
