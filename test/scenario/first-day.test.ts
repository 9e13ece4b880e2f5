import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { deploy } from '../support/deployment.ts';

describe('the first days of a tagged table', () => {
  it('is backed up at once, pruned under its policy, and its lost PITR is told, reminded and resolved', async () => {
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
    const { account, clock } = tablekeeper;
    createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, pitr: true });
    await clock.advanceBy(HOUR_MS);

    const first = await tablekeeper.run('protect');
    expect(first.failures).toEqual([]);
    expect(first.outcomes.map(({ status }) => status)).toEqual(['done']);
    expect(backupsOf(account, 'orders').map(({ name }) => name)).toEqual([
      'tablekeeper.prod.standard.20260302T030000Z',
    ]);
    expect((await tablekeeper.run('protect')).outcomes).toEqual([]);

    for (let day = 1; day <= 9; day += 1) {
      await clock.advanceBy(DAY_MS);
      await tablekeeper.run('protect');
      await clock.advanceBy(HOUR_MS);
      await tablekeeper.run('expire');
      const audit = await tablekeeper.run('audit');
      expect(audit.failures).toEqual([]);
    }
    expect(backupsOf(account, 'orders')).toHaveLength(7);
    expect(account.inbox.messages).toEqual([]);

    setPitr(account, 'orders', { enabled: false });
    for (const hours of [1, 6, 6, 6, 6]) {
      await clock.advanceBy(hours * HOUR_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    }
    setPitr(account, 'orders', { enabled: true });
    await clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');

    const subjects = account.inbox.messages.map(({ subject }) => subject);
    expect(subjects).toEqual([
      '[Tablekeeper prod] 1 new, critical: PITR off on orders',
      '[Tablekeeper prod] 1 still open, critical: PITR off on orders',
      '[Tablekeeper prod] 1 new, 1 resolved; worst warning: PITR window restarted on orders',
    ]);
  });
});
