import {
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { createTrail } from '../../sim/console/services.ts';
import { failureOf, START, simWorld } from './world.ts';

const MANAGER = '444455556666';

const worldWithTrails = () => {
  const world = simWorld();
  createTrail(world.account, { name: 'here' });
  createTrail(world.account, { name: 'elsewhere', homeRegion: 'eu-west-1', isMultiRegion: true });
  createTrail(world.account, { name: 'elsewhere-alone', homeRegion: 'eu-west-1' });
  const whole = { isOrganization: true, isMultiRegion: true, accountId: MANAGER };
  createTrail(world.account, { name: 'whole', ...whole });
  return world;
};

describe('the trails of a Region', () => {
  it('are its own, those of several Regions, and those of the organization', async () => {
    const { cloudtrail } = worldWithTrails();
    const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}));
    expect(trailList.map(({ Name }) => Name)).toEqual(['elsewhere', 'here', 'whole']);
    expect(trailList.at(-1)?.TrailARN).toBe(`arn:aws:cloudtrail:us-east-1:${MANAGER}:trail/whole`);
  });

  it('are its own alone where no shadows are asked for', async () => {
    const { cloudtrail } = worldWithTrails();
    const { trailList = [] } = await cloudtrail.send(
      new DescribeTrailsCommand({ includeShadowTrails: false, trailNameList: ['here', 'elsewhere'] }),
    );
    expect(trailList.map(({ Name }) => Name)).toEqual(['here']);
  });
});

describe('a trail', () => {
  it('says when it was started', async () => {
    const { cloudtrail } = worldWithTrails();
    const { IsLogging, StartLoggingTime } = await cloudtrail.send(
      new GetTrailStatusCommand({ Name: 'here' }),
    );
    expect({ IsLogging, StartLoggingTime }).toEqual({ IsLogging: true, StartLoggingTime: new Date(START) });
  });

  it('of another Region is found by its ARN and not by its name', async () => {
    const { cloudtrail } = worldWithTrails();
    const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/elsewhere';
    const selectors = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: arn }));
    expect(selectors.EventSelectors).toHaveLength(1);
    expect(await failureOf(cloudtrail.send(new GetTrailStatusCommand({ Name: 'elsewhere' })))).toBe(
      'TrailNotFoundException: Unknown trail: arn:aws:cloudtrail:us-east-1:111122223333:trail/elsewhere for the user: 111122223333',
    );
  });

  it.each([
    {
      name: 'of another Region',
      arn: 'eu-west-1:111122223333:trail/elsewhere',
      as: 'InvalidHomeRegionException',
    },
    {
      name: 'of the organization',
      arn: `us-east-1:${MANAGER}:trail/whole`,
      as: 'NotOrganizationMasterAccountException',
    },
  ])('$name is not changed from here', async ({ arn, as }) => {
    const { cloudtrail } = worldWithTrails();
    const call = cloudtrail.send(new StartLoggingCommand({ Name: `arn:aws:cloudtrail:${arn}` }));
    expect(await failureOf(call)).toMatch(new RegExp(`^${as}: `));
  });

  it('is not made twice, nor with a name that is none', async () => {
    const { cloudtrail } = worldWithTrails();
    const make = (Name: string) => cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName: 'logs' }));
    expect(await failureOf(make('here'))).toMatch(/^TrailAlreadyExistsException: /);
    expect(await failureOf(make('-no-'))).toMatch(/^InvalidTrailNameException: /);
  });

  it('has selectors of one kind', async () => {
    const { cloudtrail } = worldWithTrails();
    const put = (wish: object) =>
      failureOf(cloudtrail.send(new PutEventSelectorsCommand({ TrailName: 'here', ...wish })));
    const EventSelectors = [{ ReadWriteType: 'All' }];
    const AdvancedEventSelectors = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];
    expect(await put({ EventSelectors, AdvancedEventSelectors })).toMatch(
      /^InvalidParameterCombinationException: /,
    );
    expect(await put({})).toMatch(/^InvalidEventSelectorsException: /);
    expect(await put({ EventSelectors: Array.from({ length: 6 }, () => EventSelectors[0]) })).toMatch(
      /^InvalidEventSelectorsException: /,
    );
    expect(await put({ EventSelectors })).toBe('no failure');
  });

  it('is not seen without permission, which names the trail', async () => {
    const { cloudtrail } = simWorld({ authorize: () => false });
    expect(await failureOf(cloudtrail.send(new DescribeTrailsCommand({})))).toMatch(
      /^AccessDeniedException: User: .* perform: cloudtrail:DescribeTrails on resource: \* /,
    );
    expect(await failureOf(cloudtrail.send(new GetEventSelectorsCommand({ TrailName: 'here' })))).toMatch(
      /perform: cloudtrail:GetEventSelectors on resource: arn:aws:cloudtrail:us-east-1:111122223333:trail\/here /,
    );
  });

  it('is asked for ten times a second', async () => {
    const { cloudtrail } = simWorld({ rates: 'documented' });
    const ask = () => failureOf(cloudtrail.send(new DescribeTrailsCommand({})));
    for (let call = 0; call < 10; call += 1) expect(await ask()).toBe('no failure');
    expect(await ask()).toBe('ThrottlingException: Rate exceeded');
  });
});
