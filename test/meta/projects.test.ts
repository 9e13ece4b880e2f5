import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../../vitest.config.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
}

const { projects = [] } = config.test ?? {};
const PROJECTS = projects.map((project) => (project as unknown as { readonly test: Project }).test);
const FILES = globSync('test/**/*.test.ts', { cwd: ROOT }).toSorted();

const belongsTo = (file: string, { include, exclude = [] }: Project): boolean =>
  include.some((glob) => matchesGlob(file, glob)) && !exclude.some((glob) => matchesGlob(file, glob));

const { scripts } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const projectsOf = (script = ''): readonly string[] =>
  [...script.matchAll(/--project (\w+)/g)].map(([, name = '']) => name);
/** What the script runs without being given files. */
const isWhole = (script = ''): boolean => !/\btest\//.test(script);

const build = read('.ci/run');
const run = [...build.matchAll(/^ *(?:begin_)?tests \w+ (test(?::\w+)?)$/gm)].map(([, name = '']) => name);

describe('every test file', () => {
  it('belongs to exactly one project', () => {
    const lost = FILES.filter((file) => PROJECTS.filter((project) => belongsTo(file, project)).length !== 1);
    expect(lost).toEqual([]);
  });

  it('is run by the build, and counted', () => {
    const whole = run.filter((name) => isWhole(scripts[name])).flatMap((name) => projectsOf(scripts[name]));
    expect(whole.toSorted()).toEqual(PROJECTS.map(({ name }) => name).toSorted());
  });
});

describe('the build', () => {
  it('begins its tests with the command of the README', () => {
    expect(/^tests \w+ (\S+)$/m.exec(build)?.[1]).toBe('test');
    expect(read('README.md')).toContain('npm test');
  });

  it('names no test file that is not there', () => {
    const named = Object.values(scripts).flatMap((script) => script.match(/test\/[\w/.-]+\.test\.ts/g) ?? []);
    expect(named.filter((file) => !FILES.includes(file))).toEqual([]);
  });

  it.each(['RETOLD', 'LONG'])('has no name in %s that no test file has', (list) => {
    const pattern = new RegExp(`readonly ${list}='(.*)'`).exec(build)?.[1] ?? '';
    const names = pattern.replaceAll(/\\\.|\[a-z-\]/g, ' ').match(/[a-z-]+/g) ?? [];
    const words = names.filter((name) => !['test', 'ts', 'long'].includes(name));
    expect(words.length).toBeGreaterThan(1);
    const segments = new Set(FILES.flatMap((file) => file.split(/[/.]/)));
    expect(words.filter((word) => !segments.has(word))).toEqual([]);
  });
});
