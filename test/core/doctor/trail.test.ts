import { describe, expect, it } from 'vitest';
import { type TrailsSeen, trailDiagnosis } from '../../../shared/core/doctor/trail.ts';
import { advise } from '../../../shared/model/advice.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { Trail, TrailSelector } from '../../../shared/model/trail.ts';
import { adviceText, commandOf } from '../../support/advice-text.ts';
import { aCallFailure, aFailure } from '../../support/failures.ts';
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

const SOME = {
  kind: 'advanced',
  conditions: [{ field: 'eventName', equals: ['DeleteTable'] }],
} as const satisfies TrailSelector;

const unseen = (name: string): Trail => {
  const { isLogging: _, ...rest } = trail(name, {
    gap: aCallFailure('GetTrailStatus', 'AccessDeniedException'),
  });
  return rest;
};

const withoutSelectors = (name: string): Trail => {
  const { selectors: _, ...rest } = trail(name, {
    gap: aCallFailure('GetEventSelectors', 'AccessDeniedException'),
  });
  return rest;
};

const diagnosed = (seen: TrailsSeen, lastCallAt?: number) =>
  trailDiagnosis(seen, { region: 'us-east-1', now: NOW, ...(lastCallAt !== undefined && { lastCallAt }) });

describe('CloudTrail', () => {
  it.each<{ name: string; seen: TrailsSeen; is: string; says: RegExp }>([
    { name: 'one logs all', seen: { items: [trail('a')] }, is: 'fine', says: /^a logs the calls/ },
    {
      name: 'one of several logs all, though the list has a gap',
      seen: {
        items: [trail('a', { isLogging: false }), trail('b'), unseen('c')],
        gap: aFailure('an entry is no trail'),
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
      name: 'one logs, and what it logs cannot be seen',
      seen: { items: [withoutSelectors('a')] },
      is: 'unknown',
      says: /could not be seen: \w+:GetEventSelectors is not allowed to you/,
    },
    {
      name: 'one logs some calls, and another cannot be seen',
      seen: { items: [trail('a', { selectors: [SOME] }), unseen('c')] },
      is: 'unknown',
      says: /could not be seen: \w+:GetTrailStatus is not allowed to you/,
    },
    {
      name: 'one logs some calls, and another all',
      seen: { items: [trail('a', { selectors: [SOME] }), trail('b')] },
      is: 'fine',
      says: /^b logs the calls/,
    },
    {
      name: 'two are of no use, each for its own reason',
      seen: { items: [trail('a', { isLogging: false }), trail('b', { selectors: [READS] })] },
      is: 'advised',
      says: /^b takes in no calls that change tables; a is stopped; hints of calls come only by one; all works/,
    },
  ])('is $is where $name', ({ seen, is, says }) => {
    const { status, says: said } = diagnosed(seen);
    expect(said).toMatch(says);
    expect(status).toBe(is);
  });

  it('is advised, with how to make one, where there is no trail', () => {
    expect(diagnosed({ items: [] })).toEqual({
      item: 'CloudTrail',
      status: 'advised',
      says: 'there is no trail here; hints of calls come only by one; all works without, only later',
      fix: advise(
        'Make one; CloudTrail does not charge for its first copy of management events, S3 does for keeping it. BUCKET has to let CloudTrail write (docs/deploy.md, “A trail”):',
        commandOf(
          'aws cloudtrail create-trail --region us-east-1 --name management-events --is-multi-region-trail --s3-bucket-name BUCKET',
        ),
        commandOf('aws cloudtrail start-logging --region us-east-1 --name management-events'),
      ),
    });
  });

  it('is unknown, with what to allow, where trails cannot be listed', () => {
    expect(diagnosed({ items: [], gap: aCallFailure('DescribeTrails', 'AccessDeniedException') })).toEqual({
      item: 'CloudTrail',
      status: 'unknown',
      says: 'whether a trail logs here could not be seen: cloudtrail:DescribeTrails is not allowed to you; no call was reported yet',
      fix: advise(
        'Allow yourself cloudtrail:DescribeTrails, GetTrailStatus and GetEventSelectors, or ask:',
        commandOf('aws cloudtrail describe-trails --region us-east-1'),
      ),
    });
  });

  it('tells of every trail, the one that needs the least first', () => {
    const { gap: _, ...unexplained } = unseen('c');
    const items = [
      trail('a', { isLogging: false, selectors: [READS] }),
      trail('b', { isLogging: false }),
      unexplained,
      trail('d', { selectors: [READS] }),
      trail('e', { selectors: [SOME] }),
    ];
    const { says, fix } = diagnosed({ items });
    expect(says.split('; ')).toEqual([
      'e logs only some of the calls that change tables',
      'c could not be looked into',
      'd takes in no calls that change tables',
      'b is stopped',
      'a is stopped, and takes in no calls that change tables, or only some',
      'hints of calls come only by one',
      'all works without, only later',
    ]);
    expect(adviceText(fix)).toMatch(
      /^Let e take in calls that change something, beside what it takes in now:\n/,
    );
  });

  it('says when a call was told of', () => {
    expect(diagnosed({ items: [trail('a')] }, NOW - 2 * HOUR_MS).says).toMatch(
      /; the last call was reported 2 h ago$/,
    );
  });

  it('is the same whatever the order of the trails', () => {
    const items = [trail('a', { isLogging: false }), trail('b', { selectors: [READS] }), unseen('c')];
    expect(diagnosed({ items })).toEqual(diagnosed({ items: items.toReversed() }));
  });
});

describe('the way to mend a trail', () => {
  const fixOf = (one: Trail) => adviceText(diagnosed({ items: [one] }).fix);

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

  it('is that of our own where one of the organization stands as well', () => {
    const items = [
      trail('theirs', { isLogging: false, ofOrganization: true }),
      trail('ours', { isLogging: false }),
    ];
    const fixes = [items, items.toReversed()].map((some) => adviceText(diagnosed({ items: some }).fix));
    const fix = 'Start ours:\n  aws cloudtrail start-logging --region us-east-1 --name ours';
    expect(fixes).toEqual([fix, fix]);
  });

  it('is to widen and to start one that needs both', () => {
    const [sentence, ...commands] = fixOf(trail('a', { isLogging: false, selectors: [READS] })).split('\n');
    expect(sentence).toBe(
      'Let a take in calls that change something, beside what it takes in now, and start a:',
    );
    expect(commands).toEqual([
      expect.stringMatching(/^ {2}aws cloudtrail put-event-selectors /),
      '  aws cloudtrail start-logging --region us-east-1 --name a',
    ]);
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

  it('keeps a classic selector of both reads and writes as it is', () => {
    const fix = fixOf(trail('a', { selectors: [{ ...ALL_MANAGEMENT_EVENTS, managementEvents: false }] }));
    expect(putIn(fix)).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: false }, {}]);
  });

  it('adds an advanced selector where there is none', () => {
    expect(putIn(fixOf(trail('a', { selectors: [] })))).toMatchObject([
      { Name: 'Calls that change something' },
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
