import { InvalidArgumentError } from 'commander';
import { DAY_MS, type Instant } from '../../shared/model/instant.ts';

/** How fast a table grows: by that share of its size in a period, which has so many days. */
export interface Growth {
  readonly share: number;
  readonly days: number;
  /** `day`, `week`, `month`, `year`. */
  readonly period: string;
}

const MOST_DAYS = 4_000;

/** Reads a number of days, such as `400d`. */
export const parseDays = (text: string): number => {
  const days = Number(/^(\d{1,4})d?$/.exec(text)?.[1]);
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`Write days, such as 400d, from 1d to ${MOST_DAYS}d.`);
};

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** Reads the size of a table, such as `120GB`, in bytes. */
export const parseSize = (text: string): number => {
  const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?) ?([KMGT]B)$/i.exec(text) ?? [];
  const bytes = Number(amount) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (bytes > 0) return bytes;
  throw new InvalidArgumentError('Write a size over zero, such as 120GB; KB, MB and TB work as well.');
};

const PERIODS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 365 / 12, year: 365 };

/** Reads how fast a table grows, such as `3%/month`. */
export const parseGrowth = (text: string): Growth => {
  const [, percent, period = ''] = /^(-?\d{1,4}(?:\.\d{1,3})?)%\/(day|week|month|year)$/.exec(text) ?? [];
  const share = Number(percent) / 100;
  const days = PERIODS[period];
  if (days !== undefined && share > -1) return { share, days, period };
  throw new InvalidArgumentError(
    'Write such as 3%/month, and no less than -99%; day, week and year work as well.',
  );
};

/** Computes the size of a table over time, compounded. */
export const sizeOver =
  (bytes: number, growth: Growth | undefined, from: Instant) =>
  (at: Instant): number =>
    growth === undefined
      ? bytes
      : Math.round(bytes * (1 + growth.share) ** ((at - from) / DAY_MS / growth.days));
