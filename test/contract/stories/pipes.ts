import {
  CreatePipeCommand,
  DeletePipeCommand,
  DescribePipeCommand,
  ListPipesCommand,
  UpdatePipeCommand,
} from '@aws-sdk/client-pipes';
import { expect } from 'vitest';
import { errorOf, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

const SOURCE = 'arn:aws:sqs:us-east-1:123456789012:in';
const TARGET = 'arn:aws:sqs:us-east-1:123456789012:out';
const ROLE = 'arn:aws:iam::123456789012:role/pipe';

const create = async (world: World, Name: string, Source = SOURCE): Promise<void> => {
  await world.pipes.send(
    new CreatePipeCommand({ Name, Source, Target: TARGET, RoleArn: ROLE, DesiredState: 'RUNNING' }),
  );
  await settle(world);
};

export const PIPE_STORIES: readonly Story[] = [
  {
    name: 'a pipe is described as it was made',
    tell: async (world) => {
      await create(world, 'orders');
      const found = await world.pipes.send(new DescribePipeCommand({ Name: 'orders' }));
      expect(found).toMatchObject({
        Name: 'orders',
        Source: SOURCE,
        Target: TARGET,
        RoleArn: ROLE,
        DesiredState: 'RUNNING',
        CurrentState: 'RUNNING',
      });
    },
  },
  {
    name: 'a second pipe of a name is refused',
    tell: async (world) => {
      await create(world, 'orders');
      expect(await errorOf(create(world, 'orders'))).toBe('ConflictException');
    },
  },
  {
    name: 'pipes are found by the start of their source',
    tell: async (world) => {
      await create(world, 'orders');
      await create(world, 'users', `${SOURCE}-users`);
      const listed = await world.pipes.send(new ListPipesCommand({ SourcePrefix: `${SOURCE}-` }));
      expect(listed.Pipes?.map(({ Name }) => Name)).toEqual(['users']);
    },
  },
  {
    name: 'a pipe is stopped by an update',
    tell: async (world) => {
      await create(world, 'orders');
      await world.pipes.send(
        new UpdatePipeCommand({ Name: 'orders', RoleArn: ROLE, DesiredState: 'STOPPED' }),
      );
      await settle(world);
      const found = await world.pipes.send(new DescribePipeCommand({ Name: 'orders' }));
      expect(found).toMatchObject({ DesiredState: 'STOPPED', CurrentState: 'STOPPED', Source: SOURCE });
    },
  },
  {
    name: 'a pipe that is deleted is gone',
    tell: async (world) => {
      await create(world, 'orders');
      await world.pipes.send(new DeletePipeCommand({ Name: 'orders' }));
      await settle(world);
      const get = world.pipes.send(new DescribePipeCommand({ Name: 'orders' }));
      expect(await errorOf(get)).toBe('NotFoundException');
    },
  },
];
