import { cronMistake } from '../calendar/cron-fields.ts';
import { type Advice, shown } from './mistake.ts';

const AT_WORDS = new Map(
  Object.entries({
    '@annually': '0 0 1 1 *',
    '@daily': '0 0 * * *',
    '@hourly': '0 * * * *',
    '@midnight': '0 0 * * *',
    '@monthly': '0 0 1 * *',
    '@weekly': '0 0 * * 0',
    '@yearly': '0 0 1 1 *',
  }),
);

/** EventBridge counts the days of the week from 1 for Sunday; a step is no day. */
const dayOfWeek = (field: string): string =>
  field.replaceAll(/(?<!\/)(?<![0-9])[1-7](?![0-9])/g, (day) => String(Number(day) - 1));

/** Writes EventBridge's six fields as five; undefined where it cannot be said here. */
const fiveOf = (fields: readonly string[]): string | undefined => {
  const [minute = '', hour = '', day = '', month = '', week = '', year = '*'] = fields;
  if (fields.length !== 6 || year !== '*') return undefined;
  const isAny = (field: string): boolean => field === '?';
  const five = [...[minute, hour, isAny(day) ? '*' : day, month], isAny(week) ? '*' : dayOfWeek(week)].join(
    ' ',
  );
  return cronMistake(five) === undefined ? five : undefined;
};

const awsAdvice = (cron: string, fields: readonly string[]): Advice => {
  const five = fiveOf(fields);
  return {
    what: `The schedule ${shown(cron)} is written as EventBridge and AWS Backup write it: with a year, and ? for a day that is left open.`,
    fix:
      five === undefined
        ? 'Write five fields in quotes: minute, hour, day of month, month and day of week, where Sunday is 0, such as "0 3 * * *".'
        : `Write "${five}": five fields, in the time zone of the file.`,
  };
};

/** Describes a schedule in the words of another tool, and what it is here; undefined where it is not one. */
export const otherCronAdvice = (cron: string): Advice | undefined => {
  const text = cron.trim();
  const word = AT_WORDS.get(text.toLowerCase());
  if (word !== undefined)
    return { what: `${shown(cron)} is a word of other crons.`, fix: `Write "${word}".` };
  if (/^(?:rate|at)\s*\(|^@every\b/i.test(text))
    return {
      what: `The schedule ${shown(cron)} is no cron of five fields: it says how often, not when.`,
      fix: 'Write when, such as "0 3 * * *" for every day at 03:00 or "0 * * * *" for every hour.',
    };
  const [, inside] = /^cron\s*\(([^)]*)\)?$/i.exec(text) ?? [];
  const fields = (inside ?? text).trim().split(/\s+/);
  if (inside === undefined && !(fields.length === 6 && fields.includes('?'))) return undefined;
  if (fields.length === 5 && cronMistake(fields.join(' ')) === undefined)
    return {
      what: `The schedule ${shown(cron)} has cron( ) around it.`,
      fix: `Write "${fields.join(' ')}".`,
    };
  return awsAdvice(cron, fields);
};
