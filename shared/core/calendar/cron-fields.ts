import { CronPattern } from 'croner';

/** The five fields of a cron, in their order. */
export type CronFieldName = 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';

interface FieldRule {
  readonly name: CronFieldName;
  readonly greatest: number;
  /** The allowed values, in a user's words. */
  readonly allowed: string;
}

const FIELDS = [
  { name: 'minute', greatest: 59, allowed: '0–59' },
  { name: 'hour', greatest: 23, allowed: '0–23' },
  { name: 'day of month', greatest: 31, allowed: '1–31' },
  { name: 'month', greatest: 12, allowed: '1–12 or JAN–DEC' },
  { name: 'day of week', greatest: 7, allowed: '0–7 or SUN–SAT' },
] as const satisfies readonly FieldRule[];

/** Letters only as names: croner's L, W, #, ? and + differ from one cron to the next. */
const CHARACTERS = /^(?:[0-9*,/-]|[A-Z]{3}(?![A-Z]))+$/i;

/**
 * Whether no number exceeds the field. Croner lets a step be as long as the field has values, and checks the end of a range only when a step reaches
 * it: every 60th minute, or 0-99/59, is never intended.
 */
const staysWithin = ({ greatest }: FieldRule, text: string): boolean =>
  (text.match(/[0-9]+/g) ?? []).every((number) => Number(number) <= greatest);

const mayStand = (rule: FieldRule, text: string): boolean => CHARACTERS.test(text) && staysWithin(rule, text);

/** Leading, trailing and repeated spaces count for nothing. */
const fieldsOf = (cron: string): readonly string[] => cron.split(' ').filter((field) => field !== '');

/** Returns a cron with usual spaces where it has others: tabs, no-break spaces, the line ends of a block. One that has none stays as it was written. */
export const withUsualSpaces = (cron: string): string =>
  /[^\S ]/.test(cron) ? cron.trim().split(/\s+/).join(' ') : cron;

/** Reads five fields as croner does; undefined where one of them is wrong. */
const patternOf = (fields: readonly string[]): CronPattern | undefined => {
  const isWritten = FIELDS.every((rule, at) => mayStand(rule, fields[at] ?? ''));
  if (!isWritten || fields.length !== FIELDS.length) return undefined;
  try {
    return new CronPattern(fields.join(' '), undefined, { mode: '5-part' });
  } catch {
    return undefined;
  }
};

/** The values that a flag is set for. */
const flagged = (flags: readonly number[] = []): readonly number[] =>
  flags.flatMap((flag, value) => (flag === 0 ? [] : [value]));

/** A mistake in a cron: what is wrong and, where one field is to blame, which and what may stand there. */
export interface CronMistake {
  readonly field?: CronFieldName;
  readonly text: string;
  readonly allowed?: string;
}

/** The field read by itself, among others that say nothing. */
const isWrong = (fields: readonly string[], at: number): boolean =>
  patternOf(FIELDS.map((_, other) => (other === at ? (fields[at] ?? '') : '*'))) === undefined;

/**
 * Finds the first mistake in a cron: not five fields, or a field that is not a list of `*`, numbers or names, ranges and steps. Undefined for a
 * right one. Seconds, `@daily`, `?`, `L`, `W` and `#` are mistakes.
 */
export const cronMistake = (cron: string): CronMistake | undefined => {
  const fields = fieldsOf(cron);
  if (fields.length !== FIELDS.length) return { text: cron };
  if (patternOf(fields) !== undefined) return undefined;
  const index = FIELDS.findIndex((_, at) => isWrong(fields, at));
  const rule = FIELDS[index];
  if (rule === undefined) return { text: cron };
  return { field: rule.name, text: fields[index] ?? '', allowed: rule.allowed };
};

/** Returns the minutes of the day that a cron names, sorted: 180 is 03:00. None for a wrong one. */
export const minutesOfDay = (cron: string): readonly number[] => {
  const pattern = patternOf(fieldsOf(cron));
  const minutes = flagged(pattern?.minute);
  return flagged(pattern?.hour).flatMap((hour) => minutes.map((past) => 60 * hour + past));
};

/** Returns whether a cron names every hour, and so means each hour that passes rather than times of the day. */
export const isHourly = (cron: string): boolean => flagged(patternOf(fieldsOf(cron))?.hour).length === 24;

/** Whether a cron names both days of the month and days of the week: a day that is either counts then. Only a lone `*` names none; a step of it is a list of days. */
export const namesBothDays = (cron: string): boolean => {
  const fields = fieldsOf(cron);
  return fields[2] !== '*' && fields[4] !== '*';
};

/** Returns a cron of the same days at midnight. */
export const daysOnly = (cron: string): string => ['0', '0', ...fieldsOf(cron).slice(2)].join(' ');
