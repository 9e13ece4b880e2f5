import { amountText, usdText } from '../../shared/core/money/amount.ts';
import { type Bill, billAt, totalOf } from '../../shared/core/money/bill.ts';
import { GB, type Prices } from '../../shared/core/money/prices.ts';
import { type Cycle, cycleOf } from '../../shared/core/simulate/cycle.ts';
import { type Steady, steadyBill, steadyOf } from '../../shared/core/simulate/steady.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { daysText, reachText } from '../../shared/core/text/time.ts';
import { counted, listed } from '../../shared/core/text/words.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { Policy } from '../../shared/model/policy.ts';
import { targetOf } from '../../shared/model/target.ts';

/** The size that a policy is priced for where no table is asked about: large enough to notice, and easy to multiply. */
export const EXAMPLE_BYTES = 100 * GB;

/** What one policy comes to for a table of `EXAMPLE_BYTES`: as it is on the day on which it keeps the most, and what is sure on the worst. */
export interface SteadyPolicy {
  readonly steady: Steady;
  readonly bill: Bill;
  readonly cycle: Cycle;
  /** What waits for prune costs on top, for as long as it does. */
  readonly waitingBill: Bill;
}

/** Any account: only the Region has a price. */
const ACCOUNT = '111122223333';

/** Prices a policy once its rules are full, on its fullest day: today may be any day of its year. */
export const steadyPolicy = (
  policy: Policy,
  { now, prices, region }: { readonly now: Instant; readonly prices: Prices; readonly region: string },
): SteadyPolicy => {
  const cycle = cycleOf(policy, now);
  const steady = steadyOf(policy, cycle.fullestAt);
  const at = cycle.fullestAt;
  const table = { bytes: EXAMPLE_BYTES, target: targetOf(ACCOUNT, region), now: at };
  const waiting = { bytes: EXAMPLE_BYTES * cycle.waiting, createdAt: at, region, isCopy: false };
  const isInVault = policy.vault !== undefined;
  return {
    ...{ steady, cycle, bill: steadyBill([steady], table, prices) },
    waitingBill: cycle.waiting === 0 ? {} : billAt([{ ...waiting, isInVault }], at, prices),
  };
};

const copiesText = ({ copies }: Steady): string => {
  const count = copies.reduce((sum, [, sources]) => sum + sources.length, 0);
  return count === 0 ? '' : `, ${counted(count, 'copy elsewhere', 'copies elsewhere')}`;
};

/** One that is there for some hours beside its successor is not worth a word. */
const waitingText = ({ cycle: { waiting } }: SteadyPolicy): string =>
  waiting > 1 ? `, and up to ${waiting} more until prune runs` : '';

/** What varies is written as its ends: a count that is right today would be wrong after New Year. */
const keepsText = (one: SteadyPolicy): string => {
  const { isFloor, leastPoints, mostPoints } = one.cycle;
  const least = leastPoints === mostPoints ? '' : `${leastPoints.toLocaleString('en-US')} to `;
  return `${isFloor ? 'at least ' : least}${counted(mostPoints, 'recovery point')} once its rules are full${waitingText(one)}`;
};

const isLacking = ({ bill }: SteadyPolicy): boolean => totalOf(bill).lacks.length > 0;

const transferText = ({ bill: { transfer } }: SteadyPolicy): string =>
  transfer === undefined || transfer.lacks.length > 0
    ? ''
    : `, ${amountText(transfer)} of it for copies on their way to other Regions`;

const waitingCost = ({ cycle, waitingBill }: SteadyPolicy): string => {
  const { lacks, usd } = totalOf(waitingBill);
  return cycle.waiting > 1 && lacks.length === 0
    ? `, and up to ${usdText(usd)} more for what waits for prune`
    : '';
};

const monthText = `a month for a table of ${bytesText(EXAMPLE_BYTES)}`;

/** A floor is never said to be the most, and names what it lacks. */
const costsText = (one: SteadyPolicy): string => {
  const { usd, lacks } = totalOf(one.bill);
  if (usd === 0 && lacks.length > 0) return `what it costs ${monthText} is not known: ${listed(lacks)}`;
  const least = isLacking(one) || one.cycle.leastPoints === one.cycle.mostPoints ? '' : 'up to ';
  const not = lacks.length === 0 ? '' : `; not known, and in no sum: ${listed(lacks)}`;
  return `costs ${least}${amountText(totalOf(one.bill))} ${monthText}${transferText(one)}${waitingCost(one)}${not}`;
};

/** Writes two lines: what a policy keeps once its rules are full, and what that costs. */
export const steadyTexts = (one: SteadyPolicy): readonly [string, string] => {
  const { steady } = one;
  const { policy } = steady;
  const pitr =
    policy.pitr === undefined
      ? ''
      : `, and any second of the last ${daysText(policy.pitr.recoveryPeriodDays)}`;
  return [
    `keeps ${keepsText(one)}, back ${one.cycle.isFloor ? 'at least ' : ''}${reachText(one.cycle.leastMs)} on its worst day${copiesText(steady)}${pitr}`,
    costsText(one),
  ];
};
