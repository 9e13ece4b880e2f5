import { describe, expect, it } from 'vitest';
import {
  type Check,
  isFields,
  isFlag,
  isNumber,
  isText,
  listOf,
  narrowed,
  oneOf,
  optional,
  parsedJson,
  shape,
} from '../../shared/model/shape.ts';

/** One of each kind of value that JSON has, and nothing. */
const VALUES = {
  nothing: undefined,
  null: null,
  flag: true,
  number: 7,
  text: 'x',
  list: ['x'],
  object: { a: 1 },
};

const taken = (check: Check): readonly string[] =>
  Object.entries(VALUES).flatMap(([name, value]) => (check(value) ? [name] : []));

interface Point {
  readonly name: string;
  readonly at?: number;
}
const isPoint = shape<Point>({ name: isText, at: optional(isNumber) });

describe('of the values that JSON has', () => {
  it.each<{ name: string; check: Check; takes: readonly string[] }>([
    { name: 'isFields', check: isFields, takes: ['object'] },
    { name: 'isText', check: isText, takes: ['text'] },
    { name: 'isNumber', check: isNumber, takes: ['number'] },
    { name: 'isFlag', check: isFlag, takes: ['flag'] },
    { name: 'oneOf', check: oneOf<string | number>('x', 7), takes: ['number', 'text'] },
    { name: 'optional, and null is not absent', check: optional(isText), takes: ['nothing', 'text'] },
    { name: 'listOf', check: listOf(isText), takes: ['list'] },
    { name: 'listOf, where an entry is wrong', check: listOf(isNumber), takes: [] },
    { name: 'narrowed', check: narrowed(isNumber, (value) => value > 7), takes: [] },
    {
      name: 'shape of optional fields',
      check: shape<{ b?: string }>({ b: optional(isText) }),
      takes: ['object'],
    },
    { name: 'shape', check: isPoint, takes: [] },
  ])('$name takes $takes', ({ check, takes }) => {
    expect(taken(check)).toEqual(takes);
  });
});

describe('a shape', () => {
  it.each([
    { value: { name: 'a' }, takes: true },
    { value: { name: 'a', at: 1 }, takes: true },
    { value: { name: 'a', of: 'another version' }, takes: true },
    { value: { name: 'a', at: null }, takes: false },
    { value: { name: 'a', at: '1' }, takes: false },
    { value: { name: ['a'] }, takes: false },
    { value: { at: 1 }, takes: false },
  ])('of a name and a moment takes $value: $takes', ({ value, takes }) => {
    expect(isPoint(value)).toBe(takes);
  });
});

describe('text', () => {
  it.each([
    { text: '{"a":[1]}', value: { a: [1] } },
    { text: 'null', value: null },
    { text: '', value: undefined },
    { text: '{', value: undefined },
    { text: 7, value: undefined },
    { text: undefined, value: undefined },
  ])('$text is read as $value', ({ text, value }) => {
    expect(parsedJson(text)).toEqual(value);
  });
});
