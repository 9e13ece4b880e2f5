import { describe, expect, it } from 'vitest';
import { type TrailReach, trailReach } from '../../../shared/core/doctor/trail-reach.ts';
import type { FieldCondition, TrailSelector } from '../../../shared/model/trail.ts';
import { ALL_MANAGEMENT_EVENTS as ALL } from '../../support/trail-selector.ts';

const MANAGEMENT: FieldCondition = { field: 'eventCategory', equals: ['Management'] };
const advanced = (...conditions: readonly FieldCondition[]): TrailSelector => ({
  kind: 'advanced',
  conditions: [MANAGEMENT, ...conditions],
});

const cases: readonly {
  readonly name: string;
  readonly of: readonly TrailSelector[];
  readonly is: TrailReach;
}[] = [
  { name: 'nothing selected', of: [], is: 'none' },
  { name: 'all management events', of: [ALL], is: 'all' },
  { name: 'those that write', of: [{ ...ALL, reads: false }], is: 'all' },
  { name: 'those that read', of: [{ ...ALL, writes: false }], is: 'none' },
  { name: 'no management events', of: [{ ...ALL, managementEvents: false }], is: 'none' },
  { name: 'all but keys', of: [{ ...ALL, excludedSources: ['kms.amazonaws.com'] }], is: 'all' },
  { name: 'all but DynamoDB', of: [{ ...ALL, excludedSources: ['dynamodb.amazonaws.com'] }], is: 'none' },
  { name: 'reads, and writes by another selector', of: [{ ...ALL, writes: false }, ALL], is: 'all' },
  { name: 'advanced, all', of: [advanced()], is: 'all' },
  { name: 'advanced, writes', of: [advanced({ field: 'readOnly', equals: ['false'] })], is: 'all' },
  { name: 'advanced, reads', of: [advanced({ field: 'readOnly', equals: ['true'] })], is: 'none' },
  { name: 'advanced, calls', of: [advanced({ field: 'eventType', equals: ['AwsApiCall'] })], is: 'all' },
  {
    name: 'advanced, data events',
    of: [{ kind: 'advanced', conditions: [{ field: 'eventCategory', equals: ['Data'] }] }],
    is: 'none',
  },
  {
    name: 'advanced, all but keys',
    of: [advanced({ field: 'eventSource', notEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] })],
    is: 'all',
  },
  {
    name: 'advanced, all but DynamoDB',
    of: [advanced({ field: 'eventSource', notEquals: ['dynamodb.amazonaws.com'] })],
    is: 'none',
  },
  {
    name: 'advanced, some names',
    of: [advanced({ field: 'eventName', startsWith: ['Delete'], endsWith: ['Tables'] })],
    is: 'some',
  },
  {
    name: 'advanced, names that begin in one of two ways',
    of: [advanced({ field: 'eventName', startsWith: ['Delete', 'Describe'] })],
    is: 'some',
  },
  {
    name: 'advanced, names that begin otherwise',
    of: [advanced({ field: 'eventName', startsWith: ['Describe', 'List'] })],
    is: 'none',
  },
  {
    name: 'advanced, names that end in one of two ways',
    of: [advanced({ field: 'eventName', endsWith: ['Backup', 'Backups'] })],
    is: 'some',
  },
  {
    name: 'advanced, names that only begin with what they have to end with',
    of: [advanced({ field: 'eventName', endsWith: ['Create', 'Delete'] })],
    is: 'none',
  },
  {
    name: 'advanced, names but those that begin so',
    of: [advanced({ field: 'eventName', notStartsWith: ['Delete', 'Tag'] })],
    is: 'some',
  },
  {
    name: 'advanced, names but those that begin as none does',
    of: [advanced({ field: 'eventName', notStartsWith: ['Table', 'Backup'] })],
    is: 'all',
  },
  {
    name: 'advanced, names of two selectors that come to all',
    of: [
      advanced({ field: 'eventName', startsWith: ['Delete'] }),
      advanced({ field: 'eventName', notStartsWith: ['Delete'] }),
    ],
    is: 'all',
  },
  {
    name: 'advanced, names that end otherwise',
    of: [
      advanced({
        field: 'eventName',
        notEndsWith: ['Table', 'Backup', 'Resource', 'Backups', 'Time', 'Replica'],
      }),
    ],
    is: 'none',
  },
  {
    name: 'advanced, a field that differs from call to call',
    of: [advanced({ field: 'userIdentity.arn', startsWith: ['arn:aws:iam::1'] })],
    is: 'some',
  },
];

describe('a trail takes in', () => {
  it.each(cases)('$is of the calls that change tables with $name', ({ of, is }) => {
    expect(trailReach(of)).toBe(is);
  });
});
