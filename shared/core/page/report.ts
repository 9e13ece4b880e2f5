import type { DrillLevel, Policies } from '../../model/policy.ts';
import { leftRecoveryPoints, restorableTables } from '../explain/restorable.ts';
import { totalOf } from '../money/bill.ts';
import { PRICES, type Prices } from '../money/prices.ts';
import { listText, morePricesText } from '../money/whose-prices.ts';
import { costsNow } from '../simulate/estate-cost.ts';
import type { MonthlyCost, PageStatus, Proof, ReportFacts } from './facts.ts';
import { type Assets, reportPage } from './page.ts';

/** What a page is written from; the rest follows from it. */
export type PageInput = Omit<ReportFacts, 'restorable' | 'left' | 'proofs' | 'costs'>;

const PROVED: Readonly<Record<DrillLevel, string>> = {
  listed: 'it is in the list, nothing was restored',
  described: 'it is described as the table is, nothing was restored',
  sampled: 'exported and checked, nothing was restored',
  restored: 'restored and checked',
};

/** Where no policy drills and nothing was ever proved, the page has no column of it. */
const proofsIn = ({ tables }: PageStatus, { policies }: Policies): ReadonlyMap<string, Proof> | undefined => {
  const proofs = tables.flatMap(({ verdict: { table }, ifLost: { proof } }): readonly [string, Proof][] => {
    if (proof === undefined) return [];
    const { at, level, tookMs } = proof;
    return [[table, { provedAt: at, level, says: PROVED[level], ...(tookMs !== undefined && { tookMs }) }]];
  });
  const isDrilled = policies.some(({ drill }) => drill !== undefined);
  return proofs.length === 0 && !isDrilled ? undefined : new Map(proofs);
};

/** What a table costs is left out where a price or a size is missing: half a sum would look like all of it. */
const costsIn = (
  { status, policies, instance, target }: PageInput,
  prices: Prices,
): NonNullable<ReportFacts['costs']> => {
  const { look } = status;
  const costs = costsNow({ ...look, instance, policies, now: look.plan.plannedAt, prices });
  const monthly = [...costs].map(([table, now]): readonly [string, MonthlyCost] => {
    const { usd, lacks } = totalOf(now);
    return [table, lacks.length === 0 ? { usd } : {}];
  });
  const more = morePricesText(prices, target.region);
  const isWhole = monthly.every(([, { usd }]) => usd !== undefined);
  const says = [listText(prices, target.region), ...(isWhole || more === undefined ? [] : [more])];
  return { byTable: new Map(monthly), prices: { says: says.join('; ') } };
};

/** Writes the page of a deployment from what one look saw. */
export const reportOf = (known: PageInput, assets: Assets, prices: Prices = PRICES): string => {
  const { look, findings } = known.status;
  const seen = { ...look, findings };
  const proofs = proofsIn(known.status, known.policies);
  const facts = {
    ...known,
    ...(proofs !== undefined && { proofs }),
    costs: costsIn(known, prices),
    restorable: restorableTables(seen),
    left: leftRecoveryPoints(seen),
  };
  return reportPage(facts, assets);
};
