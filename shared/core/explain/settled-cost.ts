import type { Policy } from '../../model/policy.ts';
import { type Amount, sumOf } from '../money/amount.ts';
import { totalOf } from '../money/bill.ts';
import type { Prices } from '../money/prices.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { Scene } from '../scene/scene.ts';
import { type Steady, steadyBill, steadyOf } from '../simulate/steady.ts';
import type { PoliciesSeen } from './deploy-changes.ts';

/** By DynamoDB, or else by the newest recovery point: a look that deletes does not describe every table. */
const bytesOf = ({ table }: GovernedTable, { streams }: Scene): number | undefined => {
  if (table.details !== undefined) return table.details.sizeBytes;
  const [newest] = streams
    .filter((stream) => stream.table === table.name)
    .flatMap(({ points }) => points.map(({ recoveryPoint }) => recoveryPoint))
    .filter(({ status }) => status === 'available')
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return newest?.sizeBytes;
};

const steadies = (now: number): ((policy: Policy) => Steady) => {
  const known = new Map<string, Steady>();
  return (policy) => {
    const steady = known.get(policy.name) ?? steadyOf(policy, now);
    known.set(policy.name, steady);
    return steady;
  };
};

/** Sums what all governed tables cost a month once the rules of their policies are full. Lacks the size of each table that is not known. */
export const settledCost = ({ observation, plan, scene }: PoliciesSeen, prices: Prices): Amount => {
  const now = plan.plannedAt;
  const of = steadies(now);
  const governed = scene.governed.filter(({ policies }) => policies.length > 0);
  return sumOf(
    governed.map((one) => {
      const bytes = bytesOf(one, scene);
      return bytes === undefined
        ? { usd: 0, lacks: [`the size of ${one.table.name}`] }
        : totalOf(steadyBill(one.policies.map(of), { bytes, target: observation.target, now }, prices));
    }),
  );
};
