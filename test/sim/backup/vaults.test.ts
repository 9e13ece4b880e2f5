import {
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DescribeBackupVaultCommand,
  DescribeRegionSettingsCommand,
  ListBackupVaultsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../../../sim/console/accounts.ts';
import { backupEventsOf } from '../../../sim/console/backup-trouble.ts';
import { joinOrganization, setRegionSettings } from '../../../sim/console/services.ts';
import { createVault, setVaultPolicy } from '../../../sim/console/vaults.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { DAY, failureOf, MINUTE, SECOND, simWorld } from '../world.ts';
import { backupWorld, VAULT, VAULT_ARN } from './backup-world.ts';

type World = Awaited<ReturnType<typeof backupWorld>>;
const NAME = { BackupVaultName: VAULT };
const describeVault = ({ backup }: World, BackupVaultName = VAULT) =>
  backup.send(new DescribeBackupVaultCommand({ BackupVaultName }));
const lock = ({ backup }: World, wish: object) =>
  backup.send(new PutBackupVaultLockConfigurationCommand({ ...NAME, ...wish }));
const unlock = ({ backup }: World) => backup.send(new DeleteBackupVaultLockConfigurationCommand(NAME));
const ROOT = 'arn:aws:iam::999988887777:root';

describe('a vault that is not there', () => {
  it.each([
    ['access-denied' as const, 'AccessDeniedException: Insufficient privileges to perform this action.'],
    ['not-found' as const, 'ResourceNotFoundException: Backup vault other does not exist'],
  ])('is answered as the account says: %s', async (missingVault, fails) => {
    const world = await backupWorld({ missingVault });
    expect(await failureOf(describeVault(world, 'other'))).toBe(fails);
    expect(await failureOf(world.points('other'))).toBe(fails);
    const { BackupVaultList = [] } = await world.backup.send(new ListBackupVaultsCommand({}));
    expect(BackupVaultList.map(({ BackupVaultName }) => BackupVaultName)).toEqual([VAULT]);
  });

  it('takes a job that fails, where the account says so', async () => {
    const { clock, job, start } = await backupWorld({ missingVaultJob: 'fails' });
    const { BackupJobId } = await start({ BackupVaultName: 'other' });
    await clock.advanceBy(DAY);
    expect((await job(BackupJobId)).StatusMessage).toBe(
      `Backup job failed because backup vault ${VAULT_ARN.replace('main', 'other')} does not exist.`,
    );
  });
});

describe('a vault', () => {
  it('is not deleted while a point is in it', async () => {
    const { backup, made } = await backupWorld();
    await made();
    expect(await failureOf(backup.send(new DeleteBackupVaultCommand(NAME)))).toBe(
      'InvalidRequestException: Backup vault cannot be deleted because it contains recovery points.',
    );
  });

  it('is the same when its request is repeated, and needs a name of its own', async () => {
    const { backup } = await backupWorld();
    const create = (more: object) =>
      backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'second', ...more }));
    const made = await create({ CreatorRequestId: 'once' });
    expect(await create({ CreatorRequestId: 'once' })).toMatchObject({ BackupVaultArn: made.BackupVaultArn });
    expect(await failureOf(create({}))).toMatch(/^AlreadyExistsException: /);
  });

  it.each([
    ['backup-storage:MountCapsule'],
    ['kms:CreateGrant'],
    ['kms:RetireGrant'],
    ['kms:GenerateDataKey'],
  ])('with a key is made by one who may %s', async (denied) => {
    const { backup } = await backupWorld();
    const EncryptionKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/own';
    await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'keyed', EncryptionKeyArn }));
    const poor = simWorld({ authorize: ({ operation }) => operation !== denied });
    const call = poor.backup.send(
      new CreateBackupVaultCommand({ BackupVaultName: 'keyed', EncryptionKeyArn }),
    );
    expect(await failureOf(call)).toContain(`not authorized to perform: ${denied} `);
  });

  it('of another account is not shown', async () => {
    const { backup } = await backupWorld();
    const call = backup.send(
      new ListRecoveryPointsByBackupVaultCommand({ ...NAME, BackupVaultAccountId: '999988887777' }),
    );
    expect(await failureOf(call)).toBe(
      'AccessDeniedException: Insufficient privileges to perform this action.',
    );
  });
});

describe('a lock', () => {
  it('without a grace is taken back at any time, and with one until then', async () => {
    const world = await backupWorld();
    await lock(world, { MinRetentionDays: 7, MaxRetentionDays: 30 });
    expect(await describeVault(world)).toMatchObject({
      Locked: true,
      MinRetentionDays: 7,
      MaxRetentionDays: 30,
    });
    await world.clock.advanceBy(100 * DAY);
    await unlock(world);
    expect((await describeVault(world)).Locked).toBe(false);
    await lock(world, { ChangeableForDays: 3 });
    const { LockDate } = await describeVault(world);
    expect(LockDate?.getTime()).toBe(world.clock.now() + 3 * DAY);
    await unlock(world);
    await lock(world, { MinRetentionDays: 1, ChangeableForDays: 3 });
    await world.clock.advanceBy(3 * DAY);
    expect(await failureOf(unlock(world))).toMatch(/^InvalidRequestException: .*immutable/);
    expect(await failureOf(lock(world, { MinRetentionDays: 2 }))).toMatch(
      /^InvalidRequestException: .*immutable/,
    );
  });

  it.each([
    [{ MinRetentionDays: 0 }],
    [{ MaxRetentionDays: 36_501 }],
    [{ MinRetentionDays: 8, MaxRetentionDays: 7 }],
    [{ ChangeableForDays: 2 }],
  ])('is refused as %j', async (wish) => {
    expect(await failureOf(lock(await backupWorld(), wish))).toMatch(/^InvalidParameterValueException: /);
  });
});

describe('an access policy', () => {
  const put = ({ backup }: World, statement: object) =>
    backup.send(
      new PutBackupVaultAccessPolicyCommand({
        ...NAME,
        Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] }),
      }),
    );
  const COPY = 'backup:CopyIntoBackupVault';
  const SHARING =
    /^AccessDeniedException: The specified policy cannot be added to the vault due to cross-account sharing restrictions\./;

  it.each([
    ['another account copy into it', { Principal: { AWS: ROOT }, Action: COPY }],
    [
      'the organization copy into it',
      { Principal: '*', Action: COPY, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    [
      'its own account do anything',
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/a' }, Action: 'backup:DeleteRecoveryPoint' },
    ],
    ['and deny anybody anything', { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint' }],
  ])('may let %s', async (_name, statement) => {
    await put(await backupWorld(), statement);
  });

  it.each([
    [
      'another account read',
      { Principal: { AWS: ROOT }, Action: [COPY, 'backup:DescribeRecoveryPoint'] },
      SHARING,
    ],
    ['anybody copy into it', { Principal: '*', Action: COPY }, SHARING],
    [
      'with a wildcard',
      { Principal: { AWS: ROOT }, Action: 'backup:*' },
      /^InvalidParameterValueException: .*[Ww]ildcard/,
    ],
  ])('may not let %s', async (_name, statement, fails) => {
    expect(await failureOf(put(await backupWorld(), statement))).toMatch(fails);
  });

  it('that names the wrong role leaves the caller without the list', async () => {
    const world = await backupWorld();
    const Statement = [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'backup:ListRecoveryPointsByBackupVault',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/backups' } },
      },
    ];
    setVaultPolicy(world.account, VAULT, { Statement });
    expect(await failureOf(world.points())).toMatch(
      /^AccessDeniedException: User: arn:aws:iam::111122223333:user\/AKIATEST is not authorized .* explicit deny in a resource-based policy$/,
    );
  });

  it('that names the caller is enough without a policy of his own', async () => {
    const world = await backupWorld();
    Object.assign(world.account.state.settings, { authorize: () => false });
    expect(await failureOf(world.points())).toMatch(/^AccessDeniedException: /);
    const Principal = { AWS: 'arn:aws:iam::111122223333:user/AKIATEST' };
    const Statement = [{ Effect: 'Allow', Principal, Action: 'backup:ListRecoveryPointsByBackupVault' }];
    setVaultPolicy(world.account, VAULT, { Statement });
    expect(await world.points()).toEqual([]);
  });
});

describe('the settings of a Region', () => {
  it('are changed by their keys, and announced with what changed', async () => {
    const { account, backup, clock } = await backupWorld();
    const ask = () => backup.send(new DescribeRegionSettingsCommand({}));
    await backup.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { DynamoDB: false } }));
    expect(await ask()).toMatchObject({
      ResourceTypeOptInPreference: { DynamoDB: false, EFS: true },
      ResourceTypeManagementPreference: { DynamoDB: true },
    });
    await clock.advanceBy(5 * MINUTE);
    expect(backupEventsOf(account).map(({ detail }) => detail)).toEqual([
      { ResourceTypeOptInPreference: { DynamoDB: false } },
    ]);
    const wrong = backup.send(
      new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { Tables: true } }),
    );
    expect(await failureOf(wrong)).toMatch(/invalid values. Please use describeRegionSettings API/);
  });

  it('may lack a type, and a whole map', async () => {
    const { account, backup, start } = await backupWorld();
    setRegionSettings(account, { optIn: { DynamoDB: true }, management: undefined });
    const settings = await backup.send(new DescribeRegionSettingsCommand({}));
    expect(settings.ResourceTypeManagementPreference).toBeUndefined();
    expect((await start()).RecoveryPointArn).toBeUndefined();
  });

  it('that leave tables out refuse a job', async () => {
    const { backup, start } = await backupWorld();
    await backup.send(new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { DynamoDB: false } }));
    expect(await failureOf(start())).toMatch(/^InvalidRequestException: .*unsupported resource type/);
  });

  it('are changed by one who may read them', async () => {
    const { backup } = await backupWorld({
      authorize: ({ operation }) => operation !== 'backup:DescribeRegionSettings',
    });
    const call = backup.send(
      new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { DynamoDB: true } }),
    );
    expect(await failureOf(call)).toContain('backup:DescribeRegionSettings');
  });
});

describe('calls of AWS Backup', () => {
  it('share a rate, beside those of their own', async () => {
    const { account, backup } = simWorld({ rates: 'documented' });
    createVault(account, { name: VAULT });
    const many = async (count: number, call: () => Promise<unknown>) => {
      const results = await Promise.all(Array.from({ length: count }, () => failureOf(call())));
      return results.filter((result) => result.startsWith('ThrottlingException')).length;
    };
    expect(await many(6, () => backup.send(new DescribeBackupVaultCommand(NAME)))).toBe(1);
    expect(await many(20, () => backup.send(new ListBackupVaultsCommand({})))).toBe(0);
    expect(await many(25, () => backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings: {} })))).toBe(
      0,
    );
    expect(await many(1, () => backup.send(new DescribeRegionSettingsCommand({})))).toBe(1);
    await account.clock.advanceBy(SECOND);
    expect(await many(20, () => backup.send(new ListBackupVaultsCommand({})))).toBe(0);
  });
});

describe('another account in the world', () => {
  it('is reached by its id as access key, and by a session of one of its roles', async () => {
    const { account, sts } = simWorld();
    const other = openAccount(account, '999988887777');
    for (const each of [account, other]) joinOrganization(each);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::999988887777:role/restore', RoleSessionName: 'test' }),
    );
    const identity = async (accessKeyId: string) => {
      const client = new (sts.constructor as new (config: object) => typeof sts)({
        requestHandler: requestHandlerOf(account),
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey: 'secret' },
      });
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      return [Account, Arn];
    };
    expect(await identity(Credentials?.AccessKeyId ?? '')).toEqual([
      '999988887777',
      'arn:aws:sts::999988887777:assumed-role/restore/test',
    ]);
    expect((await identity('999988887777'))[0]).toBe('999988887777');
    expect((await identity('AKIATEST'))[0]).toBe('111122223333');
    expect(() => openAccount(account, '999988887777')).toThrow('is in us-east-1 already');
  });
});
