import {
  CreateBackupCommand,
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  type RestoreTableFromBackupCommandInput,
  RestoreTableToPointInTimeCommand,
  type RestoreTableToPointInTimeCommandInput,
  ScanCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../sim/account.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createFullTable } from '../../sim/console/full-table.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable } from '../../sim/console/tables.ts';
import { cancelRestore, setKey } from '../../sim/console/trouble.ts';
import { disputedSettings } from '../../sim/disputed.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { arnOf, clientsOf, DAY, failureOf, HOUR, MINUTE, SECOND, START, simWorld } from './world.ts';

const worldWithBackup = (options: Partial<AccountOptions> = {}) => {
  const world = simWorld(options);
  createTable(world.account, { name: 'Orders', createdAt: START - DAY, pitr: true });
  const { arn } = createBackup(world.account, { table: 'Orders', name: 'nightly', createdAt: START - HOUR });
  const restore = (more: Partial<RestoreTableFromBackupCommandInput> = {}) =>
    world.dynamodb.send(
      new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn: arn, ...more }),
    );
  const restoreTo = (more: Partial<RestoreTableToPointInTimeCommandInput> = {}) =>
    world.dynamodb.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: 'Orders',
        TargetTableName: 'Restored',
        UseLatestRestorableTime: true,
        ...more,
      }),
    );
  const shown = async () =>
    (await world.dynamodb.send(new DescribeTableCommand({ TableName: 'Restored' }))).Table ?? {};
  return { ...world, arn, restore, restoreTo, shown };
};

describe('what a restore needs', () => {
  const denied = (operation: string) => ({
    authorize: (asked: { readonly operation: string; readonly resource: string }) =>
      asked.operation !== operation || asked.resource !== arnOf('Restored'),
  });

  it.each(['RestoreTableFromBackup', 'BatchWriteItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'])(
    'is dynamodb:%s on the target, and a denial names it',
    async (operation) => {
      const { restore } = worldWithBackup(denied(`dynamodb:${operation}`));
      expect(await failureOf(restore())).toBe(
        `AccessDeniedException: User: arn:aws:iam::111122223333:user/AKIATEST is not authorized to perform: dynamodb:${operation} on resource: ${arnOf('Restored')} because no identity-based policy allows the dynamodb:${operation} action`,
      );
    },
  );

  it('is said in the words of the policy that forbids it', async () => {
    const because = 'with an explicit deny in a service control policy';
    const { restore } = worldWithBackup({
      authorize: ({ operation }) => operation !== 'dynamodb:RestoreTableFromBackup' || { because },
    });
    expect(await failureOf(restore())).toMatch(
      /on resource: \S+ with an explicit deny in a service control policy$/,
    );
  });

  it('is a key that can be used, of the source and of the target', async () => {
    const { account, restore } = worldWithBackup();
    const SSESpecificationOverride = { Enabled: true, SSEType: 'KMS' as const, KMSMasterKeyId: 'k' };
    setKey(account, 'k', 'disabled');
    expect(await failureOf(restore({ SSESpecificationOverride }))).toMatch(
      /^ValidationException: .*key\/k is disabled$/,
    );
    const forbidden = worldWithBackup({ authorize: ({ operation }) => operation !== 'kms:CreateGrant' });
    expect(await failureOf(forbidden.restore({ SSESpecificationOverride }))).toMatch(
      /kms:CreateGrant on resource: arn:aws:kms:/,
    );
    expect(await failureOf(forbidden.restore())).toBe('no failure');
  });
});

describe('a restore', () => {
  it('may not be visible for a while', async () => {
    const { clock, restore, shown } = worldWithBackup({ restoreHiddenMs: 10 * SECOND });
    await restore();
    expect(await failureOf(shown())).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: Restored not found',
    );
    await clock.advanceBy(10 * SECOND);
    expect(await shown()).toMatchObject({ TableStatus: 'CREATING' });
  });

  it('may be invisible once more later, by a fault that says what to answer', async () => {
    const { account, restore, shown } = worldWithBackup();
    await restore();
    const answer = { code: 'ResourceNotFoundException', message: 'Requested resource not found' };
    account.faults.add({ operation: 'DescribeTable', kind: 'internal-error', times: 1, answer });
    expect(await failureOf(shown())).toBe('ResourceNotFoundException: Requested resource not found');
    expect(await failureOf(shown())).toBe('no failure');
  });

  it('that is cancelled leaves no table, and its backup can be used again', async () => {
    const { account, clock, restore, shown } = worldWithBackup();
    await restore();
    cancelRestore(account, 'Restored');
    expect(await failureOf(shown())).toMatch(/^ResourceNotFoundException/);
    await restore();
    await clock.advanceBy(5 * MINUTE);
    expect(await shown()).toMatchObject({ TableStatus: 'ACTIVE' });
  });

  it('goes on saying where it came from, where the account says so', async () => {
    const { arn, clock, restore, shown } = worldWithBackup({ restoreSummaryStays: true });
    await restore();
    await clock.advanceBy(5 * MINUTE);
    expect((await shown()).RestoreSummary).toMatchObject({ SourceBackupArn: arn, RestoreInProgress: false });
  });

  it('to a point in time takes as long as the account says', async () => {
    const { clock, restoreTo, shown } = worldWithBackup({ pitrRestoreMs: [20 * MINUTE, 20 * MINUTE] });
    await restoreTo();
    await clock.advanceBy(19 * MINUTE);
    expect(await shown()).toMatchObject({ TableStatus: 'CREATING' });
    await clock.advanceBy(MINUTE);
    expect(await shown()).toMatchObject({ TableStatus: 'ACTIVE' });
  });

  it('has no PITR, and refuses it for as long as the account says', async () => {
    const { clock, dynamodb, restore } = worldWithBackup({ backupsEnabledMs: 11 * MINUTE });
    await restore();
    await clock.advanceBy(5 * MINUTE);
    const TableName = 'Restored';
    const { ContinuousBackupsDescription: found } = await dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    expect(found?.PointInTimeRecoveryDescription).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    const enable = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
    expect(await failureOf(dynamodb.send(enable))).toMatch(/^ContinuousBackupsUnavailableException/);
    await clock.advanceBy(11 * MINUTE);
    expect(await failureOf(dynamodb.send(enable))).toBe('no failure');
  });

  it('with an empty maximum is refused although it has begun', async () => {
    const { arn, restore, shown } = worldWithBackup();
    expect(await failureOf(restore({ OnDemandThroughputOverride: {} }))).toBe(
      `TableInUseException: Table: Restored is already being restored from backup: ${arn}`,
    );
    expect(await shown()).toMatchObject({ TableStatus: 'CREATING' });
  });

  it('of a backup needs the name of each index override as it is, and no capacity on demand', async () => {
    const { account, clock, dynamodb } = simWorld();
    await createFullTable(account, { name: 'Orders', billingMode: 'PAY_PER_REQUEST' });
    const made = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(MINUTE);
    const BackupArn = made.BackupDetails?.BackupArn;
    const restore = (
      GlobalSecondaryIndexOverride: RestoreTableFromBackupCommandInput['GlobalSecondaryIndexOverride'],
    ) =>
      failureOf(
        dynamodb.send(
          new RestoreTableFromBackupCommand({
            TargetTableName: 'Restored',
            BackupArn,
            GlobalSecondaryIndexOverride,
          }),
        ),
      );
    const index = {
      IndexName: 'by-day',
      KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    };
    expect(await restore([{ ...index, Projection: { ProjectionType: 'KEYS_ONLY' } }])).toMatch(
      /^ValidationException/,
    );
    const ProvisionedThroughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
    expect(await restore([{ ...index, ProvisionedThroughput }])).toBe(
      'ValidationException: One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: by-day when BillingMode is PAY_PER_REQUEST',
    );
    expect(await restore([index])).toBe('no failure');
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Restored' }));
    expect(Table?.AttributeDefinitions?.map(({ AttributeName }) => AttributeName)).toEqual([
      'pk',
      'sk',
      'day',
    ]);
    expect(Table?.OnDemandThroughput).toEqual({ MaxReadRequestUnits: 9000, MaxWriteRequestUnits: 3000 });
  });
});

describe('the settings of a restore to a point in time', () => {
  it.each([
    { pitrSettings: 'now' as const, reads: 50 },
    { pitrSettings: 'then' as const, reads: 10 },
    { pitrSettings: 'least-capacity' as const, reads: 1 },
  ])('are those of $pitrSettings', async ({ pitrSettings, reads }) => {
    const { account, clock, dynamodb } = simWorld({ pitrSettings });
    await createFullTable(account, { name: 'Orders' });
    await clock.advanceBy(HOUR);
    const RestoreDateTime = new Date(clock.now() - 30 * MINUTE);
    const ProvisionedThroughput = { ReadCapacityUnits: 50, WriteCapacityUnits: 50 };
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', ProvisionedThroughput }));
    const { TableDescription } = await dynamodb.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: 'Orders',
        TargetTableName: 'Restored',
        RestoreDateTime,
      }),
    );
    expect(TableDescription?.ProvisionedThroughput?.ReadCapacityUnits).toBe(reads);
  });
});

describe('a restore from another Region', () => {
  const twoRegions = () => {
    const world = worldWithBackup();
    openRegion(world.account, 'eu-west-1');
    const west = clientsOf({ requestHandler: requestHandlerOf(world.account) }, 'eu-west-1').dynamodb;
    const sse = { SSESpecificationOverride: { Enabled: true, SSEType: 'KMS' as const } };
    return { ...world, west, sse };
  };

  it('brings the items of a backup, when the encryption is given', async () => {
    const { arn, clock, dynamodb, sse, west } = twoRegions();
    await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'a' } } }));
    const made = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-2' }));
    await clock.advanceBy(MINUTE);
    const BackupArn = made.BackupDetails?.BackupArn;
    const input = { TargetTableName: 'Restored', BackupArn };
    expect(await failureOf(west.send(new RestoreTableFromBackupCommand(input)))).toBe(
      'ValidationException: Invalid Request: sseSpecificationOverride must be provided for cross-region restores',
    );
    await west.send(new RestoreTableFromBackupCommand({ ...input, ...sse }));
    await clock.advanceBy(15 * MINUTE);
    const { Items } = await west.send(new ScanCommand({ TableName: 'Restored' }));
    expect(Items).toEqual([{ pk: { S: 'a' } }]);
    const here = new DescribeTableCommand({ TableName: 'Restored' });
    expect(await failureOf(dynamodb.send(here))).toMatch(/^ResourceNotFoundException/);
    expect((await west.send(here)).Table?.TableArn).toBe(
      'arn:aws:dynamodb:eu-west-1:111122223333:table/Restored',
    );
    expect(arn).toContain(':us-east-1:');
  });

  it('brings the items of a second, when the source is given by its ARN', async () => {
    const { clock, dynamodb, sse, west } = twoRegions();
    const put = (pk: string) =>
      dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk } } }));
    await put('a');
    await clock.advanceBy(MINUTE);
    const RestoreDateTime = new Date(clock.now());
    await clock.advanceBy(MINUTE);
    await dynamodb.send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: 'a' } } }));
    await put('b');
    await clock.advanceBy(10 * MINUTE);
    const input = { TargetTableName: 'Restored', RestoreDateTime, ...sse };
    const byName = new RestoreTableToPointInTimeCommand({ ...input, SourceTableName: 'Orders' });
    expect(await failureOf(west.send(byName))).toBe('TableNotFoundException: Table not found: Orders');
    await west.send(new RestoreTableToPointInTimeCommand({ ...input, SourceTableArn: arnOf('Orders') }));
    await clock.advanceBy(15 * MINUTE);
    const { Items } = await west.send(new ScanCommand({ TableName: 'Restored' }));
    expect(Items).toEqual([{ pk: { S: 'a' } }]);
  });
});

describe('an index of a restored table', () => {
  it('may be built for longer than the table, and is full when it is there', async () => {
    const { account, clock, dynamodb } = simWorld({ restoredIndexMs: 9 * MINUTE });
    const items = [{ pk: { S: 'a' }, sk: { S: '1' }, customer: { S: 'c' } }];
    await createFullTable(account, { name: 'Orders', items });
    const made = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(MINUTE);
    const BackupArn = made.BackupDetails?.BackupArn;
    await dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn }));
    await clock.advanceBy(5 * MINUTE);
    const statuses = async () => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Restored' }));
      return [Table?.TableStatus, ...(Table?.GlobalSecondaryIndexes ?? []).map((each) => each.IndexStatus)];
    };
    expect(await statuses()).toEqual(['ACTIVE', 'CREATING', 'CREATING']);
    await clock.advanceBy(9 * MINUTE);
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
    const query = new QueryCommand({
      TableName: 'Restored',
      IndexName: 'by-customer',
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': { S: 'c' } },
    });
    expect((await dynamodb.send(query)).Count).toBe(1);
  });
});

describe('where sources disagree', () => {
  it('the seed chooses, the same for the same seed, and all choices come up', () => {
    expect(disputedSettings(7)).toEqual(disputedSettings(7));
    const seen = Array.from({ length: 200 }, (_, seed) => disputedSettings(seed));
    expect(new Set(seen.map(({ pitrSettings }) => pitrSettings))).toEqual(
      new Set(['now', 'then', 'least-capacity']),
    );
    expect(new Set(seen.map(({ backupsEnabledMs }) => backupsEnabledMs)).size).toBe(4);
    expect(new Set(seen.map(({ updateTogether }) => updateTogether)).size).toBe(2);
  });
});
