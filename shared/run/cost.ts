import type { Prices } from '../core/money/prices.ts';
import { withGone } from '../core/retention/gone-tables.ts';
import { costsOf, type TableCost } from '../core/simulate/estate-cost.ts';
import type { Policies } from '../model/policy.ts';
import { deployedPoliciesOf } from './deploy-changes.ts';
import type { Deps } from './deps.ts';
import { type Look, look } from './look.ts';

/** What an account costs under the policies at hand and, where others are deployed, under those. */
export interface CostsSeen {
  readonly look: Look;
  readonly costs: readonly TableCost[];
  /** Absent where the same policies are deployed, or it is not known which are. */
  readonly deployed?: readonly TableCost[];
}

const costsIn = (seen: Look, parts: Deps, prices: Prices, formerly?: Policies): readonly TableCost[] =>
  costsOf({
    ...seen,
    memory: withGone(seen.memory, seen.plan.memory),
    ...{ instance: parts.instance, policies: parts.policies, now: seen.plan.plannedAt, prices, formerly },
  });

const readRuns = async ({ runNotes }: Deps) => {
  try {
    return await runNotes.read();
  } catch {
    // The look itself reports the state table as unreadable.
    return [];
  }
};

/** The policies that the functions ran with last, where they are others. */
const otherPolicies = async (parts: Deps): Promise<Policies | undefined> =>
  deployedPoliciesOf(await readRuns(parts), parts.policies);

/** Looks at the account as an audit does and prices what this instance keeps. Changes nothing. */
export const readCosts = async (parts: Deps, prices: Prices): Promise<CostsSeen> => {
  const seen = await look(parts, { mode: 'audit' });
  const policies = await otherPolicies(parts);
  const costs = costsIn(seen, parts, prices, policies);
  if (policies === undefined) return { look: seen, costs };
  const before = { ...parts, policies };
  return { look: seen, costs, deployed: costsIn(await look(before, { mode: 'audit' }), before, prices) };
};
