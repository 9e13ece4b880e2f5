import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../tools/lambda-packages.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';

// How many files of shared/ a run goes through: docs/decisions/0103. A limit that has to rise says what for. Of kinds of finding there is room for five more, so that a new one raises none.

const OF_KINDS = new Set(FINDING_KINDS.map((kind) => `shared/core/findings/${kind}.ts`));

it.each([
  { mode: 'protect', most: 76, kinds: 7, what: 'a backup with nothing due' },
  { mode: 'expire', most: 88, kinds: 9, what: 'a prune with nothing due' },
  { mode: 'audit', most: 148, kinds: 11, what: 'an audit that finds something new' },
])(
  '$what goes through at most $most files and $kinds kinds',
  { timeout: 60_000 },
  ({ mode, most, kinds }) => {
    const walked = execFileSync(process.execPath, [join(ROOT, 'bench/walk.ts'), mode], { encoding: 'utf8' });
    const files = walked.trim().split('\n');
    const others = files.filter((file) => !OF_KINDS.has(file));
    expect(others.length).toBeLessThanOrEqual(most);
    expect(files.length - others.length).toBeLessThanOrEqual(kinds);
  },
);
