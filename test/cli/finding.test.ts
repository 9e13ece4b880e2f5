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
      expect(stdout).toContain('\nFirst move. ');
      expect(stdout).toContain('\nMeaning. ');
      expect(stdout).toContain('\nWhat to do. ');
      expect(stdout).not.toMatch(/\]\(|\*\*|```/);
    },
  );

  it('takes what a message says, with the table behind it', async () => {
    const { stdout } = await typed(['finding', 'pitr-off/Orders']);
    expect(stdout).toMatch(/^pitr-off\n/);
  });

  it('lists every kind with its first move without one', async () => {
    const { stdout } = await typed(['finding']);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0]).toSorted()).toEqual([...FINDING_KINDS].toSorted());
    expect(lines.filter((line) => !/^\S+ {2,}[A-Z].+[.]$/.test(line))).toEqual([]);
    expect(stdout).not.toMatch(/\]\(|\*\*|`/);
  });

  it('keeps the first moves of its list beside the names where the terminal is narrow', async () => {
    const { stdout } = await typed(['finding'], {}, [sheet(80), sheet()]);
    expect(stdout).toContain(
      `\npitr-off${' '.repeat(24)}Switch it on with the command in the message,\n${' '.repeat(32)}now: each minute without it is lost.\n`,
    );
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
