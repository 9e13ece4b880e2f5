import type { PitrPromise } from '../../model/policy.ts';
import type { GovernedTable } from '../checks/context.ts';

/** Given the table's policies, returns what they promise of PITR. At the edge: empty when none promises any. */
export const promisesOf = ({ policies }: Pick<GovernedTable, 'policies'>): readonly PitrPromise[] =>
  policies.flatMap(({ pitr }) => (pitr === undefined ? [] : [pitr]));

/** Given promises, returns the longest period among them, in days. At the edge: 0 when there are none. */
export const longestPeriodDays = (promises: readonly PitrPromise[]): number =>
  Math.max(0, ...promises.map(({ recoveryPeriodDays }) => recoveryPeriodDays));
