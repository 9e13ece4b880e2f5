import { describe, expect, it } from 'vitest';
import { HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { openAccount } from '../../../sim/console/accounts.ts';
import { setCrossAccountBackup, setPointStatus } from '../../../sim/console/backup-trouble.ts';
import { createFullTable } from '../../../sim/console/full-table.ts';
import { disableRegion, openRegion } from '../../../sim/console/regions.ts';
import { joinOrganization } from '../../../sim/console/services.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { tablesOf } from '../../../sim/console/tables.ts';
import { createPoint, createVault, destroyVault, pointsOf } from '../../../sim/console/vaults.ts';
import { deploy } from '../../support/deployment.ts';
import {
  copied,
  DR_ARN,
  FAR,
  FAR_VAULT,
  HOME,
  justAfter,
  noteCopy,
  OFFSITE,
  offsite,
  THERE,
  TWO_DAYS_MS,
  vaultedTable,
  vaultPoint,
} from './vault-world.ts';
import { ITEMS, lose, recordsOf, tableNames } from './world.ts';

const planOf = (stdout: string) => JSON.parse(stdout).plans[0];

describe('a recovery point that is named', () => {
  it('by an ARN of AWS Backup is found with its table, whoever made it', async () => {
    const { world } = await vaultedTable();
    const theirs = vaultPoint(world, { isTheirs: true });
    const typed = await offsite(world, ['--recovery-point', theirs.arn, '--target', 'Copy', '--yes']);
    expect(typed).toMatchObject({ exitCode: 0 });
    expect(tableNames(world)).toContain('Copy');
  });

  it.each([
    { listBackupsShowsAwsBackup: true, restoredFromSays: 'table' as const },
    { listBackupsShowsAwsBackup: false, restoredFromSays: 'point' as const },
  ])('by the ARN of a plain one is restored by AWS Backup, not by DynamoDB (%j)', async (settings) => {
    const { world } = await vaultedTable(settings);
    const plain = vaultPoint(world, { form: 'plain' });
    expect(plain.arn).toMatch(/^arn:aws:dynamodb:.*\/backup\//);
    const typed = await offsite(world, ['--recovery-point', plain.arn, '--target', 'Copy', '--yes']);
    expect(typed).toMatchObject({ exitCode: 0 });
    expect(world.account.calls.of('StartRestoreJob')).toBe(1);
    expect(world.account.calls.of('RestoreTableFromBackup')).toBe(0);
  });

  it('in a vault that no policy names is found there', async () => {
    const { world, point } = await vaultedTable();
    const { exitCode, stdout } = await offsite(world, ['--recovery-point', point.arn, '--plan', '--json'], {
      policies: OFFSITE.replace('vault: tablekeeper', 'vault: renamed'),
    });
    expect(exitCode).toBe(0);
    expect(planOf(stdout)).toMatchObject({ table: 'Orders', because: 'named' });
  });

  it('and is nowhere is refused, as is one whose state nobody knows', async () => {
    const { world, point } = await vaultedTable();
    const nowhere = point.arn.replace(/[0-9a-f]{12}$/, '000000000000');
    const none = await offsite(world, ['--recovery-point', nowhere, '--yes']);
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`has ${nowhere}`) });
    setPointStatus(world.account, point.arn, 'PONDERING');
    const odd = await offsite(world, ['Orders', '--recovery-point', point.arn, '--yes']);
    expect(odd).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('does not know') });
  });

  it('takes none of the options that AWS Backup does not have', async () => {
    const { world, point } = await vaultedTable();
    const typed = await offsite(world, ['--recovery-point', point.arn, '--without-indexes', '--plan']);
    expect(typed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no --without-indexes') });
  });
});

describe('a recovery point in cold storage', () => {
  it('says the hours that it takes longer, and takes them', async () => {
    const { world } = await vaultedTable();
    const createdAt = world.clock.now() - TWO_DAYS_MS;
    const lifecycle = { MoveToColdStorageAfterDays: 1, DeleteAfterDays: 100 };
    const cold = vaultPoint(world, { createdAt, lifecycle });
    await world.clock.advanceBy(HOUR_MS);
    const argv = ['Orders', '--recovery-point', cold.arn, '--target', 'Copy'];
    const plan = await offsite(world, [...argv, '--plan']);
    expect(plan.stdout).toContain('about 4 h more from cold storage');
    expect(plan.stdout).toContain('cold storage)');
    const began = world.clock.now();
    expect(await offsite(world, [...argv, '--yes'])).toMatchObject({ exitCode: 0 });
    expect(world.clock.now() - began).toBeGreaterThan(4 * HOUR_MS);
  });
});

describe('a vault that cannot be read', () => {
  it('is not empty: nothing farther is taken with --yes, and the plan warns', async () => {
    const { world, point } = await vaultedTable();
    await lose(world, 'Orders');
    world.account.faults.add({ operation: 'ListRecoveryPointsByBackupVault', kind: 'access-denied' });
    const argv = ['Orders', '--at', justAfter(point)];
    const refused = await offsite(world, [...argv, '--yes']);
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`vaults arn:aws:backup:${HOME}:111122223333:backup-vault:tablekeeper`),
    });
    expect(tableNames(world)).not.toContain('Orders');
    const { stdout } = await offsite(world, [...argv, '--plan']);
    expect(stdout).toContain('something closer to the asked second may exist');
    expect(stdout).toContain('ListRecoveryPointsByBackupVault');
  });

  it('because its whole Region does not answer holds nobody up for long', async () => {
    const { world, there } = await vaultedTable();
    there.faults.add({ operation: '*', kind: 'connection-reset' });
    const began = world.clock.now();
    const { stdout } = await offsite(world, ['Orders', '--at', 'latest', '--plan']);
    expect(stdout).toContain('Restore Orders to');
    expect(stdout).toContain(`Not all could be read (vaults ${DR_ARN}: `);
    expect(world.clock.now() - began).toBeLessThan(10 * MINUTE_MS);
    const copy = await offsite(world, ['Orders', '--at', 'latest', '--target', 'Copy', '--yes']);
    expect(copy).toMatchObject({ exitCode: 0 });
  });

  it('and that is not there holds nothing, which is no gap', async () => {
    const { world, point } = await vaultedTable();
    await lose(world, 'Orders');
    destroyVault(world.account, 'tablekeeper');
    const { exitCode, stdout } = await offsite(world, [
      'Orders',
      '--at',
      justAfter(point),
      '--plan',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(planOf(stdout).warnings).not.toContainEqual(expect.objectContaining({ kind: 'unseen' }));
  });
});

describe('a copy in another Region', () => {
  it('is restored there where nothing at home is as near, and the plan says so', async () => {
    const { world, there, point } = await vaultedTable();
    const copy = await copied(world, point, there);
    const { tags: _tags, warm: _warm, stream: _stream, ...before } = settingsOf(world.account, 'Orders');
    destroyVault(world.account, 'tablekeeper');
    await lose(world, 'Orders');
    const argv = ['Orders', '--at', justAfter(point)];
    const locked = await offsite(world, [...argv, '--plan']);
    expect(locked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`not a key of ${THERE}`) });
    const keyed = [...argv, '--to-region', THERE, '--key', 'aws-owned'];
    const plan = await offsite(world, [...keyed, '--plan', '--json']);
    expect(planOf(plan.stdout)).toMatchObject({
      targetRegion: THERE,
      target: 'Orders',
      source: { id: copy.arn },
      warnings: expect.arrayContaining([{ kind: 'made-elsewhere', region: THERE }]),
    });
    const { exitCode, stdout } = await offsite(world, [...keyed, '--as-replacement', '--yes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(settingsOf(there, 'Orders')).toMatchObject({
      pitrDays: before.pitrDays,
      deletionProtection: true,
    });
    expect((await recordsOf(world))[0]).toMatchObject({ targetRegion: THERE, result: 'restored' });
    const { stdout: list } = await offsite(world, ['--list']);
    expect(list).toContain(`from Orders in vault dr, made in ${THERE}`);
  });

  it('of a table that AWS encrypts itself needs no option at all', async () => {
    const { world, there } = await vaultedTable();
    const { account, clock } = world;
    await createFullTable(account, { name: 'Plain', items: ITEMS });
    Object.assign(tablesOf(account).find(({ name }) => name === 'Plain')?.definition ?? {}, {
      sse: undefined,
    });
    await clock.advanceBy(HOUR_MS);
    const point = createPoint(account, { table: 'Plain', vault: 'tablekeeper', form: 'advanced' });
    const copy = await copied(world, point, there);
    const typed = await offsite(world, ['--recovery-point', copy.arn, '--yes']);
    expect(typed.stdout).toContain(`is made in ${THERE}, not in ${HOME}`);
    expect(tablesOf(there).map(({ name }) => name)).toEqual(['Plain']);
  });

  it('is not taken where another Region was asked for', async () => {
    const { world, there, point } = await vaultedTable();
    const copy = await copied(world, point, there);
    const argv = [
      'Orders',
      '--recovery-point',
      copy.arn,
      '--to-region',
      HOME,
      '--key',
      'aws-owned',
      '--plan',
    ];
    const typed = await offsite(world, argv);
    expect(typed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('restores only there') });
  });
});

describe('a Region that is gone with everything in it', () => {
  it('leaves a copy, from which the table comes back in the Region of the copy', async () => {
    const world = await deploy({
      startAt: '2026-03-10T05:00:00Z',
      rates: 'off',
      region: THERE,
      policies: OFFSITE,
    });
    const { account: there, clock } = world;
    createVault(there, { name: 'dr' });
    const home = openRegion(there, HOME);
    createVault(home, { name: 'tablekeeper' });
    await createFullTable(home, { name: 'Orders', items: ITEMS });
    await clock.advanceBy(HOUR_MS);
    const point = vaultPoint({ account: home, clock });
    await copied({ account: home, clock }, point, there);
    disableRegion(there, HOME);
    const argv = ['Orders', '--at', 'latest'];
    const plan = await offsite(world, [...argv, '--key', 'aws-owned', '--plan']);
    expect(plan.stdout, plan.stderr).toContain(`It is a copy of Orders of ${HOME}`);
    expect(plan.stdout).toContain('No manifest of this table was kept');
    const { exitCode, stdout } = await offsite(world, [...argv, '--key', 'aws-owned', '--yes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('No settings of Orders were ever kept');
    expect(
      await there.state.items.copyOf(tablesOf(there).find(({ name }) => name === 'Orders') as never),
    ).toHaveLength(ITEMS.length);
    expect(settingsOf(there, 'Orders')).toMatchObject({ deletionProtection: true });
  });
});

const allowing = (accountId: string) => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
    },
  ],
});

describe('an account that is gone with everything in it', () => {
  it('leaves a copy in another one, from which the table comes back there', async () => {
    const policies = OFFSITE.replace(DR_ARN, FAR_VAULT);
    const startAt = '2026-03-10T05:00:00Z';
    const world = await deploy({ startAt, rates: 'off', region: THERE, accountId: FAR, policies });
    const { account: there, clock } = world;
    const homeId = '111122223333';
    const encryptionKeyArn = `arn:aws:kms:${THERE}:${FAR}:key/far`;
    createVault(there, { name: 'far', encryptionKeyArn, policy: allowing(homeId) });
    const home = openAccount(there, homeId, { region: HOME });
    createVault(home, { name: 'tablekeeper' });
    for (const each of [home, there]) joinOrganization(each);
    setCrossAccountBackup(home, true);
    await createFullTable(home, { name: 'Orders', items: ITEMS });
    await clock.advanceBy(HOUR_MS);
    await copied({ account: home, clock }, vaultPoint({ account: home, clock }), there, FAR_VAULT);
    const argv = ['Orders', '--at', 'latest', '--key', 'aws-owned', '--yes'];
    const { exitCode, stdout, stderr } = await offsite(world, argv, { policies });
    expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain(`It is a copy of Orders of ${HOME} in account ${homeId}`);
    expect(stdout).toContain('No settings of Orders were ever kept');
    expect(tableNames(world)).toEqual(['Orders', 'tablekeeper-prod-state']);
  });
});

describe('a copy in another account', () => {
  const elsewhere = async () => {
    const { world, point, there } = await vaultedTable();
    const { account } = world;
    const theirs = openAccount(account, FAR, { region: THERE });
    const encryptionKeyArn = `arn:aws:kms:${THERE}:${FAR}:key/far`;
    createVault(theirs, { name: 'far', encryptionKeyArn, policy: allowing(account.accountId) });
    for (const each of [account, theirs]) joinOrganization(each);
    setCrossAccountBackup(account, true);
    const copy = await copied(world, point, theirs, FAR_VAULT);
    return { world, point, there, theirs, copy };
  };

  it('is refused with the way out, a copy back that is started there, and is restored after it', async () => {
    const { world, point, theirs, copy } = await elsewhere();
    const { account } = world;
    await lose(world, 'Orders');
    destroyVault(account, 'tablekeeper');
    const argv = ['Orders', '--recovery-point', copy.arn, '--yes'];
    const { exitCode, stderr } = await offsite(world, argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`aws backup start-copy-job --region ${THERE} --recovery-point-arn ${copy.arn}`);
    expect(stderr).toContain(`with credentials of ${FAR}`);
    const bare = await offsite(world, ['--recovery-point', copy.arn, '--yes']);
    expect(bare).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Name the table') });
    createVault(account, {
      name: 'tablekeeper',
      encryptionKeyArn: `arn:aws:kms:${HOME}:${account.accountId}:key/own`,
      policy: allowing(FAR),
    });
    const iamRoleArn = `arn:aws:iam::${FAR}:role/copies`;
    await copied(
      { account: theirs, clock: world.clock },
      { ...copy, iamRoleArn },
      account,
      `arn:aws:backup:${HOME}:${account.accountId}:backup-vault:tablekeeper`,
    );
    const again = await offsite(world, ['Orders', '--at', justAfter(point), '--yes']);
    expect(again.stdout, again.stderr).toContain('in the backup vault tablekeeper (us-east-1)');
    expect(again.exitCode).toBe(0);
  });

  it('that was noted is listed, and named where it is nearer than what is taken', async () => {
    const { world, point, copy } = await elsewhere();
    destroyVault(world.account, 'tablekeeper');
    await lose(world, 'Orders');
    await noteCopy(world, point, copy, FAR_VAULT);
    const list = await offsite(world, ['Orders']);
    expect(list.stdout).toMatch(/vault far in eu-west-1 of account 999922223333 .*copy it back first/);
    const { stdout } = await offsite(world, ['Orders', '--at', justAfter(point), '--plan']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `${copy.arn} of ${isoInstant(point.createdAt)} is nearer`,
    );
  });
});

it('what vaults have can be chosen from the menu', async () => {
  const { world, point } = await vaultedTable();
  const argv = ['Orders', '--target', 'Copy'];
  const { exitCode, stdout } = await offsite(world, argv, { answers: ['2', 'y'] });
  expect(stdout).toContain('2.  ');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  expect((await recordsOf(world))[0]).toMatchObject({ source: { id: point.arn }, targetTable: 'Copy' });
});

it('what vaults have is in the list, with where and how cold', async () => {
  const { world, there, point } = await vaultedTable();
  await copied(world, point, there);
  const { stdout } = await offsite(world, ['Orders']);
  expect(stdout).toMatch(/MADE +AGE +SIZE +WHERE +BY +STATUS +ARN/);
  expect(stdout).toMatch(/dynamodb +this instance +available/);
  expect(stdout).toMatch(/vault tablekeeper +this instance +available/);
  expect(stdout).toMatch(/vault dr in eu-west-1 +this instance +available/);
  const { stdout: json } = await offsite(world, ['Orders', '--json']);
  expect(JSON.parse(json).incarnations[0].recoveryPoints).toContainEqual(
    expect.objectContaining({
      id: point.arn,
      engine: 'aws-backup',
      vault: `arn:aws:backup:${HOME}:111122223333:backup-vault:tablekeeper`,
      tier: 'warm',
      createdAt: isoInstant(point.createdAt),
    }),
  );
  expect(pointsOf(there)).toHaveLength(1);
  expect(DR_ARN).toContain(THERE);
});
