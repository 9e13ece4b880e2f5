import { type Finding, findingId } from '../../model/finding.ts';
import type { Protection } from '../../model/memory.ts';
import type { GovernedTable } from '../scene/governed.ts';

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
