import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import { createTable, tagTable } from '../../../sim/console/tables.ts';
import { deploy } from '../../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

/** What an audit saw of all tables is written each time: its age is a part of it. */
const PICTURE = 1;

const world = async () => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  const read = (): Promise<Memory> => clock.run(tablekeeper.asPerson.stateStore.readMemory());
  return { ...tablekeeper, read };
};

describe('what is remembered of protections', () => {
  it('is one item a table, written when something changes and not otherwise', async () => {
    const { account, clock, read, run } = await world();
    await run('protect');
    await run('audit');
    const first = await read();
    expect(first.protections).toEqual([
      expect.objectContaining({ table: 'carts', promises: [expect.objectContaining({ name: 'standard' })] }),
      expect.objectContaining({ table: 'orders', tableId: expect.any(String) }),
    ]);
    await clock.advanceBy(6 * HOUR_MS);
    const writes = account.calls.of('PutItem') + account.calls.of('BatchWriteItem');
    const tagsRead = account.calls.of('ListTagsOfResource');
    await run('audit');
    expect(account.calls.of('PutItem') + account.calls.of('BatchWriteItem') - writes).toBeLessThanOrEqual(
      PICTURE + 1,
    );
    expect((await read()).protections).toEqual(first.protections);
    expect(account.calls.of('ListTagsOfResource')).toBe(tagsRead);
  });

  it('begins with the state of a version that knew none, and misses nothing', async () => {
    const { account, asPerson, clock, read, run } = await world();
    await run('protect');
    await run('audit');
    const before = await read();
    const { protections: _, ...older } = before;
    await clock.run(asPerson.stateStore.saveMemory(before, older));
    expect((await read()).protections).toBeUndefined();
    tagTable(account, 'orders', { 'backup:policy': null });
    await clock.advanceBy(HOUR_MS);
    const { openFindings } = await run('audit');
    expect(openFindings.map(({ id }) => id)).toContain('no-longer-protected/orders/standard');
    expect((await read()).protections).toHaveLength(2);
  });

  it('keeps what the tag named before for as long as a policy is missed, and no longer', async () => {
    const { account, clock, read, run } = await world();
    await run('protect');
    await run('audit');
    const named = async () => {
      const { protections = [] } = await read();
      return protections.find(({ table }) => table === 'orders')?.namedBefore;
    };
    expect(await named()).toBeUndefined();
    tagTable(account, 'orders', { 'backup:policy': null });
    for (let day = 0; day < 2; day += 1) {
      await clock.advanceBy(6 * HOUR_MS);
      await run('audit');
      expect(await named()).toEqual(['standard']);
    }
    tagTable(account, 'orders', STANDARD);
    await clock.advanceBy(6 * HOUR_MS);
    await run('audit');
    expect(await named()).toBeUndefined();
  });
});
