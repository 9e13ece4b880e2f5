// The grammar of a policy's cron, written down by itself, for the checks in shared/ to be held against.

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
  readonly names: readonly string[];
}

export const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, greatest: 59, names: [] },
  { name: 'hour', least: 0, greatest: 23, names: [] },
  { name: 'day of month', least: 1, greatest: 31, names: [] },
  { name: 'month', least: 1, greatest: 12, names: MONTHS },
  { name: 'day of week', least: 0, greatest: 7, names: DAYS },
];

const ITEM = /^(?:\*|([0-9]+|[A-Z]{3})(?:-([0-9]+|[A-Z]{3}))?)(?:\/([0-9]+))?$/i;

const numberOf = ({ least, names }: Field, text: string): number =>
  /^[0-9]+$/.test(text) ? Number(text) : names.indexOf(text.toUpperCase()) + least;

const itemValues = (field: Field, item: string): readonly number[] | undefined => {
  const { least, greatest } = field;
  const match = ITEM.exec(item);
  if (match === null) return undefined;
  const [, from, to, step] = match;
  const first = from === undefined ? least : numberOf(field, from);
  const sundayEnds = to?.toUpperCase() === 'SUN' && greatest === 7;
  const end = to === undefined ? first : numberOf(field, sundayEnds ? '7' : to);
  const last = from === undefined ? greatest : end;
  if (first < least || last > greatest || first > last || last < least) return undefined;
  const isRange = from === undefined || to !== undefined;
  if (step !== undefined && (!isRange || Number(step) < 1 || Number(step) > greatest)) return undefined;
  const size = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / size) + 1 }, (_, at) => first + at * size);
};

/** Returns the values that a text names in a field, sorted; undefined where it may not stand there. */
export const valuesOf = (field: Field, text: string): readonly number[] | undefined => {
  const items = text.split(',').map((item) => itemValues(field, item));
  const values = items.flatMap((item) => item ?? []);
  return items.includes(undefined) ? undefined : [...new Set(values)].sort((a, b) => a - b);
};
