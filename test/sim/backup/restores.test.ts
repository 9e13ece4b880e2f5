import {
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  GetRestoreJobMetadataCommand,
  ListRestoreJobsCommand,
  StartRestoreJobCommand,
  type StartRestoreJobCommandInput,
} from '@aws-sdk/client-backup';
import {
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../sim/account.ts';
import { backupEventsOf, troubleJobs } from '../../../sim/console/backup-trouble.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { deleteTable } from '../../../sim/console/tables.ts';
import { cancelRestore, setKey } from '../../../sim/console/trouble.ts';
import { createPoint, createVault, destroyVault, pointsOf, startCopy } from '../../../sim/console/vaults.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { clientsOf, DAY, failureOf, HOUR, MINUTE } from '../world.ts';
import { backupWorld, ROLE, VAULT } from './backup-world.ts';

const METADATA = { targetTableName: 'restored', encryptionType: 'Default' };

const restoreWorld = async (options: Partial<AccountOptions> = {}) => {
  const world = await backupWorld(options);
  const { backup, clock } = world;
  const restore = (RecoveryPointArn: string, more: Partial<StartRestoreJobCommandInput> = {}) =>
    backup.send(
      new StartRestoreJobCommand({
        RecoveryPointArn,
        IamRoleArn: ROLE,
        Metadata: METADATA,
        ResourceType: 'DynamoDB',
        ...more,
      }),
    );
  const restoreJob = (RestoreJobId = '') => backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  const restored = async (...wish: Parameters<typeof restore>) => {
    const { RestoreJobId } = await restore(...wish);
    await clock.advanceBy(HOUR);
    return restoreJob(RestoreJobId);
  };
  return { ...world, restore, restoreJob, restored };
};

const ITEM = { pk: { S: 'a' }, value: { N: '1' } };

describe('a restore job', () => {
  it.each([['advanced' as const], ['plain' as const]])(
    'of an %s point brings the items back',
    async (form) => {
      const world = await restoreWorld();
      const { account, clock, dynamodb, restore, restoreJob } = world;
      await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: ITEM }));
      const { arn } = createPoint(account, { table: 'orders', vault: VAULT, form });
      await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { ...ITEM, value: { N: '2' } } }));
      const { RestoreJobId } = await restore(arn);
      expect((await restoreJob(RestoreJobId)).Status).toBe('PENDING');
      await clock.advanceBy(2 * MINUTE);
      expect((await restoreJob(RestoreJobId)).Status).toBe('RUNNING');
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'restored' }));
      expect(Table?.TableStatus).toBe('CREATING');
      await clock.advanceBy(HOUR);
      expect(await restoreJob(RestoreJobId)).toMatchObject({
        Status: 'COMPLETED',
        CreatedResourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/restored',
        RecoveryPointArn: arn,
      });
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName: 'restored', Key: { pk: { S: 'a' } } }),
      );
      expect(Item).toEqual(ITEM);
    },
  );

  it('takes four hours more from cold storage', async () => {
    const { account, clock, restore, restoreJob } = await restoreWorld();
    const lifecycle = { MoveToColdStorageAfterDays: 1 };
    const { arn } = createPoint(account, { table: 'orders', vault: VAULT, lifecycle });
    await clock.advanceBy(2 * DAY);
    const { RestoreJobId } = await restore(arn);
    await clock.advanceBy(4 * HOUR);
    expect((await restoreJob(RestoreJobId)).Status).toBe('RUNNING');
    await clock.advanceBy(10 * MINUTE);
    expect((await restoreJob(RestoreJobId)).Status).toBe('COMPLETED');
  });

  it('takes the metadata of the point with another name, and keeps what it was told', async () => {
    const { backup, made, restored } = await restoreWorld();
    const RecoveryPointArn = await made();
    const { RestoreMetadata = {} } = await backup.send(
      new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: VAULT, RecoveryPointArn }),
    );
    expect(RestoreMetadata).toMatchObject({ targetTableName: 'orders', encryptionType: 'Default' });
    const Metadata = { ...RestoreMetadata, targetTableName: 'again' };
    const { RestoreJobId, Status } = await restored(RecoveryPointArn, { Metadata });
    expect(Status).toBe('COMPLETED');
    const told = await backup.send(new GetRestoreJobMetadataCommand({ RestoreJobId }));
    expect(told.Metadata).toEqual(Metadata);
  });

  type World = Awaited<ReturnType<typeof restoreWorld>>;
  it.each<{
    when: string;
    wish?: Partial<StartRestoreJobCommandInput>;
    change?: (world: World) => unknown;
    message: RegExp;
  }>([
    {
      when: 'the name is taken',
      wish: { Metadata: { ...METADATA, targetTableName: 'orders' } },
      message: /^Table already exists: orders/,
    },
    {
      when: 'tags are to be copied',
      wish: { CopySourceTagsToRestoredResource: true },
      message: /not supported for DynamoDB/,
    },
    {
      when: 'the key is of another Region',
      wish: {
        Metadata: {
          ...METADATA,
          encryptionType: 'KMS',
          kmsMasterKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
        },
      },
      message: /is not accessible in us-east-1/,
    },
    {
      when: 'the key of the vault is disabled',
      change: ({ account }) => setKey(account, 'aws-backup', 'disabled'),
      message: /^KMS key is either disabled/,
    },
    {
      when: 'the role may not restore',
      change: ({ account }) =>
        Object.assign(account.state.settings, {
          authorize: ({ operation }: { operation: string }) =>
            operation !== 'dynamodb:RestoreTableFromAwsBackup',
        }),
      message: /not authorized to perform: dynamodb:RestoreTableFromAwsBackup on resource: .*table\/restored/,
    },
  ])('fails when $when', async ({ change, message, wish }) => {
    const world = await restoreWorld();
    const arn = await world.made();
    change?.(world);
    const job = await world.restored(arn, wish);
    expect(job.Status).toBe('FAILED');
    expect(job.StatusMessage).toMatch(message);
  });

  it('fails when the key of the table of then is disabled, of a point that DynamoDB keeps', async () => {
    const { account, clock, dynamodb, restored } = await restoreWorld();
    const under = (KMSMasterKeyId: string) =>
      dynamodb.send(
        new UpdateTableCommand({
          TableName: 'orders',
          SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId },
        }),
      );
    await under('then');
    await clock.advanceBy(HOUR);
    const { arn } = createPoint(account, { table: 'orders', vault: VAULT, form: 'plain' });
    await under('now');
    setKey(account, 'then', 'disabled');
    expect((await restored(arn)).StatusMessage).toMatch(/^KMS key is either disabled/);
  });

  it('fails when it is cancelled, and as the console says', async () => {
    const { account, clock, made, restore, restored, restoreJob } = await restoreWorld();
    const arn = await made();
    const { RestoreJobId } = await restore(arn);
    await clock.advanceBy(2 * MINUTE);
    cancelRestore(account, 'restored');
    await clock.advanceBy(HOUR);
    expect((await restoreJob(RestoreJobId)).Status).toBe('FAILED');
    troubleJobs(account, { job: 'restore', state: 'ABORTED', message: 'stopped' });
    expect(await restored(arn)).toMatchObject({ Status: 'ABORTED', StatusMessage: 'stopped' });
  });

  it.each([
    [
      'a point that is not there',
      'arn:aws:backup:us-east-1:111122223333:recovery-point:none',
      {},
      /^ResourceNotFoundException: /,
    ],
    ['no name', undefined, { Metadata: {} }, /^InvalidParameterValueException: .*targetTableName/],
    ['another type', undefined, { ResourceType: 'EBS' }, /^InvalidParameterValueException: /],
    ['no role', undefined, { IamRoleArn: undefined }, /^MissingParameterValueException: /],
  ])('is refused for %s', async (_name, arn, wish, fails) => {
    const { made, restore } = await restoreWorld();
    const own = await made();
    expect(await failureOf(restore(arn ?? own, wish as object))).toMatch(fails);
  });

  it('is one with a token, and without one where the account says so', async () => {
    const { account, clock, made, restore } = await restoreWorld();
    const arn = await made();
    const first = await restore(arn, { IdempotencyToken: 'one' });
    expect(await restore(arn, { IdempotencyToken: 'one' })).toMatchObject({
      RestoreJobId: first.RestoreJobId,
    });
    Object.assign(account.state.settings, { equalRestoresAreOne: true, finishedTokens: 'refused' });
    // The SDK makes a token of its own where none is given.
    const without = await restore(arn, { IdempotencyToken: '' });
    expect(without.RestoreJobId).toBe(first.RestoreJobId);
    await clock.advanceBy(HOUR);
    expect(await failureOf(restore(arn, { IdempotencyToken: 'one' }))).toBe(
      `InvalidParameterValueException: Restore job ${first.RestoreJobId} already finished`,
    );
  });

  it('says `state` in its first event and `status` in the others, and is forgotten', async () => {
    const { account, backup, clock, made, restored } = await restoreWorld();
    await restored(await made());
    const details = backupEventsOf(account)
      .filter((event) => event['detail-type'] === 'Restore Job State Change')
      .map(({ detail }) => [detail.state, detail.status, detail.createdResourceArn !== undefined]);
    expect(details).toEqual([
      ['CREATED', undefined, false],
      [undefined, 'RUNNING', false],
      [undefined, 'COMPLETED', true],
    ]);
    expect(
      (await backup.send(new ListRestoreJobsCommand({ ByStatus: 'COMPLETED' }))).RestoreJobs,
    ).toHaveLength(1);
    await clock.advanceBy(31 * DAY);
    expect((await backup.send(new ListRestoreJobsCommand({}))).RestoreJobs).toEqual([]);
  });
});

describe('a restore from a copy in another Region, with everything else gone', () => {
  it('needs the encryption, and brings the items back', async () => {
    const { account, clock, dynamodb, made } = await restoreWorld();
    const region = openRegion(account, 'eu-west-1');
    createVault(region, { name: VAULT });
    await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: ITEM }));
    await made();
    const [point] = pointsOf(account);
    if (!point) throw new Error('there is no point');
    const destinationVaultArn = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:main';
    startCopy(account, { point, destinationVaultArn, iamRoleArn: ROLE });
    await clock.advanceBy(HOUR);
    deleteTable(account, 'orders');
    destroyVault(account, VAULT);
    const [copy] = pointsOf(region);
    const there = clientsOf({ requestHandler: requestHandlerOf(region) }, 'eu-west-1');
    const restore = async (Metadata: Record<string, string>) => {
      const { RestoreJobId } = await there.backup.send(
        new StartRestoreJobCommand({ RecoveryPointArn: copy?.arn, IamRoleArn: ROLE, Metadata }),
      );
      await clock.advanceBy(HOUR);
      return there.backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    };
    expect((await restore({ targetTableName: 'orders' })).StatusMessage).toMatch(
      /sseSpecificationOverride must be provided/,
    );
    expect((await restore({ targetTableName: 'orders', encryptionType: 'KMS' })).Status).toBe('COMPLETED');
    const { Item } = await there.dynamodb.send(
      new GetItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } }),
    );
    expect(Item).toEqual(ITEM);
  });
});
