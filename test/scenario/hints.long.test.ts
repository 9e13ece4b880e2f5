import { describe, expect, it } from 'vitest';
import { utcText } from '../../shared/core/text/time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { HintReport } from '../../shared/run/hint.ts';
import { backupsOf, deleteBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr, tableOf, tagTable } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };
const REPAIRED = DAILY.replace('onDrift: alert', 'onDrift: repair');

/** Some days of the named tables, all well. */
const daysOf = async (tables: readonly string[], policies = DAILY): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  const { account, clock } = tablekeeper;
  for (const name of tables)
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  for (let day = 0; day < 3; day += 1) {
    await clock.advanceBy(DAY_MS);
    await tablekeeper.run('protect');
    await tablekeeper.run('audit');
  }
  await clock.advanceBy(HOUR_MS);
  account.inbox.clear();
  return tablekeeper;
};

const startHint = ({ clock, startHint: start }: Deployment, table: string): Promise<HintReport> =>
  start(table, { byTrail: false, deadline: clock.now() + 2 * MINUTE_MS });

const hinted = (tablekeeper: Deployment, table: string): Promise<HintReport> =>
  tablekeeper.clock.run(startHint(tablekeeper, table));

const failuresOf = (report: HintReport): readonly string[] =>
  report.kind === 'looked' ? report.failures : [];

const mails = ({ account }: Deployment) =>
  account.inbox.messages.filter(({ protocol }) => protocol === 'email');
/** Mails break their lines. */
const unbroken = (text: string | undefined): string => (text ?? '').replaceAll(/ ?\\?\n\s*/g, ' ');
const subjects = (tablekeeper: Deployment) => mails(tablekeeper).map(({ subject }) => subject);

describe('a hint', () => {
  it('tells within a minute that PITR was switched off, once, and that it is on again', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    const before = tablekeeper.clock.now();
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    expect(failuresOf(await hinted(tablekeeper, 'orders'))).toEqual([]);
    expect(tablekeeper.clock.now() - before).toBeLessThan(MINUTE_MS);
    await hinted(tablekeeper, 'orders');
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('1 new, critical: PITR off on orders')]);
    setPitr(tablekeeper.account, 'orders', { enabled: true });
    await hinted(tablekeeper, 'orders');
    expect(subjects(tablekeeper).at(-1)).toMatch(/1 new, 1 resolved; .*PITR window restarted on orders/);
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper)).toHaveLength(2);
  });

  it('repairs PITR at once where the policy says so', async () => {
    const tablekeeper = await daysOf(['orders'], REPAIRED);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    const report = await hinted(tablekeeper, 'orders');
    expect(report).toMatchObject({ outcomes: [{ status: 'done', action: { kind: 'enable-pitr' } }] });
    expect(tableOf(tablekeeper.account, 'orders').pitr).toBeDefined();
  });

  it('tells a mistyped tag at once, with the name that was meant', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': 'standrad' });
    await hinted(tablekeeper, 'orders');
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('unknown policy on orders')]);
    expect(unbroken(mails(tablekeeper)[0]?.message)).toContain('did you mean "standard"');
  });

  it('announces a deleted table with its last recovery points and the end of its SYSTEM backup, once', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    const newest = backupsOf(tablekeeper.account, 'orders').at(-1);
    deleteTable(tablekeeper.account, 'orders');
    const deletedAt = tablekeeper.clock.now();
    expect(failuresOf(await hinted(tablekeeper, 'orders'))).toEqual([]);
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('warning: table deleted: orders')]);
    const message = unbroken(mails(tablekeeper)[0]?.message);
    expect(message).toContain(newest?.name);
    expect(message).toContain('orders$DeletedTableBackup');
    expect(message).toContain(utcText(deletedAt + 35 * DAY_MS));
    expect(message).toContain('restore-table-from-backup --region us-east-1 --target-table-name orders');
    await hinted(tablekeeper, 'orders');
    for (let day = 0; day < 34; day += 1) {
      await tablekeeper.clock.advanceBy(DAY_MS);
      await tablekeeper.run('protect');
      await tablekeeper.run('audit');
    }
    const about = mails(tablekeeper).filter(({ message: text }) => text.includes('table-deleted/orders'));
    expect(about).toHaveLength(1);
  });

  it('tells that the deletion is over when a table of that name is there again', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await hinted(tablekeeper, 'orders');
    createTable(tablekeeper.account, { name: 'orders', tags: STANDARD, pitr: true });
    await hinted(tablekeeper, 'orders');
    expect(mails(tablekeeper).at(-1)?.message).toMatch(/table-deleted\/orders/);
    expect(subjects(tablekeeper).at(-1)).toContain('resolved');
  });

  it('says of a table without PITR that DynamoDB kept nothing, and restores from our newest', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await hinted(tablekeeper, 'orders');
    const newest = backupsOf(tablekeeper.account, 'orders').at(-1);
    deleteTable(tablekeeper.account, 'orders');
    await hinted(tablekeeper, 'orders');
    const message = unbroken(mails(tablekeeper).at(-1)?.message);
    expect(message).toContain('DynamoDB shows no SYSTEM backup of it');
    expect(message).toContain(`--backup-arn ${newest?.arn}`);
  });

  it.each([
    { name: 'a table that nobody tagged', make: { name: 'scratch' } },
    { name: 'a table that opted out', make: { name: 'scratch', tags: { 'backup:policy': 'none' } } },
    { name: 'a table that never was', make: { name: 'elsewhere' } },
    { name: 'a table of a drill', make: { name: 'tablekeeper-drill.prod.x', tags: STANDARD } },
    { name: 'a table of a restore test', make: { name: 'awsbackup-restore-test-1', tags: STANDARD } },
  ])('says nothing of $name, deleted or not', async ({ make }) => {
    const tablekeeper = await daysOf(['orders']);
    createTable(tablekeeper.account, { ...make, pitr: true });
    expect(failuresOf(await hinted(tablekeeper, 'scratch'))).toEqual([]);
    deleteTable(tablekeeper.account, make.name);
    expect(failuresOf(await hinted(tablekeeper, make.name))).toEqual([]);
    expect(subjects(tablekeeper)).toEqual([]);
  });

  it('leaves to the next run of backups what it mends: a table that was tagged just now', async () => {
    const tablekeeper = await daysOf(['orders']);
    const { account, clock } = tablekeeper;
    createTable(account, { name: 'old', tags: STANDARD, pitr: true, createdAt: clock.now() - 90 * DAY_MS });
    await hinted(tablekeeper, 'old');
    expect(subjects(tablekeeper)).toEqual([]);
  });

  it('leaves to the audit a table whose maker has not switched PITR on yet', async () => {
    const tablekeeper = await daysOf(['orders']);
    createTable(tablekeeper.account, { name: 'young', tags: STANDARD });
    await hinted(tablekeeper, 'young');
    expect(subjects(tablekeeper)).toEqual([]);
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await hinted(tablekeeper, 'young');
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('PITR off on young')]);
  });

  it('ends nothing of other tables, of the target, or of a table that lost its tag, which it reports', async () => {
    const tablekeeper = await daysOf(['carts', 'orders', 'users']);
    for (const name of ['carts', 'orders']) setPitr(tablekeeper.account, name, { enabled: false });
    createTable(tablekeeper.account, { name: 'scratch' });
    await tablekeeper.run('audit');
    const open = await tablekeeper.clock.run(tablekeeper.asPerson.stateStore.readFindings());
    expect(open.map(({ id }) => id)).toEqual(['pitr-off/carts', 'pitr-off/orders', 'untagged-tables']);
    const memory = await tablekeeper.clock.run(tablekeeper.asPerson.stateStore.readMemory());
    tablekeeper.account.inbox.clear();
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': null });
    await hinted(tablekeeper, 'orders');
    expect(subjects(tablekeeper)).toEqual([
      expect.stringContaining('no longer backed up: orders (standard)'),
    ]);
    const after = await tablekeeper.clock.run(tablekeeper.asPerson.stateStore.readFindings());
    const ids = open.map(({ id }) => id);
    expect(after.map(({ id }) => id)).toEqual(['no-longer-protected/orders/standard', ...ids]);
    const { protections = [], ...rest } = await tablekeeper.clock.run(
      tablekeeper.asPerson.stateStore.readMemory(),
    );
    const { protections: before = [], ...restBefore } = memory;
    expect(rest).toEqual(restBefore);
    const others = (all: typeof before) => all.filter(({ table }) => table !== 'orders');
    expect(others(protections)).toEqual(others(before));
  });

  it('sees that somebody deleted the newest recovery points of an old table', async () => {
    const tablekeeper = await daysOf(['orders']);
    const [oldest, ...newer] = backupsOf(tablekeeper.account, 'orders');
    expect(oldest).toBeDefined();
    for (const { arn } of newer) deleteBackup(tablekeeper.account, arn);
    await hinted(tablekeeper, 'orders');
    expect(subjects(tablekeeper)).toEqual([
      expect.stringContaining('2 new; worst critical: recovery points gone on orders'),
    ]);
    expect(mails(tablekeeper)[0]?.message).toContain('recovery point overdue on orders');
  });
});

describe('many hints', () => {
  it('of one moment are one look and one message, with few calls', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `table-${String(index).padStart(3, '0')}`);
    const tablekeeper = await daysOf(['orders']);
    for (const name of names)
      createTable(tablekeeper.account, { name, tags: { 'backup:policy': 'standrad' }, pitr: true });
    const callsBefore = tablekeeper.account.calls.of('ListBackups');
    const reports = await tablekeeper.clock.run(
      Promise.all(names.flatMap((name) => [startHint(tablekeeper, name), startHint(tablekeeper, name)])),
    );
    expect(reports.filter(({ kind }) => kind === 'looked')).toHaveLength(1);
    expect(reports.flatMap(failuresOf)).toEqual([]);
    expect(mails(tablekeeper)).toHaveLength(1);
    expect(subjects(tablekeeper)[0]).toContain('100 new');
    expect(tablekeeper.account.calls.of('ListBackups') - callsBefore).toBeLessThanOrEqual(100);
    expect(tablekeeper.account.calls.throttlesOf('ListBackups')).toBe(0);
    expect(await tablekeeper.clock.run(tablekeeper.asPerson.hintNotes.read())).toEqual([]);
  });

  it('about more tables than there is time for go on where the last one stopped, and alert of each once', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `table-${String(at).padStart(3, '0')}`);
    const tablekeeper = await daysOf(names);
    const { account, clock, asPerson } = tablekeeper;
    for (const name of names) setPitr(account, name, { enabled: false });
    const deadline = clock.now() + 80 * SECOND_MS;
    const hints = names.map((name) => tablekeeper.startHint(name, { byTrail: false, deadline }));
    const first = await clock.run(Promise.all(hints));
    expect(first.flatMap(failuresOf)).toEqual([]);
    expect(clock.now()).toBeLessThan(deadline - SECOND_MS);
    const left = await clock.run(asPerson.hintNotes.read());
    expect(first.find(({ kind }) => kind === 'looked')).toMatchObject({ left: left.length });
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(names.length);
    expect(failuresOf(await hinted(tablekeeper, names[0] ?? ''))).toEqual([]);
    expect(await clock.run(asPerson.hintNotes.read())).toEqual([]);
    const open = await clock.run(asPerson.stateStore.readFindings());
    expect(open.filter(({ kind }) => kind === 'pitr-off').map(({ table }) => table)).toEqual(names);
    expect(mails(tablekeeper).length).toBeLessThanOrEqual(5);
  }, 60_000);

  it('that follow each other wait for one another and tell nothing twice', async () => {
    const tablekeeper = await daysOf(['orders']);
    const { account, clock } = tablekeeper;
    account.faults.add({ operation: 'DescribeContinuousBackups', kind: 'slow', delayMs: 40 * SECOND_MS });
    setPitr(account, 'orders', { enabled: false });
    const later = async () => {
      await clock.sleep(21 * SECOND_MS);
      return await startHint(tablekeeper, 'orders');
    };
    const reports = await clock.run(Promise.all([startHint(tablekeeper, 'orders'), later()]));
    expect(reports.flatMap(failuresOf)).toEqual([]);
    expect(subjects(tablekeeper)).toHaveLength(1);
  });
});

describe('a hint that cannot look', () => {
  it.each(['DescribeTable', 'GetResources', 'ListBackups'])(
    'for %s says nothing wrong, fails, and is looked at with the next one',
    async (operation) => {
      const tablekeeper = await daysOf(['carts', 'orders']);
      setPitr(tablekeeper.account, 'orders', { enabled: false });
      const fault = tablekeeper.account.faults.add({ operation, kind: 'access-denied' });
      const blind = await hinted(tablekeeper, 'orders');
      expect(failuresOf(blind).join()).toContain('is not authorized to perform');
      expect(subjects(tablekeeper).filter((subject) => !subject.includes('PITR off on orders'))).toEqual([]);
      fault.remove();
      const whole = await hinted(tablekeeper, 'carts');
      expect(whole).toMatchObject({ kind: 'looked', tables: ['carts', 'orders'], failures: [] });
      expect(subjects(tablekeeper)).toEqual([expect.stringContaining('PITR off on orders')]);
    },
  );

  it('at the recovery of the table fails too, and is looked at with the next one', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    const fault = tablekeeper.account.faults.add({
      operation: 'DescribeContinuousBackups',
      kind: 'access-denied',
    });
    expect(failuresOf(await hinted(tablekeeper, 'orders')).join()).toContain(
      'pitr of orders could not be read',
    );
    expect(subjects(tablekeeper)).toEqual([]);
    fault.remove();
    await hinted(tablekeeper, 'carts');
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('PITR off on orders')]);
  });

  it('at SYSTEM backups announces the deletion with the next one', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    const fault = tablekeeper.account.faults.add({
      operation: 'ListBackups',
      kind: 'access-denied',
      when: ({ BackupType }) => BackupType === 'SYSTEM',
    });
    expect(failuresOf(await hinted(tablekeeper, 'orders')).join()).toContain('SYSTEM backups of orders');
    fault.remove();
    expect(
      mails(tablekeeper)
        .map(({ message }) => message)
        .join(),
    ).not.toContain('SYSTEM');
    await hinted(tablekeeper, 'carts');
    expect(subjects(tablekeeper).at(-1)).toContain('table deleted: orders');
    expect(unbroken(mails(tablekeeper).at(-1)?.message)).toContain('orders$DeletedTableBackup');
  });

  it('at the state table is thrown, so that Lambda delivers it again', async () => {
    const tablekeeper = await daysOf(['orders']);
    tablekeeper.account.faults.add({ operation: 'PutItem', kind: 'access-denied' });
    await expect(hinted(tablekeeper, 'orders')).rejects.toThrow('is not authorized to perform');
  });
});
