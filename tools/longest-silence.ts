import { UserError } from '../shared/model/errors.ts';

const MINUTE_SECONDS = 60;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const UNIT_MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: HOUR_MINUTES, day: DAY_MINUTES };

const refused = (rate: string): UserError =>
  new UserError({
    code: 'rate',
    what: `${JSON.stringify(rate)} is no rate that runs at least once a day.`,
    where: { file: 'serverless.yml' },
    fix: 'Give rate(30 minutes), rate(6 hours), or cron(MINUTES HOURS * * ? *) in UTC.',
  });

/** One part of a list: `*`, `5`, `5-20`, each with or without `/3`. A number with a step goes on to the end, as EventBridge has it. */
const valuesOf = (part: string, size: number): readonly number[] => {
  const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === undefined || (from === '*' && to !== undefined)) return [];
  const start = from === '*' ? 0 : Number(from);
  const openEnd = from === '*' || step !== undefined ? size - 1 : start;
  const end = to === undefined ? openEnd : Number(to);
  const stride = Number(step ?? 1);
  if (start >= size || end >= size || end < start || stride === 0) return [];
  return Array.from({ length: Math.floor((end - start) / stride) + 1 }, (_, index) => start + index * stride);
};

/** The values of one field, or none where any part of it cannot be read. */
const fieldOf = (field: string, size: number): readonly number[] => {
  const parts = field.split(',').map((part) => valuesOf(part, size));
  return parts.some((values) => values.length === 0) ? [] : parts.flat();
};

const cronMinutes = (rate: string): number | undefined => {
  const [, minutes = '', hours = ''] = /^cron\((\S+) (\S+) (?:\* \* \?|\? \* \*) \*\)$/.exec(rate) ?? [];
  const times = fieldOf(hours, 24)
    .flatMap((hour) => fieldOf(minutes, HOUR_MINUTES).map((minute) => hour * HOUR_MINUTES + minute))
    .toSorted((a, b) => a - b);
  const [first] = times;
  if (first === undefined) return undefined;
  return Math.max(...times.map((time, index) => (times[index + 1] ?? first + DAY_MINUTES) - time));
};

const rateMinutes = (rate: string): number | undefined => {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(rate) ?? [];
  return count === undefined ? undefined : Number(count) * (UNIT_MINUTES[unit] ?? Number.NaN);
};

/**
 * Given how often a function runs, as EventBridge writes it, returns the longest time between two runs in seconds: what the alarm on a
 * schedule that did not run waits for. At the edge a `UserError` for what cannot be read and for what does not run every day.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (checked 2026-11-23)
 */
export const longestSilenceSeconds = (rate: string): number => {
  const minutes = rateMinutes(rate) ?? cronMinutes(rate);
  if (minutes === undefined || minutes > DAY_MINUTES) throw refused(rate);
  return minutes * MINUTE_SECONDS;
};
