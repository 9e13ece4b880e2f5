import { DAY_MS } from '../../model/instant.ts';
import type { PastPromise, Protection } from '../../model/memory.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';

/**
 * Lists the policies that governed a table before the first of the former ones stopped. Undefined
 * if an older version recorded that: it did not record the others.
 */
export const namedBefore = ({ promises, namedBefore: written }: Protection): readonly string[] | undefined =>
  promises.some(({ until }) => until !== undefined) ? written : promises.map(({ name }) => name);

/** Converts what a policy promises now to the form in which it is remembered. */
export const promiseOf = ({ name, rpoMs, pitr }: Policy): PastPromise => ({
  name,
  rpoMs,
  ...(pitr !== undefined && { pitrDays: pitr.recoveryPeriodDays }),
});

/** A single recovery point does not show how often one was made. */
const LEAST_RPO_MS = 2 * DAY_MS;

const longestIntervalMs = ({ points }: OwnedRecoveryPoints): number =>
  points.reduce((longest, { slot }, index) => Math.max(longest, (points[index - 1]?.slot ?? slot) - slot), 0);

/**
 * Derives what the policy of these recovery points promised, as far as the policy file and the
 * recovery points show. For a policy that is gone from the file, the longest interval between two
 * of its slots, and at least two days, replaces its RPO.
 */
export const promiseByPoints = (own: OwnedRecoveryPoints, { policies }: Policies): PastPromise => {
  const policy = policies.find(({ name }) => name === own.policy);
  if (policy !== undefined) return promiseOf(policy);
  return { name: own.policy, rpoMs: Math.max(LEAST_RPO_MS, longestIntervalMs(own)) };
};
