import { expect, it } from 'vitest';
import { earlyCold } from '../../../shared/core/money/early-cold.ts';
import type { Prices } from '../../../shared/core/money/prices.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { aRecoveryPoint, NOW, TARGET } from '../../support/world.ts';

const prices = (usd?: number): Prices => ({
  readAt: '2026-11-01',
  origin: 'a test',
  sources: [],
  regions: { [TARGET.region]: usd === undefined ? {} : { vaultColdGbMonth: usd } },
});

const MONTH_DAYS = 365 / 12;

it.each([
  { coldDays: 0, days: 90 },
  { coldDays: 30, days: 60 },
  { coldDays: 89, days: 1 },
  { coldDays: 89.5, days: 1 },
])('cold for $coldDays days, $days are paid for all the same', ({ coldDays, days }) => {
  const point = aRecoveryPoint({ sizeBytes: 100_000_000_000 });
  const early = earlyCold({ ...point, coldSince: NOW - coldDays * DAY_MS }, NOW, prices(0.03));
  expect(early).toMatchObject({ days, until: NOW + (90 - coldDays) * DAY_MS, amount: { lacks: [] } });
  expect(early?.amount.usd).toBeCloseTo(((90 - coldDays) / MONTH_DAYS) * 100 * 0.03, 6);
});

it.each([90, 91, 400])('cold for %i days, nothing is', (coldDays) => {
  const point = { ...aRecoveryPoint(), coldSince: NOW - coldDays * DAY_MS };
  expect(earlyCold(point, NOW, prices(0.03))).toBeUndefined();
});

it('warm, nothing is; and without a price it is said that it is not known', () => {
  expect(earlyCold(aRecoveryPoint(), NOW, prices(0.03))).toBeUndefined();
  const point = { ...aRecoveryPoint({ sizeBytes: 1 }), coldSince: NOW };
  expect(earlyCold(point, NOW, prices())?.amount).toEqual({
    usd: 0,
    lacks: [`cold storage of AWS Backup in ${TARGET.region}`],
  });
});
