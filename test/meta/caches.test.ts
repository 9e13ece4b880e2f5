import { glob, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

// What is computed once for a run is passed on with the run. A cache of a module outlives it: a warm function keeps it for hours, and a test leaves it to the next.

/** The one cache of core: what zones and crons were compiled to, which depends on their text alone. */
const ALLOWED = ['shared/core/calendar/compiled.ts: compiled'];

const DECLARATION = /^(?:export )?(const|let|var) (\w+)([\s\S]*?)(?=^\S)/gm;

/** A map that is empty when the module is loaded is there to be filled; one that nobody may write to is not. */
const EMPTY_MAP = /new (?:Weak)?(?:Map|WeakSet)(?:<[^()]*>)?\(\)/;

/** Functions whose results remember. */
const REMEMBERS = /^ = (?:once|create[A-Z]\w*|memo\w*)\(/;

const isCache = (keyword: string, rest: string): boolean => {
  const [outsideOfFunctions = ''] = rest.split('=>');
  const isReadOnly = /^: Readonly(?:Map|Set)</.test(rest);
  return keyword !== 'const' || (!isReadOnly && EMPTY_MAP.test(outsideOfFunctions)) || REMEMBERS.test(rest);
};

const cachesIn = (file: string, text: string): readonly string[] =>
  [...`${text}\nend`.matchAll(DECLARATION)].flatMap(([, keyword = '', name, rest = '']) =>
    isCache(keyword, rest) ? [`${file}: ${name}`] : [],
  );

it.each([
  ['a map', 'const known = new Map<string, readonly Moment[]>();\n'],
  ['a weak map', 'const known = new WeakMap<Policy, Reaches>();\n'],
  ['maps in an object', 'const known = {\n  days: new Map<string, number>(),\n};\n'],
  ['a variable', 'let last: string | undefined;\n'],
  ['what a function remembers', 'export const wording = createWording();\n'],
])('%s of a module is a cache', (_, text) => {
  expect(cachesIn('a.ts', text)).toHaveLength(1);
});

it.each([
  ['a map that is never written to', 'const NOTHING: ReadonlyMap<string, number> = new Map();\n'],
  ['a map with entries', "const WORDS = new Map([['a', 'b']]);\n"],
  ['a map of a call', 'const count = () => {\n  const known = new Map<string, number>();\n};\n'],
])('%s is none', (_, text) => {
  expect(cachesIn('a.ts', text)).toEqual([]);
});

it('core has one cache', async () => {
  const found: string[] = [];
  for await (const file of glob('shared/core/**/*.ts'))
    found.push(...cachesIn(file, await readFile(file, 'utf8')));
  expect(found.toSorted()).toEqual(ALLOWED);
});
