import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTimeToLiveCommand,
  EnableKinesisStreamingDestinationCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { describeTable, errorOf, makeTables, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

const TableName = 'orders';

const update = (world: World, change: Omit<UpdateTableCommandInput, 'TableName'>) =>
  world.dynamodb.send(new UpdateTableCommand({ TableName, ...change }));

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };

const setTtl = ({ dynamodb }: World, AttributeName: string, Enabled: boolean) =>
  dynamodb.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
  );

const newIndex = {
  IndexName: 'by-customer',
  KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
};
const CUSTOMER = [{ AttributeName: 'customer', AttributeType: 'S' as const }];

const policyFor = (Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Action: 'dynamodb:GetItem',
        Resource,
      },
    ],
  });

export const SETTING_STORIES: readonly Story[] = [
  {
    name: 'a stream is switched on once, and a table with one refuses another',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      await update(world, { StreamSpecification: STREAM });
      await settle(world);
      const { LatestStreamArn, StreamSpecification } = await describeTable(world, TableName);
      expect(StreamSpecification).toEqual(STREAM);
      expect(LatestStreamArn).toMatch(/:table\/orders\/stream\/.+/);
      const again = update(world, { StreamSpecification: STREAM });
      expect(await errorOf(again)).toMatch(/^(ValidationException|ResourceInUseException)$/);
    },
  },
  {
    name: 'deletion protection is switched on and off',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      for (const DeletionProtectionEnabled of [true, false]) {
        await update(world, { DeletionProtectionEnabled });
        await settle(world);
        expect(await describeTable(world, TableName)).toMatchObject({ DeletionProtectionEnabled });
      }
    },
  },
  {
    name: 'an index is added to a table that is there, and can be queried once it is built',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      const AttributeDefinitions = [...CUSTOMER, { AttributeName: 'pk', AttributeType: 'S' as const }];
      const GlobalSecondaryIndexUpdates = [{ Create: newIndex }];
      await update(world, { AttributeDefinitions, GlobalSecondaryIndexUpdates });
      await settle(world);
      const { GlobalSecondaryIndexes } = await describeTable(world, TableName);
      expect(GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'by-customer', IndexStatus: 'ACTIVE' }]);
      const query = new QueryCommand({
        TableName,
        IndexName: 'by-customer',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: { ':c': { S: 'x' } },
      });
      expect((await world.dynamodb.send(query)).Count).toBe(0);
    },
  },
  {
    name: 'two indexes at once are refused',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      const GlobalSecondaryIndexUpdates = [
        { Create: newIndex },
        { Create: { ...newIndex, IndexName: 'second' } },
      ];
      const call = update(world, { AttributeDefinitions: CUSTOMER, GlobalSecondaryIndexUpdates });
      expect(await errorOf(call)).toBe('LimitExceededException');
    },
  },
  {
    name: 'a table on demand has no capacity, and its index may be given none',
    tell: async (world) => {
      const call = world.dynamodb.send(
        new CreateTableCommand({
          TableName,
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, ...CUSTOMER],
          BillingMode: 'PAY_PER_REQUEST',
          GlobalSecondaryIndexes: [
            { ...newIndex, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
          ],
        }),
      );
      expect(await errorOf(call)).toBe('ValidationException');
    },
  },
  {
    name: 'time to live is switched on, and is not switched on twice',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      await setTtl(world, 'expires', true);
      const { TimeToLiveDescription } = await world.dynamodb.send(
        new DescribeTimeToLiveCommand({ TableName }),
      );
      expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
      expect(await errorOf(setTtl(world, 'expires', true))).toBe('ValidationException');
    },
  },
  {
    name: 'the policy of a table is put, read and deleted',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      const { TableArn: ResourceArn = '' } = await describeTable(world, TableName);
      const Policy = policyFor(ResourceArn);
      await world.dynamodb.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
      await settle(world);
      const get = new GetResourcePolicyCommand({ ResourceArn });
      expect((await world.dynamodb.send(get)).Policy).toBe(Policy);
      await world.dynamodb.send(new DeleteResourcePolicyCommand({ ResourceArn }));
      expect(await errorOf(world.dynamodb.send(get))).toBe('PolicyNotFoundException');
    },
  },
  {
    name: 'changes of a table go to a Kinesis stream',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      const StreamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/changes';
      await world.dynamodb.send(new EnableKinesisStreamingDestinationCommand({ TableName, StreamArn }));
      await settle(world);
      const list = new DescribeKinesisStreamingDestinationCommand({ TableName });
      const { KinesisDataStreamDestinations } = await world.dynamodb.send(list);
      expect(KinesisDataStreamDestinations).toMatchObject([{ StreamArn, DestinationStatus: 'ACTIVE' }]);
    },
  },
  {
    name: 'Contributor Insights are switched on',
    tell: async (world) => {
      await makeTables(world, [TableName]);
      await world.dynamodb.send(
        new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: 'ENABLE' }),
      );
      await settle(world);
      const show = new DescribeContributorInsightsCommand({ TableName });
      expect((await world.dynamodb.send(show)).ContributorInsightsStatus).toBe('ENABLED');
    },
  },
];
