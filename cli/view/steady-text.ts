import { amountText } from '../../shared/core/money/amount.ts';
import { type Bill, totalOf } from '../../shared/core/money/bill.ts';
import { GB, type Prices } from '../../shared/core/money/prices.ts';
import { type Steady, steadyBill, steadyOf } from '../../shared/core/simulate/steady.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { daysText } from '../../shared/core/text/time.ts';
import { counted } from '../../shared/core/text/words.ts';
import { DAY_MS, type Instant } from '../../shared/model/instant.ts';
import type { Policy } from '../../shared/model/policy.ts';
import { targetOf } from '../../shared/model/target.ts';

/** The size that a policy is priced for where no table is asked about: large enough to notice, and easy to multiply. */
export const EXAMPLE_BYTES = 100 * GB;

/** What one policy comes to for a table of `EXAMPLE_BYTES`. */
export interface SteadyPolicy {
  readonly steady: Steady;
  readonly bill: Bill;
  readonly now: Instant;
}

/** Any account: only the Region has a price. */
const ACCOUNT = '111122223333';

/** Prices a policy once its rules are full. */
export const steadyPolicy = (
  policy: Policy,
  { now, prices, region }: { readonly now: Instant; readonly prices: Prices; readonly region: string },
): SteadyPolicy => {
  const steady = steadyOf(policy, now);
  const table = { bytes: EXAMPLE_BYTES, target: targetOf(ACCOUNT, region), now };
  return { steady, now, bill: steadyBill([steady], table, prices) };
};

const copiesText = ({ copies }: Steady): string => {
  const count = copies.reduce((sum, [, sources]) => sum + sources.length, 0);
  return count === 0 ? '' : `, ${counted(count, 'copy elsewhere', 'copies elsewhere')}`;
};

const oldestDays = ({ steady: { madeAt }, now }: SteadyPolicy): number =>
  Math.floor((now - (madeAt.at(-1) ?? now)) / DAY_MS);

const transferText = ({ transfer }: Bill): string =>
  transfer === undefined ? '' : `, ${amountText(transfer)} of it for copies on their way to other Regions`;

/** Writes two lines: what a policy keeps once its rules are full, and what that costs. */
export const steadyTexts = (one: SteadyPolicy): readonly [string, string] => {
  const { bill, steady } = one;
  const { isCapped, madeAt, policy } = steady;
  const pitr =
    policy.pitr === undefined
      ? ''
      : `, and any second of the last ${daysText(policy.pitr.recoveryPeriodDays)}`;
  return [
    `keeps ${isCapped ? 'at least ' : ''}${counted(madeAt.length, 'recovery point')} once its rules are full, back ${daysText(oldestDays(one))}${copiesText(steady)}${pitr}`,
    `costs ${amountText(totalOf(bill))} a month for a table of ${bytesText(EXAMPLE_BYTES)}${transferText(bill)}`,
  ];
};
