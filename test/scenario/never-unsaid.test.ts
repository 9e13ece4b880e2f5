import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

const someTables = async (names: readonly string[]): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T03:02:00Z' });
  const { account, clock } = tablekeeper;
  for (const name of names)
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 90 * DAY_MS });
  await days(tablekeeper, 2);
  account.inbox.clear();
  return tablekeeper;
};

const days = async ({ clock, run }: Deployment, count: number): Promise<void> => {
  for (let day = 0; day < count; day += 1) {
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    await run('audit');
    await clock.advanceBy(23 * HOUR_MS);
  }
};

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject = '' }) => subject);

describe('a table that cannot be described', () => {
  it('is not backed up, and that becomes critical, with its cause, and is resolved when it was backed up again', async () => {
    const tablekeeper = await someTables(['carts', 'orders']);
    const { account } = tablekeeper;
    const before = backupsOf(account, 'orders').length;
    const fault = account.faults.add({
      operation: 'DescribeTable',
      kind: 'access-denied',
      when: ({ TableName }) => TableName === 'orders',
    });
    await days(tablekeeper, 5);
    expect(backupsOf(account, 'orders')).toHaveLength(before);
    const said = account.inbox.messages.map(({ subject, message }) => `${subject}\n${message}`).join('\n');
    expect(said).toMatch(/critical: recovery point overdue on orders/);
    expect(said.replaceAll(/\s+/g, ' ')).toContain(
      'It is not backed up while it cannot be described: DescribeTable: AccessDeniedException',
    );
    account.inbox.clear();
    fault.remove();
    await days(tablekeeper, 2);
    expect(backupsOf(account, 'orders').length).toBeGreaterThan(before);
    expect(subjects(tablekeeper).join('\n')).toMatch(/resolved/);
  });
});

describe('most tables that opt out at once', () => {
  it('are told as meant, and not as a tag that is gone', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `table-${at}`);
    const tablekeeper = await someTables(names);
    for (const name of names.slice(1)) tagTable(tablekeeper.account, name, { 'backup:policy': 'none' });
    await days(tablekeeper, 3);
    const said = tablekeeper.account.inbox.messages.map(({ message }) => message).join('\n');
    expect(said).not.toContain('coverage-dropped');
    expect(said).toContain('protection-changed');
  });
});

describe('a muted table', () => {
  it('whose tag names no policy any more is told all the same, and nobody is told that backups go on', async () => {
    const tablekeeper = await someTables(['carts', 'ledger']);
    tagTable(tablekeeper.account, 'ledger', {
      'backup:policy': 'standrd',
      'backup:mute-until': '2026-05-01',
    });
    await days(tablekeeper, 2);
    const said = tablekeeper.account.inbox.messages
      .map(({ message }) => message.replaceAll(/\s+/g, ' '))
      .join('\n');
    expect(said).toContain('unknown-policy/ledger');
    expect(said).toContain('no-longer-protected/ledger/standard');
    expect(said).toContain('It is not backed up: no policy governs it.');
    expect(said).not.toContain('Backups go on');
  });
});
