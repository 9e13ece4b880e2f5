import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { CONSOLE } from '../../sim/call.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr } from '../../sim/console/tables.ts';
import { addTable } from '../../sim/dynamodb/change-tables.ts';
import type { Definition } from '../../sim/dynamodb/table.ts';
import type { Fault } from '../../sim/faults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// Without its state table Tablekeeper goes on making recovery points, deletes nothing, and says so: by its alarm at every run, and by a
// message at every audit.

const STATE = 'tablekeeper-prod-state';

const KEYS: Definition = {
  attributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  billingMode: 'PAY_PER_REQUEST',
};

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject);

const estate = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders'])
    createTable(account, {
      name,
      tags: { 'backup:policy': 'standard' },
      pitr: true,
      createdAt: clock.now() - 90 * DAY_MS,
    });
  for (let day = 1; day <= 9; day += 1)
    createBackup(account, {
      table: 'orders',
      name: `tablekeeper.prod.standard.2026030${day}T030000Z`,
      createdAt: Date.parse(`2026-03-0${day}T03:02:00Z`),
    });
  await tablekeeper.run('protect');
  await clock.advanceBy(HOUR_MS);
  await tablekeeper.run('audit');
  account.inbox.clear();
  return tablekeeper;
};

/** The table is deleted, as its answers say; a table that is out of reach answers nothing to anybody. */
const losses: readonly {
  readonly name: string;
  readonly lose: (one: Deployment) => void;
  /** What its message says to do. */
  readonly says: string;
}[] = [
  {
    name: 'is deleted',
    lose: ({ account }) => deleteTable(account, STATE),
    says: 'docs/runbook.md says how',
  },
  { name: 'is denied', lose: (one) => break_(one, 'access-denied'), says: 'docs/runbook.md says how' },
  { name: 'is throttled', lose: (one) => break_(one, 'throttle'), says: 'AWS asked for patience' },
];

const break_ = ({ account }: Deployment, kind: Fault['kind']): void => {
  for (const operation of ['Query', 'PutItem', 'DeleteItem', 'BatchWriteItem'] as const)
    account.faults.add({ operation, kind });
};

const night = async (tablekeeper: Deployment): Promise<void> => {
  const { clock } = tablekeeper;
  await clock.advanceTo(Date.parse('2026-03-11T03:10:00Z'));
  for (let tick = 0; tick < 6; tick += 1) {
    await tablekeeper.run('protect');
    await clock.advanceBy(30 * MINUTE_MS);
  }
};

describe.each(losses)('while the state table $name', ({ lose, says }) => {
  it('recovery points are made once each, nothing is deleted, and every run fails', async () => {
    const tablekeeper = await estate();
    lose(tablekeeper);
    await night(tablekeeper);
    const made = backupsOf(tablekeeper.account).filter(({ name }) => name.includes('20260311T030000Z'));
    expect(made.map(({ arn }) => arn.split('/')[1]).toSorted()).toEqual(['carts', 'orders']);
    const pruned = await tablekeeper.run('expire');
    expect(pruned.failures).not.toEqual([]);
    expect(tablekeeper.account.ledger.of('recovery-point-deleted')).toEqual([]);
    expect(subjects(tablekeeper)).toEqual([]);
  });

  it('each audit says so, with all that is wrong, and Lambda’s repetitions do not', async () => {
    const tablekeeper = await estate();
    const { account, clock } = tablekeeper;
    setPitr(account, 'orders', { enabled: false });
    lose(tablekeeper);
    for (let audit = 0; audit < 3; audit += 1) {
      const reports = [];
      for (let attempt = 0; attempt < 3; attempt += 1) {
        reports.push(await tablekeeper.run('audit'));
        await clock.advanceBy(2 * MINUTE_MS);
        await tablekeeper.run('protect');
      }
      expect(reports.map(({ failures }) => failures.length > 0)).toEqual([true, true, true]);
      await clock.advanceBy(6 * HOUR_MS);
    }
    expect(subjects(tablekeeper)).toHaveLength(3);
    const mail = account.inbox.messages.at(-1)?.message ?? '';
    expect(mail).toContain('Finding: observation-gap/memory');
    expect(mail).toContain('Finding: pitr-off/orders');
    expect(mail.replaceAll(/\s+/g, ' ')).toContain(says);
  });
});

it('once the table is there again, empty, each open finding is reported once more and that is all', async () => {
  const tablekeeper = await estate();
  const { account, clock } = tablekeeper;
  setPitr(account, 'orders', { enabled: false });
  await tablekeeper.run('audit');
  deleteTable(account, STATE);
  await clock.advanceBy(HOUR_MS);
  account.inbox.clear();
  const now = clock.now();
  const times = { createdAt: now, activeAt: now, backupsReadyAt: now };
  addTable(
    account,
    { name: STATE, sizeBytes: 0, itemCount: 0, definition: KEYS, ...times, deletionProtection: true },
    CONSOLE,
  );
  await clock.advanceBy(HOUR_MS);
  for (let audit = 0; audit < 3; audit += 1) {
    await tablekeeper.run('audit');
    await clock.advanceBy(6 * HOUR_MS);
  }
  expect(subjects(tablekeeper).filter((subject) => subject.includes('PITR off on orders'))).toHaveLength(1);
});
