import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable, deleteTable, tagTable } from '../../sim/console/tables.ts';
import { createVault } from '../../sim/console/vaults.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable, STANDARD } from './world.ts';

// On 2026-03-10 at 05:00, in us-east-1: tables of 1.2 GB, whose ten nightly recovery points are of 1.2 GB each.

const LONGER = DAILY.replace('daily: 7', 'daily: 14');

const documentOf = async (deployment: Deployment, argv: readonly string[] = [], policies = DAILY) => {
  const { stdout } = await typedIn(deployment, ['cost', '--json', ...argv], { policies });
  return JSON.parse(stdout);
};

describe('tablekeeper cost', { timeout: 60_000 }, () => {
  it('shows what is there, the months, each table and each kind', async () => {
    const deployment = await aDeployment();
    const { exitCode, stderr, stdout } = await typedIn(deployment, ['cost']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, us-east-1, 2026-03-10 05:01Z

      $1.44 a month for what is there now: 10 recovery points, 12 GB. Once the rules of all policies are full: $1.08. By the prices of us-east-1, 2026-11-29 (public price tables, not read from AWS).
        2026-02  last month       $1.10  of which about $0.86 for recovery points that are gone by now, as the schedule made them
        2026-03  this month       $1.11  of which about $0.09 for recovery points that are gone by now, as the schedule made them
        2026-04  next month       $1.10  on its first day $0.84 at once, less what expires later
        2026-05  the month after  $1.10  on its first day $0.84 at once, less what expires later

      By kind, a month
        backups  $1.20
        pitr     $0.24

        TABLE   POLICY    SIZE    POINTS  COPIES  NOW    NEXT MONTH  ONCE FULL
        orders  standard  1.2 GB  10      0       $1.44  $1.10       $1.08
      "
    `);
  });

  it('forecasts nothing of a deleted table after afterDeletion ends it, and what a person keeps as it is', async () => {
    const policies = `${DAILY}    afterDeletion: { keep: 7d }\n`;
    const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', policies });
    addTable(deployment, 'orders', 3);
    addTable(deployment, 'review', 3);
    await deployment.run('audit');
    deleteTable(deployment.account, 'review');
    await deployment.clock.advanceBy(DAY_MS);
    await deployment.run('audit');
    const left = async () => {
      const { months, onceFull } = await documentOf(deployment, ['--table', 'review'], policies);
      return { next: months[2].bill.usd, later: months[3].bill.usd, full: onceFull.usd };
    };
    expect(await left()).toEqual({ next: 0, later: 0, full: 0 });
    const { stdout } = await typedIn(deployment, ['cost'], { policies });
    expect(stdout).toContain('deleted: afterDeletion ends 3 recovery points from 2026-03-1');
    await typedIn(deployment, ['keep', 'review'], { policies });
    expect((await left()).later).toBeCloseTo(3 * 1.2 * 0.1, 9);
    const kept = await typedIn(deployment, ['cost'], { policies });
    expect(kept.stdout).toContain('deleted: its recovery points stay until someone deletes them');
  });

  it('costs what a sum by hand says', async () => {
    const { bytes, months, now, onceFull, recoveryPoints } = await documentOf(await aDeployment());
    expect({ bytes, recoveryPoints }).toEqual({ bytes: 12e9, recoveryPoints: 10 });
    expect(now.lines.backups.usd).toBeCloseTo(12 * 0.1, 9);
    expect(now.lines.pitr.usd).toBeCloseTo(1.2 * 0.2, 9);
    expect(onceFull.usd).toBeCloseTo(7 * 1.2 * 0.1 + 1.2 * 0.2, 9);
    expect(months.map(({ month }: { readonly month: string }) => month)).toEqual([
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
    ]);
    // Seven all month long, and the eighth from its slot until prune runs, four and a half hours later.
    expect(months[3].bill.usd).toBeCloseTo((7 + 4.6 / 24) * 1.2 * 0.1 + 1.2 * 0.2, 2);
    expect(months[3].onTheFirst.usd).toBeCloseTo(7 * 1.2 * 0.1, 9);
    // Of the seven of February none is left but its last, and the table is older than that.
    expect(months[0].estimated.usd).toBeGreaterThan(0.7);
  });

  it('forecasts what the functions then leave', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    const { months } = await documentOf(deployment);
    const nights = (Date.UTC(2026, 3, 1) - clock.now()) / (DAY_MS / 4);
    for (let quarter = 0; quarter < nights - 1; quarter += 1) {
      await clock.advanceBy(DAY_MS / 4);
      await deployment.run('protect');
      await deployment.run('expire');
    }
    const left = backupsOf(account).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(months[2].onTheFirst.usd).toBeCloseTo((left / 1e9) * 0.1, 9);
  });

  it('compares with the deployed file', async () => {
    const deployment = await aDeployment();
    const { asPerson, clock } = deployment;
    for (const name of ['audit', 'backup', 'prune']) await clock.run(noteRun(asPerson, name, true));
    expect((await documentOf(deployment)).deployed).toBeUndefined();
    const longer = await documentOf(deployment, [], LONGER);
    expect(longer.onceFull.usd - longer.deployed.onceFull.usd).toBeCloseTo(7 * 1.2 * 0.1, 9);
    const { stdout } = await typedIn(deployment, ['cost'], { policies: LONGER });
    expect(stdout).toMatch(/once the rules are full +\$1\.08 -> \$1\.92 \(\+\$0\.84\)/);
  });

  it('prices what deleted tables left, and says so', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'gone', 3);
    deleteTable(deployment.account, 'gone');
    await deployment.clock.advanceBy(60_000);
    const { tables } = await documentOf(deployment);
    expect(tables[0]).toMatchObject({ table: 'gone', state: 'deleted' });
    expect(tables[0].months[3].bill.usd).toBeCloseTo(3 * 1.2 * 0.1, 9);
    expect(tables[0].onceFull.usd).toBeCloseTo(3 * 1.2 * 0.1, 9);
    expect((await typedIn(deployment, ['cost'])).stdout).toContain('stay until someone deletes them');
  });

  it('knows no past of a table that is gone, and never takes it for nothing', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'gone', 3);
    deleteTable(deployment.account, 'gone');
    await deployment.clock.advanceBy(60_000);
    const lacks = ['what gone cost before it was deleted'];
    const { months, tables } = await documentOf(deployment);
    for (const at of [0, 1]) expect(tables[0].months[at].bill.lacks).toEqual(lacks);
    for (const at of [2, 3]) expect(tables[0].months[at].bill.lacks).toBeUndefined();
    expect(months[0].bill.lacks).toEqual(lacks);
    await deployment.clock.advanceBy(90 * DAY_MS);
    expect((await documentOf(deployment)).tables[0].months[0].bill.lacks).toBeUndefined();
  });

  it('says the same of a table that was made again, whose former recovery points stay', async () => {
    const deployment = await aDeployment();
    deleteTable(deployment.account, 'orders');
    await deployment.clock.advanceBy(60_000);
    createTable(deployment.account, { name: 'orders', tags: STANDARD, sizeBytes: 1e9, pitr: true });
    await deployment.clock.advanceBy(60_000);
    const { tables } = await documentOf(deployment);
    expect(tables[0].months[0].bill.lacks).toEqual(['what orders cost before it was deleted']);
    expect(tables[0].onceFull.usd).toBeCloseTo(10 * 1.2 * 0.1 + 7 * 0.1 + 0.2, 9);
    const { stdout } = await typedIn(deployment, ['cost']);
    expect(stdout).toContain('10 of a former table of the name: they stay until someone deletes them');
  });

  it('says of a table on hold that it keeps more than its rules, without an end', async () => {
    const deployment = await aDeployment();
    tagTable(deployment.account, 'orders', { 'backup:hold': 'true' });
    const { onceFull } = await documentOf(deployment);
    expect(onceFull.lacks).toEqual(['what orders keeps for as long as it is on hold']);
    const { stdout } = await typedIn(deployment, ['cost']);
    expect(stdout).toMatch(/at least \$2\.28 +on hold: nothing of it expires/);
    // The ten that are there stay, and seven more are made at the least; point-in-time recovery is paid for once.
    expect(onceFull.usd).toBeCloseTo((10 + 7) * 1.2 * 0.1 + 1.2 * 0.2, 9);
  });

  it('makes up no past from before a policy governed the table, nor of what is still there', async () => {
    const deployment = await deploy({
      startAt: '2026-03-08T05:01:00Z',
      region: 'us-east-1',
      policies: DAILY,
    });
    const { account, clock } = deployment;
    createTable(account, { name: 'old', sizeBytes: 200e9, createdAt: clock.now() - 90 * DAY_MS });
    for (const mode of ['protect', 'audit'] as const) await deployment.run(mode);
    await clock.advanceBy(DAY_MS);
    tagTable(account, 'old', STANDARD);
    for (let half = 0; half < 22; half += 1) {
      for (const mode of ['protect', 'expire', 'audit'] as const) await deployment.run(mode);
      await clock.advanceBy(DAY_MS / 2);
    }
    const { months } = (await documentOf(deployment)).tables[0];
    const lived = backupsOf(account).length;
    expect(lived).toBeGreaterThan(6);
    expect(months[0].bill.usd ?? 0).toBe(0);
    // Eleven nights of which the first four are gone: what was there was at most seven of 200 GB, and eight for some hours.
    expect(months[1].estimated.usd).toBeGreaterThan(10);
    expect(months[1].estimated.usd).toBeLessThan(4 * 200 * 0.1);
  });

  it('makes up nothing of a table that was never backed up', async () => {
    const deployment = await deploy({
      startAt: '2026-03-08T05:01:00Z',
      region: 'us-east-1',
      policies: DAILY,
    });
    const { account, clock } = deployment;
    createTable(account, {
      name: 'new',
      tags: STANDARD,
      sizeBytes: 200e9,
      createdAt: clock.now() - 90 * DAY_MS,
    });
    const { months } = (await documentOf(deployment)).tables[0];
    for (const at of [0, 1]) expect(months[at].estimated.usd ?? 0).toBe(0);
  });

  it('prices the past by what was deployed, not by the file that is compared', async () => {
    const deployment = await aDeployment();
    const { asPerson, clock } = deployment;
    for (const name of ['audit', 'backup', 'prune']) await clock.run(noteRun(asPerson, name, true));
    const { deployed, months } = await documentOf(deployment, [], LONGER);
    expect(months[0]).toEqual(deployed.months[0]);
    expect(months[1].estimated).toEqual(deployed.months[1].estimated);
    expect(months[3].bill.usd).toBeGreaterThan(deployed.months[3].bill.usd);
  });

  it('says from when on the guardrail will keep what a file no longer does', async () => {
    const deployment = await aDeployment();
    const policies = `
policies:
  standard:
    schedule: "15 * * * *"
    retention: { hourly: 24 }
    pitr: { required: true }
`;
    const { stdout } = await typedIn(deployment, ['cost'], { policies });
    expect(stdout).toContain(
      'From about 2026-03-11 the guardrail holds expiry back until a person approves it: the months ahead have what the rules of standard no longer keep.',
    );
    const { heldByGuardrail, tables } = await documentOf(deployment, [], policies);
    expect(heldByGuardrail).toEqual({
      from: expect.stringMatching(/^2026-03-11T/),
      policies: ['standard'],
    });
    expect(tables[0].heldByGuardrail).toEqual(heldByGuardrail);
    expect((await documentOf(deployment)).heldByGuardrail).toBeUndefined();
  });

  it('says where the guardrail keeps what a file no longer does: the months ahead are so', async () => {
    const deployment = await aDeployment();
    const { asPerson, clock } = deployment;
    for (const mode of ['protect', 'expire', 'audit'] as const) await deployment.run(mode);
    for (const name of ['audit', 'backup', 'prune']) await clock.run(noteRun(asPerson, name, true));
    const policies = DAILY.replace('daily: 7', 'daily: 1');
    const { stdout } = await typedIn(deployment, ['cost'], { policies });
    expect(stdout).toContain('The guardrail holds back what the rules of standard no longer keep');
    expect((await typedIn(deployment, ['cost'])).stdout).not.toContain('guardrail');
  });

  it('ends with 2 where nothing of a table is kept under a policy', async () => {
    const policies = `${DAILY}  other: { schedule: "0 4 * * *", retention: { last: 1 } }\n`;
    const deployment = await aDeployment();
    createTable(deployment.account, { name: 'carts', tags: { 'backup:policy': 'other' } });
    const argv = ['cost', '--table', 'orders', '--policy', 'other'];
    const { exitCode, stderr } = await typedIn(deployment, argv, { policies });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Nothing of orders is kept under the policy other.');
  });

  it('counts vaults, cold storage and copies by their own prices', async () => {
    const deployment = await aDeployment();
    const { account, clock } = deployment;
    const dr = 'arn:aws:backup:us-east-1:111122223333:backup-vault:dr';
    const policies = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    coldAfterDays: 7
    retention: { daily: 100 }
    copyTo: [{ vault: "${dr}" }]
`;
    for (const name of ['tablekeeper', 'dr']) createVault(account, { name });
    createTable(account, {
      name: 'far',
      tags: { 'backup:policy': 'offsite' },
      sizeBytes: 1e9,
      createdAt: clock.now() - DAY_MS,
    });
    for (let day = 0; day < 3; day += 1) {
      await deployment.run('protect', { policies });
      await clock.advanceBy(DAY_MS / 4);
      await deployment.run('protect', { policies });
      await clock.advanceBy((3 * DAY_MS) / 4);
    }
    const { tables } = await documentOf(deployment, ['--table', 'far'], policies);
    expect(tables[0].policies[0]).toMatchObject({ policy: 'offsite', recoveryPoints: 3, copies: 3 });
    expect(tables[0].now.lines.vault.usd).toBeCloseTo(0.3, 9);
    expect(tables[0].now.lines.copies.usd).toBeCloseTo(0.3, 9);
    expect(tables[0].months[2].bill.lines['vault-cold'].usd).toBeGreaterThan(0.1);
  });

  it.each([
    { region: 'eu-west-1', there: 'sa-east-1', month: /2026-04 {2}next month {7}at least \$\d/ },
    { region: 'sa-east-1', there: 'us-west-2', month: /2026-04 {2}next month {7}not known/ },
  ])(
    'says in $region what of cold storage and copies has no price, and never takes it for nothing',
    async ({ month, region, there }) => {
      const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', region });
      const { account, clock } = deployment;
      const policies = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    coldAfterDays: 7
    retention: { daily: 100 }
    copyTo: [{ vault: "arn:aws:backup:${there}:111122223333:backup-vault:dr" }]
`;
      createVault(account, { name: 'tablekeeper' });
      createVault(openRegion(account, there), { name: 'dr' });
      createTable(account, {
        ...{ name: 'far', tags: { 'backup:policy': 'offsite' }, sizeBytes: 1e9 },
        createdAt: clock.now() - DAY_MS,
      });
      for (let half = 0; half < 3; half += 1) {
        await deployment.run('protect', { policies });
        await clock.advanceBy(DAY_MS / 2);
      }
      const { tables } = await documentOf(deployment, ['--region', region, '--table', 'far'], policies);
      const { lines } = tables[0].months[2].bill;
      for (const [line, lacks] of [
        ['vault-cold', `the price of cold storage of AWS Backup in ${region}`],
        ['copies', `the price of warm storage of AWS Backup in ${there}`],
        ['transfer', `the price of copies out in ${region}`],
      ] as const)
        expect(lines[line]).toEqual({ lacks: [lacks] });
      const { stdout } = await typedIn(deployment, ['cost', '--region', region], { policies });
      expect(stdout).toMatch(month);
      expect(stdout).toMatch(/copies {2}not known/);
      expect(stdout).toContain(
        `Not known, and in no sum: the price of cold storage of AWS Backup in ${region}`,
      );
    },
  );

  it('says of which table the size is not known, and never takes it for nothing', async () => {
    const deployment = await aDeployment();
    const { account } = deployment;
    createTable(account, { name: 'dark', tags: STANDARD, createdAt: account.clock.now() - DAY_MS });
    account.faults.add({
      operation: 'DescribeTable',
      kind: 'access-denied',
      when: ({ TableName }) => TableName === 'dark',
    });
    const { stdout } = await typedIn(deployment, ['cost']);
    expect(stdout).toContain('Not known, and in no sum: the size of dark.');
    expect(stdout).toMatch(/dark .*not known/);
  });

  it.each([
    [['--table', 'ordres'], 'Did you mean orders?'],
    [['--policy', 'standrad'], 'Did you mean standard?'],
  ])('refuses %j with what to write', async (argv, says) => {
    const { exitCode, stderr } = await typedIn(await aDeployment(), ['cost', ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});
