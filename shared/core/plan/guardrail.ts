import type { ExpireAction } from '../../model/action.ts';
import type { GuardrailLimits } from '../../model/policy.ts';
import type { GuardrailExcess, GuardrailRefusal } from '../checks/context.ts';
import type { OwnPoints } from './own-points.ts';

type Counts = ReadonlyMap<string, number>;

const availableByPolicy = (own: Iterable<OwnPoints>): Counts => {
  const counts = new Map<string, number>();
  for (const { policy, points } of own) {
    const available = points.filter(({ recoveryPoint }) => recoveryPoint.status === 'available').length;
    counts.set(policy, (counts.get(policy) ?? 0) + available);
  }
  return counts;
};

const expiriesByPolicy = (expiries: readonly ExpireAction[]): Counts =>
  new Map(
    [...Map.groupBy(expiries, ({ policy }) => policy)].map(([policy, group]) => [policy, group.length]),
  );

const total = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

const excesses = (
  expiries: readonly ExpireAction[],
  own: Iterable<OwnPoints>,
  { floor, maxShare }: GuardrailLimits,
): readonly GuardrailExcess[] => {
  const available = availableByPolicy(own);
  const expiring = expiriesByPolicy(expiries);
  const ofPolicies = [...expiring]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([policy, count]) => ({ policy, expiries: count, available: available.get(policy) ?? 0 }));
  const ofAll = { expiries: total(expiring), available: total(available) };
  return [ofAll, ...ofPolicies].filter(
    (one) => one.expiries > floor && one.expiries > maxShare * one.available,
  );
};

/** What the guardrail weighs: what would expire, all there is of ours, the limits, and what a person approved. */
export interface Weighed {
  readonly expiries: readonly ExpireAction[];
  readonly own: Iterable<OwnPoints>;
  readonly limits: GuardrailLimits;
  readonly digest: string;
  readonly approvedDigest?: string | undefined;
}

/**
 * Given what would expire and what there is, returns why none of it may, when it is too much at once. At the edge exactly the floor and
 * exactly the share are allowed; a digest that a person approved passes, and only for that very set.
 */
export const guardrailRefusal = (weighed: Weighed): GuardrailRefusal | undefined => {
  const { approvedDigest, digest, expiries, limits, own } = weighed;
  if (approvedDigest === digest) return undefined;
  const found = excesses(expiries, own, limits);
  return found.length === 0 ? undefined : { digest, limits, excesses: found };
};
