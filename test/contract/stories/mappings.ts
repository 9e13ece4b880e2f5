import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { errorOf, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

/** A table with a stream, and a function that may read it. */
const streamed = async (world: World): Promise<string> => {
  await world.function('reader');
  const { TableDescription } = await world.dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  await settle(world);
  return TableDescription?.LatestStreamArn ?? 'the table has no stream';
};

const OPTIONS = {
  BatchSize: 250,
  MaximumBatchingWindowInSeconds: 5,
  StartingPosition: 'TRIM_HORIZON' as const,
};

const map = ({ lambda }: World, EventSourceArn: string, more: object = {}) =>
  lambda.send(
    new CreateEventSourceMappingCommand({ EventSourceArn, FunctionName: 'reader', ...OPTIONS, ...more }),
  );

export const MAPPING_STORIES: readonly Story[] = [
  {
    name: 'a mapping is found by its id and by the ARN of its stream, with all that it was made with',
    tell: async (world) => {
      const EventSourceArn = await streamed(world);
      const { UUID } = await map(world, EventSourceArn);
      await settle(world);
      const found = await world.lambda.send(new GetEventSourceMappingCommand({ UUID }));
      expect(found).toMatchObject({ UUID, EventSourceArn, BatchSize: 250, State: 'Enabled' });
      const listed = await world.lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn }));
      expect(listed.EventSourceMappings).toMatchObject([{ UUID, EventSourceArn, BatchSize: 250 }]);
    },
  },
  {
    name: 'a mapping is not found by the ARN of another stream',
    tell: async (world) => {
      const arn = await streamed(world);
      await map(world, arn);
      const EventSourceArn = `${arn}0`;
      const listed = await world.lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn }));
      expect(listed.EventSourceMappings).toEqual([]);
    },
  },
  {
    name: 'a mapping that is made disabled is switched on later',
    tell: async (world) => {
      const { UUID } = await map(world, await streamed(world), { Enabled: false });
      await settle(world);
      const get = new GetEventSourceMappingCommand({ UUID });
      expect((await world.lambda.send(get)).State).toBe('Disabled');
      await world.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
      await settle(world);
      expect((await world.lambda.send(get)).State).toBe('Enabled');
    },
  },
  {
    name: 'a mapping that is deleted is gone',
    tell: async (world) => {
      const { UUID } = await map(world, await streamed(world));
      await settle(world);
      await world.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
      await settle(world);
      const get = world.lambda.send(new GetEventSourceMappingCommand({ UUID }));
      expect(await errorOf(get)).toBe('ResourceNotFoundException');
    },
  },
  {
    name: 'a second mapping of a function and a stream is refused with the id of the first',
    tell: async (world) => {
      const arn = await streamed(world);
      const { UUID = '' } = await map(world, arn);
      await expect(map(world, arn)).rejects.toMatchObject({
        name: 'ResourceConflictException',
        message: expect.stringContaining(UUID),
      });
    },
  },
  {
    name: 'a mapping of a stream that is not there is refused',
    tell: async (world) => {
      const arn = await streamed(world);
      const call = map(world, arn.replace('table/orders', 'table/nobody'));
      expect(await errorOf(call)).toBe('InvalidParameterValueException');
    },
  },
  {
    name: 'a mapping to a function that is not there is refused',
    tell: async (world) => {
      const call = map(world, await streamed(world), { FunctionName: 'nobody' });
      expect(await errorOf(call)).toBe('ResourceNotFoundException');
    },
  },
];
