/**
 * A length of calendar time. Days, months and years are counted on the calendar of the policy's zone (a day across a clock
 * change has 23 or 25 hours), hours on the clock.
 */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  /** On the clock, as hours are; absent where there are none. */
  readonly minutes?: number;
}

const PATTERN =
  /^(?=\d)(?:(\d{1,3})y)?(?:(\d{1,4})mo?)?(?:(\d{1,4})w)?(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,6})min)?$/;

/** As many as its text has digits for, or what weeks and days add up to could not be read back. */
const MOST_DAYS = 99_999;

/**
 * Parses `48h`, `7d`, `2w`, `1y6m` or `90min`: years, months (`mo`, or restic's `m`), weeks, days, hours, minutes, in that order, each at most once.
 * Returns undefined for anything else, for zero and for weeks and days that exceed 99,999 days.
 */
export const parseDuration = (text: string): Duration | undefined => {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const duration = { years, months, days: days + 7 * weeks, hours, ...(minutes > 0 && { minutes }) };
  const isSome = years + months + duration.days + hours + minutes > 0;
  return isSome && duration.days <= MOST_DAYS ? duration : undefined;
};

/** Formats a duration as its shortest text, which `parseDuration` reads back: `{ days: 14 }` is `14d`. Months that stand alone are `mo`. */
export const durationText = ({ years, months, days, hours, minutes = 0 }: Duration): string =>
  [
    [years, 'y'],
    [months, years + days + hours + minutes > 0 ? 'm' : 'mo'],
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'min'],
  ]
    .filter(([amount]) => amount !== 0)
    .join(' ')
    .replaceAll(/[ ,]/g, '');

/** Returns a duration written out: `1 year 6 months`, `48 hours`. */
export const durationWords = ({ years, months, days, hours, minutes = 0 }: Duration): string =>
  [
    [years, 'year'] as const,
    [months, 'month'] as const,
    [days, 'day'] as const,
    [hours, 'hour'] as const,
    [minutes, 'minute'] as const,
  ]
    .filter(([amount]) => amount !== 0)
    .map(([amount, unit]) => `${amount} ${unit}${amount === 1 ? '' : 's'}`)
    .join(' ');
