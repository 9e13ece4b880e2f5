import {
  CancelLegalHoldCommand,
  CreateLegalHoldCommand,
  DeleteRecoveryPointCommand,
  GetLegalHoldCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRecoveryPointsByLegalHoldCommand,
  ListRecoveryPointsByResourceCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRecoveryPointLifecycleCommand,
} from '@aws-sdk/client-backup';
import { CreateBackupCommand, DeleteBackupCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import {
  setBackupRole,
  setLinkedBackupRole,
  setPointStatus,
  setUndeletable,
} from '../../../sim/console/backup-trouble.ts';
import { deleteTable } from '../../../sim/console/tables.ts';
import {
  createPoint,
  placeLegalHold,
  pointsOf,
  setVaultLock,
  setVaultPolicy,
} from '../../../sim/console/vaults.ts';
import { arnOf, DAY, failureOf, HOUR, MINUTE } from '../world.ts';
import { backupWorld, ROLE, VAULT } from './backup-world.ts';

type World = Awaited<ReturnType<typeof backupWorld>>;

const remove = ({ backup }: World, RecoveryPointArn: string) =>
  backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: VAULT, RecoveryPointArn }));

describe('deleting a recovery point', () => {
  it('takes a while, then it is gone, and the ledger knows by whom', async () => {
    const world = await backupWorld();
    const { account, clock, made, point } = world;
    const arn = await made();
    await remove(world, arn);
    expect((await point(arn)).Status).toBe('DELETING');
    expect(await failureOf(remove(world, arn))).toMatch(/^InvalidResourceStateException: /);
    await clock.advanceBy(10 * MINUTE);
    expect(await failureOf(point(arn))).toMatch(/^ResourceNotFoundException: /);
    expect(account.ledger.of('recovery-point-deleted')).toMatchObject([
      { arn, by: { accessKeyId: 'AKIATEST' } },
    ]);
  });

  it('of a plain one takes it out of DynamoDB, which does not delete it itself', async () => {
    const world = await backupWorld({ listBackupsShowsAwsBackup: true });
    const { account, clock, dynamodb } = world;
    const { arn } = createPoint(account, { table: 'orders', vault: VAULT, form: 'plain' });
    const list = async () =>
      (await dynamodb.send(new ListBackupsCommand({ BackupType: 'ALL' }))).BackupSummaries?.map(
        (each) => each.BackupArn,
      );
    expect(await list()).toEqual([arn]);
    expect(await failureOf(dynamodb.send(new DeleteBackupCommand({ BackupArn: arn })))).toMatch(
      /^ValidationException: /,
    );
    await remove(world, arn);
    await clock.advanceBy(10 * MINUTE);
    expect(await list()).toEqual([]);
  });

  it('is accepted from one who may not, and the point is expired', async () => {
    const world = await backupWorld({
      authorize: ({ operation }) => operation !== 'backup:DeleteRecoveryPoint',
    });
    const arn = await world.made();
    await remove(world, arn);
    expect((await world.point(arn)).Status).toBe('EXPIRED');
  });

  it.each([
    [true, 'DELETING'],
    [false, 'EXPIRED'],
  ])('makes the role of AWS Backup where there is none: may it be made, %s', async (may, status) => {
    const world = await backupWorld({
      authorize: ({ operation }) => may || operation !== 'iam:CreateServiceLinkedRole',
    });
    const arn = await world.made();
    setLinkedBackupRole(world.account, false);
    await remove(world, arn);
    expect((await world.point(arn)).Status).toBe(status);
  });

  it('is denied by a policy of the vault, and by a denial of the caller', async () => {
    const world = await backupWorld();
    const arn = await world.made();
    const Statement = [
      { Effect: 'Deny', Principal: '*', Action: ['backup:DeleteRecoveryPoint'], Resource: '*' },
    ];
    setVaultPolicy(world.account, VAULT, { Statement });
    expect(await failureOf(remove(world, arn))).toMatch(
      /^AccessDeniedException: User: .* not authorized to perform: backup:DeleteRecoveryPoint .* with an explicit deny in a resource-based policy$/,
    );
    setVaultPolicy(world.account, VAULT, undefined);
    const because = 'with an explicit deny in a service control policy';
    Object.assign(world.account.state.settings, { authorize: () => ({ because }) });
    expect(await failureOf(remove(world, arn))).toContain(because);
  });

  it.each([['AccessDeniedException' as const], ['InvalidRequestException' as const]])(
    'is refused under a lock: %s',
    async (lockedDeletion) => {
      const world = await backupWorld({ lockedDeletion });
      const arn = await world.made({ Lifecycle: { DeleteAfterDays: 30 } });
      setVaultLock(world.account, VAULT, { minDays: 7 });
      expect(await failureOf(remove(world, arn))).toMatch(new RegExp(`^${lockedDeletion}: `));
      Object.assign(world.account.state.settings, { lockBars: 'until-min' });
      expect(await failureOf(remove(world, arn))).toMatch(new RegExp(`^${lockedDeletion}: `));
      await world.clock.advanceBy(8 * DAY);
      await remove(world, arn);
    },
  );

  it('that is stuck ends as expired two or three days later, and can be asked again', async () => {
    const world = await backupWorld();
    const arn = await world.made();
    setUndeletable(world.account, arn);
    await remove(world, arn);
    await world.clock.advanceBy(DAY);
    expect((await world.point(arn)).Status).toBe('DELETING');
    await world.clock.advanceBy(2 * DAY);
    expect((await world.point(arn)).Status).toBe('EXPIRED');
    setUndeletable(world.account, arn, false);
    await remove(world, arn);
    await world.clock.advanceBy(HOUR);
    expect(pointsOf(world.account)).toEqual([]);
  });
});

describe('a legal hold', () => {
  it('keeps what it took in, not what comes later, and lets go within a day of its end', async () => {
    const world = await backupWorld();
    const { account, backup, clock, made } = world;
    const held = await made({ Lifecycle: { DeleteAfterDays: 2 } });
    const { LegalHoldId = '' } = await backup.send(
      new CreateLegalHoldCommand({
        Title: 'case',
        Description: 'of a court',
        RecoveryPointSelection: { VaultNames: [VAULT], ResourceIdentifiers: [arnOf('orders')] },
      }),
    );
    await clock.advanceBy(HOUR);
    const later = await made();
    expect(await failureOf(remove(world, held))).toBe(
      'InvalidRequestException: The recovery point cannot be deleted because it has active legal hold(s)',
    );
    const listed = await backup.send(new ListRecoveryPointsByLegalHoldCommand({ LegalHoldId }));
    expect(listed.RecoveryPoints?.map((point) => point.RecoveryPointArn)).toEqual([held]);
    await remove(world, later);
    await clock.advanceBy(5 * DAY);
    expect(pointsOf(account).map(({ arn }) => arn)).toEqual([held]);
    await backup.send(new CancelLegalHoldCommand({ LegalHoldId, CancelDescription: 'over' }));
    await clock.advanceBy(25 * HOUR);
    expect(pointsOf(account)).toEqual([]);
    expect((await backup.send(new GetLegalHoldCommand({ LegalHoldId }))).Status).toBe('CANCELED');
  });

  it('of the console holds at once', async () => {
    const world = await backupWorld();
    const arn = await world.made();
    placeLegalHold(world.account);
    expect(await failureOf(remove(world, arn))).toContain('active legal hold');
  });
});

describe('a lifecycle', () => {
  it('moves a point to cold storage, and deletes it within eight hours of its day', async () => {
    const { account, clock, made, point } = await backupWorld();
    const arn = await made({ Lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 98 } });
    expect(await point(arn)).toMatchObject({
      StorageClass: 'WARM',
      Lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 98 },
    });
    await clock.advanceBy(8 * DAY);
    const { CalculatedLifecycle, CreationDate, StorageClass } = await point(arn);
    expect(StorageClass).toBe('COLD');
    const createdAt = CreationDate?.getTime() ?? 0;
    expect(CalculatedLifecycle?.DeleteAt?.getTime()).toBe(createdAt + 98 * DAY);
    await clock.advanceTo(createdAt + 98 * DAY + 8 * HOUR + 10 * MINUTE);
    expect(pointsOf(account)).toEqual([]);
    expect(account.ledger.of('recovery-point-gone')).toMatchObject([{ arn }]);
  });

  it('of a plain point knows no cold storage', async () => {
    const { account, clock, point } = await backupWorld();
    const lifecycle = { MoveToColdStorageAfterDays: 1 };
    const { arn } = createPoint(account, { table: 'orders', vault: VAULT, form: 'plain', lifecycle });
    await clock.advanceBy(2 * DAY);
    expect((await point(arn)).StorageClass).toBe('WARM');
  });

  it('ends as expired when the role that made the point and that of AWS Backup are gone', async () => {
    const { account, clock, made, point } = await backupWorld();
    const arn = await made({ Lifecycle: { DeleteAfterDays: 1 } });
    setBackupRole(account, ROLE, 'missing');
    setLinkedBackupRole(account, false);
    await clock.advanceBy(2 * DAY);
    expect((await point(arn)).Status).toBe('EXPIRED');
  });

  it.each([
    [true, 0],
    [false, 1],
  ])(
    'ends by the role of AWS Backup where the one that made the point is gone: %s',
    async (linkedRoleExpires, left) => {
      const { account, clock, made } = await backupWorld({ linkedRoleExpires });
      await made({ Lifecycle: { DeleteAfterDays: 1 } });
      setBackupRole(account, ROLE, 'missing');
      await clock.advanceBy(2 * DAY);
      expect(pointsOf(account).map(({ status }) => status)).toEqual(
        Array.from({ length: left }, () => 'EXPIRED'),
      );
    },
  );

  it('is changed, without what is left out, and not under a lock', async () => {
    const { account, backup, clock, made, point } = await backupWorld();
    const RecoveryPointArn = await made({ Lifecycle: { DeleteAfterDays: 1 } });
    const change = (Lifecycle: object) =>
      backup.send(
        new UpdateRecoveryPointLifecycleCommand({ BackupVaultName: VAULT, RecoveryPointArn, Lifecycle }),
      );
    await change({ DeleteAfterDays: 5 });
    await clock.advanceBy(3 * DAY);
    expect((await point(RecoveryPointArn)).Status).toBe('AVAILABLE');
    expect(await failureOf(change({ MoveToColdStorageAfterDays: 2 }))).toMatch(
      /^InvalidParameterValueException: /,
    );
    await change({});
    await clock.advanceBy(10 * DAY);
    expect(await point(RecoveryPointArn)).toMatchObject({ Status: 'AVAILABLE', CalculatedLifecycle: {} });
    setVaultLock(account, VAULT, { minDays: 1 });
    expect(await failureOf(change({ DeleteAfterDays: 30 }))).toMatch(/^AccessDeniedException: /);
  });

  it.each([
    [{ minDays: 7 }, { DeleteAfterDays: 6 }, 'FAILED'],
    [{ minDays: 7 }, { DeleteAfterDays: 7 }, 'COMPLETED'],
    [{ maxDays: 30 }, { DeleteAfterDays: 31 }, 'FAILED'],
    [{ maxDays: 30 }, undefined, 'FAILED'],
    [{ minDays: 7 }, undefined, 'COMPLETED'],
  ])('has to fit the lock of its vault: %j and %j', async (lock, Lifecycle, state) => {
    const { account, clock, job, start } = await backupWorld();
    setVaultLock(account, VAULT, lock);
    const { BackupJobId } = await start(Lifecycle ? { Lifecycle } : {});
    await clock.advanceBy(HOUR);
    expect((await job(BackupJobId)).State).toBe(state);
  });
});

describe('recovery points', () => {
  it.each([['AVAILABLE' as const], ['COMPLETED' as const]])(
    'say %s when they are ready',
    async (readyStatus) => {
      const { made, point } = await backupWorld({ readyStatus });
      expect((await point(await made())).Status).toBe(readyStatus);
    },
  );

  it('show a word that the console gives them', async () => {
    const { account, made, points } = await backupWorld();
    setPointStatus(account, await made(), 'FROZEN');
    expect((await points())[0]?.Status).toBe('FROZEN');
  });

  it.each([
    ['AccessDeniedException' as const],
    ['InvalidParameterValueException' as const],
    ['ResourceNotFoundException' as const],
  ])('of the plain form have no tags: %s', async (plainTags) => {
    const { account, backup } = await backupWorld({ plainTags });
    const { arn } = createPoint(account, { table: 'orders', vault: VAULT, form: 'plain' });
    expect(await failureOf(backup.send(new ListTagsCommand({ ResourceArn: arn })))).toMatch(
      new RegExp(`^${plainTags}: `),
    );
  });

  it('of the advanced form are tagged and untagged', async () => {
    const { backup, made } = await backupWorld();
    const ResourceArn = await made();
    await backup.send(new TagResourceCommand({ ResourceArn, Tags: { a: '1', b: '2' } }));
    await backup.send(new UntagResourceCommand({ ResourceArn, TagKeyList: ['a'] }));
    expect((await backup.send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual({ team: 'shop', b: '2' });
  });

  it('are listed by their table without the vault, with DynamoDB’s own where they are not left out', async () => {
    const { backup, clock, dynamodb, made } = await backupWorld();
    const arn = await made();
    await dynamodb.send(new CreateBackupCommand({ TableName: 'orders', BackupName: 'own' }));
    await clock.advanceBy(MINUTE);
    const list = async (ManagedByAWSBackupOnly: boolean) =>
      (
        await backup.send(
          new ListRecoveryPointsByResourceCommand({ ResourceArn: arnOf('orders'), ManagedByAWSBackupOnly }),
        )
      ).RecoveryPoints ?? [];
    expect(await list(true)).toHaveLength(1);
    expect(await list(false)).toHaveLength(2);
    expect((await list(true))[0]).toMatchObject({ RecoveryPointArn: arn });
    expect((await list(true))[0]).not.toHaveProperty('BackupVaultName');
    const { Results = [] } = await backup.send(new ListProtectedResourcesCommand({}));
    expect(Results).toMatchObject([{ ResourceArn: arnOf('orders'), LastRecoveryPointArn: arn }]);
  });

  it('come in short pages, even empty ones, each once', async () => {
    const { account, backup, clock } = await backupWorld({ shortPages: 0.7 });
    const made = Array.from({ length: 12 }, (_, day) =>
      createPoint(account, { table: 'orders', vault: VAULT, createdAt: clock.now() - day * HOUR }),
    );
    const seen: (string | undefined)[] = [];
    let pages = 0;
    for (let NextToken: string | undefined, isFirst = true; isFirst || NextToken; isFirst = false) {
      const input = { BackupVaultName: VAULT, MaxResults: 5, ...(NextToken && { NextToken }) };
      const page = await backup.send(new ListRecoveryPointsByBackupVaultCommand(input));
      seen.push(...(page.RecoveryPoints ?? []).map(({ RecoveryPointArn }) => RecoveryPointArn));
      ({ NextToken } = page);
      pages += 1;
    }
    expect(seen).toEqual(made.map(({ arn }) => arn));
    expect(pages).toBeGreaterThan(3);
  });

  it('stay when their table is deleted', async () => {
    const { account, clock, made, points } = await backupWorld();
    await made();
    deleteTable(account, 'orders');
    await clock.advanceBy(DAY);
    expect(await points()).toHaveLength(1);
  });

  it('are empty where the role has no right to the key of the vault', async () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/own';
    const {
      account,
      backup: _backup,
      clock,
      job,
      start,
    } = await backupWorld(
      {
        authorize: ({ accessKeyId, operation }) =>
          accessKeyId !== ROLE || operation !== 'kms:GenerateDataKey',
      },
      { sizeBytes: 1000 },
    );
    const vault = account.state.backup.vaults.get(VAULT);
    if (vault)
      account.state.backup.vaults.set(VAULT, { ...vault, encryptionKeyArn: key, hasDefaultKey: false });
    const { BackupJobId } = await start();
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({ State: 'COMPLETED', BackupSizeInBytes: 0 });
  });
});
