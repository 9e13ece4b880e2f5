// Prints the test files whose verdict could depend on the day they run, one a line: those that start a program or read the real clock, as far
// as their imports show. node tools/clocked-tests.ts [--why]
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

/** What is no sign though it reads as one. */
const NO_SIGN: ReadonlySet<string> = new Set([
  // Packages once for all tests, before the first: each run under another date does that under it.
  'tools/release/packaged-template.ts',
  // Starts the build once everything is right; tests of it stop at what it refuses.
  'tools/build-plugin.ts',
  // What every run is composed with where nothing replaces it; a test on the simulated account does, or nothing in it would ever be due.
  'shared/adapters/system/time.ts',
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

const isSign = (file: string): boolean =>
  !NO_SIGN.has(relative(ROOT, file)) && SIGNS.some((sign) => sign.test(textOf(file)));

/** The way from a test to the first module that shows a sign, or undefined when there is none. */
const wayTo = (test: string): readonly string[] | undefined => {
  const ways: (readonly string[])[] = [[test]];
  const seen = new Set([test]);
  for (const way of ways) {
    const file = way.at(-1) ?? test;
    if (isSign(file)) return way;
    for (const next of importsOf(file).filter((one) => !seen.has(one) && one.endsWith('.ts'))) {
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
};

const { values } = parseArgs({ options: { why: { type: 'boolean', default: false } } });

for (const test of globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['test/moto/**'] }).toSorted()) {
  const way = wayTo(resolve(ROOT, test));
  if (way === undefined) continue;
  console.log(values.why ? way.map((file) => relative(ROOT, file)).join(' > ') : test);
}
