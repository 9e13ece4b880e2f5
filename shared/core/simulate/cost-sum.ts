import { sumOf } from '../money/amount.ts';
import { addBills } from '../money/bill.ts';
import { MONTHS, type MonthCost, type TableCost } from './estate-cost.ts';
import type { HeldByGuardrail } from './history.ts';
import type { PolicyCost } from './policy-cost.ts';

/** What all tables, or some of them, cost together. */
export interface CostSum extends Pick<TableCost, 'months' | 'now' | 'pitrApart' | 'steady'> {
  readonly points: number;
  readonly copies: number;
  readonly bytes: number;
  readonly unsized: number;
  /** Of all tables, from the first one on. */
  readonly held?: HeldByGuardrail;
}

const monthSum = (months: readonly MonthCost[]): readonly MonthCost[] => {
  const [first] = months;
  return first === undefined
    ? []
    : [
        {
          ...{ start: first.start, end: first.end, bill: addBills(months.map(({ bill }) => bill)) },
          estimated: sumOf(months.map(({ estimated }) => estimated)),
          onTheFirst: sumOf(months.map(({ onTheFirst }) => onTheFirst)),
        },
      ];
};

const countOf = (costs: readonly TableCost[], count: (one: PolicyCost) => number): number =>
  costs.flatMap(({ policies }) => policies).reduce((sum, one) => sum + count(one), 0);

const heldIn = (costs: readonly TableCost[]): Pick<CostSum, 'held'> => {
  const all = costs.flatMap(({ held }) => held ?? []);
  if (all.length === 0) return {};
  const from = all.reduce((least, held) => Math.min(least, held.from), Number.POSITIVE_INFINITY);
  return { held: { from, policies: [...new Set(all.flatMap(({ policies }) => policies))].toSorted() } };
};

const apartIn = (costs: readonly TableCost[]): Pick<CostSum, 'pitrApart'> => {
  const all = costs.flatMap(({ pitrApart }) => pitrApart ?? []);
  return all.length === 0 ? {} : { pitrApart: addBills(all) };
};

/** Sums the costs of tables. */
export const sumCosts = (costs: readonly TableCost[]): CostSum => ({
  now: addBills(costs.map(({ now }) => now)),
  months: MONTHS.flatMap((_, at) => monthSum(costs.flatMap(({ months }) => months[at] ?? []))),
  steady: addBills(costs.map(({ steady }) => steady)),
  points: countOf(costs, ({ points }) => points),
  copies: countOf(costs, ({ copies }) => copies),
  bytes: countOf(costs, ({ bytes }) => bytes),
  ...heldIn(costs),
  ...apartIn(costs),
  unsized: countOf(costs, ({ unsized }) => unsized),
});
