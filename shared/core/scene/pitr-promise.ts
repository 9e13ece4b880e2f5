import type { PitrPromise } from '../../model/policy.ts';
import type { Pitr, TableDetails, TableStatus } from '../../model/table.ts';
import type { GovernedTable } from './governed.ts';

/** What a table's policies promise together: the longest period, and which of them promise it. */
export interface CombinedPromise extends Pick<PitrPromise, 'recoveryPeriodDays'> {
  /** Who promises it, with the verb: `standard promises`, `critical and standard promise`. */
  readonly promisedBy: string;
}

/** A table that is promised PITR, confirmed, and whose PITR was read. */
export interface PromisedTable {
  readonly name: string;
  readonly details: TableDetails;
  readonly pitr: Pitr;
  readonly promise: CombinedPromise;
  readonly governed: GovernedTable;
}

/** A table on its way in or out has no PITR to speak of. */
export const IN_PASSING: readonly TableStatus[] = ['CREATING', 'DELETING'];

/** Given the table's policies, returns what they promise of PITR. At the edge: empty when none promises any. */
export const promisesOf = ({ policies }: Pick<GovernedTable, 'policies'>): readonly PitrPromise[] =>
  policies.flatMap(({ pitr }) => (pitr === undefined ? [] : [pitr]));

/** Given promises, returns the longest period among them, in days. At the edge: 0 when there are none. */
export const longestPeriodDays = (promises: readonly PitrPromise[]): number =>
  Math.max(0, ...promises.map(({ recoveryPeriodDays }) => recoveryPeriodDays));

/** Given a governed table, returns what its policies promise of PITR together. At the edge: undefined when none promises any. */
const combinedPromise = (governed: GovernedTable): CombinedPromise | undefined => {
  const names = governed.policies.filter(({ pitr }) => pitr !== undefined).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return {
    recoveryPeriodDays: longestPeriodDays(promisesOf(governed)),
    promisedBy: `${names.join(' and ')} ${names.length === 1 ? 'promises' : 'promise'}`,
  };
};

/**
 * Given the governed tables, returns those that are promised PITR and whose PITR is known. At the edge tables that were not confirmed, not
 * read, or are being created or deleted are left out: nothing can be said of them.
 */
export const promisedTables = (governed: readonly GovernedTable[]): readonly PromisedTable[] =>
  governed.flatMap((one) => {
    const { name, details, pitr } = one.table;
    const promise = combinedPromise(one);
    if (promise === undefined || details === undefined || pitr === undefined) return [];
    return IN_PASSING.includes(details.status) ? [] : [{ name, details, pitr, promise, governed: one }];
  });
