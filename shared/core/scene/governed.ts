import { isPassingTable } from '../../model/passing-table.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import type { TableStatus, TaggedTable } from '../../model/table.ts';
import { govern } from '../policy/govern.ts';

/** A table that may not replicate is still there to be read: its backup is tried, and a refusal is reported. */
const ACTED_ON: readonly TableStatus[] = ['ACTIVE', 'REPLICATION_NOT_AUTHORIZED', 'UPDATING'];

/**
 * Whether backups are made and point-in-time recovery repaired in this table status. False for a table that is being created or deleted, and for an
 * inaccessible one: CreateBackup is refused there or races with a deletion, and what is due is still due when the table is back.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const isActedOn = (status: TableStatus): boolean => ACTED_ON.includes(status);

/** A tagged table and what its tag says. */
export interface GovernedTable {
  readonly table: TaggedTable;
  /** The policies that govern it, sorted by name; empty when it opted out or names none that exist. */
  readonly policies: readonly Policy[];
  /** Names in the tag that no policy has, as they stand there; the empty text for an empty tag. */
  readonly unknownNames: readonly string[];
  /** The tag says `none` and nothing else. */
  readonly optedOut: boolean;
  /** Policies that the tag opts out of one by one: `standard+offsite=none`; absent if there are none. */
  readonly optedOutOf?: readonly string[];
  /** One sentence for each name in the tag. */
  readonly reasons: readonly string[];
}

/**
 * Lists each tagged table with what governs it, sorted by name. A table that is listed twice counts
 * once; one without the tag, and one that restore testing or a drill made, does not count.
 */
export const governedTables = (
  policies: Policies,
  tables: readonly TaggedTable[],
): readonly GovernedTable[] => {
  const byName = new Map(tables.map((table) => [table.name, table]));
  return [...byName.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((table) => {
      const tagValue = table.tags[policies.tag];
      return tagValue === undefined || isPassingTable(table.name)
        ? []
        : [{ table, ...govern(policies, tagValue) }];
    });
};

/**
 * Counts the tables that opted in by the policy tag. One that opts out explicitly does not count,
 * or the state table, which does, would hide that nothing else is tagged. One whose tag names no
 * policy counts, because it has a finding of its own.
 */
export const coverageOf = (governed: readonly Pick<GovernedTable, 'optedOut'>[]): number =>
  governed.filter(({ optedOut }) => !optedOut).length;
