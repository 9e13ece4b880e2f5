import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../tools/lambda-packages.ts';

// How many files of shared/ a run goes through: docs/decisions/0103. A limit that has to rise says what for.

it.each([
  { mode: 'protect', most: 78, what: 'a backup with nothing due' },
  { mode: 'expire', most: 92, what: 'a prune with nothing due' },
  { mode: 'audit', most: 154, what: 'an audit that finds something new' },
])('$what goes through at most $most files', { timeout: 60_000 }, ({ mode, most }) => {
  const files = execFileSync(process.execPath, [join(ROOT, 'bench/walk.ts'), mode], { encoding: 'utf8' });
  expect(files.trim().split('\n').length).toBeLessThanOrEqual(most);
});
