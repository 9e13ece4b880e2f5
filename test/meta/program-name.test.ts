import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a person may be told to type. */
const COMMANDS = [
  ...['completion', 'cutover', 'doctor', 'explain', 'finding', 'init', 'invoke', 'keep', 'package', 'plan'],
  ...['report', 'restore', 'run', 'sim', 'status', 'validate'],
];

const BARE = new RegExp(`(?<!npx )(?<![\\w/-])tablekeeper (?:${COMMANDS.join('|')})\\b`);

const isComment = (line: string): boolean => /^\s*(?:\/\*|\*|\/\/)/.test(line);

it('what people are told to type begins with the program that runs, in a clone and in the package', () => {
  const files = globSync(['cli/**/*.ts', 'shared/**/*.ts', 'tools/**/*.ts'], { cwd: ROOT });
  expect(files.length).toBeGreaterThan(400);
  const bare = files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .filter((line) => !isComment(line) && BARE.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(bare).toEqual([]);
});
