import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { PastPromise, Protection } from '../../model/memory.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import type { GovernedTable } from '../scene/governed.ts';
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

/**
 * A promise of point-in-time recovery that a policy once made to a table, while it still governs it
 * and all of the table's policies together promise less.
 */
export interface LessPitr {
  readonly table: string;
  readonly policy: string;
  /** What was promised. */
  readonly days: number;
  /** The longest period that any policy of the table promises now; 0 without a promise. */
  readonly daysNow: number;
}

/**
 * Names the finding by the policy and what is left of its promise; no table can have such a name.
 */
export const lessPitrId = ({ policy, daysNow }: Pick<LessPitr, 'policy' | 'daysNow'>): Finding['id'] =>
  findingId('protection-changed', policy, 'pitr', daysNow === 0 ? undefined : String(daysNow));

/**
 * Lists the remembered promises to a table that are now shorter or gone; empty for a table that is
 * not remembered.
 */
export const lessPitrOf = (one: GovernedTable, before: Protection | undefined): readonly LessPitr[] => {
  const daysNow = Math.max(0, ...one.policies.map(({ pitr }) => pitr?.recoveryPeriodDays ?? 0));
  const governs = new Set(one.policies.map(({ name }) => name));
  return (before?.promises ?? []).flatMap(({ name: policy, pitrDays: days = 0 }) =>
    governs.has(policy) && days > daysNow ? [{ table: one.table.name, policy, days, daysNow }] : [],
  );
};
