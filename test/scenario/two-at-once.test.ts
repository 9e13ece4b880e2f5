import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { deploy } from '../support/deployment.ts';

const estate = async (latencyMs = 20) => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z', latencyMs, backupMs: () => MINUTE_MS });
  for (let number = 0; number < 30; number += 1)
    createTable(tablekeeper.account, {
      name: `table-${number}`,
      tags: { 'backup:policy': 'standard' },
      pitr: true,
    });
  await tablekeeper.clock.advanceBy(MINUTE_MS);
  return tablekeeper;
};

/** Table and name of every recovery point ever made, by the account's own ledger. */
const slotsMade = (account: SimAccount): readonly string[] =>
  account.ledger.of('recovery-point-made').map(({ name, tableName }) => `${tableName}/${name}`);

describe('one slot, one recovery point', () => {
  it('when the same event is delivered twice at once', async () => {
    const tablekeeper = await estate();
    const runId = 'one-event';
    const [first, second] = await tablekeeper.clock.run(
      Promise.all([tablekeeper.start('protect', { runId }), tablekeeper.start('protect', { runId })]),
    );
    expect(backupsOf(tablekeeper.account)).toHaveLength(30);
    expect([...first.failures, ...second.failures]).toEqual([]);
    const done = [...first.outcomes, ...second.outcomes].filter(({ status }) => status === 'done');
    expect(done).toHaveLength(30);
  });

  it('when it is delivered again after the first run ended', async () => {
    const tablekeeper = await estate();
    await tablekeeper.run('protect');
    await tablekeeper.run('protect');
    expect(backupsOf(tablekeeper.account)).toHaveLength(30);
  });

  const lost: readonly Fault['kind'][] = ['timeout-after-effect', 'connection-reset-after-effect', 'timeout'];
  it.each(lost)('when every third CreateBackup ends in %s', async (kind) => {
    const tablekeeper = await estate();
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind, probability: 0.34, delayMs: 5_000 });
    await tablekeeper.run('protect');
    tablekeeper.account.faults.clear();
    await tablekeeper.clock.advanceBy(HOUR_MS / 2);
    await tablekeeper.run('protect');
    const names = slotsMade(tablekeeper.account);
    expect(names).toHaveLength(30);
    expect(new Set(names).size).toBe(30);
  });

  it('when ListBackups is denied for a day: each slot is made once and people are told once', async () => {
    const tablekeeper = await estate();
    const { account, clock } = tablekeeper;
    account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    for (let tick = 0; tick < 48; tick += 1) {
      const report = await tablekeeper.run('protect');
      expect(report.failures.join()).toContain('AccessDenied');
      await clock.advanceBy(HOUR_MS / 2);
    }
    const names = slotsMade(account);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(60);
    expect(account.inbox.messages.map(({ subject }) => subject)).toHaveLength(1);
  });
});
