import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { TaggedTable } from '../../model/table.ts';
import type { VirtualPoint } from './account.ts';

/** What is there of a table. */
interface GovernedTable {
  readonly present: readonly VirtualPoint[];
  readonly table: Pick<TaggedTable, 'details' | 'name'>;
}

/** When runs first saw a policy govern a table; of what older versions remember, when they first saw the policy. */
const seenSinceIn = ({ histories = [], protections = [] }: Memory) => {
  const byTable = new Map(protections.map((one) => [one.table, one.promises]));
  const byPolicy = new Map(histories.map(({ policy, regimes }) => [policy, regimes[0]?.since]));
  return (table: string, policy: string): Instant | undefined =>
    byTable.get(table)?.find(({ name, until }) => name === policy && until === undefined)?.governedSince ??
    byPolicy.get(policy);
};

/**
 * Returns a function that finds since when a policy can have made recovery points of a table: a run saw it then, or the oldest of them is older. Where
 * nothing is remembered of the policy and some are there the memory was lost, and it is since the table was made; it is never before that.
 */
export const governedSinceIn = (memory: Memory, now: Instant) => {
  const seenSince = seenSinceIn(memory);
  return ({ present, table }: GovernedTable, policy: string): Instant => {
    const made = present.flatMap(({ point }) => (point.origin?.policy === policy ? [point.createdAt] : []));
    const seen = seenSince(table.name, policy);
    const created = table.details?.createdAt ?? now;
    if (seen === undefined && made.length > 0) return created;
    return Math.max(Math.min(seen ?? now, ...made), created);
  };
};
