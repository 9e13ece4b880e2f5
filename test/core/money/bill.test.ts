import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountOf, amountText, sumOf, usdText } from '../../../shared/core/money/amount.ts';
import {
  type BilledPoint,
  billAt,
  billOfMonth,
  chargedOnTheFirst,
  pitrBill,
  totalOf,
} from '../../../shared/core/money/bill.ts';
import { monthOf, monthsBetween } from '../../../shared/core/money/months.ts';
import { FIGURES, FIRST_REGION, PRICES, priceIn } from '../../../shared/core/money/prices.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

// The sums are made by hand from the prices of us-east-1: 0.10 a backup, 0.20 PITR, 0.03 cold, 0.02 a copy.

const day = (month: number, date: number): number => Date.UTC(2026, month - 1, date);
const HUNDRED_GB = 100_000_000_000;

const aPoint = (changes: Partial<BilledPoint> = {}): BilledPoint => ({
  bytes: HUNDRED_GB,
  createdAt: day(7, 27),
  region: 'us-east-1',
  isInVault: false,
  isCopy: false,
  ...changes,
});

const vaulted = (changes: Partial<BilledPoint> = {}): BilledPoint => aPoint({ isInVault: true, ...changes });

const [JULY, AUGUST, SEPTEMBER] = [monthOf(day(7, 1)), monthOf(day(8, 1)), monthOf(day(9, 1))];

const usdOf = (point: BilledPoint, month = AUGUST): number =>
  totalOf(billOfMonth([point], month, PRICES)).usd;

describe('a backup of DynamoDB', () => {
  it.each([
    { name: 'is paid for the days that are left of its first month', month: JULY, usd: 10 * (5 / 31) },
    { name: 'is paid for the whole of the next', month: AUGUST, usd: 10 },
  ])('$name', ({ month, usd }) => {
    expect(usdOf(aPoint(), month)).toBeCloseTo(usd, 9);
  });

  it('is paid for the days it was there in the month it goes', () => {
    expect(usdOf(aPoint({ goneAt: day(8, 16) }))).toBeCloseTo(10 * (15 / 31), 9);
  });

  it('is shown for the whole month on its first day, and not on the day it is made', () => {
    const gone = aPoint({ goneAt: day(8, 16) });
    expect(chargedOnTheFirst([gone, vaulted()], AUGUST, PRICES)).toEqual({ usd: 10, lacks: [] });
    expect(chargedOnTheFirst([gone], JULY, PRICES).usd).toBe(0);
    expect(chargedOnTheFirst([gone], SEPTEMBER, PRICES).usd).toBe(0);
  });

  it('is a full copy: ten of them cost ten times as much', () => {
    expect(
      totalOf(
        billAt(
          Array.from({ length: 10 }, () => aPoint()),
          day(8, 1),
          PRICES,
        ),
      ).usd,
    ).toBeCloseTo(100);
  });
});

describe('what is in a vault', () => {
  it('costs less from the day on which it is cold', () => {
    const bill = billOfMonth([vaulted({ coldAt: day(8, 11) })], AUGUST, PRICES);
    expect(bill.vault?.usd).toBeCloseTo(10 * (10 / 31), 9);
    expect(bill['vault-cold']?.usd).toBeCloseTo(3 * (21 / 31), 9);
  });

  it('is paid for ninety days of cold storage, whenever it is deleted', () => {
    const deleted = vaulted({ coldAt: day(8, 1), goneAt: day(8, 31) });
    expect(billOfMonth([deleted], AUGUST, PRICES)['cold-minimum']?.usd).toBeCloseTo(3 * (60 / 31), 9);
    const kept = vaulted({ coldAt: day(8, 1) - 90 * DAY_MS, createdAt: day(1, 1), goneAt: day(8, 31) });
    expect(billOfMonth([kept], AUGUST, PRICES)['cold-minimum']).toBeUndefined();
  });

  it('pays its way to another Region once, at the price of the Region that it leaves', () => {
    const copy = vaulted({
      isCopy: true,
      region: 'eu-west-1',
      copiedFrom: 'us-east-1',
      createdAt: day(8, 1),
    });
    expect(billOfMonth([copy], AUGUST, PRICES).transfer?.usd).toBeCloseTo(2, 9);
    expect(billOfMonth([copy], AUGUST, PRICES).copies?.usd).toBeCloseTo(11, 9);
    expect(billOfMonth([copy], SEPTEMBER, PRICES).transfer).toBeUndefined();
  });
});

describe('what is not known', () => {
  it('is never free: a Region without prices is said', () => {
    const amount = totalOf(billOfMonth([aPoint({ region: 'mx-central-1' })], AUGUST, PRICES));
    expect(amount).toEqual({ usd: 0, lacks: ['the price of backups in mx-central-1'] });
    expect(amountText(amount)).toBe('not known');
  });

  it('makes a sum the least that it is', () => {
    const both = [aPoint(), vaulted({ region: 'eu-west-1', coldAt: day(7, 28) })];
    const amount = totalOf(billOfMonth(both, AUGUST, PRICES));
    expect(amountText(amount)).toBe('at least $10.00');
    expect(amount.lacks).toEqual(['the price of cold storage of AWS Backup in eu-west-1']);
  });

  it('is nothing where there is nothing to pay for', () => {
    expect(amountOf(0, undefined, 'a price')).toEqual({ usd: 0, lacks: [] });
    expect(billOfMonth([], AUGUST, PRICES)).toEqual({});
  });

  it('is no name that every object has', () => {
    expect(priceIn(PRICES, 'constructor', 'backupGbMonth')).toBeUndefined();
  });
});

describe('the prices that come with the program', () => {
  it('have every figure of the first Region, each with a source', () => {
    for (const figure of FIGURES) {
      expect(priceIn(PRICES, FIRST_REGION, figure)).toBeGreaterThan(0);
      expect(PRICES.sources.filter(({ figures }) => figures.includes(figure))).toHaveLength(1);
    }
  });
});

describe('point-in-time recovery', () => {
  it('costs by the size of the table', () => {
    expect(pitrBill(HUNDRED_GB, 'eu-central-1', PRICES)).toEqual({ pitr: { usd: 24, lacks: [] } });
  });
});

describe('dollars', () => {
  it.each([
    [0, '$0.00'],
    [0.001, 'under $0.01'],
    [12.345, '$12.35'],
    [1234.5, '$1,235'],
    [-3, '-$3.00'],
  ])('%d is %s', (usd, text) => {
    expect(usdText(usd)).toBe(text);
  });

  it('lack each thing once', () => {
    expect(
      sumOf([
        { usd: 1, lacks: ['b', 'a'] },
        { usd: 2, lacks: ['a'] },
      ]),
    ).toEqual({ usd: 3, lacks: ['a', 'b'] });
  });
});

describe('months', () => {
  it('are those of UTC that a span touches', () => {
    expect(monthsBetween(day(11, 29), Date.UTC(2027, 1, 1)).map(({ start }) => start)).toEqual([
      day(11, 1),
      day(12, 1),
      Date.UTC(2027, 0, 1),
    ]);
  });
});

describe('docs/cost.md', () => {
  const page = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');

  it.each([
    ['on-demand backups', 'backupGbMonth'],
    ['point-in-time recovery', 'pitrGbMonth'],
    ['vaults of AWS Backup', 'vaultGbMonth'],
    ['cold storage', 'vaultColdGbMonth'],
    ['copies to another Region', 'copiedGb'],
    ['restores', 'restoredGb'],
  ] as const)('has the prices of the list: %s', (row, figure) => {
    const cells = ['us-east-1', 'eu-west-1', 'eu-central-1'].map((region) => {
      const usd = priceIn(PRICES, region, figure);
      return usd === undefined ? '?' : `$${usd.toFixed(2)}`;
    });
    expect(page).toMatch(
      new RegExp(
        `^\\| ${row}[^|]* \\| ${cells.map((cell) => cell.replace(/[$?.]/g, '\\$&')).join(' \\| ')} \\|`,
        'm',
      ),
    );
    expect(page).toContain(PRICES.readAt);
  });
});
