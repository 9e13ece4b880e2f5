/**
 * A length of calendar time. Days, months and years are counted on the calendar of the policy's zone (a day across a clock
 * change has 23 or 25 hours), hours on the clock.
 */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
}

const PATTERN = /^(?=\d)(?:(\d{1,3})y)?(?:(\d{1,4})m)?(?:(\d{1,4})w)?(?:(\d{1,5})d)?(?:(\d{1,6})h)?$/;

/** As many as its text has digits for, or what weeks and days add up to could not be read back. */
const MOST_DAYS = 99_999;

/**
 * Given text such as `48h`, `7d`, `2w` or `1y6m`, returns the duration: years, months, weeks, days, hours, in that order, each at
 * most once. At the edge: undefined for anything else, for a length of zero and for weeks and days that make more than 99,999 days.
 */
export const parseDuration = (text: string): Duration | undefined => {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const duration = { years, months, days: days + 7 * weeks, hours };
  const isSome = years + months + duration.days + hours > 0;
  return isSome && duration.days <= MOST_DAYS ? duration : undefined;
};

/** Given a duration, returns its shortest text, which `parseDuration` reads back: `{ days: 14 }` is `14d`. */
export const durationText = ({ years, months, days, hours }: Duration): string =>
  [
    [years, 'y'],
    [months, 'm'],
    [days, 'd'],
    [hours, 'h'],
  ]
    .filter(([amount]) => amount !== 0)
    .join(' ')
    .replaceAll(/[ ,]/g, '');
