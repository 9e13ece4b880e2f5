import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptOrMade, readSources } from '../../tools/kept-bundles.ts';

const FILES: Readonly<Record<string, string>> = {
  'functions/backup.ts': 'export const handler = 1;',
  'shared/run/reconcile.ts': 'export const reconcile = 1;',
  'tools/lambda-packages.ts': 'export const options = 1;',
  'package.json': '{}',
  'package-lock.json': '{ "packages": {} }',
  'tsconfig.json': '{}',
  'policies.yml': 'policies: {}',
  'docs/findings.md': '# Findings',
  'node_modules/.package-lock.json': '{ "packages": {} }',
  'node_modules/esbuild/package.json': '{ "version": "1.0.0" }',
  'node_modules/@aws-sdk/client/package.json': '{ "version": "1.0.0" }',
  'node_modules/@aws-sdk/client/dist/index.js': 'export const client = 1;',
  'node_modules/@aws-sdk/client/dist/unread.js': 'export const unread = 1;',
};
const CLIENT = 'node_modules/@aws-sdk/client/dist/index.js';
const KEPT = 'node_modules/.cache/tablekeeper/bundles';

let root: string;
let made: number;

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tablekeeper-kept-'));
  made = 0;
  for (const [file, text] of Object.entries(FILES)) write(file, text);
});
afterEach(() => rmSync(root, { recursive: true }));

const bundle = (name = 'backup', meanwhile: () => void = () => undefined) =>
  keptOrMade(readSources(root), name, async () => {
    made += 1;
    meanwhile();
    return { read: [CLIENT], text: `${name}: ${readFileSync(join(root, CLIENT), 'utf8')}`, number: made };
  });

const entries = (): readonly string[] => readdirSync(join(root, KEPT));

describe('a bundle', () => {
  it('is made once for the same sources, and is the same', async () => {
    const first = await bundle();
    expect(await bundle()).toEqual(first);
    expect(made).toBe(1);
  });

  it('is made for each function', async () => {
    await bundle('backup');
    expect(await bundle('prune')).toMatchObject({ number: 2, text: expect.stringMatching(/^prune: /) });
  });

  it.each([
    'functions/backup.ts',
    'shared/run/reconcile.ts',
    'tools/lambda-packages.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'node_modules/.package-lock.json',
    'node_modules/esbuild/package.json',
    'node_modules/@aws-sdk/client/package.json',
    CLIENT,
  ])('is made again after a byte of %s changed', async (file) => {
    await bundle();
    const before = FILES[file] ?? '';
    write(file, `${before.slice(0, -1)} `);
    expect(await bundle()).toMatchObject({ number: 2 });
    expect(await bundle()).toMatchObject({ number: 2 });
  });

  it('is made again when a source is new, gone or called otherwise', async () => {
    await bundle();
    write('shared/run/another.ts', '');
    await bundle();
    rmSync(join(root, 'shared/run/reconcile.ts'));
    await bundle();
    rmSync(join(root, 'shared/run/another.ts'));
    write('shared/run/other.ts', '');
    expect(await bundle()).toMatchObject({ number: 4 });
  });

  it('is made again when what it read of a package is gone', async () => {
    await bundle();
    rmSync(join(root, 'node_modules/@aws-sdk/client/package.json'));
    expect(await bundle()).toMatchObject({ number: 2 });
  });

  it('stays what it is when something changes that is no part of it', async () => {
    await bundle();
    for (const file of ['policies.yml', 'docs/findings.md', 'node_modules/@aws-sdk/client/dist/unread.js'])
      appendFileSync(join(root, file), '# more');
    expect(await bundle()).toMatchObject({ number: 1 });
  });

  it('is taken again after its sources are what they were', async () => {
    await bundle();
    write('functions/backup.ts', 'export const handler = 2;');
    await bundle();
    write('functions/backup.ts', FILES['functions/backup.ts'] ?? '');
    expect(await bundle()).toMatchObject({ number: 1 });
  });
});

describe('what was kept', () => {
  const damage = (change: (text: string) => string): void => {
    const [entry = ''] = entries();
    const file = join(root, KEPT, entry);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };

  it.each([
    { name: 'cut', change: (text: string) => text.slice(0, -1) },
    { name: 'emptied', change: () => '' },
    { name: 'changed by a letter', change: (text: string) => text.replace('client = 1', 'client = 2') },
    { name: 'without its digest', change: (text: string) => text.slice(text.indexOf('\n') + 1) },
  ])('is made again where it was $name, and whole after that', async ({ change }) => {
    await bundle();
    damage(change);
    expect(await bundle()).toMatchObject({ number: 2 });
    expect(await bundle()).toMatchObject({ number: 2 });
  });

  it('is nothing where a source changed while the bundle was made', async () => {
    await bundle('backup', () => write('functions/backup.ts', 'export const handler = 2;'));
    write('functions/backup.ts', FILES['functions/backup.ts'] ?? '');
    expect(await bundle()).toMatchObject({ number: 2 });
  });

  it('is what two builds at once have made', async () => {
    const both = await Promise.all([bundle(), bundle()]);
    expect(both.map(({ text }) => text)).toEqual(Array(2).fill(`backup: ${FILES[CLIENT]}`));
    expect(entries()).toHaveLength(1);
    expect(await bundle()).toMatchObject({ text: both[0].text });
    expect(made).toBe(2);
  });

  it('is of the last few states of the sources alone', async () => {
    for (let state = 0; state < 9; state += 1) {
      write('functions/backup.ts', `export const handler = ${state};`);
      await bundle();
    }
    await bundle('prune');
    expect(entries().filter((file) => file.startsWith('backup-'))).toHaveLength(6);
    expect(entries()).toHaveLength(7);
  });

  it('may be nothing: where nothing can be written, the bundle is made', async () => {
    write('node_modules/.cache', 'a file');
    expect(await bundle()).toMatchObject({ number: 1 });
    expect(await bundle()).toMatchObject({ number: 2 });
  });
});
