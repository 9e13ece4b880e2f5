import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../support/finding-kinds.ts';
import { sheet, typed } from './typed.ts';

describe('tablekeeper finding', () => {
  it.each(FINDING_KINDS.map((kind) => ({ kind })))(
    'says what $kind means and what to do',
    async ({ kind }) => {
      const { exitCode, stdout } = await typed(['finding', kind]);
      expect(exitCode).toBe(0);
      expect(stdout.split('\n')[0]).toBe(kind);
      expect(stdout).toContain('\nMeaning. ');
      expect(stdout).toContain('\nWhat to do. ');
      expect(stdout).not.toMatch(/\]\(|\*\*|```/);
    },
  );

  it('takes what a message says, with the table behind it', async () => {
    const { stdout } = await typed(['finding', 'pitr-off/Orders']);
    expect(stdout).toMatch(/^pitr-off\n/);
  });

  it('lists every kind without one', async () => {
    const { stdout } = await typed(['finding']);
    expect(stdout.trim().split('\n').toSorted()).toEqual([...FINDING_KINDS].toSorted());
  });

  it('wraps at the width of a terminal', async () => {
    const { stdout } = await typed(['finding', 'pitr-off'], {}, [sheet(60), sheet()]);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
  });

  it('suggests the nearest for one that is not there', async () => {
    const { exitCode, stderr } = await typed(['finding', 'pitr-of']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'error: There is no finding "pitr-of". Did you mean pitr-off?\n',
    });
  });
});
