import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { parseRecoveryPointName, recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// The bugs that other tools for DynamoDB backups have or had, each by name, and what happens here instead.

const STANDARD = { 'backup:policy': 'standard' };
const START = '2026-03-10T10:00:00Z';
/** The newest slot at the start. */
const SLOT = Date.parse('2026-03-10T03:00:00Z');

const nameOf = (slot: Instant, instance = 'prod'): string =>
  recoveryPointName({ instance, policy: 'standard', slot });

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `table-${String(index).padStart(3, '0')}`);

/** A tagged table of long ago, with one recovery point of ours for each slot. */
const seedTable = (tablekeeper: Deployment, name: string, slots: readonly Instant[] = []): void => {
  const { account, clock } = tablekeeper;
  createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 400 * DAY_MS });
  for (const slot of slots)
    createBackup(account, { table: name, name: nameOf(slot), createdAt: slot + 2 * MINUTE_MS });
};

/** The slots of the last days, oldest first. */
const days = (count: number): readonly Instant[] =>
  Array.from({ length: count }, (_, index) => SLOT - (count - 1 - index) * DAY_MS);

const policies = (schedule: string, retention: string): string =>
  `timezone: UTC\npolicies:\n  standard:\n    schedule: "${schedule}"\n    retention: ${retention}\n`;

const madeOf = ({ account }: Deployment, table: string): readonly string[] =>
  account.ledger
    .of('recovery-point-made')
    .filter(({ by, tableName }) => by.via !== 'console' && tableName === table)
    .map(({ name }) => name);

const deletedNames = ({ account }: Deployment): readonly string[] =>
  account.ledger.of('recovery-point-deleted').map(({ name }) => name);

const mailsOf = ({ account }: Deployment): string =>
  account.inbox.messages.map(({ subject, message }) => `${subject}\n${message}`).join('\n');

const keptNames = ({ account }: Deployment, table: string): readonly string[] =>
  backupsOf(account, table).map(({ name }) => name);

describe('bugs of others in what they see', () => {
  it('only the first hundred tables are backed up', async () => {
    const tablekeeper = await deploy({ startAt: START });
    for (const name of numbered(250)) seedTable(tablekeeper, name);
    await tablekeeper.run('protect');
    const made = numbered(250).map((name) => madeOf(tablekeeper, name));
    expect(made).toEqual(numbered(250).map(() => [nameOf(SLOT)]));
  });

  it('only the first page of backups is ranked, so those behind it never expire or the newest do', async () => {
    const tablekeeper = await deploy({
      startAt: START,
      policies: policies('0 * * * *', '{ hourly: 200 }'),
    });
    const newest = Date.parse(START);
    const slots = Array.from({ length: 230 }, (_, index) => newest - (229 - index) * HOUR_MS);
    seedTable(tablekeeper, 'orders', slots);
    await tablekeeper.clock.advanceBy(5 * MINUTE_MS);
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper).toSorted()).toEqual(slots.slice(0, 30).map((slot) => nameOf(slot)));
    expect(keptNames(tablekeeper, 'orders')).toHaveLength(200);
  });

  it('a short list that fits one page is never pruned', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper).toSorted()).toEqual(
      days(10)
        .slice(0, 3)
        .map((slot) => nameOf(slot)),
    );
  });

  it('backups of other tables fill the list, and one’s own are not seen behind them', async () => {
    const tablekeeper = await deploy({ startAt: START });
    createTable(tablekeeper.account, { name: 'busy', createdAt: SLOT - 400 * DAY_MS });
    for (let index = 0; index < 350; index += 1) {
      const createdAt = SLOT - 350 * HOUR_MS + index * HOUR_MS;
      createBackup(tablekeeper.account, { table: 'busy', name: `dump-${index}`, createdAt });
    }
    seedTable(tablekeeper, 'orders', days(10));
    await tablekeeper.run('protect');
    await tablekeeper.run('expire');
    expect(madeOf(tablekeeper, 'orders')).toEqual([]);
    expect(deletedNames(tablekeeper)).toHaveLength(3);
    expect(keptNames(tablekeeper, 'busy')).toHaveLength(350);
  });

  it('a list that stops early, with a token, is taken for the whole', async () => {
    const tablekeeper = await deploy({ startAt: START, shortPages: 0.5 });
    for (const name of numbered(120)) seedTable(tablekeeper, name, days(2));
    await tablekeeper.run('protect');
    await tablekeeper.run('expire');
    expect(numbered(120).flatMap((name) => madeOf(tablekeeper, name))).toEqual([]);
    expect(deletedNames(tablekeeper)).toEqual([]);
  });
});

describe('bugs of others in what they delete', () => {
  it('pruning goes on by age while backups fail, until none is left', async () => {
    const tablekeeper = await deploy({
      startAt: START,
      policies: policies('0 3 * * *', '{ within: 7d }'),
    });
    seedTable(tablekeeper, 'orders', days(7));
    const before = keptNames(tablekeeper, 'orders');
    const outage = tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied' });
    for (let day = 0; day < 30; day += 1) {
      await tablekeeper.clock.advanceBy(DAY_MS);
      for (const mode of ['expire', 'protect', 'audit'] as const) await tablekeeper.run(mode);
    }
    expect(keptNames(tablekeeper, 'orders')).toEqual(before);
    expect(mailsOf(tablekeeper)).toContain('orders');

    outage.remove();
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await tablekeeper.run('protect');
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT + 30 * DAY_MS)]);
  });

  it('a table that is not backed up any more loses its last backups', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    await tablekeeper.clock.advanceBy(400 * DAY_MS);
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper)).toEqual([]);
  });

  it('backups of people, of other tools and of other deployments are deleted, or counted in place of one’s own', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    const { account } = tablekeeper;
    const foreign = [
      'before-the-migration',
      'orders_2026_03_01_03-00-00',
      nameOf(SLOT - 20 * DAY_MS, 'staging'),
      `${nameOf(SLOT - 21 * DAY_MS)}.copy`,
      nameOf(SLOT - 22 * DAY_MS).toUpperCase(),
      nameOf(SLOT - 23 * DAY_MS).replace('030000Z', '250000Z'),
      ...Array.from({ length: 9 }, (_, index) => `by-hand-${index}`),
    ];
    for (const name of foreign)
      createBackup(account, { table: 'orders', name, createdAt: SLOT - 19 * DAY_MS });
    createBackup(account, { table: 'orders', name: nameOf(SLOT - 9 * DAY_MS), type: 'AWS_BACKUP' });
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper).toSorted()).toEqual(
      days(10)
        .slice(0, 3)
        .map((slot) => nameOf(slot)),
    );
    const types = account.ledger.of('recovery-point-deleted').map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['USER']));
  });

  it('SYSTEM backups, which cannot be deleted, are tried again and again', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    seedTable(tablekeeper, 'lost', days(10));
    deleteTable(tablekeeper.account, 'lost');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    expect(keptNames(tablekeeper, 'lost')).toContain('lost$DeletedTableBackup');
    const report = await tablekeeper.run('expire');
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(tablekeeper.account.calls.of('DeleteBackup')).toBe(3);
    expect(keptNames(tablekeeper, 'lost')).toHaveLength(11);
  });

  it('a backup that is still being made counts as one of those to keep', async () => {
    const tablekeeper = await deploy({
      startAt: START,
      policies: policies('0 3 * * *', '{ last: 3 }'),
    });
    const [fourDaysAgo = 0, threeDaysAgo = 0, twoDaysAgo = 0, yesterday = 0, today = 0] = days(5);
    seedTable(tablekeeper, 'orders', [fourDaysAgo, threeDaysAgo, twoDaysAgo, today]);
    createBackup(tablekeeper.account, {
      table: 'orders',
      name: nameOf(yesterday),
      createdAt: yesterday,
      availableAt: Number.POSITIVE_INFINITY,
    });
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper)).toEqual([nameOf(fourDaysAgo)]);
  });

  it('the backup that was just asked for pushes out an old one before it is there', async () => {
    const tablekeeper = await deploy({
      startAt: START,
      policies: policies('0 3 * * *', '{ last: 3 }'),
      backupMs: () => HOUR_MS,
    });
    const slots = days(4).slice(0, 3);
    seedTable(tablekeeper, 'orders', slots);
    await tablekeeper.run('protect');
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper)).toEqual([]);
    await tablekeeper.clock.advanceBy(2 * HOUR_MS);
    await tablekeeper.run('expire');
    expect(deletedNames(tablekeeper)).toEqual([nameOf(slots[0] ?? 0)]);
  });
});

describe('bugs of others in what they make', () => {
  const protectTwice = async (tablekeeper: Deployment) => {
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(30 * MINUTE_MS);
    await tablekeeper.run('protect');
  };

  it('an event that is delivered twice at once makes two backups', async () => {
    const tablekeeper = await deploy({ startAt: START, latencyMs: 20 });
    seedTable(tablekeeper, 'orders');
    const runId = 'one-delivery';
    const { clock, start } = tablekeeper;
    await clock.run(Promise.all([start('protect', { runId }), start('protect', { runId })]));
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT)]);
  });

  it('a message that does not leave fails the run, Lambda tries again, and every table has three backups', async () => {
    const tablekeeper = await deploy({ startAt: START });
    for (const name of numbered(5)) seedTable(tablekeeper, name);
    const { account, clock } = tablekeeper;
    createTable(account, { name: 'typo', tags: { 'backup:policy': 'standrad' } });
    account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { failures } = await tablekeeper.run('protect');
      expect(failures.join()).toContain('the message did not leave');
      await clock.advanceBy(MINUTE_MS);
    }
    expect(numbered(5).map((name) => madeOf(tablekeeper, name).length)).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([
    { kind: 'timeout-after-effect' },
    { kind: 'connection-reset-after-effect' },
    { kind: 'timeout' },
    { kind: 'connection-reset' },
    { kind: 'internal-error' },
    { kind: 'throttle' },
  ] as const)('the answer is lost ($kind), and asking again makes a second backup', async ({ kind }) => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders');
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind, times: 1 });
    await protectTwice(tablekeeper);
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT)]);
  });

  it('the answer and the look-up after it are lost, and the next run makes a second backup', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders');
    const { faults } = tablekeeper.account;
    faults.add({ operation: 'CreateBackup', kind: 'timeout-after-effect', times: 1 });
    faults.add({ operation: 'ListBackups', kind: 'internal-error', when: (input) => 'TableName' in input });
    await protectTwice(tablekeeper);
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT)]);
  });

  it('the answer is lost while no list can be read, and every run makes one more backup', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders');
    const { faults } = tablekeeper.account;
    faults.add({ operation: 'CreateBackup', kind: 'timeout-after-effect', times: 1 });
    const unreadableLists = faults.add({ operation: 'ListBackups', kind: 'internal-error' });
    await protectTwice(tablekeeper);
    unreadableLists.remove();
    await protectTwice(tablekeeper);
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT)]);
  });

  it('one bad table ends the loop, and those behind it are not backed up', async () => {
    const tablekeeper = await deploy({ startAt: START });
    for (const name of numbered(6)) seedTable(tablekeeper, name);
    const isBad = (input: Readonly<Record<string, unknown>>) => input.TableName === 'table-000';
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied', when: isBad });
    const report = await tablekeeper.run('protect');
    expect(numbered(6).map((name) => madeOf(tablekeeper, name).length)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(report.failures).toEqual([]);
    expect(mailsOf(tablekeeper)).toContain('The backup of table-000 under standard failed');
  });

  it('one table that cannot be described ends the loop', async () => {
    const tablekeeper = await deploy({ startAt: START });
    for (const name of numbered(6)) seedTable(tablekeeper, name);
    const isBad = (input: Readonly<Record<string, unknown>>) => input.TableName === 'table-003';
    tablekeeper.account.faults.add({ operation: 'DescribeTable', kind: 'internal-error', when: isBad });
    await tablekeeper.run('protect');
    expect(numbered(6).map((name) => madeOf(tablekeeper, name).length)).toEqual([1, 1, 1, 0, 1, 1]);
    expect(mailsOf(tablekeeper)).toContain('table-003');
  });

  it('one backup that cannot be deleted ends the loop', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    tablekeeper.account.faults.add({ operation: 'DeleteBackup', kind: 'access-denied', times: 1 });
    const report = await tablekeeper.run('expire');
    const statuses = report.outcomes.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['done', 'done', 'failed']);
    expect(deletedNames(tablekeeper)).toHaveLength(2);
    expect(mailsOf(tablekeeper)).toContain('DeleteBackup');
  });

  it('the name omits the hour, or is the same for all', async () => {
    const tablekeeper = await deploy({
      startAt: START,
      policies: `${policies('0 * * * *', '{ hourly: 48 }')}  often:\n    schedule: "30 * * * *"\n    retention: { hourly: 48 }\n`,
    });
    const { account, clock } = tablekeeper;
    for (const name of ['carts', 'orders'])
      createTable(account, { name, tags: { 'backup:policy': 'standard+often' } });
    for (let halfHour = 0; halfHour < 50; halfHour += 1) {
      await tablekeeper.run('protect');
      await clock.advanceBy(30 * MINUTE_MS);
    }
    for (const name of ['carts', 'orders']) {
      const made = madeOf(tablekeeper, name);
      expect(made.length).toBeGreaterThanOrEqual(50);
      expect(new Set(made).size).toBe(made.length);
      expect(made.map(parseRecoveryPointName)).not.toContain(undefined);
    }
  });

  it('the run of the first is missed, and the month has no backup', async () => {
    const tablekeeper = await deploy({
      startAt: '2026-01-20T10:00:00Z',
      policies: policies('0 3 * * *', '{ daily: 3, monthly: 12 }'),
    });
    const { account, clock } = tablekeeper;
    createTable(account, { name: 'orders', tags: STANDARD });
    const from = Date.parse('2026-01-31T00:00:00Z');
    const until = Date.parse('2026-02-03T00:00:00Z');
    account.faults.add({ operation: 'CreateBackup', kind: 'internal-error', from, until });
    for (let day = 0; day < 60; day += 1) {
      await tablekeeper.run('protect');
      await clock.advanceBy(HOUR_MS);
      await tablekeeper.run('expire');
      await clock.advanceBy(23 * HOUR_MS);
    }
    const months = keptNames(tablekeeper, 'orders').map((name) => /\.2026(\d\d)/.exec(name)?.[1]);
    expect(new Set(months)).toEqual(new Set(['01', '02', '03']));
  });
});

describe('bugs of others in what they say', () => {
  const LISTS: readonly { readonly mode: Mode; readonly operation: string }[] = [
    { mode: 'protect', operation: 'GetResources' },
    { mode: 'protect', operation: 'ListBackups' },
    { mode: 'protect', operation: 'Query' },
    { mode: 'protect', operation: 'Publish' },
    { mode: 'expire', operation: 'GetResources' },
    { mode: 'expire', operation: 'ListBackups' },
    { mode: 'expire', operation: 'Query' },
    { mode: 'expire', operation: 'PutItem' },
    { mode: 'audit', operation: 'GetResources' },
    { mode: 'audit', operation: 'ListBackups' },
    { mode: 'audit', operation: 'ListTables' },
    { mode: 'audit', operation: 'Query' },
  ];
  const KINDS: readonly Fault['kind'][] = ['access-denied', 'internal-error', 'timeout'];

  it.each(LISTS.flatMap((one) => KINDS.map((kind) => ({ ...one, kind }))))(
    'errors are swallowed: $mode says that it was whole while $operation fails with $kind',
    async (given) => {
      const { mode, operation, kind } = given;
      const tablekeeper = await deploy({ startAt: START });
      seedTable(tablekeeper, 'orders', days(10));
      createTable(tablekeeper.account, { name: 'typo', tags: { 'backup:policy': 'standrad' } });
      tablekeeper.account.faults.add({ operation, kind });
      // What a first run writes down is more than one item, and so a batch.
      if (operation === 'PutItem') tablekeeper.account.faults.add({ operation: 'BatchWriteItem', kind });
      const report = await tablekeeper.run(mode);
      expect(report.failures).not.toEqual([]);
      expect(deletedNames(tablekeeper)).toHaveLength(operation === 'PutItem' ? 3 : 0);
    },
  );

  it('listing is not allowed, so the list is empty: everything looks overdue, or nothing is ever deleted, in silence', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    seedTable(tablekeeper, 'carts');
    await tablekeeper.run('protect');
    const { account, clock } = tablekeeper;
    const before = keptNames(tablekeeper, 'carts');
    account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    for (const mode of ['protect', 'expire', 'audit'] as const) {
      await clock.advanceBy(30 * MINUTE_MS);
      const report = await tablekeeper.run(mode);
      expect(report.failures.join()).toContain('not authorized to perform: dynamodb:ListBackups');
    }
    expect(keptNames(tablekeeper, 'carts')).toEqual(before);
    expect(deletedNames(tablekeeper)).toEqual([]);
    expect(mailsOf(tablekeeper)).toContain('ListBackups');
  });

  it('listing is not allowed, and so new slots are not backed up either', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    tablekeeper.account.faults.add({ operation: 'ListBackups', kind: 'access-denied' });
    await tablekeeper.clock.advanceBy(DAY_MS);
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(30 * MINUTE_MS);
    await tablekeeper.run('protect');
    expect(madeOf(tablekeeper, 'orders')).toEqual([nameOf(SLOT + DAY_MS)]);
  });

  it('of two things that go wrong at once only one is told', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    seedTable(tablekeeper, 'carts');
    createTable(tablekeeper.account, { name: 'typo', tags: { 'backup:policy': 'standrad' } });
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied' });
    await tablekeeper.run('protect');
    tablekeeper.account.faults.add({ operation: 'DeleteBackup', kind: 'access-denied' });
    await tablekeeper.run('expire');
    const mails = mailsOf(tablekeeper);
    for (const told of ['carts', 'standrad', 'DeleteBackup', 'CreateBackup']) expect(mails).toContain(told);
  });

  it('a message leaves at every run, until nobody reads them', async () => {
    const tablekeeper = await deploy({ startAt: START });
    seedTable(tablekeeper, 'orders', days(10));
    for (let halfHour = 0; halfHour < 96; halfHour += 1) {
      await tablekeeper.clock.advanceBy(30 * MINUTE_MS);
      await tablekeeper.run('protect');
    }
    expect(tablekeeper.account.inbox.messages).toEqual([]);
  });
});
