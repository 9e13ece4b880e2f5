import type { RestoreChoices, RestoreOverrides } from '../../model/restore.ts';
import type { TableSettings } from '../../model/table-settings.ts';

/** A table as its ARN names it. */
export interface NamedTable {
  readonly accountId: string;
  readonly region: string;
  readonly table: string;
}

/** What settings are moved from and to. */
export interface RestoreNames {
  readonly from: NamedTable;
  readonly to: NamedTable;
  /** Key of the tag by which a table opts in: `backup:policy`. */
  readonly policyTag: string;
  /** Whether the source stands beside the restored table. */
  readonly sourceExists: boolean;
}

/** What decides which settings a restored table should have, besides those of its source. */
export interface RestoreContext {
  readonly names: RestoreNames;
  readonly choices: RestoreChoices;
  readonly overrides: RestoreOverrides;
  /** Regions in which another table has the name of the restored one: no replica can be made there. */
  readonly takenIn?: readonly string[];
  /** SAFETY: set while a restore is under way: a policy tag that the restored table bears was set by somebody since, and is never written over. */
  readonly leavesPolicyTag?: true;
}

/** What a restored table should be, what it is as far as that was read, and what decides between them. */
export interface RestoreInput {
  readonly expected: Partial<TableSettings>;
  readonly live: Partial<TableSettings>;
  readonly context: RestoreContext;
}
