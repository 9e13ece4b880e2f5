import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-build-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const build = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'tools/build.ts'), '--out', join(folder, 'dist'), ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

const policies = (text: string): string => {
  writeFileSync(join(folder, 'mistaken.yml'), text);
  return 'mistaken.yml';
};

describe('the build stops with one sentence, no stack and exit code 1', () => {
  it.each([
    {
      name: 'for a policy file that is not there',
      args: () => ['--policies', 'nowhere.yml'],
      says: /^nowhere\.yml: the policy file cannot be read\. Write one/,
    },
    {
      name: 'for a mistake in the policy file, with its place',
      args: () => ['--policies', policies('policies:\n  standard:\n    schedul: "0 3 * * *"\n')],
      says: /^mistaken\.yml:3:5: /m,
    },
    {
      name: 'for an instance that no recovery point could be named after',
      args: () => ['--instance', 'Prod_1'],
      says: /^serverless\.yml: "Prod_1" cannot name an instance\./,
    },
    {
      name: 'for an instance that makes the name of a function too long',
      args: () => ['--instance', 'a'.repeat(46)],
      says: /cannot name an instance\. .* of up to 41 /,
    },
  ])('$name', ({ args, says }) => {
    const { status, stdout, stderr } = build(...args());
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

it('a build writes the policies as they are now, though its bundles were kept', () => {
  const prune = (file: string): string => readFileSync(join(folder, 'dist/prune', file), 'utf8');
  const file = policies('policies:\n  nightly:\n    schedule: "0 3 * * *"\n    retention: { last: 3 }\n');
  expect(build('--policies', file).status).toBe(0);
  const before = { code: prune('index.mjs'), policies: prune('policies.json') };
  policies('policies:\n  nightly:\n    schedule: "0 3 * * *"\n    retention: { last: 4 }\n');
  expect(build('--policies', file).status).toBe(0);
  expect(prune('index.mjs')).toBe(before.code);
  expect(before.policies).toContain('"last":3');
  expect(prune('policies.json')).toContain('"last":4');
}, 60_000);

it('the build tells the size of each function', () => {
  const { status, stdout } = build('--policies', join(ROOT, 'policies.yml'));
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toEqual(
    ['audit', 'backup', 'drill', 'hint', 'pagerduty', 'prune', 'slack', 'teams', 'webhook'].map((name) =>
      expect.stringMatching(new RegExp(`^${name} +\\d+ kB in \\d+ files, \\d+ kB of it read at start$`)),
    ),
  );
}, 60_000);
