/** The five fields of a cron, in their order. */
export type CronFieldName = 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';

interface FieldRule {
  readonly name: CronFieldName;
  readonly least: number;
  readonly greatest: number;
  /** Names that stand for numbers, the first for `least`. */
  readonly names: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const FIELDS = [
  { name: 'minute', least: 0, greatest: 59, names: [] },
  { name: 'hour', least: 0, greatest: 23, names: [] },
  { name: 'day of month', least: 1, greatest: 31, names: [] },
  { name: 'month', least: 1, greatest: 12, names: MONTHS },
  { name: 'day of week', least: 0, greatest: 7, names: DAYS },
] as const satisfies readonly FieldRule[];

const ITEM = /^(?:\*|([0-9]+|[A-Z]{3})(?:-([0-9]+|[A-Z]{3}))?)(?:\/([0-9]+))?$/;

const numberOf = (rule: FieldRule, text: string): number | undefined => {
  // A name there is not counts as one less than the least, and so is out of bounds as well.
  const number = Number.isNaN(Number(text)) ? rule.names.indexOf(text) + rule.least : Number(text);
  return number >= rule.least && number <= rule.greatest ? number : undefined;
};

const stepped = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);

/** Sunday begins a week and ends one: MON-SUN is 1-7. */
const endText = (text: string): string => (text === 'SUN' ? '7' : text);

/** One item of a list: `*`, `5`, `1-5`, each of the first and last with a step. */
const itemValues = (rule: FieldRule, item: string): readonly number[] | undefined => {
  const match = ITEM.exec(item);
  if (match === null) return undefined;
  const [, from, to, step] = match;
  const isRange = from === undefined || to !== undefined;
  const first = from === undefined ? rule.least : numberOf(rule, from);
  const last = from === undefined ? rule.greatest : numberOf(rule, to === undefined ? from : endText(to));
  if (first === undefined || last === undefined || first > last) return undefined;
  if (step === undefined) return stepped(first, last, 1);
  const size = Number(step);
  // A step longer than the field is refused: nobody who writes */90 means "once an hour".
  return isRange && size > 0 && size <= rule.greatest ? stepped(first, last, size) : undefined;
};

const fieldValues = (rule: FieldRule, text: string): readonly number[] | undefined => {
  const values = new Set<number>();
  for (const item of text.toUpperCase().split(',')) {
    const found = itemValues(rule, item);
    if (found === undefined) return undefined;
    for (const value of found) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
};

/** A mistake in a cron: what is wrong and, where one field is to blame, which and what may stand there. */
export interface CronMistake {
  readonly field?: CronFieldName;
  readonly text: string;
  readonly allowed?: string;
}

const allowedIn = ({ least, greatest, names }: FieldRule): string => {
  const [name] = names;
  return name === undefined ? `${least}–${greatest}` : `${least}–${greatest} or ${name}–${names.at(-1)}`;
};

/** Given a cron, returns its fields. At the edge: leading, trailing and repeated spaces count for nothing. */
const fieldsOf = (cron: string): readonly string[] => cron.split(' ').filter((field) => field !== '');

/**
 * Given a cron, returns the first mistake in it: not five fields, or a field that is not a list of `*`, numbers or names, ranges and steps.
 * At the edge: undefined for a right one. Seconds, `@daily`, `?`, `L`, `W` and `#` are mistakes: they differ from one cron to the next.
 */
export const cronMistake = (cron: string): CronMistake | undefined => {
  const fields = fieldsOf(cron);
  if (fields.length !== FIELDS.length) return { text: cron };
  const index = FIELDS.findIndex((rule, at) => fieldValues(rule, fields[at] ?? '') === undefined);
  const rule = FIELDS[index];
  return rule && { field: rule.name, text: fields[index] ?? '', allowed: allowedIn(rule) };
};

/** Given a right cron, returns the minutes of the day it names, sorted: 180 is 03:00. At the edge: empty for a wrong one. */
export const minutesOfDay = (cron: string): readonly number[] => {
  const [minute = '', hour = ''] = fieldsOf(cron);
  const minutes = fieldValues(FIELDS[0], minute) ?? [];
  return (fieldValues(FIELDS[1], hour) ?? []).flatMap((at) => minutes.map((past) => 60 * at + past));
};

/** Given a right cron, returns whether it names every hour, and so means each hour that passes rather than times of the day. */
export const isHourly = (cron: string): boolean =>
  fieldValues(FIELDS[1], fieldsOf(cron)[1] ?? '')?.length === 24;

/** Given a cron, returns the same days at midnight. */
export const daysOnly = (cron: string): string => ['0', '0', ...fieldsOf(cron).slice(2)].join(' ');
