import {
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  type PutEventSelectorsCommandInput,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { expect } from 'vitest';
import { errorOf } from '../doing.ts';
import type { Story, World } from '../story.ts';

const NAME = 'management-events';
const NOWHERE = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/nowhere';

const makeTrail = async (world: World): Promise<string> => {
  await world.bucket('trail-logs');
  const input = { Name: NAME, S3BucketName: 'trail-logs', IsMultiRegionTrail: true };
  return (await world.cloudtrail.send(new CreateTrailCommand(input))).TrailARN ?? '';
};

const isLogging = async ({ cloudtrail }: World, Name: string) =>
  (await cloudtrail.send(new GetTrailStatusCommand({ Name }))).IsLogging;

const put = ({ cloudtrail }: World, wish: Omit<PutEventSelectorsCommandInput, 'TrailName'>) =>
  cloudtrail.send(new PutEventSelectorsCommand({ TrailName: NAME, ...wish }));

const selectorsOf = async ({ cloudtrail }: World) => {
  const answer = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: NAME }));
  const { EventSelectors = [], AdvancedEventSelectors = [] } = answer;
  return { classic: EventSelectors, advanced: AdvancedEventSelectors };
};

const WRITES = [
  {
    Name: 'Writes',
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'readOnly', Equals: ['false'] },
    ],
  },
];

export const TRAIL_STORIES: readonly Story[] = [
  {
    name: 'an account has no trail until somebody makes one',
    tell: async ({ cloudtrail }) => {
      expect((await cloudtrail.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
    },
  },
  {
    name: 'the list of trails says where each is at home and how far it reaches',
    tell: async (world) => {
      const TrailARN = await makeTrail(world);
      const { trailList } = await world.cloudtrail.send(new DescribeTrailsCommand({}));
      expect(TrailARN).toMatch(/^arn:aws:cloudtrail:us-east-1:\d{12}:trail\/management-events$/);
      const reach = { IsMultiRegionTrail: true, IsOrganizationTrail: false, HomeRegion: 'us-east-1' };
      expect(trailList).toMatchObject([{ Name: NAME, TrailARN, ...reach }]);
    },
  },
  {
    name: 'a trail logs from when it is started until it is stopped, and not before',
    tell: async (world) => {
      const arn = await makeTrail(world);
      expect(await isLogging(world, arn)).toBe(false);
      await world.cloudtrail.send(new StartLoggingCommand({ Name: NAME }));
      expect(await isLogging(world, arn)).toBe(true);
      expect(await isLogging(world, NAME)).toBe(true);
      await world.cloudtrail.send(new StopLoggingCommand({ Name: NAME }));
      expect(await isLogging(world, arn)).toBe(false);
    },
  },
  {
    name: 'a trail takes in all management events until somebody says otherwise',
    tell: async (world) => {
      await makeTrail(world);
      const { classic, advanced } = await selectorsOf(world);
      expect(classic).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }]);
      expect(advanced).toEqual([]);
    },
  },
  {
    name: 'advanced selectors that are put are those of the trail, and there are no others',
    tell: async (world) => {
      await makeTrail(world);
      await put(world, { AdvancedEventSelectors: WRITES });
      expect(await selectorsOf(world)).toEqual({ classic: [], advanced: WRITES });
    },
  },
  {
    name: 'selectors take the place of the advanced ones that were there',
    tell: async (world) => {
      await makeTrail(world);
      await put(world, { AdvancedEventSelectors: WRITES });
      await put(world, { EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] });
      const { classic, advanced } = await selectorsOf(world);
      expect(classic).toMatchObject([{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }]);
      expect(advanced).toEqual([]);
    },
  },
  {
    name: 'a trail that is not there is not found',
    tell: async ({ cloudtrail }) => {
      const status = new GetTrailStatusCommand({ Name: NOWHERE });
      expect(await errorOf(cloudtrail.send(status))).toBe('TrailNotFoundException');
      const selectors = new GetEventSelectorsCommand({ TrailName: NOWHERE });
      expect(await errorOf(cloudtrail.send(selectors))).toBe('TrailNotFoundException');
    },
  },
];
