import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { deploy } from '../../support/deployment.ts';

/** What an audit saw of all tables is written each time: its age is a part of it. */
const PICTURE = 1;

const world = async () => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, asPerson, clock } = tablekeeper;
  for (const name of ['carts', 'orders']) {
    const tags = { 'backup:policy': 'standard' };
    createTable(account, { name, tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  }
  const read = (): Promise<Memory> => clock.run(asPerson.stateStore.readMemory());
  const save = (before: Memory, after: Memory) => clock.run(asPerson.stateStore.saveMemory(before, after));
  return { ...tablekeeper, read, save };
};

describe('what is remembered of series', () => {
  it('is what an audit saw, to the second, written when it changed and not otherwise', async () => {
    const { account, clock, read, run } = await world();
    await run('protect');
    expect((await read()).series).toBeUndefined();
    await clock.advanceBy(HOUR_MS);
    await run('audit');
    const first = await read();
    const made = account.ledger.of('recovery-point-made').map(({ createdAt }) => createdAt);
    expect(first.series?.map(({ table, seen }) => ({ table, seen }))).toEqual(
      ['carts', 'orders'].map((table) => ({ table, seen: [expect.any(Number)] })),
    );
    for (const { seen } of first.series ?? [])
      expect(made.map((at) => Math.floor(at / 1_000) * 1_000)).toContain(seen[0]);
    await clock.advanceBy(6 * HOUR_MS);
    const writes = account.calls.of('PutItem') + account.calls.of('BatchWriteItem');
    await run('audit');
    expect(account.calls.of('PutItem') + account.calls.of('BatchWriteItem') - writes).toBeLessThanOrEqual(
      PICTURE + 1,
    );
    await clock.advanceBy(DAY_MS);
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    await run('audit');
    expect((await read()).series?.map(({ seen }) => seen.length)).toEqual([2, 2]);
  });

  it('comes back as it was written, also with thousands of moments', async () => {
    const { read, save } = await world();
    const seen = Array.from({ length: 5_000 }, (_, at) => 1_700_000_000_000 + at * HOUR_MS);
    const before = await read();
    const series = [
      { table: 'orders', tableId: 'id', policy: 'standard', seen, gone: seen.slice(0, 2), goneAt: 5 },
      { table: 'orders', tableId: 'id', policy: 'weekly', seen: [] },
    ];
    const after = { ...before, series };
    await save(before, after);
    expect((await read()).series).toEqual(series);
  });
});
