import { amountText } from '../../shared/core/money/amount.ts';
import { type Bill, totalOf } from '../../shared/core/money/bill.ts';
import { GB, type Prices } from '../../shared/core/money/prices.ts';
import { type Cycle, cycleOf } from '../../shared/core/simulate/cycle.ts';
import { type Steady, steadyBill, steadyOf } from '../../shared/core/simulate/steady.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { daysText } from '../../shared/core/text/time.ts';
import { counted } from '../../shared/core/text/words.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../shared/model/instant.ts';
import type { Policy } from '../../shared/model/policy.ts';
import { targetOf } from '../../shared/model/target.ts';

/** The size that a policy is priced for where no table is asked about: large enough to notice, and easy to multiply. */
export const EXAMPLE_BYTES = 100 * GB;

/** What one policy comes to for a table of `EXAMPLE_BYTES`: as it is on the day on which it keeps the most, and what is sure on the worst. */
export interface SteadyPolicy {
  readonly steady: Steady;
  readonly bill: Bill;
  readonly cycle: Cycle;
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
  const table = { bytes: EXAMPLE_BYTES, target: targetOf(ACCOUNT, region), now: cycle.fullestAt };
  return { steady, cycle, bill: steadyBill([steady], table, prices) };
};

const copiesText = ({ copies }: Steady): string => {
  const count = copies.reduce((sum, [, sources]) => sum + sources.length, 0);
  return count === 0 ? '' : `, ${counted(count, 'copy elsewhere', 'copies elsewhere')}`;
};

/** What varies is written as its ends: a count that is right today would be wrong after New Year. */
const keepsText = ({ cycle, steady: { isCapped } }: SteadyPolicy): string => {
  const { leastPoints, mostPoints } = cycle;
  const least = isCapped || leastPoints === mostPoints ? '' : `${leastPoints} to `;
  return `${isCapped ? 'at least ' : least}${counted(mostPoints, 'recovery point')}`;
};

/** A day on which clocks go forward is a day. */
const backDays = ({ cycle: { leastMs } }: SteadyPolicy): number => Math.floor((leastMs + HOUR_MS) / DAY_MS);

const transferText = ({ transfer }: Bill): string =>
  transfer === undefined ? '' : `, ${amountText(transfer)} of it for copies on their way to other Regions`;

const costsText = ({ bill, cycle }: SteadyPolicy): string => {
  const total = totalOf(bill);
  const month = `a month for a table of ${bytesText(EXAMPLE_BYTES)}`;
  if (total.usd === 0 && total.lacks.length > 0) return `what it costs ${month} is not known`;
  const least = cycle.leastPoints === cycle.mostPoints ? '' : 'up to ';
  return `costs ${least}${amountText(total)} ${month}${transferText(bill)}`;
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
    `keeps ${keepsText(one)} once its rules are full, back ${daysText(backDays(one))} on its worst day${copiesText(steady)}${pitr}`,
    costsText(one),
  ];
};
