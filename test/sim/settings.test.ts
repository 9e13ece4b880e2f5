import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DisableKinesisStreamingDestinationCommand,
  type DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  GetResourcePolicyCommand,
  ListContributorInsightsCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  UpdateContributorInsightsCommand,
  UpdateKinesisStreamingDestinationCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../sim/account.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable } from '../../sim/console/tables.ts';
import { holdUpdating, setKey } from '../../sim/console/trouble.ts';
import { arnOf, DAY, failureOf, HOUR, MINUTE, newTable, SECOND, simWorld } from './world.ts';

const TableName = 'Orders';

const worldWithTable = (options: Partial<AccountOptions> = {}) => {
  const world = simWorld(options);
  createTable(world.account, { name: TableName });
  const change = async (input: Omit<UpdateTableCommandInput, 'TableName'>) => {
    await world.dynamodb.send(new UpdateTableCommand({ TableName, ...input }));
    await world.clock.advanceBy(5 * SECOND);
  };
  const refusal = (input: Omit<UpdateTableCommandInput, 'TableName'>) =>
    failureOf(world.dynamodb.send(new UpdateTableCommand({ TableName, ...input })));
  const table = async () => (await world.dynamodb.send(new DescribeTableCommand({ TableName }))).Table ?? {};
  return { ...world, change, refusal, table };
};

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };
const capacity = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });
const indexOn = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
});
const creationOf = (name: string) => ({
  AttributeDefinitions: [{ AttributeName: name, AttributeType: 'S' as const }],
  GlobalSecondaryIndexUpdates: [{ Create: indexOn(name) }],
});

describe('UpdateTable', () => {
  it('refuses another stream and another view type, and gives each stream an ARN of its own', async () => {
    const { change, refusal, table } = worldWithTable();
    expect(await refusal({ StreamSpecification: { StreamEnabled: false } })).toBe(
      'ValidationException: Table has no stream to disable: TableName: Orders',
    );
    await change({ StreamSpecification: STREAM });
    const { LatestStreamArn: first } = await table();
    const other = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const };
    expect(await refusal({ StreamSpecification: other })).toBe(
      'ValidationException: Table already has an enabled stream: TableName: Orders',
    );
    await change({ StreamSpecification: { StreamEnabled: false } });
    expect(await table()).toMatchObject({ LatestStreamArn: first });
    expect((await table()).StreamSpecification).toBeUndefined();
    await change({ StreamSpecification: other });
    expect((await table()).LatestStreamArn).not.toBe(first);
  });

  it.each([
    {
      what: 'a stream with capacity',
      input: {
        StreamSpecification: STREAM,
        BillingMode: 'PROVISIONED' as const,
        ProvisionedThroughput: capacity(5),
      },
      says: 'ValidationException: One or more parameter values were invalid: You cannot modify stream status while updating table IOPS',
    },
    {
      what: 'capacity of a table on demand',
      input: { ProvisionedThroughput: capacity(5) },
      says: 'ValidationException: One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    },
    {
      what: 'less warm throughput, of one member too',
      input: { WarmThroughput: { ReadUnitsPerSecond: 20_000, WriteUnitsPerSecond: 3999 } },
      says: 'ValidationException: One or more parameter values were invalid: decreasing WarmThroughput is not supported',
    },
    {
      what: 'an index on an attribute that is not defined',
      input: { GlobalSecondaryIndexUpdates: [{ Create: indexOn('customer') }] },
      says: /^ValidationException: .*Some index key attributes are not defined in AttributeDefinitions/,
    },
    {
      what: 'the deletion of an index that is not there',
      input: { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] },
      says: 'ResourceNotFoundException: Requested resource not found',
    },
    {
      what: 'a copy without a stream',
      input: { ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] },
      says: /^ValidationException: .*stream of NEW_AND_OLD_IMAGES/,
    },
  ])('refuses $what', async ({ input, says }) => {
    const { refusal } = worldWithTable();
    const found = await refusal(input);
    if (typeof says === 'string') expect(found).toBe(says);
    else expect(found).toMatch(says);
  });

  it('does one thing a call where the account says so', async () => {
    const strict = worldWithTable({ updateTogether: false });
    const pair = { DeletionProtectionEnabled: true, StreamSpecification: STREAM };
    expect(await strict.refusal(pair)).toMatch(/^ValidationException: .*Only one of these/);
    const mild = worldWithTable();
    expect(await mild.refusal(pair)).toBe('no failure');
  });

  it('refuses any change while another is under way, for as long as that takes', async () => {
    const { account, clock, refusal } = worldWithTable();
    holdUpdating(account, TableName, 70 * MINUTE);
    await clock.advanceBy(69 * MINUTE);
    expect(await refusal({ DeletionProtectionEnabled: true })).toBe(
      'ResourceInUseException: Attempt to change a resource which is still in use: Table is being updated: Orders',
    );
    await clock.advanceBy(MINUTE);
    expect(await refusal({ DeletionProtectionEnabled: true })).toBe('no failure');
  });

  it('builds one index at a time, which cannot be read before it is filled', async () => {
    const { change, clock, dynamodb, refusal, table } = worldWithTable();
    await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, customer: { S: 'c' } } }));
    await change(creationOf('customer'));
    expect(await table()).toMatchObject({
      TableStatus: 'ACTIVE',
      GlobalSecondaryIndexes: [{ IndexName: 'by-customer', IndexStatus: 'CREATING', Backfilling: true }],
    });
    expect(await refusal(creationOf('day'))).toBe(
      'LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
    const query = new QueryCommand({
      TableName,
      IndexName: 'by-customer',
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': { S: 'c' } },
    });
    expect(await failureOf(dynamodb.send(query))).toMatch(
      /^ValidationException: Cannot read from backfilling global secondary index/,
    );
    await clock.advanceBy(10 * MINUTE);
    expect((await dynamodb.send(query)).Count).toBe(1);
    await change(creationOf('day'));
    expect((await table()).GlobalSecondaryIndexes).toHaveLength(2);
  });

  it('never lets an index be warm for less', async () => {
    const { change, clock, refusal, table } = worldWithTable();
    await change(creationOf('customer'));
    await clock.advanceBy(10 * MINUTE);
    const warm = (ReadUnitsPerSecond: number) => ({
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: 'by-customer', WarmThroughput: { ReadUnitsPerSecond } } },
      ],
    });
    expect(await refusal(warm(11_999))).toMatch(/decreasing WarmThroughput is not supported$/);
    await change(warm(20_000));
    expect((await table()).GlobalSecondaryIndexes?.[0]?.WarmThroughput).toMatchObject({
      ReadUnitsPerSecond: 20_000,
      WriteUnitsPerSecond: 4000,
    });
  });

  it('changes the class twice a month, and decreases capacity four times a day', async () => {
    const { change, clock, refusal, table } = worldWithTable();
    await change({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    await change({ TableClass: 'STANDARD' });
    expect(await refusal({ TableClass: 'STANDARD_INFREQUENT_ACCESS' })).toMatch(/^LimitExceededException/);
    await clock.advanceBy(30 * DAY);
    await change({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    await change({ BillingMode: 'PROVISIONED', ProvisionedThroughput: capacity(10) });
    expect(await refusal({ ProvisionedThroughput: capacity(10) })).toMatch(
      /^ValidationException: The provisioned throughput for the table will not change/,
    );
    for (const units of [9, 8, 7, 6]) await change({ ProvisionedThroughput: capacity(units) });
    expect((await table()).ProvisionedThroughput?.NumberOfDecreasesToday).toBe(4);
    expect(await refusal({ ProvisionedThroughput: capacity(5) })).toMatch(/^LimitExceededException/);
  });

  it('refuses a key that cannot be used', async () => {
    const { account, refusal } = worldWithTable();
    const SSESpecification = { Enabled: true, SSEType: 'KMS' as const, KMSMasterKeyId: 'gone' };
    setKey(account, 'gone', 'missing');
    expect(await refusal({ SSESpecification })).toBe(
      'ValidationException: One or more parameter values were invalid: KMS key arn:aws:kms:us-east-1:111122223333:key/gone does not exist',
    );
    setKey(account, 'gone', undefined);
    expect(await refusal({ SSESpecification })).toBe('no failure');
  });

  it('copies a table to another Region, once, and keeps its source for a day', async () => {
    const { account, change, clock, dynamodb, refusal, table } = worldWithTable();
    const west = openRegion(account, 'eu-west-1');
    await change({ StreamSpecification: STREAM });
    const copy = { ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] };
    await change(copy);
    expect((await table()).Replicas).toEqual([{ RegionName: 'eu-west-1', ReplicaStatus: 'CREATING' }]);
    await clock.advanceBy(HOUR);
    expect((await table()).Replicas).toEqual([{ RegionName: 'eu-west-1', ReplicaStatus: 'ACTIVE' }]);
    expect(west.state.tables.get(TableName)?.definition.keySchema).toHaveLength(1);
    expect(await refusal(copy)).toMatch(/^ValidationException: Failed to create a the new replica/);
    const remove = new DeleteTableCommand({ TableName });
    expect(await failureOf(dynamodb.send(remove))).toMatch(/in the last 24 hours\.$/);
    await clock.advanceBy(DAY);
    expect(await failureOf(dynamodb.send(remove))).toBe('no failure');
  });

  it('gives strong consistency to a table without items, in three Regions, and to no other', async () => {
    const { account, change, dynamodb, refusal, table } = worldWithTable();
    const west = openRegion(account, 'us-west-2');
    openRegion(account, 'us-east-2');
    await change({ StreamSpecification: STREAM });
    const strong = {
      ReplicaUpdates: [{ Create: { RegionName: 'us-west-2' } }],
      MultiRegionConsistency: 'STRONG' as const,
    };
    const witness = { GlobalTableWitnessUpdates: [{ Create: { RegionName: 'us-east-2' } }] };
    expect(await refusal(strong)).toMatch(/needs three replicas, or two replicas and a witness$/);
    await change({ ...strong, ...witness });
    const shown = {
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnesses: [{ RegionName: 'us-east-2', WitnessStatus: 'ACTIVE' }],
    };
    expect(await table()).toMatchObject({
      ...shown,
      Replicas: [{ RegionName: 'us-west-2', ReplicaStatus: 'CREATING' }],
    });
    expect(west.state.tables.get(TableName)?.settings).toMatchObject({
      consistency: 'STRONG',
      witnesses: ['us-east-2'],
    });
    expect(await refusal({ ReplicaUpdates: [{ Create: { RegionName: 'us-east-2' } }] })).toMatch(
      /Cannot add a replica to a table with multi-Region strong consistency$/,
    );
    createTable(account, { name: 'Filled', itemCount: 1, sizeBytes: 10 });
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Filled', StreamSpecification: STREAM }));
    await account.clock.advanceBy(5 * SECOND);
    const filled = new UpdateTableCommand({ TableName: 'Filled', ...strong, ...witness });
    expect(await failureOf(dynamodb.send(filled))).toMatch(
      /Table must be empty when enabling MultiRegionConsistency STRONG$/,
    );
  });

  it('copies no provisioned table whose writes are not scaled', async () => {
    const { account, change, refusal } = worldWithTable();
    openRegion(account, 'eu-west-1');
    await change({ StreamSpecification: STREAM });
    await change({ BillingMode: 'PROVISIONED', ProvisionedThroughput: capacity(5) });
    expect(await refusal({ ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] })).toBe(
      'ValidationException: Table write capacity should either be Pay-Per-Request or AutoScaled.',
    );
  });
});

describe('CreateTable', () => {
  it('refuses attributes that no key is made of', async () => {
    const { dynamodb } = simWorld();
    const AttributeDefinitions = ['pk', 'other'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    }));
    expect(await failureOf(dynamodb.send(newTable('Orders', { AttributeDefinitions })))).toBe(
      'ValidationException: One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [pk, other], KeySchema: [pk]',
    );
  });
});

describe('time to live', () => {
  const set = (dynamodb: DynamoDBClient, AttributeName: string, Enabled: boolean) =>
    failureOf(
      dynamodb.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
      ),
    );

  it('changes once an hour, and to what it is not', async () => {
    const { clock, dynamodb } = worldWithTable();
    expect(await set(dynamodb, 'expires', false)).toBe('ValidationException: TimeToLive is already disabled');
    expect(await set(dynamodb, 'expires', true)).toBe('no failure');
    expect(await set(dynamodb, 'other', true)).toBe(
      'ValidationException: TimeToLive is active on a different AttributeName',
    );
    expect(await set(dynamodb, 'expires', true)).toBe('ValidationException: TimeToLive is already enabled');
    expect(await set(dynamodb, 'expires', false)).toMatch(/modified multiple times within a fixed interval$/);
    await clock.advanceBy(HOUR);
    expect(await set(dynamodb, 'expires', false)).toBe('no failure');
  });

  it('takes a while to switch where the account says so', async () => {
    const { clock, dynamodb } = worldWithTable({ ttlSwitchMs: 40 * MINUTE });
    await set(dynamodb, 'expires', true);
    const status = async () =>
      (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
    expect(await status()).toEqual({ TimeToLiveStatus: 'ENABLING', AttributeName: 'expires' });
    await clock.advanceBy(40 * MINUTE);
    expect(await status()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  });
});

describe('resource policies', () => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const put = (dynamodb: DynamoDBClient, ResourceArn: string, more: object = {}) =>
    dynamodb.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ...more }));

  it('keep a revision, are expected by it, and rest for 15 seconds', async () => {
    const { clock, dynamodb } = worldWithTable();
    const arn = arnOf(TableName);
    const { RevisionId } = await put(dynamodb, arn, { ExpectedRevisionId: 'NO_POLICY' });
    expect((await put(dynamodb, arn)).RevisionId).toBe(RevisionId);
    const next = { Policy: Policy.replace('[]', '[{}]') };
    expect(await failureOf(put(dynamodb, arn, next))).toMatch(/^LimitExceededException/);
    await clock.advanceBy(15 * SECOND);
    const wrong = { ...next, ExpectedRevisionId: 'NO_POLICY' };
    expect(await failureOf(put(dynamodb, arn, wrong))).toMatch(/^PolicyNotFoundException/);
    expect((await put(dynamodb, arn, { ...next, ExpectedRevisionId: RevisionId })).RevisionId).not.toBe(
      RevisionId,
    );
  });

  it('of a stream need the stream, and none is put on a table that is being created', async () => {
    const { change, dynamodb, table } = worldWithTable();
    const stream = `${arnOf(TableName)}/stream/none`;
    expect(await failureOf(put(dynamodb, stream))).toMatch(/^ResourceNotFoundException/);
    await change({ StreamSpecification: STREAM });
    const { LatestStreamArn = '' } = await table();
    expect(await failureOf(put(dynamodb, LatestStreamArn))).toBe('no failure');
    await dynamodb.send(newTable('New'));
    expect(await failureOf(put(dynamodb, arnOf('New')))).toMatch(/^ResourceNotFoundException/);
  });

  it('show later what was put, where the account says so', async () => {
    const { clock, dynamodb } = worldWithTable({ policyLagMs: 10 * SECOND });
    await put(dynamodb, arnOf(TableName));
    const get = new GetResourcePolicyCommand({ ResourceArn: arnOf(TableName) });
    expect(await failureOf(dynamodb.send(get))).toMatch(/^PolicyNotFoundException/);
    await clock.advanceBy(10 * SECOND);
    expect((await dynamodb.send(get)).Policy).toBe(Policy);
  });
});

describe('a Kinesis destination', () => {
  const StreamArn = 'arn:aws:kinesis:us-east-1:111122223333:stream/changes';

  it('is ENABLING, then ACTIVE, is not enabled twice, and takes another precision when it is ACTIVE', async () => {
    const { clock, dynamodb } = worldWithTable();
    const enable = new EnableKinesisStreamingDestinationCommand({ TableName, StreamArn });
    const state = async () =>
      (await dynamodb.send(new DescribeKinesisStreamingDestinationCommand({ TableName })))
        .KinesisDataStreamDestinations?.[0];
    await dynamodb.send(enable);
    expect(await state()).toMatchObject({ DestinationStatus: 'ENABLING' });
    expect(await failureOf(dynamodb.send(enable))).toMatch(
      /^ValidationException: Table is not in a valid state to enable Kinesis Streaming Destination: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED/,
    );
    await clock.advanceBy(MINUTE);
    expect(await state()).toEqual({
      StreamArn,
      DestinationStatus: 'ACTIVE',
      ApproximateCreationDateTimePrecision: 'MILLISECOND',
    });
    const UpdateKinesisStreamingConfiguration = {
      ApproximateCreationDateTimePrecision: 'MICROSECOND' as const,
    };
    const update = { TableName, StreamArn, UpdateKinesisStreamingConfiguration };
    await dynamodb.send(new UpdateKinesisStreamingDestinationCommand(update));
    await clock.advanceBy(MINUTE);
    expect(await state()).toMatchObject({ ApproximateCreationDateTimePrecision: 'MICROSECOND' });
    await dynamodb.send(new DisableKinesisStreamingDestinationCommand({ TableName, StreamArn }));
    expect(await state()).toMatchObject({ DestinationStatus: 'DISABLING' });
  });

  it('of a stream that is not there fails, and of a table that is being changed is refused', async () => {
    const { account, clock, dynamodb } = worldWithTable({ missingStreams: [StreamArn] });
    const enable = new EnableKinesisStreamingDestinationCommand({ TableName, StreamArn });
    holdUpdating(account, TableName, MINUTE);
    expect(await failureOf(dynamodb.send(enable))).toMatch(/^ResourceInUseException/);
    await clock.advanceBy(MINUTE);
    await dynamodb.send(enable);
    await clock.advanceBy(MINUTE);
    const shown = await dynamodb.send(new DescribeKinesisStreamingDestinationCommand({ TableName }));
    expect(shown.KinesisDataStreamDestinations).toMatchObject([{ DestinationStatus: 'ENABLE_FAILED' }]);
  });
});

describe('Contributor Insights', () => {
  const enable = (dynamodb: DynamoDBClient, more: object = {}) =>
    dynamodb.send(
      new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: 'ENABLE', ...more }),
    );

  it('are of a table and of each index, with a mode', async () => {
    const { change, clock, dynamodb } = worldWithTable();
    await change(creationOf('customer'));
    const mode = { ContributorInsightsMode: 'THROTTLED_KEYS' };
    expect(await enable(dynamodb, mode)).toMatchObject({ ContributorInsightsStatus: 'ENABLING' });
    await enable(dynamodb, { IndexName: 'by-customer' });
    expect(await failureOf(enable(dynamodb, { IndexName: 'none' }))).toMatch(/^ResourceNotFoundException/);
    await clock.advanceBy(MINUTE);
    const listed = await dynamodb.send(new ListContributorInsightsCommand({ TableName }));
    expect(listed.ContributorInsightsSummaries).toEqual([
      { TableName, ContributorInsightsStatus: 'ENABLED', ...mode },
      {
        TableName,
        IndexName: 'by-customer',
        ContributorInsightsStatus: 'ENABLED',
        ContributorInsightsMode: 'ACCESSED_AND_THROTTLED_KEYS',
      },
    ]);
  });

  it('fail with a reason where rules were left behind, and need a role that may be denied', async () => {
    const { clock, dynamodb } = worldWithTable({ leftInsightsRules: [TableName] });
    await enable(dynamodb);
    await clock.advanceBy(MINUTE);
    const shown = await dynamodb.send(new DescribeContributorInsightsCommand({ TableName }));
    expect(shown).toMatchObject({
      ContributorInsightsStatus: 'FAILED',
      FailureException: { ExceptionName: 'LimitExceededException' },
    });
    const denied = worldWithTable({
      authorize: ({ operation }) => operation !== 'iam:CreateServiceLinkedRole',
    });
    expect(await failureOf(enable(denied.dynamodb))).toMatch(
      /^AccessDeniedException: .* not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::111122223333:role\/aws-service-role\/contributorinsights/,
    );
  });
});

describe('a table that is created with capacity', () => {
  it('has it on every index too', async () => {
    const { clock, dynamodb } = simWorld();
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: ['pk', 'customer'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S' as const,
        })),
        ProvisionedThroughput: capacity(5),
        GlobalSecondaryIndexes: [{ ...indexOn('customer'), ProvisionedThroughput: capacity(3) }],
      }),
    );
    await clock.advanceBy(MINUTE);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.GlobalSecondaryIndexes).toMatchObject([{ ProvisionedThroughput: capacity(3) }]);
  });
});
