import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoresTable, withScores } from '../../tools/mutation-scores.ts';

const fileWith = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

const REPORT = {
  files: {
    'shared/core/plan/order.ts': fileWith('Killed', 'Killed', 'Survived'),
    'shared/core/plan/memory.ts': fileWith('Timeout', 'NoCoverage', 'CompileError'),
    'shared/run/apply.ts': fileWith('Killed'),
  },
};

const page = readFileSync(new URL('../../docs/mutation.md', import.meta.url), 'utf8');

describe('the scores of mutation testing', () => {
  it('are counted by folder, and by file where it stands alone', () => {
    expect(scoresTable(REPORT).split('\n').slice(2)).toEqual([
      '| `shared/core/plan` | 5 | 2 | 1 | 1 | 1 | 60.0 % |',
      '| `shared/run/apply.ts` | 1 | 1 | 0 | 0 | 0 | 100.0 % |',
      '| **`shared/core`** | 5 | 2 | 1 | 1 | 1 | 60.0 % |',
    ]);
  });

  it('take the place of the last ones in the page, and of nothing else', () => {
    const once = withScores(page, REPORT, '2026-11-25');
    const [before, , after] = page.split(
      /(?<=<!-- written by npm run mutate -->)|(?=<!-- end of what is written -->)/,
    );
    expect(once.startsWith(before ?? '?')).toBe(true);
    expect(once.endsWith(after ?? '?')).toBe(true);
    expect(once).toContain('\n2026-11-25\n\n| part | bugs |');
    expect(once).toContain('| `shared/run/apply.ts` | 1 |');
    expect(withScores(once, REPORT, '2026-11-25')).toBe(once);
  });
});
