import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../prove/faults/estate.ts';
import { faultsTable } from '../../prove/faults/table-text.ts';
import { API_LIMITS, STATE_TABLE_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { isWholeSdk } from '../support/containers.ts';

/** Not called by the three functions on their schedules. */
const ELSEWHERE = ['GetCallerIdentity'];

/** `.ci/run` compares it both ways, once with the whole SDK. */
const today = faultsTable(isWholeSdk ? 'sdk' : 'lean');

describe('docs/faults.md', () => {
  it('is what a run says today: npm run prove -- --faults-table writes it', async () => {
    const written = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
    expect(written).toBe(await today);
  }, 120_000);

  it('knows every operation that a function calls', () => {
    const known = [...OPERATIONS.map(({ operation }) => operation), ...ELSEWHERE];
    const called = Object.keys({ ...API_LIMITS, ...STATE_TABLE_LIMITS });
    expect(called.filter((operation) => !known.includes(operation))).toEqual([]);
  });

  it('leaves nothing behind after one run of each function in peace', async () => {
    const rows = (await today).split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
    const after = rows
      .map((row) => row.split(' | ').at(-1))
      .filter((text) => !text?.startsWith('After one run'));
    expect(new Set(after)).toEqual(new Set(['all put right |']));
  }, 120_000);
});
