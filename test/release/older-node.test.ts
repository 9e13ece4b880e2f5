import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

// The package runs on Node 20. What of newer JavaScript the program uses, tools/release/older-node.ts adds.

const ROOT = resolve(import.meta.dirname, '../..');

/** What Node 22 and 24 have and Node 20 lacks, as far as it is called by a name of its own. */
const NEWER = [
  ...[
    'Array.fromAsync',
    'Atomics.pause',
    'Error.isError',
    'Iterator.concat',
    'Iterator.from',
    'JSON.isRawJSON',
  ],
  ...['JSON.rawJSON', 'Map.groupBy', 'Math.f16round', 'Math.sumPrecise', 'Object.groupBy', 'Promise.try'],
  ...['Promise.withResolvers', 'RegExp.escape', 'URL.parse', 'Uint8Array.fromBase64', 'Uint8Array.fromHex'],
];

it('adds what the program uses and Node 20 lacks', () => {
  const files = globSync(['cli/**/*.ts', 'functions/**/*.ts', 'shared/**/*.ts', 'sim/**/*.ts'], {
    cwd: ROOT,
  });
  const source = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const used = NEWER.filter((name) => source.includes(`${name}(`));
  const text = readFileSync(join(ROOT, 'tools/release/older-node.ts'), 'utf8');
  const added = [...text.matchAll(/^([\w.]+) \?\?= /gm)].map(([, name]) => name);
  expect(used).toContain('Map.groupBy');
  expect(used.filter((name) => !added.includes(name))).toEqual([]);
});
