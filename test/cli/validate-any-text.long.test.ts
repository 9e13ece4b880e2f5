import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyText } from '../support/policy-texts.ts';
import { aFile, sheet, typed } from './typed.ts';

const clock = {
  now: () => Date.UTC(2026, 10, 23, 5),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};

describe('validate, with any text in the file', () => {
  it('ends with 0 or 2, never as a mistake of ours, and writes nothing that rewrites a terminal', async () => {
    await fc.assert(
      fc.asyncProperty(policyText, fc.boolean(), async (text, isJson) => {
        const argv = ['validate', aFile(text), '--no-color', ...(isJson ? ['--json'] : [])];
        const { exitCode, stdout, stderr } = await typed(argv, { seat: { clock } }, [sheet(100), sheet()]);
        expect([0, 2]).toContain(exitCode);
        expect(stderr).toBe('');
        expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
        if (isJson) expect(JSON.parse(stdout)).toMatchObject({ command: 'validate', valid: exitCode === 0 });
      }),
      { numRuns: 150 },
    );
  });

  it('takes a megabyte of mistakes, each with its line', async () => {
    const text = Array.from({ length: 80_000 }, (_, at) => `key${at}: 1\n`).join('');
    const { exitCode, stdout } = await typed(['validate', aFile(text)], { seat: { clock } });
    expect(exitCode).toBe(2);
    expect(stdout.match(/ is no setting here\./g)).toHaveLength(80_000);
  }, 300_000);
});
