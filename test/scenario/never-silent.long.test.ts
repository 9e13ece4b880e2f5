import { DynamoDBClient, RestoreTableFromBackupCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf, deleteBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr, setStatus, tableOf, tagTable } from '../../sim/console/tables.ts';
import { wireAs } from '../support/containers.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

const TAG = 'backup:policy';
const STANDARD = { [TAG]: 'standard' };

const TWO_POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
  offsite:
    schedule: "0 4 * * 1"
    retention: { weekly: 8 }
`;

const WITHOUT_STANDARD = `
timezone: UTC
policies:
  gold:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
`;

const nameOf = (at: number): string => `t${String(at).padStart(2, '0')}`;

/** Tables with a tag, three days well, and nothing in the inbox. */
const daysOf = async (tables: readonly string[], tags = STANDARD, policies = DAILY): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-07T10:00:00Z', policies });
  const { account, clock } = tablekeeper;
  for (const name of tables)
    createTable(account, { name, tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  await live(tablekeeper, 3, policies);
  account.inbox.clear();
  return tablekeeper;
};

/** So many days of a backup run and an audit each. */
const live = async (tablekeeper: Deployment, days: number, policies?: string): Promise<void> => {
  const wishes = policies === undefined ? {} : { policies };
  for (let day = 0; day < days; day += 1) {
    await tablekeeper.clock.advanceBy(DAY_MS - 10 * MINUTE_MS);
    await tablekeeper.run('protect', wishes);
    await tablekeeper.clock.advanceBy(10 * MINUTE_MS);
    await tablekeeper.run('expire', wishes);
    await tablekeeper.run('audit', wishes);
  }
};

const mails = ({ account }: Deployment) =>
  account.inbox.messages.filter(({ protocol }) => protocol === 'email');
const subjects = (tablekeeper: Deployment): readonly string[] =>
  mails(tablekeeper).map(({ subject }) => subject);
const words = (text: string | undefined): string => (text ?? '').replaceAll(/ ?\\?\n\s*/g, ' ');
const text = (tablekeeper: Deployment): string =>
  mails(tablekeeper)
    .map(({ message }) => words(message))
    .join('\n');
const openIds = async ({ clock, asPerson }: Deployment): Promise<readonly string[]> => {
  const all = await clock.run(asPerson.stateStore.readFindings());
  return all.filter(({ resolvedAt }) => resolvedAt === undefined).map(({ id }) => id);
};
const forget = async ({ clock, asPerson }: Deployment): Promise<void> => {
  const { stateStore } = asPerson;
  const before = await clock.run(stateStore.readMemory());
  await clock.run(stateStore.saveMemory(before, { pitrBaselines: [] }));
  const findings = await clock.run(stateStore.readFindings());
  await clock.run(stateStore.saveFindings({ put: [], remove: findings.map(({ id }) => id) }));
};

describe('a table whose tag goes', { timeout: 60_000 }, () => {
  it('is reported at the next audit, as critical once its RPO has passed, and stays so for forty days', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { [TAG]: null });
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper)[0]).toContain('warning: no longer backed up: orders (standard)');
    expect(text(tablekeeper)).toContain(
      'orders is no longer backed up: its tag backup:policy named standard until 2026-03-10 10:',
    );
    expect(text(tablekeeper)).toContain('--tags Key=backup:policy,Value=standard');
    await live(tablekeeper, 40);
    const told = mails(tablekeeper).filter(({ message }) => message.includes('no-longer-protected/orders'));
    expect(told.length).toBeGreaterThanOrEqual(39);
    expect(subjects(tablekeeper)[1]).toContain('critical: no longer backed up: orders (standard)');
    expect(text(tablekeeper)).not.toContain('RESOLVED');
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
  });

  it('is reported at once by a hint', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { [TAG]: null });
    await tablekeeper.hint('orders');
    expect(subjects(tablekeeper)).toEqual([
      expect.stringContaining('no longer backed up: orders (standard)'),
    ]);
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper).filter((subject) => subject.includes('no longer'))).toHaveLength(1);
    tagTable(tablekeeper.account, 'orders', STANDARD);
    await tablekeeper.hint('orders');
    expect(subjects(tablekeeper).at(-1)).toContain('1 resolved: no longer backed up: orders (standard)');
    expect(await openIds(tablekeeper)).not.toContain('no-longer-protected/orders/standard');
  });

  it('one a day among forty of which one had none is reported each day by its name', async () => {
    const names = Array.from({ length: 39 }, (_, at) => nameOf(at));
    const tablekeeper = await daysOf(names);
    createTable(tablekeeper.account, { name: 'scratch' });
    await live(tablekeeper, 1);
    for (const name of names.slice(0, 19)) {
      tablekeeper.account.inbox.clear();
      tagTable(tablekeeper.account, name, { [TAG]: null });
      await live(tablekeeper, 1);
      expect(text(tablekeeper)).toContain(`${name} is no longer backed up`);
    }
    await live(tablekeeper, 21);
    expect(text(tablekeeper)).not.toContain('RESOLVED');
    const lost = (await openIds(tablekeeper)).filter((id) => id.startsWith('no-longer-protected/'));
    expect(lost).toHaveLength(19);
  });

  it('nineteen at once are one message that names and counts them all, and each later one is told', async () => {
    const names = Array.from({ length: 40 }, (_, at) => nameOf(at));
    const tablekeeper = await daysOf(names);
    for (const name of names.slice(0, 19)) tagTable(tablekeeper.account, name, { [TAG]: null });
    await tablekeeper.run('audit');
    expect(mails(tablekeeper)).toHaveLength(1);
    expect(subjects(tablekeeper)[0]).toMatch(/19 tables/);
    for (const name of names.slice(0, 19)) expect(text(tablekeeper)).toContain(name);
    tablekeeper.account.inbox.clear();
    tagTable(tablekeeper.account, 't30', { [TAG]: null });
    await live(tablekeeper, 1);
    expect(text(tablekeeper)).toContain('t30 is no longer backed up');
  });

  it.each([
    { name: 'is emptied', tags: { [TAG]: '' }, says: 'and now says ""' },
    { name: 'changes the case of its value', tags: { [TAG]: 'Standard' }, says: 'and now says "Standard"' },
    { name: 'is misspelt', tags: { [TAG]: 'standrad' }, says: 'which names no policy' },
    {
      name: 'changes the case of its key',
      tags: { [TAG]: null, 'Backup:Policy': 'standard' },
      says: 'and is gone',
    },
    {
      name: 'gets a space into its key',
      tags: { [TAG]: null, 'backup:policy ': 'standard' },
      says: 'and is gone',
    },
  ])('is reported when the tag $name', async ({ tags, says }) => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', tags);
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain(
      'orders is no longer backed up: its tag backup:policy named standard until',
    );
    expect(text(tablekeeper)).toContain(says);
    await live(tablekeeper, 10);
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
    tagTable(tablekeeper.account, 'orders', { 'Backup:Policy': null, 'backup:policy ': null, ...STANDARD });
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper).join()).toContain('resolved');
    expect(await openIds(tablekeeper)).toEqual([]);
  });

  it('is told once, as information, when it opts out, and never again', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    tablekeeper.account.inbox.clear();
    tagTable(tablekeeper.account, 'orders', { [TAG]: 'none' });
    await live(tablekeeper, 40);
    const about = mails(tablekeeper).filter(({ message }) => message.includes('protection-changed/orders'));
    expect(about).toHaveLength(1);
    expect(text(tablekeeper)).toContain('orders opted out of standard');
    expect(text(tablekeeper)).not.toContain('PITR off');
    expect(subjects(tablekeeper).join()).not.toMatch(/resolved|warning|critical/);
    expect(await openIds(tablekeeper)).toEqual(['recovery-points-without-policy/standard']);
    tagTable(tablekeeper.account, 'orders', STANDARD);
    await live(tablekeeper, 1);
    expect(text(tablekeeper)).toContain('PITR off on orders');
  });

  it('ends the report without a word when it opts out afterwards', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { [TAG]: null });
    await live(tablekeeper, 3);
    tablekeeper.account.inbox.clear();
    tagTable(tablekeeper.account, 'orders', { [TAG]: 'none' });
    await live(tablekeeper, 10);
    expect(subjects(tablekeeper)).toEqual([
      expect.stringMatching(/info: protection changed on orders|2 new, info/),
    ]);
  });

  it('keeps what else was wrong with it, silent and open, until it is governed again', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper)).toEqual([expect.stringContaining('PITR off on orders')]);
    tagTable(tablekeeper.account, 'orders', { [TAG]: null });
    await live(tablekeeper, 5);
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
    expect(await openIds(tablekeeper)).toContain('pitr-off/orders');
    setPitr(tablekeeper.account, 'orders', { enabled: true });
    tagTable(tablekeeper.account, 'orders', STANDARD);
    tablekeeper.account.inbox.clear();
    await live(tablekeeper, 1);
    expect(text(tablekeeper)).toContain('pitr-off/orders');
    expect(subjects(tablekeeper).join()).toContain('resolved');
    expect(await openIds(tablekeeper)).toEqual(['pitr-window-restarted/orders']);
  });

  it('concludes nothing while the tags cannot be read, and ends nothing', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { [TAG]: null });
    await tablekeeper.run('audit');
    tablekeeper.account.inbox.clear();
    const fault = tablekeeper.account.faults.add({ operation: 'GetResources', kind: 'access-denied' });
    await tablekeeper.run('audit').catch(() => undefined);
    tagTable(tablekeeper.account, 'carts', { [TAG]: null });
    await tablekeeper.run('audit').catch(() => undefined);
    expect(text(tablekeeper)).not.toContain('carts is no longer');
    expect(await openIds(tablekeeper)).toContain('no-longer-protected/orders/standard');
    fault.remove();
    await tablekeeper.run('audit').catch(() => undefined);
    expect(text(tablekeeper)).toContain('carts is no longer backed up');
  });

  it.each([{ keeps: 'its recovery points' }, { keeps: 'the memory' }])(
    'is known by $keeps alone',
    async ({ keeps }) => {
      const tablekeeper = await daysOf(['carts', 'orders']);
      if (keeps === 'the memory')
        for (const { arn } of backupsOf(tablekeeper.account, 'orders'))
          deleteBackup(tablekeeper.account, arn);
      else await forget(tablekeeper);
      tagTable(tablekeeper.account, 'orders', { [TAG]: null });
      await live(tablekeeper, 3);
      expect(text(tablekeeper)).toContain(
        'orders is no longer backed up: its tag backup:policy named standard until',
      );
      expect(await openIds(tablekeeper)).toContain('no-longer-protected/orders/standard');
      for (const { arn } of backupsOf(tablekeeper.account, 'orders')) deleteBackup(tablekeeper.account, arn);
      await live(tablekeeper, 3);
      expect(await openIds(tablekeeper)).toContain('no-longer-protected/orders/standard');
      expect(subjects(tablekeeper).join()).not.toContain('resolved');
    },
  );

  it('is seen although nothing was ever backed up under the policy', async () => {
    const tablekeeper = await daysOf(['carts']);
    createTable(tablekeeper.account, { name: 'young', tags: STANDARD, pitr: true });
    await tablekeeper.run('audit');
    tagTable(tablekeeper.account, 'young', { [TAG]: null });
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain('young is no longer backed up');
  });
});

describe('one of two policies', { timeout: 60_000 }, () => {
  const BOTH = { [TAG]: 'standard+offsite' };

  it.each([
    { keeps: 'memory', says: 'orders is no longer backed up under offsite', isBroughtBack: true },
    // A name of a recovery point proves no policy: what is known is said, and no tag is advised by it.
    {
      keeps: 'recovery points',
      says: 'orders has recovery points with the name of offsite',
      isBroughtBack: false,
    },
  ])(
    'that leaves the tag is reported for that policy, known by $keeps',
    async ({ keeps, says, isBroughtBack }) => {
      const tablekeeper = await daysOf(['orders'], BOTH, TWO_POLICIES);
      if (keeps === 'recovery points') await forget(tablekeeper);
      tagTable(tablekeeper.account, 'orders', STANDARD);
      await tablekeeper.run('audit');
      expect(subjects(tablekeeper).join()).toContain('no longer backed up: orders (offsite)');
      expect(text(tablekeeper)).toContain(says);
      expect(text(tablekeeper).includes('Value=offsite+standard')).toBe(isBroughtBack);
      expect(text(tablekeeper)).toContain('Value=offsite=none+standard');
      await live(tablekeeper, 20);
      expect(subjects(tablekeeper).join()).toContain('critical: no longer backed up: orders (offsite)');
      tagTable(tablekeeper.account, 'orders', { [TAG]: 'standard+offsite=none' });
      tablekeeper.account.inbox.clear();
      await live(tablekeeper, 10);
      expect(subjects(tablekeeper).join()).not.toMatch(/warning|critical|resolved/);
      expect(text(tablekeeper)).toContain('orders opted out of offsite');
      tagTable(tablekeeper.account, 'orders', STANDARD);
      tablekeeper.account.inbox.clear();
      await live(tablekeeper, 10);
      expect(subjects(tablekeeper)).toEqual([]);
    },
  );

  it('that gives way to another is told once', async () => {
    const tablekeeper = await daysOf(['orders'], STANDARD, TWO_POLICIES);
    tagTable(tablekeeper.account, 'orders', { [TAG]: 'offsite' });
    await live(tablekeeper, 5);
    expect(text(tablekeeper)).toContain('orders is under offsite now');
    expect(subjects(tablekeeper).join()).not.toMatch(/no longer|resolved/);
    expect(mails(tablekeeper).filter(({ message }) => message.includes('protection-changed/'))).toHaveLength(
      1,
    );
  });
});

describe('a policy that leaves the file', { timeout: 60_000 }, () => {
  it('is missed for each table that still names it, until they name another', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    await live(tablekeeper, 4, WITHOUT_STANDARD);
    for (const name of ['carts', 'orders'])
      expect(text(tablekeeper)).toContain(
        `${name} is no longer backed up: its tag backup:policy named standard until`,
      );
    expect(text(tablekeeper)).toContain('and still does, but the policy file has no such policy any more');
    expect(subjects(tablekeeper).join()).toContain('critical');
    for (const name of ['carts', 'orders']) tagTable(tablekeeper.account, name, { [TAG]: 'gold' });
    tablekeeper.account.inbox.clear();
    await live(tablekeeper, 5, WITHOUT_STANDARD);
    expect(text(tablekeeper)).toContain('no-longer-protected/orders/standard');
    expect((await openIds(tablekeeper)).filter((id) => id.startsWith('no-longer-protected'))).toEqual([]);
  });
});

describe('tables that nobody tagged', { timeout: 60_000 }, () => {
  it('are told of again when there are more, with the names of the new ones', async () => {
    const tablekeeper = await daysOf(['orders']);
    createTable(tablekeeper.account, { name: 'scratch' });
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper)).toHaveLength(1);
    tablekeeper.account.inbox.clear();
    for (let at = 0; at < 10; at += 1) createTable(tablekeeper.account, { name: nameOf(at) });
    await live(tablekeeper, 1);
    expect(text(tablekeeper)).toContain('New since the last message: 10 tables, t00, t01,');
    tablekeeper.account.inbox.clear();
    deleteTable(tablekeeper.account, 't03');
    await live(tablekeeper, 5);
    expect(subjects(tablekeeper)).toEqual([]);
  });
});

describe('a table that is deleted, without a trail', { timeout: 60_000 }, () => {
  it.each([{ keeps: 'all' }, { keeps: 'recovery points' }])(
    'is found by the audit with the end of its SYSTEM backup and the way back, known by $keeps',
    async ({ keeps }) => {
      const tablekeeper = await daysOf(['carts', 'orders']);
      if (keeps === 'recovery points') await forget(tablekeeper);
      deleteTable(tablekeeper.account, 'orders');
      await tablekeeper.clock.advanceBy(HOUR_MS);
      await tablekeeper.run('audit');
      expect(subjects(tablekeeper).join()).toContain('table deleted: orders');
      expect(text(tablekeeper)).toContain('orders$DeletedTableBackup');
      expect(text(tablekeeper)).toContain('lives until 2026-04-14 10:');
      expect(text(tablekeeper)).toContain(
        'restore-table-from-backup --region us-east-1 --target-table-name orders',
      );
      expect(text(tablekeeper)).toContain('--tags Key=backup:policy,Value=standard');
      expect(text(tablekeeper)).toContain('PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35');
      await live(tablekeeper, 60);
      expect(
        mails(tablekeeper).filter(({ message }) => message.includes('table-deleted/orders')),
      ).toHaveLength(1);
      expect(subjects(tablekeeper).join()).not.toContain('resolved');
    },
  );

  it('ends what was wrong with it without calling that resolved', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 3);
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
    expect(await openIds(tablekeeper)).toEqual([
      'recovery-points-of-lost-table/orders',
      'table-deleted/orders',
    ]);
  });

  it('is critical where nothing is left to restore it from', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    for (const { arn } of backupsOf(tablekeeper.account, 'orders')) deleteBackup(tablekeeper.account, arn);
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper).at(-1)).toContain('critical: table deleted: orders');
  });

  it('is not news when it had opted out', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    tagTable(tablekeeper.account, 'orders', { [TAG]: 'none' });
    await live(tablekeeper, 3);
    tablekeeper.account.inbox.clear();
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 3);
    expect(text(tablekeeper)).not.toContain('table deleted');
  });

  it('says what could not be read of what DynamoDB made of it, and how to look', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    tablekeeper.account.faults.add({
      operation: 'ListBackups',
      kind: 'access-denied',
      when: ({ BackupType }) => BackupType === 'SYSTEM',
    });
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain('SYSTEM backups could not be listed');
    expect(text(tablekeeper)).toContain(
      'list-backups --region us-east-1 --table-name orders --backup-type SYSTEM',
    );
  });

  it('and deleted again after it was back and governed is announced again', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 2);
    createTable(tablekeeper.account, { name: 'orders', tags: STANDARD, pitr: true });
    await live(tablekeeper, 2);
    tablekeeper.account.inbox.clear();
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper).join()).toContain('table deleted: orders');
  });
});

describe('a table that is made again under its name', { timeout: 60_000 }, () => {
  it.each([
    { by: 'the audit', look: (one: Deployment) => one.run('audit'), days: 1 },
    { by: 'a hint', look: (one: Deployment) => one.hint('orders'), days: 0 },
    { by: 'the audit, months after', look: (one: Deployment) => one.run('audit'), days: 50 },
  ])('without its tag and PITR is reported as such by $by', async ({ look, days }) => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await look(tablekeeper);
    await live(tablekeeper, days);
    tablekeeper.account.inbox.clear();
    createTable(tablekeeper.account, { name: 'orders' });
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    await look(tablekeeper);
    expect(text(tablekeeper)).toContain('orders is back without its tag and without PITR');
    expect(text(tablekeeper)).toContain('--tags Key=backup:policy,Value=standard');
    expect(text(tablekeeper)).toContain('PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35');
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
    await tablekeeper.run('audit');
    expect(subjects(tablekeeper).join()).not.toContain('resolved');
    tagTable(tablekeeper.account, 'orders', STANDARD);
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper).join()).toContain('PITR off on orders');
    expect(await openIds(tablekeeper)).not.toContain('no-longer-protected/orders/standard');
  });

  it.each([{ by: 'an audit' }, { by: 'a hint' }])(
    'by a restore is reported while that is under way, by $by',
    async ({ by }) => {
      const tablekeeper = await daysOf(['carts', 'orders']);
      const { account, clock } = tablekeeper;
      const arn = backupsOf(account, 'orders').at(-1)?.arn ?? '';
      deleteTable(account, 'orders');
      await tablekeeper.clock.advanceBy(MINUTE_MS);
      await tablekeeper.run('audit');
      account.inbox.clear();
      const client = new DynamoDBClient(wireAs(account, 'person'));
      await clock.run(
        client.send(new RestoreTableFromBackupCommand({ TargetTableName: 'orders', BackupArn: arn })),
      );
      await (by === 'a hint' ? tablekeeper.hint('orders') : tablekeeper.run('audit'));
      expect(text(tablekeeper)).toContain('orders is back without its tag and without PITR');
      expect(subjects(tablekeeper).join()).not.toContain('resolved');
    },
  );

  it('with its tags, and still being made, is no news until it is there', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    await tablekeeper.run('audit');
    tablekeeper.account.inbox.clear();
    createTable(tablekeeper.account, { name: 'orders', tags: STANDARD, pitr: true });
    setStatus(tablekeeper.account, 'orders', 'CREATING');
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).not.toMatch(/no longer|is back/);
    setStatus(tablekeeper.account, 'orders', undefined);
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper).join()).toContain('table deleted: orders');
    expect(text(tablekeeper)).not.toMatch(/no longer|is back/);
  });

  it('between two audits is reported too', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    createTable(tablekeeper.account, { name: 'orders' });
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
    await tablekeeper.run('audit');
    expect(text(tablekeeper)).toContain('orders is back without its tag and without PITR');
  });

  it('with its tag and without PITR is only told to be without PITR', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    deleteTable(tablekeeper.account, 'orders');
    await live(tablekeeper, 1);
    tablekeeper.account.inbox.clear();
    createTable(tablekeeper.account, { name: 'orders', tags: STANDARD });
    await live(tablekeeper, 1);
    expect(subjects(tablekeeper).join()).toContain('PITR off on orders');
    expect(text(tablekeeper)).not.toContain('no longer backed up');
  });

  it('next to it under another name is no loss', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    createTable(tablekeeper.account, { name: 'orders-restored' });
    await live(tablekeeper, 5);
    expect(text(tablekeeper)).not.toMatch(/no longer backed up|is back/);
    expect(text(tablekeeper)).toContain('orders-restored');
    expect(tableOf(tablekeeper.account, 'orders').pitr).toBeDefined();
  });
});
