import { CLOCK_TOLERANCE_MS, type Instant } from '../../model/instant.ts';
import type { Facet, Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';
import { governedTables } from './governed.ts';

const FACETS: Readonly<Record<Mode, readonly Facet[]>> = {
  protect: ['memory', 'tags', 'recent-recovery-points'],
  expire: ['memory', 'tags', 'recovery-points'],
  audit: ['memory', 'tags', 'table-names', 'recovery-points', 'details', 'pitr', 'subscriptions'],
};

/** Given a mode, returns what its runs look at, and so what they can judge. */
export const facetsOf = (mode: Mode): readonly Facet[] => FACETS[mode];

/**
 * Given a mode at a moment, returns from when on recovery points are listed: `protect` asks only whether each schedule's latest slot has
 * its recovery point, and so lists from the oldest of the latest slots. At the edge undefined: the list has no lower bound.
 */
export const recoveryPointsSince = (policies: Policies, mode: Mode, now: Instant): Instant | undefined => {
  if (mode !== 'protect') return undefined;
  const slots = policies.policies.map((policy) => latestSlot(policy, now));
  return Math.min(now, ...slots) - CLOCK_TOLERANCE_MS;
};

/**
 * Given the policies at a moment, returns whether `protect` lists from the same moment on whichever of them are used. At the edge: true for
 * one policy, and for none.
 */
export const listAlike = ({ policies }: Policies, now: Instant): boolean =>
  new Set(policies.map((policy) => latestSlot(policy, now))).size <= 1;

/**
 * Given the tagged tables, returns the policies that govern at least one of them. At the edge a list with a gap may hide a table, so all
 * policies count as used then.
 */
export const policiesInUse = (policies: Policies, { tables, gaps }: Observation): Policies => {
  if (gaps.some(({ facet }) => facet === 'tags')) return policies;
  const used = new Set(governedTables(policies, tables).flatMap((governed) => governed.policies));
  return { ...policies, policies: policies.policies.filter((policy) => used.has(policy)) };
};

/**
 * Given the confirmed tables, returns the names of those to which a policy promises point-in-time recovery, sorted. At the edge a table
 * that could not be confirmed is asked all the same, for its tag was read.
 */
export const tablesPromisedPitr = (policies: Policies, { tables }: Observation): readonly string[] =>
  governedTables(policies, tables)
    .filter((governed) => governed.policies.some(({ pitr }) => pitr !== undefined))
    .map(({ table }) => table.name);
