import { describe, expect, it } from 'vitest';
import { createTrails } from '../../../shared/adapters/aws/trails.ts';
import { createTrail } from '../../../sim/console/services.ts';
import { asRead, gapText } from '../../support/failures.ts';
import { ALL_MANAGEMENT_EVENTS } from '../../support/trail-selector.ts';
import { onAnswers, onSim } from '../connect.ts';

const listOn = (world: ReturnType<typeof onSim>) => world.run(createTrails(world.options).list());

const CATEGORY = { Field: 'eventCategory', Equals: ['Management'] };
const NAMES = { Field: 'eventName', StartsWith: ['A'], EndsWith: ['B'] };
const OTHERS = { Field: 'eventSource', NotEquals: ['a'], NotStartsWith: ['b'], NotEndsWith: ['c'] };

describe('trails', () => {
  it('are none where there are none', async () => {
    expect(await listOn(onSim())).toEqual({ items: [] });
  });

  it('are told with where they are at home, whether they log, and what they take in', async () => {
    const world = onSim();
    const far = { homeRegion: 'eu-west-1', isMultiRegion: true };
    createTrail(world.account, { name: 'b', isLogging: false, ...far });
    createTrail(world.account, {
      name: 'a',
      advancedSelectors: [{ Name: 'Calls', FieldSelectors: [CATEGORY, NAMES, OTHERS] }],
    });
    expect(await listOn(world)).toEqual({
      items: [
        {
          name: 'b',
          arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/b',
          homeRegion: 'eu-west-1',
          ofOrganization: false,
          isLogging: false,
          selectors: [ALL_MANAGEMENT_EVENTS],
        },
        {
          name: 'a',
          arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/a',
          homeRegion: 'us-east-1',
          ofOrganization: false,
          isLogging: true,
          selectors: [
            {
              kind: 'advanced',
              name: 'Calls',
              conditions: [
                { field: 'eventCategory', equals: ['Management'] },
                { field: 'eventName', startsWith: ['A'], endsWith: ['B'] },
                { field: 'eventSource', notEquals: ['a'], notStartsWith: ['b'], notEndsWith: ['c'] },
              ],
            },
          ],
        },
      ],
    });
  });

  it('keep what a classic selector says, and take it for what the service does where it says nothing', async () => {
    const world = onSim();
    const DataResources = [{ Type: 'AWS::DynamoDB::Table', Values: ['arn:aws:dynamodb'] }];
    createTrail(world.account, {
      name: 'a',
      isOrganization: true,
      selectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: false, DataResources }, {}],
    });
    const { items } = await listOn(world);
    expect(items[0]).toMatchObject({
      ofOrganization: true,
      selectors: [
        {
          reads: true,
          writes: false,
          managementEvents: false,
          dataResources: [{ type: 'AWS::DynamoDB::Table', values: ['arn:aws:dynamodb'] }],
        },
        { reads: true, writes: true, managementEvents: true },
      ],
    });
  });

  it('that cannot be listed are a gap', async () => {
    const world = onSim();
    world.account.faults.add({ operation: 'DescribeTrails', kind: 'access-denied' });
    expect(asRead(await listOn(world))).toEqual({
      items: [],
      gap: expect.stringMatching(/^DescribeTrails: AccessDeniedException: User: /),
    });
  });

  it.each([
    { operation: 'GetTrailStatus', absent: 'isLogging' },
    { operation: 'GetEventSelectors', absent: 'selectors' },
  ])('of which $operation tells nothing are listed with a gap', async ({ operation, absent }) => {
    const world = onSim();
    createTrail(world.account, { name: 'a' });
    world.account.faults.add({ operation, kind: 'access-denied' });
    const { items, gap } = await listOn(world);
    expect(gap).toBeUndefined();
    expect(items[0]).not.toHaveProperty(absent);
    expect(gapText(items[0] ?? {})).toMatch(new RegExp(`^${operation}: AccessDeniedException: `));
  });

  it('that are gone by the time they are asked for are listed with a gap', async () => {
    const world = onSim();
    const { arn } = createTrail(world.account, { name: 'a' });
    world.account.faults.add({
      operation: 'GetTrailStatus',
      kind: 'slow',
      when: () => world.account.state.trails.delete(arn),
    });
    expect(asRead((await listOn(world)).items)).toMatchObject([{ name: 'a', gap: 'it is gone' }]);
  });

  it('that an answer does not describe are a gap, and so is a status that says nothing', async () => {
    const arn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/a';
    const whole = { Name: 'a', TrailARN: arn, HomeRegion: 'us-east-1' };
    const world = onAnswers(({ operation }) => ({
      body: operation === 'DescribeTrails' ? { trailList: [{ Name: 'half' }, whole] } : {},
    }));
    expect(asRead(await world.run(createTrails(world.options).list()))).toEqual({
      items: [
        {
          name: 'a',
          arn,
          homeRegion: 'us-east-1',
          ofOrganization: false,
          selectors: [],
          gap: 'GetTrailStatus: the answer does not say whether it logs',
        },
      ],
      gap: 'DescribeTrails: an entry is no trail: half',
    });
  });
});
