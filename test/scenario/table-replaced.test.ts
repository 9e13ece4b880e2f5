import { DynamoDBClient, RestoreTableFromBackupCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf, deleteBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { wireAs } from '../support/containers.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

/** So many days of a backup run, an expiry and an audit each. */
const live = async ({ clock, run }: Deployment, days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    await clock.advanceBy(DAY_MS - HOUR_MS);
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    await run('expire');
    await run('audit');
  }
};

const lived = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 90 * DAY_MS });
  await live(tablekeeper, 5);
  account.inbox.clear();
  return tablekeeper;
};

const replace = async ({ account, clock }: Deployment, name = 'orders'): Promise<void> => {
  deleteTable(account, name);
  await clock.advanceBy(MINUTE_MS);
  createTable(account, { name, tags: STANDARD, pitr: true });
};

const ours = ({ account }: Deployment) => backupsOf(account, 'orders').filter(({ type }) => type === 'USER');
const subjects = ({ account }: Deployment) => account.inbox.messages.map(({ subject }) => subject);
const text = ({ account }: Deployment): string =>
  account.inbox.messages
    .map(({ message }) => message.replaceAll(/\\?\s+/g, ' '))
    .join(' ')
    .replaceAll(/\\ /g, '');
const openOf = async (tablekeeper: Deployment, id: string) =>
  (await tablekeeper.run('audit')).openFindings.find((finding) => finding.id === id);

describe('a table that is replaced, with its tags', { timeout: 60_000 }, () => {
  it.each([
    { by: 'the hint', look: (t: Deployment) => t.hint('orders') },
    { by: 'the audit', look: (t: Deployment) => t.run('audit') },
  ])(
    'is reported like a deletion, by $by: once, with what is left and how to get at it',
    async ({ look }) => {
      const tablekeeper = await lived();
      const newest = ours(tablekeeper).at(-1);
      await replace(tablekeeper);
      await look(tablekeeper);
      expect(subjects(tablekeeper)).toEqual([
        expect.stringContaining('warning: table deleted and made again: orders'),
      ]);
      expect(text(tablekeeper)).toContain('was deleted and made again at 2026-03-07');
      expect(text(tablekeeper)).toContain(newest?.name);
      expect(text(tablekeeper)).toContain(
        'orders$DeletedTableBackup, of the last moment, lives until 2026-04-11',
      );
      expect(text(tablekeeper)).toContain('--target-table-name orders-former');
      await live(tablekeeper, 30);
      expect(text(tablekeeper).split('table-replaced/orders')).toHaveLength(2);
      expect((await openOf(tablekeeper, 'table-replaced/orders'))?.severity).toBe('info');
      await live(tablekeeper, 10);
      expect(await openOf(tablekeeper, 'table-replaced/orders')).toBeUndefined();
      expect(subjects(tablekeeper).join()).not.toContain('resolved');
    },
  );

  it('is reported again when that happens again', async () => {
    const tablekeeper = await lived();
    await replace(tablekeeper);
    await tablekeeper.run('audit');
    await live(tablekeeper, 2);
    await replace(tablekeeper);
    await tablekeeper.hint('orders');
    expect(text(tablekeeper).split('table-replaced/orders')).toHaveLength(3);
  });

  it('is critical where nothing is left of its items', async () => {
    const tablekeeper = await lived();
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    for (const { arn } of ours(tablekeeper)) deleteBackup(tablekeeper.account, arn);
    await replace(tablekeeper);
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper).at(-1)).toMatch(/critical: table deleted and made again: orders/);
  });

  it('shows by its recovery points where an older version remembers nothing', async () => {
    const tablekeeper = await lived();
    const { stateStore } = tablekeeper.asPerson;
    const memory = await tablekeeper.clock.run(stateStore.readMemory());
    const { protections: _, series: _series, ...older } = memory;
    await tablekeeper.clock.run(stateStore.saveMemory(memory, older));
    await replace(tablekeeper);
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper)).toEqual([
      expect.stringContaining('warning: table deleted and made again: orders'),
    ]);
  });

  it('is no news where it was restored under its name and reported as back without its tag', async () => {
    const tablekeeper = await lived();
    const { account, clock } = tablekeeper;
    const [newest] = ours(tablekeeper).slice(-1);
    deleteTable(account, 'orders');
    await clock.advanceBy(MINUTE_MS);
    const client = new DynamoDBClient({ ...wireAs(account, 'person'), region: account.region });
    await clock.run(
      client.send(
        new RestoreTableFromBackupCommand({ TargetTableName: 'orders', BackupArn: newest?.arn ?? '' }),
      ),
    );
    await clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain('orders is back without its tag');
    tagTable(account, 'orders', STANDARD);
    setPitr(account, 'orders', { enabled: true });
    await live(tablekeeper, 3);
    expect(text(tablekeeper)).not.toContain('table-replaced');
  });

  it('is not concluded from lists with a gap', async () => {
    const tablekeeper = await lived();
    await replace(tablekeeper);
    const fault = tablekeeper.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    await tablekeeper.run('audit');
    fault.remove();
    expect(text(tablekeeper)).not.toContain('table-replaced');
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain('table-replaced/orders');
  });
});

describe('the last copies of a deleted table', { timeout: 60_000 }, () => {
  it.each([
    { by: 'the hint', look: (t: Deployment) => t.hint('orders') },
    { by: 'the audit', look: (t: Deployment) => t.run('audit') },
  ])('are reported when they go, by $by: once, and nothing is called resolved', async ({ look }) => {
    const tablekeeper = await lived();
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    await tablekeeper.hint('orders');
    await live(tablekeeper, 1);
    tablekeeper.account.inbox.clear();
    for (const { arn } of ours(tablekeeper)) deleteBackup(tablekeeper.account, arn);
    await look(tablekeeper);
    await live(tablekeeper, 10);
    expect(subjects(tablekeeper)).toEqual([expect.stringMatching(/1 new, warning: table deleted: orders/)]);
    expect(text(tablekeeper)).toContain('its last recovery points are gone since');
    expect(text(tablekeeper)).toContain('orders$DeletedTableBackup, of the last moment, lives until');
  });

  it('are critical where DynamoDB kept nothing either', async () => {
    const tablekeeper = await lived();
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 1);
    tablekeeper.account.inbox.clear();
    for (const { arn } of ours(tablekeeper)) deleteBackup(tablekeeper.account, arn);
    await live(tablekeeper, 10);
    expect(subjects(tablekeeper)).toEqual([expect.stringMatching(/critical: table deleted: orders/)]);
    expect(text(tablekeeper)).toContain('Nothing is left to restore it from');
  });

  it('are no news while some are left', async () => {
    const tablekeeper = await lived();
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 1);
    tablekeeper.account.inbox.clear();
    for (const { arn } of ours(tablekeeper).slice(1)) deleteBackup(tablekeeper.account, arn);
    await live(tablekeeper, 3);
    expect(subjects(tablekeeper)).toEqual([]);
  });
});
