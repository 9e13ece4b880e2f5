import { type Gauge, gaugesOf, tablesUnderVaultKeys } from '../core/explain/gauges.ts';
import { addBills, totalOf } from '../core/money/bill.ts';
import { PRICES } from '../core/money/prices.ts';
import { costsNow } from '../core/simulate/estate-cost.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/** Measures what an audit saw and what is open after it, for a dashboard. */
export const readGauges = (
  { clock, instance, policies }: Pick<Deps, 'clock' | 'instance' | 'policies'>,
  seen: Look,
  openFindings: readonly OpenFinding[],
): Readonly<Record<Gauge, number>> => {
  const now = clock.now();
  const costs = costsNow({ ...seen, instance, policies, now, prices: PRICES });
  const monthlyCost = totalOf(addBills([...costs.values()])).usd;
  const underVaultKeys = tablesUnderVaultKeys(seen.observation, seen.scene);
  return gaugesOf({ verdicts: seen.plan.verdicts, openFindings, underVaultKeys, now, monthlyCost });
};
