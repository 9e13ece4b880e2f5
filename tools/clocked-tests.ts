// Prints the test files whose verdict could depend on the day they run, one a line: those that start a program or read the real clock, as far
// as their imports show. node tools/clocked-tests.ts [--why]
// With --seated, those that type commands on the simulated account's clock alone: no day can be seen there, but the machine's zone and language.
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');

/** What a module says that makes a test of it depend on the day. */
const SIGNS: readonly RegExp[] = [
  /from 'node:child_process'/,
  /\bDate\.now\(\)|\bnew Date\(\)/,
  /\bcreateRealClock\b/,
];

/** All commands. They have the machine's clock where the terminal that they are typed at has none, so whoever types decides: nothing is looked for behind it. */
const PROGRAM = 'cli/program.ts';
const TYPES = /\b(?:typed|aTerminal|runCli)\(/;
/** Gives a terminal the clock of a simulated account. */
const SEATS = /\bseatIn\b/;

/** What is no sign though it reads as one. */
const NO_SIGN: ReadonlySet<string> = new Set([
  // Packages once for all tests, before the first: each run under another date does that under it.
  'tools/release/packaged-template.ts',
  // Starts the build once everything is right; tests of it stop at what it refuses.
  'tools/build-plugin.ts',
  // What every run is composed with where nothing replaces it; a test on the simulated account does, or nothing in it would ever be due.
  'shared/adapters/system/time.ts',
  // The clock of whoever types: see PROGRAM.
  'cli/session.ts',
]);

const texts = new Map<string, string>();

const textOf = (file: string): string => {
  const text = texts.get(file) ?? readFileSync(file, 'utf8');
  texts.set(file, text);
  return text;
};

/** What it imports of the project, types left out. */
const importsOf = (file: string): readonly string[] =>
  [
    ...textOf(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm),
  ].map(([, whole, late]) => resolve(dirname(file), whole ?? late ?? ''));

const typesUnseated = (file: string): boolean =>
  /^(?:test|demo)\//.test(relative(ROOT, file)) && TYPES.test(textOf(file)) && !SEATS.test(textOf(file));

const isSign = (file: string): boolean =>
  (!NO_SIGN.has(relative(ROOT, file)) && SIGNS.some((sign) => sign.test(textOf(file)))) ||
  typesUnseated(file);

const isProgram = (file: string): boolean => relative(ROOT, file) === PROGRAM;

/** The way from a test to the first module that is looked for, or undefined when there is none. */
const wayTo = (test: string, isWanted: (file: string) => boolean): readonly string[] | undefined => {
  const ways: (readonly string[])[] = [[test]];
  const seen = new Set([test]);
  for (const way of ways) {
    const file = way.at(-1) ?? test;
    if (isWanted(file)) return way;
    if (isProgram(file)) continue;
    for (const next of importsOf(file).filter((one) => !seen.has(one) && one.endsWith('.ts'))) {
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
};

const { values } = parseArgs({
  options: { why: { type: 'boolean', default: false }, seated: { type: 'boolean', default: false } },
});

const wanted = (test: string): readonly string[] | undefined => {
  const clocked = wayTo(test, isSign);
  if (!values.seated) return clocked;
  return clocked === undefined ? wayTo(test, isProgram) : undefined;
};

for (const test of globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['test/moto/**'] }).toSorted()) {
  const way = wanted(resolve(ROOT, test));
  if (way === undefined) continue;
  console.log(values.why ? way.map((file) => relative(ROOT, file)).join(' > ') : test);
}
