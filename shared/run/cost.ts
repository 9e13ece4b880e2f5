import type { Prices } from '../core/money/prices.ts';
import { withGone } from '../core/retention/gone-tables.ts';
import { costsOf, type PresentCost, presentCosts, type TableCost } from '../core/simulate/estate-cost.ts';
import type { Policies } from '../model/policy.ts';
import { deployedPoliciesOf } from './deploy-changes.ts';
import type { Deps } from './deps.ts';
import { type Look, look } from './look.ts';

/** What an account costs under the policies at hand and, where others are deployed, under those. */
export interface CostsSeen {
  readonly look: Look;
  /** Of one policy, where only that was asked for. */
  readonly costs: readonly TableCost[];
  /** What every table costs now, under all its policies. */
  readonly present: readonly PresentCost[];
  /** Absent where the same policies are deployed, or it is not known which are. */
  readonly deployed?: readonly TableCost[];
}

/** What is priced: by which prices, and of which policy where only one was asked for. */
interface Asked {
  readonly prices: Prices;
  readonly only?: string | undefined;
}

const inputOf = (seen: Look, { instance, policies }: Deps, asked: Asked) => ({
  ...seen,
  memory: withGone(seen.memory, seen.plan.memory),
  ...{ instance, policies, now: seen.plan.plannedAt },
  ...asked,
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
export const readCosts = async (parts: Deps, asked: Asked): Promise<CostsSeen> => {
  const seen = await look(parts, { mode: 'audit' });
  const formerly = await otherPolicies(parts);
  const input = inputOf(seen, parts, asked);
  const found = {
    look: seen,
    costs: costsOf({ ...input, formerly }),
    present: presentCosts({ ...input, only: undefined }),
  };
  if (formerly === undefined) return found;
  const before = { ...parts, policies: formerly };
  return { ...found, deployed: costsOf(inputOf(await look(before, { mode: 'audit' }), before, asked)) };
};
