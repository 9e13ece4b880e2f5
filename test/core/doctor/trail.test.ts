import { describe, expect, it } from 'vitest';
import { type TrailsSeen, trailDiagnosis } from '../../../shared/core/doctor/trail.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { Trail, TrailSelector } from '../../../shared/model/trail.ts';
import { ALL_MANAGEMENT_EVENTS } from '../../support/trail-selector.ts';
import { NOW } from '../../support/world.ts';

const READS = { ...ALL_MANAGEMENT_EVENTS, writes: false };
const ITEMS: Extract<TrailSelector, { readonly kind: 'advanced' }> = {
  kind: 'advanced',
  name: "Bob's items",
  conditions: [
    { field: 'eventCategory', equals: ['Data'] },
    { field: 'resources.type', equals: ['AWS::DynamoDB::Table'] },
  ],
};

const trail = (name: string, overrides: Partial<Trail> = {}): Trail => ({
  name,
  arn: `arn:aws:cloudtrail:us-east-1:111122223333:trail/${name}`,
  homeRegion: 'us-east-1',
  ofOrganization: false,
  isLogging: true,
  selectors: [ALL_MANAGEMENT_EVENTS],
  ...overrides,
});

const unseen = (name: string): Trail => {
  const { isLogging: _, ...rest } = trail(name, { gap: 'GetTrailStatus: AccessDeniedException: no' });
  return rest;
};

const diagnosed = (seen: TrailsSeen, lastCallAt?: number) =>
  trailDiagnosis(seen, { region: 'us-east-1', now: NOW, ...(lastCallAt !== undefined && { lastCallAt }) });

describe('CloudTrail', () => {
  it.each<{ name: string; seen: TrailsSeen; is: string; says: RegExp }>([
    { name: 'there is no trail', seen: { items: [] }, is: 'advised', says: /^there is no trail here; / },
    {
      name: 'trails cannot be listed',
      seen: { items: [], gap: 'DescribeTrails: AccessDeniedException: no' },
      is: 'unknown',
      says: /could not be seen: \w+:DescribeTrails is not allowed to you; no call was told of yet$/,
    },
    { name: 'one logs all', seen: { items: [trail('a')] }, is: 'fine', says: /^a logs the calls/ },
    {
      name: 'one of several logs all, though the list has a gap',
      seen: {
        items: [trail('a', { isLogging: false }), trail('b'), unseen('c')],
        gap: 'an entry is no trail',
      },
      is: 'fine',
      says: /^b logs the calls/,
    },
    {
      name: 'one is stopped, and another cannot be seen',
      seen: { items: [trail('a', { isLogging: false }), unseen('c')] },
      is: 'unknown',
      says: /could not be seen: \w+:GetTrailStatus is not allowed to you/,
    },
    {
      name: 'two are of no use, each for its own reason',
      seen: { items: [trail('a', { isLogging: false }), trail('b', { selectors: [READS] })] },
      is: 'advised',
      says: /^b takes in no calls that change tables; a is stopped; hints of calls come only by one; all works/,
    },
    {
      name: 'one logs some calls',
      seen: {
        items: [
          trail('a', {
            selectors: [{ kind: 'advanced', conditions: [{ field: 'eventName', equals: ['DeleteTable'] }] }],
          }),
        ],
      },
      is: 'advised',
      says: /^a logs only some of the calls that change tables; /,
    },
  ])('is $is where $name', ({ seen, is, says }) => {
    const { status, says: said } = diagnosed(seen);
    expect(said).toMatch(says);
    expect(status).toBe(is);
  });

  it('says when a call was told of', () => {
    expect(diagnosed({ items: [trail('a')] }, NOW - 2 * HOUR_MS).says).toMatch(
      /; the last call was told of 2 h ago$/,
    );
  });

  it('is the same whatever the order of the trails', () => {
    const items = [trail('a', { isLogging: false }), trail('b', { selectors: [READS] }), unseen('c')];
    expect(diagnosed({ items })).toEqual(diagnosed({ items: items.toReversed() }));
  });
});

describe('the way to mend a trail', () => {
  const fixOf = (one: Trail) => diagnosed({ items: [one] }).fix ?? '';

  it('is to start it where it is at home', () => {
    expect(fixOf(trail('a', { isLogging: false, homeRegion: 'eu-west-1' }))).toBe(
      'Start a:\n  aws cloudtrail start-logging --region eu-west-1 --name a',
    );
  });

  it('is asked for where it is of the organization', () => {
    expect(fixOf(trail('a', { isLogging: false, ofOrganization: true }))).toMatch(
      /^It is of the organization: ask those who manage that to start a:\n {2}aws cloudtrail start-logging /,
    );
  });

  /** What stands between the quotes of the shell, as the shell reads it. */
  const putIn = (fix: string): unknown => {
    const quoted = /event-selectors '(.*)'(?:\n|$)/.exec(fix)?.[1] ?? '';
    return JSON.parse(quoted.replaceAll(String.raw`'\''`, "'"));
  };

  it('keeps the classic selectors that are there, and adds one', () => {
    const dataResources = [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }];
    const fix = fixOf(trail('a', { selectors: [{ ...READS, dataResources }] }));
    expect(fix).toMatch(/put-event-selectors --region us-east-1 --trail-name a --event-selectors '/);
    expect(putIn(fix)).toEqual([
      {
        ReadWriteType: 'ReadOnly',
        IncludeManagementEvents: true,
        DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
        ExcludeManagementEventSources: [],
      },
      {
        ReadWriteType: 'WriteOnly',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ]);
  });

  it('keeps the advanced selectors that are there, quotes in their names included, and adds one', () => {
    const fix = fixOf(trail('a', { selectors: [ITEMS], isLogging: false }));
    expect(fix).toMatch(/ --advanced-event-selectors '.*'\n {2}aws cloudtrail start-logging /);
    expect(putIn(fix)).toEqual([
      {
        Name: "Bob's items",
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
        ],
      },
      {
        Name: 'Calls that change something',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'readOnly', Equals: ['false'] },
        ],
      },
    ]);
  });

  it('is a command that a terminal shows as it is, whatever the selectors are called', () => {
    const fix = fixOf(trail('a', { selectors: [{ ...ITEMS, name: 'über\n\u009b31m\u202e' }] }));
    expect(fix).toMatch(/^[ -~\n]+$/);
    expect(putIn(fix)).toMatchObject([{ Name: 'über\n\u009b31m\u202e' }, {}]);
  });

  it('is only to look where there is no room for a selector more', () => {
    const fix = fixOf(trail('a', { selectors: Array.from({ length: 5 }, () => READS) }));
    expect(fix).toMatch(
      /^Let one of the selectors of a take in management events that write, for there is no room for one more:\n/,
    );
    expect(fix).toContain('\n  aws cloudtrail get-event-selectors --region us-east-1 --trail-name a');
    expect(fix).not.toContain('put-event-selectors');
  });
});
