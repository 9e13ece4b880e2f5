import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  RestoreTableFromBackupCommand,
  type RestoreTableFromBackupCommandInput,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { arnOf, failureOf, HOUR, MINUTE, SECOND, START, simWorld } from './world.ts';

const worldWithBackup = () => {
  const world = simWorld();
  createTable(world.account, { name: 'Orders', createdAt: START - HOUR, tags: { a: 'b' }, pitr: true });
  const { arn } = createBackup(world.account, {
    table: 'Orders',
    name: 'nightly',
    createdAt: START - MINUTE,
  });
  const restore = (more: Partial<RestoreTableFromBackupCommandInput> = {}) =>
    world.dynamodb.send(
      new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn: arn, ...more }),
    );
  return { ...world, arn, restore };
};

describe('RestoreTableFromBackup', () => {
  it('takes minutes, shows where the table comes from only meanwhile, and brings back no tags', async () => {
    const { arn, clock, dynamodb, restore } = worldWithBackup();
    await restore();
    const describe = new DescribeTableCommand({ TableName: 'Restored' });
    expect((await dynamodb.send(describe)).Table).toMatchObject({
      TableStatus: 'CREATING',
      RestoreSummary: {
        SourceBackupArn: arn,
        SourceTableArn: arnOf('Orders'),
        RestoreDateTime: new Date(START - MINUTE),
        RestoreInProgress: true,
      },
    });
    await clock.advanceBy(5 * MINUTE);
    const { Table } = await dynamodb.send(describe);
    expect(Table?.TableStatus).toBe('ACTIVE');
    expect(Table?.RestoreSummary).toBeUndefined();
    const tags = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf('Restored') }));
    expect(tags.Tags).toEqual([]);
  });

  it('works when the table is long gone', async () => {
    const { account, restore } = worldWithBackup();
    deleteTable(account, 'Orders');
    expect((await restore()).TableDescription?.TableStatus).toBe('CREATING');
  });

  it('hides the table from all but DescribeTable until it is there', async () => {
    const { dynamodb, restore } = worldWithBackup();
    await restore();
    const TableName = 'Restored';
    const failures = [
      await failureOf(dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf(TableName) }))),
      await failureOf(dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))),
      await failureOf(dynamodb.send(new DeleteTableCommand({ TableName }))),
    ].map((failure) => failure.split(':')[0]);
    expect(failures).toEqual([
      'ResourceNotFoundException',
      'TableNotFoundException',
      'ResourceInUseException',
    ]);
  });

  it('uses a backup for one restore at a time', async () => {
    const { arn, clock, dynamodb, restore } = worldWithBackup();
    await restore();
    expect(await failureOf(restore({ TargetTableName: 'Second' }))).toBe(
      `BackupInUseException: Backup is being used to restore another table: ${arn}`,
    );
    const remove = new DeleteBackupCommand({ BackupArn: arn });
    expect(await failureOf(dynamodb.send(remove))).toBe(
      `BackupInUseException: Backup is being used to restore table: ${arn}`,
    );
    await clock.advanceBy(5 * MINUTE);
    await restore({ TargetTableName: 'Second' });
    await clock.advanceBy(5 * MINUTE);
    await dynamodb.send(remove);
  });

  it('refuses a target that exists, in other words while it is being restored', async () => {
    const { arn, clock, restore } = worldWithBackup();
    expect(await failureOf(restore({ TargetTableName: 'Orders' }))).toBe(
      'TableAlreadyExistsException: Table already exists: Orders',
    );
    await restore();
    expect(await failureOf(restore())).toBe(
      `TableInUseException: Table: Restored is already being restored from backup: ${arn}`,
    );
    await clock.advanceBy(5 * MINUTE);
    expect(await failureOf(restore())).toMatch(/^TableAlreadyExistsException/);
  });

  it('refuses the fifty-first at once', async () => {
    const { account, dynamodb } = worldWithBackup();
    const restore = (index: number) => {
      const { arn } = createBackup(account, { table: 'Orders', name: `b-${index}`, createdAt: START - HOUR });
      return dynamodb.send(
        new RestoreTableFromBackupCommand({ TargetTableName: `r-${index}`, BackupArn: arn }),
      );
    };
    for (let index = 0; index < 50; index += 1) await restore(index);
    expect(await failureOf(restore(50))).toBe(
      'LimitExceededException: Subscriber limit exceeded: Only 50 restore operations can be done simultaneously',
    );
  });

  it('drops, keeps and chooses indexes and billing as asked', async () => {
    const { clock, dynamodb } = simWorld();
    const index = (IndexName: string) => ({
      IndexName,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    });
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'Orders',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        TableClass: 'STANDARD_INFREQUENT_ACCESS',
        GlobalSecondaryIndexes: [index('one'), index('two')],
      }),
    );
    await clock.advanceBy(10 * SECOND);
    const made = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(SECOND);
    const BackupArn = made.BackupDetails?.BackupArn;
    const restore = async (TargetTableName: string, more: Partial<RestoreTableFromBackupCommandInput>) => {
      const input = { TargetTableName, BackupArn, ...more };
      const { TableDescription } = await dynamodb.send(new RestoreTableFromBackupCommand(input));
      await clock.advanceBy(5 * MINUTE);
      return TableDescription;
    };
    const indexesOf = (table: Awaited<ReturnType<typeof restore>>) =>
      table?.GlobalSecondaryIndexes?.map((each) => each.IndexName);
    const whole = await restore('whole', {});
    expect(indexesOf(whole)).toEqual(['one', 'two']);
    expect(whole?.TableClassSummary).toBeUndefined();
    expect(indexesOf(await restore('bare', { GlobalSecondaryIndexOverride: [] }))).toBeUndefined();
    expect(indexesOf(await restore('some', { GlobalSecondaryIndexOverride: [index('two')] }))).toEqual([
      'two',
    ]);
    const foreign = restore('foreign', { GlobalSecondaryIndexOverride: [index('three')] });
    expect(await failureOf(foreign)).toMatch(/^ValidationException/);
    expect(await failureOf(restore('slow', { BillingModeOverride: 'PROVISIONED' }))).toMatch(
      /^ValidationException/,
    );
    const throughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
    const provisioned = await restore('fixed', {
      BillingModeOverride: 'PROVISIONED',
      ProvisionedThroughputOverride: throughput,
    });
    expect(provisioned?.ProvisionedThroughput).toMatchObject(throughput);
  });
});

describe('RestoreTableToPointInTime', () => {
  const restoreTo = (more: object) =>
    new RestoreTableToPointInTimeCommand({ SourceTableName: 'Orders', TargetTableName: 'Restored', ...more });

  it('restores to the latest moment and to one inside the window', async () => {
    const { clock, dynamodb } = worldWithBackup();
    const latest = await dynamodb.send(restoreTo({ UseLatestRestorableTime: true }));
    expect(latest.TableDescription?.RestoreSummary?.RestoreDateTime).toEqual(new Date(START - 5 * MINUTE));
    await clock.advanceBy(5 * MINUTE);
    const RestoreDateTime = new Date(START - 30 * MINUTE);
    const then = await dynamodb.send(restoreTo({ TargetTableName: 'Then', RestoreDateTime }));
    expect(then.TableDescription?.RestoreSummary).toMatchObject({
      RestoreDateTime,
      SourceTableArn: arnOf('Orders'),
    });
  });

  it.each([
    {
      name: 'a source that is missing',
      input: { SourceTableName: 'None', UseLatestRestorableTime: true },
      says: /^TableNotFoundException: Table not found: None$/,
    },
    {
      name: 'a source without PITR, even with a wrong time and a taken target',
      input: { SourceTableName: 'Plain', TargetTableName: 'Orders', RestoreDateTime: new Date(0) },
      says: /^PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table 'Plain'$/,
    },
    {
      name: 'a time outside the window, even with a taken target',
      input: { TargetTableName: 'Orders', RestoreDateTime: new Date(START) },
      says: /^InvalidRestoreTimeException: .*2025-12-31T23:00:00\.000Z.*2025-12-31T23:55:00\.000Z/,
    },
    {
      name: 'a taken target',
      input: { TargetTableName: 'Plain', UseLatestRestorableTime: true },
      says: /^TableAlreadyExistsException: Table already exists: Plain$/,
    },
    { name: 'no time at all', input: {}, says: /^ValidationException/ },
    {
      name: 'two times',
      input: { UseLatestRestorableTime: true, RestoreDateTime: new Date(START) },
      says: /^ValidationException/,
    },
    {
      name: 'two sources',
      input: { SourceTableArn: arnOf('Orders'), UseLatestRestorableTime: true },
      says: /^ValidationException/,
    },
  ])('refuses $name', async ({ input, says }) => {
    const { account, dynamodb } = worldWithBackup();
    createTable(account, { name: 'Plain' });
    expect(await failureOf(dynamodb.send(restoreTo(input)))).toMatch(says);
  });
});
