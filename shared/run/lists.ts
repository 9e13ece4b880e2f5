import type { Instant } from '../model/instant.ts';
import type { SystemBackupList } from '../model/observation.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { TableDetails, TaggedTable } from '../model/table.ts';
import type { Listing, Reading } from '../ports/inventory.ts';
import type { LookDeps } from './deps.ts';
import { listRecoveryPoints } from './engines.ts';

/** The lists that a run decides from: of the whole target, or of the tables of its scope. */
export interface Lists {
  /** With the tag key, or with any tag where none is given, including those that are gone by now. */
  tagged(tagKey?: string): Promise<Listing<TaggedTable>>;
  names(): Promise<Listing<string>>;
  recoveryPoints(since?: Instant): Promise<Listing<RecoveryPoint>>;
  describe(table: string): Promise<Reading<TableDetails>>;
  /** The tables of the scope that are deleted or being deleted; absent without a scope. */
  readonly gone?: () => Promise<readonly string[]>;
  /** What DynamoDB made of single tables when they were deleted; absent without a scope. */
  readonly systemBackupsOf?: (deleted: readonly string[]) => Promise<SystemBackupList>;
}

/** The only tables of a run, the lists of them, and until when these are read. */
export interface TableScope {
  readonly tables: readonly string[];
  readonly lists: Lists;
  readonly deadline: Instant;
}

/** Creates the lists of the whole target. */
export const listsOfAll = ({ engines, inventory }: Pick<LookDeps, 'engines' | 'inventory'>): Lists => ({
  tagged: (tagKey) => inventory.listTaggedTables(tagKey),
  names: () => inventory.listTableNames(),
  recoveryPoints: (since) => listRecoveryPoints(engines, since === undefined ? {} : { since }),
  describe: (table) => inventory.describeTable(table),
});
