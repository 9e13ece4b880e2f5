import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { type Amount, amountOf } from './amount.ts';
import { COLD_MINIMUM_MS } from './bill.ts';
import { GB, type Prices, priceIn } from './prices.ts';

/** What is paid for a recovery point after it is gone from cold storage. */
export interface EarlyCold {
  /** Whole days of the 90 that are left, at least one. */
  readonly days: number;
  readonly until: Instant;
  readonly amount: Amount;
}

/** A month is counted as the twelfth part of a year. */
const MONTH_MS = (365 / 12) * DAY_MS;

/**
 * Tells what deleting a recovery point now still costs, because cold storage is paid for 90 days at least; undefined where it is warm or has been
 * there for so long. Exactly 90 days cost nothing more.
 */
export const earlyCold = (
  { coldSince, location, sizeBytes }: Pick<RecoveryPoint, 'coldSince' | 'location' | 'sizeBytes'>,
  now: Instant,
  prices: Prices,
): EarlyCold | undefined => {
  if (coldSince === undefined) return undefined;
  const until = coldSince + COLD_MINIMUM_MS;
  const restMs = until - now;
  if (restMs <= 0) return undefined;
  const { region } = location.target;
  const price = priceIn(prices, region, 'vaultColdGbMonth');
  return {
    days: Math.ceil(restMs / DAY_MS),
    until,
    amount:
      sizeBytes === undefined
        ? { usd: 0, lacks: [`the size of a recovery point in ${region}`] }
        : amountOf((restMs / MONTH_MS) * (sizeBytes / GB), price, `cold storage of AWS Backup in ${region}`),
  };
};
