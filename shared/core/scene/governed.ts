import type { Policies, Policy } from '../../model/policy.ts';
import type { TableStatus, TaggedTable } from '../../model/table.ts';
import { govern } from '../policy/govern.ts';

const RESTORE_TEST_PREFIX = 'awsbackup-restore-test-';

/**
 * Given a table's name, returns whether AWS Backup's restore testing made it: such tables come and go by themselves.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (checked 2026-11-22)
 */
export const isPassingTable = (name: string): boolean => name.startsWith(RESTORE_TEST_PREFIX);

/**
 * Given the state of a table, returns whether backups are made of it and its point-in-time recovery is repaired. At the edge: false for a
 * table on its way in or out, and for one that is out of reach: CreateBackup is refused there or loses a race with a deletion, and what
 * is due is still due when the table is back.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const isActedOn = (status: TableStatus): boolean => status === 'ACTIVE' || status === 'UPDATING';

/** A tagged table and what its tag says. */
export interface GovernedTable {
  readonly table: TaggedTable;
  /** The policies that govern it, sorted by name; empty when it opted out or names none that exist. */
  readonly policies: readonly Policy[];
  /** Names in the tag that no policy has, as they stand there; the empty text for an empty tag. */
  readonly unknownNames: readonly string[];
  /** The tag says `none` and nothing else. */
  readonly optedOut: boolean;
  /** Policies that the tag gives up one by one: `standard+offsite=none`; absent where it gives up none. */
  readonly optedOutOf?: readonly string[];
  /** One sentence for each name in the tag. */
  readonly reasons: readonly string[];
}

/**
 * Given the policies and the tagged tables, returns each with what governs it, sorted by name. At the edge a table that is listed twice
 * counts once, and one without the tag not at all.
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
      return tagValue === undefined ? [] : [{ table, ...govern(policies, tagValue) }];
    });
};

/**
 * Given the tables with the policy tag, returns how many opted in by it. At the edge one that opts out aloud is not among them, or the
 * state table, which does, would hide that nothing else is tagged; one whose tag names no policy is, because that is told by itself.
 */
export const coverageOf = (governed: readonly Pick<GovernedTable, 'optedOut'>[]): number =>
  governed.filter(({ optedOut }) => !optedOut).length;
