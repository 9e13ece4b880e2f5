import type { Members } from './body.ts';
import { rewritten } from './body.ts';
import { ENTRIES, INSIDE, objectIn, type Path } from './fields.ts';

/** What is wrong with one field. */
export type FieldOddity = 'left out' | 'null' | 'of another type' | 'never heard of';

/** What is wrong with a whole response. */
export type WholeOddity = 'empty' | 'an empty object' | 'null' | 'a list' | 'a page of HTML' | 'cut short';

/** In which entries of its list a field is corrupted: all of them, or one alone. Of lists around that list, every entry counts. */
export type Where = 'all' | 'first' | 'last';

/** One corruption of every response of an operation. */
export type Oddity =
  | { readonly kind: 'field'; readonly path: Path; readonly how: FieldOddity; readonly where: Where }
  | { readonly kind: 'whole'; readonly how: WholeOddity };

/** A field that is gone. */
const GONE = Symbol('gone');

/** Text becomes a number and everything else a text: what no reader of the field expects. */
const ofAnotherType = (value: unknown): unknown => (typeof value === 'string' ? 12_345 : 'twelve');

/** Of the right type, and nothing that was ever documented. */
const neverHeardOf = (value: unknown): unknown => {
  if (typeof value === 'string') return 'SOMETHING_NEW';
  if (typeof value === 'number') return -1;
  if (typeof value === 'boolean') return !value;
  return Array.isArray(value) ? [] : {};
};

const FIELD: Readonly<Record<FieldOddity, (value: unknown) => unknown>> = {
  'left out': () => GONE,
  null: () => null,
  'of another type': ofAnotherType,
  'never heard of': neverHeardOf,
};

const isStruck = (index: number, length: number, where: Where): boolean =>
  where === 'all' || index === (where === 'first' ? 0 : length - 1);

const isAround = (rest: Path): boolean => rest.includes(ENTRIES);

type Change = (value: unknown) => unknown;

const inList = (list: readonly unknown[], rest: Path, where: Where, change: Change): readonly unknown[] =>
  list
    .map((entry, index) =>
      isAround(rest) || isStruck(index, list.length, where) ? changed(entry, rest, where, change) : entry,
    )
    .filter((entry) => entry !== GONE);

const inMembers = (members: Members, [part = '', ...rest]: Path, where: Where, change: Change): Members => {
  if (!Object.hasOwn(members, part)) return members;
  const entries = Object.entries(members).map(([name, value]): [string, unknown] =>
    name === part ? [name, changed(value, rest, where, change)] : [name, value],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== GONE));
};

const changed = (value: unknown, path: Path, where: Where, change: Change): unknown => {
  const [part, ...rest] = path;
  if (part === undefined) return change(value);
  if (part === ENTRIES) return Array.isArray(value) ? inList(value, rest, where, change) : value;
  if (part === INSIDE) {
    const inside = objectIn(value);
    return inside === undefined ? value : JSON.stringify(inMembers(inside, rest, where, change));
  }
  return typeof value === 'object' && value !== null
    ? inMembers(value as Members, path, where, change)
    : value;
};

const WHOLE: Readonly<Record<WholeOddity, (body: string) => string>> = {
  empty: () => '',
  'an empty object': () => '{}',
  null: () => 'null',
  'a list': () => '[]',
  'a page of HTML': () => '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>',
  'cut short': (body) => body.slice(0, Math.floor(body.length / 2)),
};

export const FIELD_ODDITIES = Object.keys(FIELD) as readonly FieldOddity[];
export const WHOLE_ODDITIES = Object.keys(WHOLE) as readonly WholeOddity[];

/** Applies a corruption to the text of a valid response. */
export const odd = (body: string, corruption: Oddity): string => {
  if (corruption.kind === 'whole') return WHOLE[corruption.how](body);
  const { path, how, where } = corruption;
  return rewritten(body, (members) => inMembers(members, path, where, FIELD[how]));
};
