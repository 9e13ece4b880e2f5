import { DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { ListPipesCommand } from '@aws-sdk/client-pipes';
import { describe, expect, it } from 'vitest';
import { createFullTable } from '../../sim/console/full-table.ts';
import { settingsOf } from '../../sim/console/settings-of.ts';
import { arnOf, failureOf, HOUR, MINUTE, simWorld } from './world.ts';

type World = ReturnType<typeof simWorld>;

const items = [
  { pk: { S: 'a' }, sk: { S: '1' }, customer: { S: 'c' } },
  { pk: { S: 'b' }, sk: { S: '2' }, customer: { S: 'c' } },
];

const shownSettings = async ({ dynamodb }: World, TableName: string) => {
  const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  const pitr = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  const kinesis = await dynamodb.send(new DescribeKinesisStreamingDestinationCommand({ TableName }));
  const insights = await dynamodb.send(new DescribeContributorInsightsCommand({ TableName }));
  const tags = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf(TableName) }));
  const policy = new GetResourcePolicyCommand({ ResourceArn: arnOf(TableName) });
  return {
    tags: tags.Tags,
    ttl: TimeToLiveDescription?.TimeToLiveStatus,
    stream: Table.StreamSpecification?.StreamViewType,
    pitr: pitr.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.RecoveryPeriodInDays ?? 'off',
    protection: Table.DeletionProtectionEnabled,
    class: Table.TableClassSummary?.TableClass,
    policy: await failureOf(dynamodb.send(policy)),
    kinesis: kinesis.KinesisDataStreamDestinations?.map((each) => each.DestinationStatus),
    insights: insights.ContributorInsightsStatus,
    warm: Table.WarmThroughput?.ReadUnitsPerSecond,
  };
};

describe('a table with every setting on', () => {
  it('loses all that a backup does not carry, and keeps its items, keys, indexes, capacity and encryption', async () => {
    const world = simWorld();
    const { account, clock, dynamodb } = world;
    await createFullTable(account, { name: 'Orders', items });
    expect(await shownSettings(world, 'Orders')).toEqual({
      tags: [{ Key: 'team', Value: 'shop' }],
      ttl: 'ENABLED',
      stream: 'NEW_AND_OLD_IMAGES',
      pitr: 14,
      protection: true,
      class: 'STANDARD_INFREQUENT_ACCESS',
      policy: 'no failure',
      kinesis: ['ACTIVE'],
      insights: 'ENABLED',
      warm: 31_000,
    });
    const backup = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(MINUTE);
    const BackupArn = backup.BackupDetails?.BackupArn;
    await dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn }));
    await clock.advanceBy(5 * MINUTE);
    expect(await shownSettings(world, 'Restored')).toEqual({
      tags: [],
      ttl: 'DISABLED',
      stream: undefined,
      pitr: 'off',
      protection: false,
      class: undefined,
      policy: expect.stringMatching(/^PolicyNotFoundException: /),
      kinesis: [],
      insights: 'DISABLED',
      warm: 10,
    });
    const tables = await Promise.all(
      ['Orders', 'Restored'].map((TableName) => dynamodb.send(new DescribeTableCommand({ TableName }))),
    );
    const kept = tables.map(({ Table = {} }) => ({
      keys: Table.KeySchema,
      attributes: Table.AttributeDefinitions,
      global: Table.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.IndexStatus]),
      local: Table.LocalSecondaryIndexes?.map((index) => index.IndexName),
      capacity: Table.ProvisionedThroughput,
      key: Table.SSEDescription,
    }));
    expect(kept[1]).toEqual(kept[0]);
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: 'Restored' }));
    expect(Items).toHaveLength(2);
  });

  it('has settings that can be compared with those of another table, whatever their names', async () => {
    const { account, clock, dynamodb } = simWorld();
    await createFullTable(account, { name: 'Orders' });
    await createFullTable(account, { name: 'Carts' });
    const { kinesis: _orders, key: _key, scaling, ...orders } = settingsOf(account, 'Orders');
    const { kinesis: _carts, key: _other, scaling: _scaling, ...carts } = settingsOf(account, 'Carts');
    expect(carts).toEqual(orders);
    expect(orders).toMatchObject({
      stream: 'NEW_AND_OLD_IMAGES',
      pitrDays: 14,
      timeToLive: 'expires',
      class: 'STANDARD_INFREQUENT_ACCESS',
      streamPolicy: expect.stringContaining('table/NAME/stream/LABEL'),
    });
    expect(scaling.targets).toHaveLength(6);
    const DeletionProtectionEnabled = false;
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Carts', DeletionProtectionEnabled }));
    await clock.advanceBy(MINUTE);
    expect(settingsOf(account, 'Carts').deletionProtection).toBe(false);
  });

  it('counts the items of a restored table hours later', async () => {
    const { account, clock, dynamodb } = simWorld();
    await createFullTable(account, { name: 'Orders', items });
    const backup = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(MINUTE);
    const BackupArn = backup.BackupDetails?.BackupArn;
    await dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName: 'Restored', BackupArn }));
    const countAfter = async (ms: number) => {
      await clock.advanceBy(ms);
      return (await dynamodb.send(new DescribeTableCommand({ TableName: 'Restored' }))).Table?.ItemCount;
    };
    expect([await countAfter(HOUR), await countAfter(6 * HOUR)]).toEqual([0, 2]);
  });

  it('has targets, alarms, a mapping and a pipe that point at it', async () => {
    const { account, autoscaling, cloudwatch, lambda, pipes } = simWorld();
    const table = await createFullTable(account, { name: 'Orders' });
    const targets = await autoscaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb' }),
    );
    expect(targets.ScalableTargets).toHaveLength(6);
    const alarms = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], AlarmNamePrefix: 'Orders' }),
    );
    expect(alarms.MetricAlarms?.map((alarm) => alarm.AlarmName)).toEqual([
      'Orders-share',
      'Orders-throttled',
    ]);
    expect(alarms.CompositeAlarms?.map((alarm) => alarm.AlarmName)).toEqual(['Orders-unwell']);
    const mappings = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(mappings.EventSourceMappings).toMatchObject([
      { EventSourceArn: table.streamArn, State: 'Enabled', BatchSize: 250, ParallelizationFactor: 2 },
    ]);
    const listed = await pipes.send(new ListPipesCommand({ SourcePrefix: `${arnOf('Orders')}/stream/` }));
    expect(listed.Pipes).toMatchObject([{ Name: 'Orders-pipe', CurrentState: 'RUNNING' }]);
  });
});
