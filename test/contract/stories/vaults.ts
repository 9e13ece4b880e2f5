import {
  CreateBackupPlanCommand,
  CreateBackupVaultCommand,
  DeleteBackupPlanCommand,
  DeleteBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DescribeBackupVaultCommand,
  type DescribeBackupVaultCommandOutput,
  GetBackupPlanCommand,
  ListBackupPlansCommand,
  ListBackupVaultsCommand,
  ListTagsCommand,
  PutBackupVaultLockConfigurationCommand,
  type PutBackupVaultLockConfigurationCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-backup';
import { expect } from 'vitest';
import { errorOf } from '../doing.ts';
import type { Story, World } from '../story.ts';

const create = async ({ backup }: World, BackupVaultName: string, tags: Record<string, string> = {}) => {
  const input = { BackupVaultName, ...(Object.keys(tags).length > 0 && { BackupVaultTags: tags }) };
  const { BackupVaultArn = '' } = await backup.send(new CreateBackupVaultCommand(input));
  return BackupVaultArn;
};

const describeVault = (
  { backup }: World,
  BackupVaultName = 'main',
): Promise<DescribeBackupVaultCommandOutput> =>
  backup.send(new DescribeBackupVaultCommand({ BackupVaultName }));

const listVaults = async ({ backup }: World) =>
  (await backup.send(new ListBackupVaultsCommand({}))).BackupVaultList ?? [];

const lock = ({ backup }: World, wish: Partial<PutBackupVaultLockConfigurationCommandInput>) =>
  backup.send(new PutBackupVaultLockConfigurationCommand({ BackupVaultName: 'main', ...wish }));

const tagsOf = async ({ backup }: World, ResourceArn: string) =>
  (await backup.send(new ListTagsCommand({ ResourceArn }))).Tags;

const plan = (BackupPlanName: string) =>
  new CreateBackupPlanCommand({
    BackupPlan: { BackupPlanName, Rules: [{ RuleName: 'daily', TargetBackupVaultName: 'main' }] },
  });

export const VAULT_STORIES: readonly Story[] = [
  {
    name: 'a vault has an ARN, and is listed without points and unlocked',
    tell: async (world) => {
      const arn = await create(world, 'main');
      expect(arn).toMatch(/^arn:aws:backup:us-east-1:\d{12}:backup-vault:main$/);
      expect(await listVaults(world)).toMatchObject([
        { BackupVaultName: 'main', BackupVaultArn: arn, NumberOfRecoveryPoints: 0, Locked: false },
      ]);
      expect(await describeVault(world)).toMatchObject({ BackupVaultName: 'main', BackupVaultArn: arn });
    },
  },
  {
    name: 'a second vault of a name is refused',
    tell: async (world) => {
      await create(world, 'main');
      expect(await errorOf(create(world, 'main'))).toBe('AlreadyExistsException');
    },
  },
  {
    name: 'a vault that is deleted is gone',
    tell: async (world) => {
      await create(world, 'main');
      await world.backup.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));
      expect(await listVaults(world)).toEqual([]);
    },
  },
  {
    name: 'a vault that is not there may not be looked at',
    tell: async (world) => {
      expect(await errorOf(describeVault(world, 'nobody'))).toBe('AccessDeniedException');
    },
  },
  {
    name: 'the name of a vault has letters, digits, hyphens and underscores',
    tell: async (world) => {
      expect(await errorOf(create(world, 'a.b'))).toBe('InvalidParameterValueException');
    },
  },
  {
    name: 'a vault has the tags that it was made with',
    tell: async (world) => {
      const arn = await create(world, 'main', { team: 'shop', stage: 'prod' });
      expect(await tagsOf(world, arn)).toEqual({ team: 'shop', stage: 'prod' });
    },
  },
  {
    name: 'a vault has the tags that were set, and not those that were taken away',
    tell: async (world) => {
      const ResourceArn = await create(world, 'main');
      const tag = (Tags: Record<string, string>) =>
        world.backup.send(new TagResourceCommand({ ResourceArn, Tags }));
      await tag({ team: 'shop', stage: 'prod' });
      await tag({ stage: 'test' });
      await world.backup.send(new UntagResourceCommand({ ResourceArn, TagKeyList: ['team'] }));
      expect(await tagsOf(world, ResourceArn)).toEqual({ stage: 'test' });
    },
  },
  {
    name: 'a lock shows its range, and is taken back while it can be',
    tell: async (world) => {
      await create(world, 'main');
      await lock(world, { MinRetentionDays: 7, MaxRetentionDays: 30, ChangeableForDays: 3 });
      const [locked] = await listVaults(world);
      expect(locked).toMatchObject({ Locked: true, MinRetentionDays: 7, MaxRetentionDays: 30 });
      expect(locked?.LockDate).toBeInstanceOf(Date);
      await world.backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName: 'main' }));
      expect((await listVaults(world))[0]?.Locked).toBe(false);
    },
  },
  {
    name: 'a lock without a grace has no date',
    tell: async (world) => {
      await create(world, 'main');
      await lock(world, { MinRetentionDays: 7 });
      const [locked] = await listVaults(world);
      expect(locked).toMatchObject({ Locked: true, MinRetentionDays: 7 });
      expect(locked?.LockDate).toBeUndefined();
    },
  },
  ...[
    { wish: { MinRetentionDays: 0 }, name: 'a lock of less than a day is refused' },
    { wish: { MaxRetentionDays: 36_501 }, name: 'a lock of more than 36500 days is refused' },
    { wish: { MinRetentionDays: 8, MaxRetentionDays: 7 }, name: 'a lock whose range is empty is refused' },
    { wish: { ChangeableForDays: 2 }, name: 'a lock that cannot be changed for three days is refused' },
  ].map(({ name, wish }) => ({
    name,
    tell: async (world: World) => {
      await create(world, 'main');
      expect(await errorOf(lock(world, wish))).toBe('InvalidParameterValueException');
    },
  })),
  {
    name: 'a plan shows what it was made of, with what its rules have by default',
    tell: async ({ backup }) => {
      const { BackupPlanId } = await backup.send(plan('nightly'));
      const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
      expect(BackupPlan).toMatchObject({
        BackupPlanName: 'nightly',
        Rules: [{ RuleName: 'daily', TargetBackupVaultName: 'main', StartWindowMinutes: 480 }],
      });
    },
  },
  {
    name: 'a second plan of the same document is refused',
    tell: async ({ backup }) => {
      await backup.send(plan('nightly'));
      expect(await errorOf(backup.send(plan('nightly')))).toBe('AlreadyExistsException');
    },
  },
  {
    name: 'a plan that is deleted is listed with the deleted ones only',
    tell: async ({ backup }) => {
      const { BackupPlanId } = await backup.send(plan('nightly'));
      await backup.send(plan('weekly'));
      await backup.send(new DeleteBackupPlanCommand({ BackupPlanId }));
      const list = async (IncludeDeleted: boolean) =>
        (await backup.send(new ListBackupPlansCommand({ IncludeDeleted }))).BackupPlansList?.map(
          ({ BackupPlanName }) => BackupPlanName,
        );
      expect(await list(false)).toEqual(['weekly']);
      expect((await list(true))?.sort()).toEqual(['nightly', 'weekly']);
    },
  },
  {
    name: 'a plan that is not there is not found',
    tell: async ({ backup }) => {
      const call = backup.send(new GetBackupPlanCommand({ BackupPlanId: 'nobody' }));
      expect(await errorOf(call)).toBe('ResourceNotFoundException');
    },
  },
];
