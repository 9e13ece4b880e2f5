import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { DAILY } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable, STANDARD } from './world.ts';

describe('tablekeeper explain', () => {
  it('tells all that is known of a table', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    tagTable(account, 'orders', { 'backup:hold': 'true', team: 'shop' });
    createBackup(account, { table: 'orders', name: 'before-migration', createdAt: clock.now() - 5 * DAY_MS });
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['explain', 'orders']);
    expect(stdout).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:01Z

      orders: protected
        the newest recovery point of standard is 1 h old; point-in-time recovery reaches back to 2026-02-03 05:01Z

      Policies
        its tag backup:policy names the policy standard
        standard  next slot 2026-03-11 03:00Z (in 21 h), by 0 3 * * * in UTC
                  keeps the newest of each of the last 7 days that has one
                  promises a newest recovery point at most 26 hours 24 minutes old (RPO)
                  point-in-time recovery of 35 days is promised; alerts when it is off

      Tags
        backup:hold    =  true      stops all expiry for this table
        backup:policy  =  standard

      10 recovery points
        SLOT               AGE     SIZE    POLICY    STATUS     DECISION  WHY
        2026-03-10 03:00Z  1 h     1.2 GB  standard  available  keep      the newest of 2026-03-10 (daily 1 of 7)
        2026-03-09 03:00Z  25 h    1.2 GB  standard  available  keep      the newest of 2026-03-09 (daily 2 of 7)
        2026-03-08 03:00Z  49 h    1.2 GB  standard  available  keep      the newest of 2026-03-08 (daily 3 of 7)
        2026-03-07 03:00Z  3 days  1.2 GB  standard  available  keep      the newest of 2026-03-07 (daily 4 of 7)
        2026-03-06 03:00Z  4 days  1.2 GB  standard  available  keep      the newest of 2026-03-06 (daily 5 of 7)
        2026-03-05 03:00Z  5 days  1.2 GB  standard  available  keep      the newest of 2026-03-05 (daily 6 of 7)
        2026-03-04 03:00Z  6 days  1.2 GB  standard  available  keep      the newest of 2026-03-04 (daily 7 of 7)
        2026-03-03 03:00Z  7 days  1.2 GB  standard  available  keep      held back: orders carries the tag backup:hold = true
        2026-03-02 03:00Z  8 days  1.2 GB  standard  available  keep      held back: orders carries the tag backup:hold = true
        2026-03-01 03:00Z  9 days  1.2 GB  standard  available  keep      held back: orders carries the tag backup:hold = true
        and 1 backup that this instance did not make and never touches

      Point-in-time recovery
        on, set to 35 days: any second from 2026-02-03 05:01Z to 2026-03-10 04:56Z, 35 days
        point-in-time recovery of 35 days is promised; alerts when it is off

      No findings
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('tells what is wrong with it, and what was and cannot be told just now', async () => {
    const deployment = await aDeployment();
    setPitr(deployment.account, 'orders', { enabled: false });
    await deployment.run('audit');
    const { exitCode, stdout } = await typedIn(deployment, ['explain', 'orders']);
    expect(stdout).toContain('orders: at risk');
    expect(stdout).toMatch(/Point-in-time recovery\n {2}off\n/);
    expect(stdout).toContain('pitr-off/orders');
    expect(exitCode).toBe(1);
    setPitr(deployment.account, 'orders', { enabled: true });
    const later = await typedIn(deployment, ['explain', 'orders']);
    expect(later.stdout).toContain('pitr-off/orders, open since 2026-03-10 05:01Z, not found just now');
  });

  it.each([
    { name: 'with its window', pitr: true, status: 'at risk', says: /no recovery point of standard/ },
    {
      name: 'without anything',
      pitr: false,
      status: 'unprotected',
      says: /(?:nothing restorable exists|no recovery point can be restored); .*no recovery/s,
    },
  ])(
    'of an old table without a recovery point $name ends with 1 at the first look',
    async ({ pitr, says, status }) => {
      const deployment = await aDeployment();
      addTable(deployment, 'reports', 0);
      setPitr(deployment.account, 'reports', { enabled: pitr });
      const policies = pitr ? DAILY : DAILY.replace(/^ +pitr:.*\n/m, '');
      const { exitCode, stdout } = await typedIn(deployment, ['explain', 'reports'], { policies });
      expect(stdout).toContain(`reports: ${status}\n`);
      expect(stdout).toMatch(says);
      expect(stdout).toContain('the first one is due');
      expect(stdout).toContain('No findings');
      expect(exitCode).toBe(1);
      const first = await deployment.run('audit', { policies });
      expect(first.openFindings).toEqual([]);
      const planned = await typedIn(deployment, ['plan'], { policies });
      expect(planned.stdout).not.toContain('2 protected');
    },
  );

  it('is one document with --json', async () => {
    const { stdout } = await typedIn(await aDeployment(), ['explain', 'orders', '--json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      command: 'explain',
      table: 'orders',
      presence: 'tagged',
      verdict: { status: 'protected' },
      optedOut: false,
      policies: [{ name: 'standard', nextSlot: '2026-03-11T03:00:00Z' }],
      otherBackups: 0,
      pitr: { enabled: true, promisedDays: 35 },
    });
    expect(document.recoveryPoints.map(({ decision }: { decision: string }) => decision)).toEqual([
      ...Array.from({ length: 7 }, () => 'keep'),
      ...Array.from({ length: 3 }, () => 'expire'),
    ]);
    expect(document.recoveryPoints[0]).toMatchObject({
      slot: '2026-03-10T03:00:00Z',
      sizeBytes: 1_200_000_000,
    });
  });
});

describe('a table that is not governed is told so first', () => {
  const explained = async (table: string) => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    createTable(account, { name: 'reports' });
    createTable(account, { name: 'sessions', tags: { 'backup:policy': 'none' } });
    createTable(account, { name: 'shipments', tags: { 'backup:policy': 'standrad\u001b[2J' } });
    createTable(account, { name: 'both', tags: { 'backup:policy': 'standard+none' } });
    createTable(account, { name: 'old', tags: STANDARD, createdAt: clock.now() - DAY_MS });
    await deployment.run('protect');
    await clock.advanceBy(DAY_MS / 4);
    deleteTable(account, 'old');
    return await typedIn(deployment, ['explain', table]);
  };

  it('has what others made of a table that is gone, and is then no typing mistake', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    createTable(account, { name: 'gone', createdAt: clock.now() - DAY_MS });
    createBackup(account, { table: 'gone', name: 'by-hand' });
    deleteTable(account, 'gone');
    await clock.advanceBy(DAY_MS);
    const { exitCode, stdout } = await typedIn(deployment, ['explain', 'gone']);
    expect(stdout).toContain(
      'There is 1 backup of a table that had this name, which this instance did not make and never touches.',
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    { table: 'reports', says: 'reports has no tag backup:policy: no policy governs it', exitCode: 0 },
    { table: 'sessions', says: 'sessions opted out: no policy governs it', exitCode: 0 },
    { table: 'shipments', says: 'names "standrad [2J", which is no policy', exitCode: 1 },
    { table: 'both', says: 'says none beside a policy', exitCode: 1 },
    { table: 'oders', says: '"oders" is no table in us-east-1. Did you mean orders?', exitCode: 2 },
    { table: 'xylophone', says: '"xylophone" is no table in us-east-1.\n', exitCode: 2 },
    { table: '\u001b[2J', says: '"[2J" is no table', exitCode: 2 },
    { table: 'old', says: 'There are recovery points of a table that had this name', exitCode: 1 },
  ])('"$table": $says', async ({ table, says, exitCode }) => {
    const typed = await explained(table);
    expect(typed.stdout).toContain(says);
    expect(typed.stdout).not.toContain('\u001b');
    expect(typed.exitCode).toBe(exitCode);
  });

  it('an account that cannot be looked at is not taken for one without the table', async () => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'ListTables', kind: 'access-denied' });
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['explain', 'oders']);
    expect(stderr).toMatch(/^could not look: The list of all tables could not be read/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  });
});

it('a table whose details could not be read is none of which all is well', async () => {
  const deployment = await aDeployment();
  deployment.account.faults.add({ operation: 'DescribeTable', kind: 'access-denied' });
  const { exitCode, stdout } = await typedIn(deployment, ['explain', 'orders']);
  expect(stdout).toContain('orders: unknown');
  expect(exitCode).toBe(3);
});

describe('a table that was tagged just now', () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  it('is governed, though the list of tagged tables does not have it yet', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    createTable(account, { name: 'carts', pitr: true, createdAt: clock.now() - HOUR });
    await clock.advanceBy(HOUR);
    tagTable(account, 'carts', STANDARD, 10 * MINUTE);
    await clock.advanceBy(MINUTE);
    const { stdout } = await typedIn(deployment, ['explain', 'carts']);
    expect(stdout).toContain('its tag backup:policy names the policy standard');
    expect(stdout).not.toContain('has no tag');
  });

  it('is untagged once its tag was taken, though the list still has it', async () => {
    const deployment = await aDeployment();
    tagTable(deployment.account, 'orders', { 'backup:policy': null }, 10 * MINUTE);
    await deployment.clock.advanceBy(MINUTE);
    const { stdout } = await typedIn(deployment, ['explain', 'orders']);
    expect(stdout).toContain('orders has no tag backup:policy');
  });
});

describe('an ARN', () => {
  it.each([
    'arn:aws:dynamodb:us-east-1:111122223333:table/orders',
    'arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/by-day',
    'arn:aws-eusc:dynamodb:us-east-1:111122223333:table/orders/backup/01489602797149-73d8d5bc',
  ])('names its table: %s', async (arn) => {
    const { exitCode, stdout } = await typedIn(await aDeployment(), ['explain', arn]);
    expect(stdout).toContain('orders: protected');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['arn:aws:s3:::bucket', [], 'is no ARN of a table'],
    ['arn:aws:dynamodb:us-east-1:444455556666:table/orders', [], 'your credentials are of 111122223333'],
    [
      'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      ['--region', 'us-east-1'],
      '--region says us-east-1',
    ],
  ])('of something else is a mistake: %s', async (arn, options, says) => {
    const { exitCode, stderr } = await typedIn(await aDeployment(), ['explain', arn, ...options]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(exitCode).toBe(2);
  });
});
