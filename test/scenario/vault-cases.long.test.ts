import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { pointTagValue } from '../../shared/model/vault-tag.ts';
import { openAccount } from '../../sim/console/accounts.ts';
import { setCrossAccountBackup } from '../../sim/console/backup-trouble.ts';
import { disableRegion } from '../../sim/console/regions.ts';
import { joinOrganization, setRegionSettings } from '../../sim/console/services.ts';
import { createTable, tableOf, tagTable } from '../../sim/console/tables.ts';
import { createPoint, createVault, planOf, pointsOf, startJob } from '../../sim/console/vaults.ts';
import { typedIn } from '../cli/typed.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';
import { addVaultTable, DR, daysOf, kindsOf, offsite } from './vault-stories.ts';

// Situations that public records tell of, each with what is right.

const FAR = '999922223333';
const FAR_VAULT = `arn:aws:backup:eu-west-1:${FAR}:backup-vault:far`;
const THEIRS = 'arn:aws:iam::111122223333:role/theirs';

const begin = async (policies = offsite(), options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies, ...options });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  addVaultTable(tablekeeper);
  return tablekeeper;
};

const ready = ({ account }: Pick<Deployment, 'account'>, vault = 'tablekeeper') =>
  pointsOf(account, vault).filter(({ status }) => status === 'ready');

const adviceOf = (found: Awaited<ReturnType<typeof daysOf>>, kind: string): string =>
  found.find((one) => one.kind === kind)?.advice.say ?? '';

describe('the first job of an account', { timeout: 60_000 }, () => {
  const preflightSays = async (world: Deployment) => {
    await world.clock.advanceBy(HOUR_MS);
    return (await world.run('audit')).openFindings.filter(({ kind }) => kind === 'backup-settings-off');
  };

  it('may flip its settings by itself: that is said before, and is over after it, without a trouble of its own', async () => {
    const world = await begin(offsite(), { jobsOptIn: true });
    setRegionSettings(world.account, { optIn: {}, management: undefined });
    const [before] = await preflightSays(world);
    expect(before?.advice.say).toContain('the first job opts in by itself');
    const doctor = await typedIn(world, ['doctor'], { policies: offsite() });
    expect(doctor.stdout.replaceAll(/\s+/g, ' ')).toContain('the first job opts in by itself');
    await world.run('protect');
    expect(await preflightSays(world)).toEqual([]);
    expect(kindsOf(await daysOf(world, 2))).toEqual([]);
    expect(new Set(ready(world).map(({ form }) => form)).size).toBeGreaterThan(0);
  });
});

describe('our key on a table, where somebody put it', { timeout: 60_000 }, () => {
  it('makes nothing ours that others make, and nothing that is ours anything else', async () => {
    const world = await begin();
    const { account, clock, run } = world;
    const { accountId, region } = account;
    const mark = pointTagValue({
      origin: { instance: 'prod', policy: 'offsite', slot: Date.UTC(2026, 2, 1, 3) },
      vault: { target: { accountId, region }, name: 'tablekeeper' },
      tableId: tableOf(account, 'orders').id,
    });
    tagTable(account, 'orders', { 'tablekeeper:recovery-point': mark });
    for (const createdBy of [planOf(account, 'theirs'), undefined]) {
      const job = { tableName: 'orders', vaultName: 'tablekeeper', iamRoleArn: THEIRS };
      startJob(account, { ...job, ...(createdBy !== undefined && { createdBy }) });
      await clock.advanceBy(3 * HOUR_MS);
    }
    const theirs = ready(world).map(({ arn }) => arn);
    expect(ready(world).map(({ tags }) => tags['tablekeeper:recovery-point'])).toEqual([mark, mark]);
    const found = kindsOf(await daysOf(world, 5)).filter((kind) => kind !== 'also-backed-up');
    expect(found).toEqual([]);
    const left = ready(world).map(({ arn }) => arn);
    expect(left).toEqual(expect.arrayContaining(theirs));
    expect(left).toHaveLength(theirs.length + 2);
    const { plan } = await run('audit');
    expect(plan.retention.map(({ recoveryPoint }) => recoveryPoint.id)).not.toEqual(
      expect.arrayContaining(theirs),
    );
  });
});

describe('a vault in another account with the key that AWS manages', { timeout: 60_000 }, () => {
  const openTo = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
  const withVault = async (defaultKeyTakesCopies: boolean) => {
    const world = await begin(offsite(`    copyTo: ["${FAR_VAULT}"]`), { defaultKeyTakesCopies });
    const theirs = openAccount(world.account, FAR, { region: 'eu-west-1', defaultKeyTakesCopies });
    for (const each of [world.account, theirs]) joinOrganization(each);
    setCrossAccountBackup(world.account, true);
    const Statement = [{ ...openTo, Action: 'backup:CopyIntoBackupVault', Resource: '*' }];
    createVault(theirs, { name: 'far', policy: { Statement } });
    return { found: await daysOf(world, 3), theirs, world };
  };

  it('takes copies where AWS lets it', async () => {
    const { found, theirs } = await withVault(true);
    expect(kindsOf(found)).toEqual([]);
    expect(ready({ account: theirs }, 'far').length).toBeGreaterThan(1);
  });

  it('and otherwise needs another vault, which the finding says: no policy of a key helps', async () => {
    const { found, world } = await withVault(false);
    expect(kindsOf(found)).toEqual(['copy-failing']);
    expect(adviceOf(found, 'copy-failing')).toContain('make another vault there with a key of its own');
    expect(ready(world).length).toBeGreaterThanOrEqual(3);
  });
});

describe('a destination in a Region that is not enabled', { timeout: 60_000 }, () => {
  it.each(['OptInRequired', 'UnrecognizedClientException'] as const)(
    'is said as that, and neither as a vault that is missing nor as a right that is: %s',
    async (disabledRegion) => {
      const world = await begin(offsite(`    copyTo: ["${DR}"]`), { disabledRegion });
      disableRegion(world.account, 'eu-west-1');
      const found = await daysOf(world, 2);
      expect(kindsOf(found)).toEqual(['observation-gap', 'vault-unchecked']);
      for (const kind of ['observation-gap', 'vault-unchecked'])
        expect(adviceOf(found, kind)).toContain('most likely the Region is not enabled in the account');
      expect(ready(world).length).toBeGreaterThan(1);
    },
  );
});

describe('tables of restore tests', { timeout: 60_000 }, () => {
  it('that were left behind are not backed up, not repaired, not reported, and what is theirs is not changed', async () => {
    const world = await begin();
    const { account, clock } = world;
    createTable(account, {
      name: 'awsbackup-restore-test-0123',
      tags: { 'backup:policy': 'offsite' },
      deletionProtection: true,
      pitr: false,
      createdAt: clock.now() - 5 * DAY_MS,
    });
    const before = JSON.stringify(tableOf(account, 'awsbackup-restore-test-0123').definition);
    const changes = ['UpdateContinuousBackups', 'UpdateTable', 'DeleteTable'].map((name) =>
      account.calls.of(name),
    );
    expect(kindsOf(await daysOf(world, 3))).toEqual([]);
    expect(JSON.stringify(tableOf(account, 'awsbackup-restore-test-0123').definition)).toBe(before);
    expect(
      ['UpdateContinuousBackups', 'UpdateTable', 'DeleteTable'].map((name) => account.calls.of(name)),
    ).toEqual(changes);
    const jobs = [...account.state.backup.backupJobs.values()].map(({ tableName }) => tableName);
    expect(new Set(jobs)).toEqual(new Set(['orders']));
  });
});

describe('recovery points without an end', { timeout: 60_000 }, () => {
  it('of others are left alone, and their number and cost are said; ours end by the rules', async () => {
    const world = await begin();
    const { account, clock } = world;
    tableOf(account, 'orders').sizeBytes = 100_000_000_000;
    for (const age of [100, 200])
      createPoint(account, {
        table: 'orders',
        vault: 'tablekeeper',
        createdAt: clock.now() - age * DAY_MS,
        createdBy: planOf(account, 'forever'),
      });
    createPoint(account, {
      table: 'orders',
      vault: 'tablekeeper',
      createdAt: clock.now() - DAY_MS,
      lifecycle: { DeleteAfterDays: 400 },
    });
    await daysOf(world, 4);
    expect(ready(world)).toHaveLength(5);
    const { stdout } = await typedIn(world, ['explain', 'orders'], { policies: offsite() });
    expect(stdout).toContain(
      'and 3 backups that this instance did not make and never touches; 2 of them in vaults without an end, for $20.00 a month',
    );
    const json = await typedIn(world, ['explain', 'orders', '--json'], { policies: offsite() });
    expect(JSON.parse(json.stdout).otherBackupsWithoutEnd).toEqual({
      count: 2,
      usdAMonth: { usd: 20, lacks: [] },
    });
  });
});
