import { UserError } from '../../model/errors.ts';

const MINUTE = 1;
const HOUR = 60;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: HOUR, day: DAY };

/** EventBridge takes no longer one. */
const MAX_LENGTH = 256;

const EXAMPLES = 'Write rate(30 minutes), rate(6 hours), or cron(MINUTES HOURS * * ? *) in UTC.';

/** Returns the mistake, ready to be thrown. */
export const rateMistake = (rate: string, why: string, fix = EXAMPLES): UserError =>
  new UserError({
    code: 'rate',
    what: `${JSON.stringify(rate)} is no rate that runs at least once a day: ${why}.`,
    where: { file: 'serverless.yml' },
    fix,
  });

/** Reads one part of a list: `*`, `5`, `5-20`, each with or without `/3`. A number with a step goes on to the end, as EventBridge has it. */
const valuesOf = (part: string, size: number): readonly number[] => {
  const [, from, to, step] = /^(\*|\d{1,2})(?:-(\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  if (from === undefined || (from === '*' && to !== undefined)) return [];
  const start = from === '*' ? 0 : Number(from);
  const openEnd = from === '*' || step !== undefined ? size - 1 : start;
  const end = to === undefined ? openEnd : Number(to);
  const stride = Number(step ?? 1);
  if (start >= size || end >= size || end < start || stride === 0 || stride >= size) return [];
  return Array.from({ length: Math.floor((end - start) / stride) + 1 }, (_, index) => start + index * stride);
};

interface Field {
  readonly name: string;
  readonly size: number;
}
const MINUTES: Field = { name: 'minutes', size: 60 };
const HOURS: Field = { name: 'hours', size: 24 };

const fieldOf = (rate: string, text: string, { name, size }: Field): readonly number[] => {
  const parts = text.split(',').map((part) => valuesOf(part, size));
  if (parts.every((values) => values.length > 0)) return parts.flat();
  throw rateMistake(
    rate,
    `its ${name} are ${JSON.stringify(text)}`,
    `Write numbers from 0 to ${size - 1}, as 5, 5,35, 8-18 or 2/30, with steps under ${size}.`,
  );
};

const cronTimes = (rate: string, inside: string): readonly number[] => {
  const [minutes = '', hours = '', day, month, weekday, year, ...more] = inside.split(' ');
  if (year === undefined || more.length > 0)
    throw rateMistake(rate, 'a cron of EventBridge has six fields, parted by one space');
  if (day !== '?' && weekday !== '?')
    throw rateMistake(rate, 'EventBridge wants ? for the day of the month or for the day of the week');
  if (![day, weekday].includes('*') || month !== '*' || year !== '*')
    throw rateMistake(rate, 'it does not run on every day', 'Write cron(MINUTES HOURS * * ? *) in UTC.');
  return fieldOf(rate, hours, HOURS)
    .flatMap((hour) => fieldOf(rate, minutes, MINUTES).map((minute) => hour * HOUR + minute))
    .toSorted((a, b) => a - b);
};

const cronMinutes = (rate: string, inside: string): number => {
  const times = cronTimes(rate, inside);
  const [first = 0] = times;
  return Math.max(...times.map((time, index) => (times[index + 1] ?? first + DAY) - time));
};

const rateMinutes = (rate: string, inside: string): number => {
  const [, digits = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(inside) ?? [];
  const count = Number(digits);
  if (unit === '')
    throw rateMistake(rate, 'it is not a number and minutes, hours or days, parted by one space');
  if (count === 0) throw rateMistake(rate, 'it never runs');
  const right = `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (`${digits} ${unit}${plural}` !== right)
    throw rateMistake(rate, 'EventBridge takes no such spelling', `Write rate(${right}).`);
  return count * (UNITS[unit] ?? Number.NaN);
};

/**
 * Returns the longest time between two runs, in minutes. Throws a `UserError` for what EventBridge would refuse and for what does not run
 * every day.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (checked 2026-11-28)
 */
export const longestPauseMinutes = (rate: string): number => {
  if (rate.length > MAX_LENGTH) throw rateMistake(rate, `EventBridge takes ${MAX_LENGTH} letters at most`);
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(rate) ?? [];
  if (kind === undefined) throw rateMistake(rate, 'it is neither rate(…) nor cron(…)');
  const minutes = kind === 'rate' ? rateMinutes(rate, inside) : cronMinutes(rate, inside);
  if (minutes > DAY) throw rateMistake(rate, 'it is longer than a day');
  return minutes;
};
