import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOfEvent } from '../../../shared/core/hint/table-of-event.ts';
import type { Target } from '../../../shared/model/target.ts';

const HERE: Target = { accountId: '111122223333', region: 'us-east-1' };
const ORDERS = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';

const anEvent = (given: Readonly<Record<string, unknown>>) => ({
  version: '0',
  account: '111122223333',
  region: 'us-east-1',
  ...given,
});

const aTagChange = (resources: unknown, given: Readonly<Record<string, unknown>> = {}) =>
  anEvent({
    source: 'aws.tag',
    'detail-type': 'Tag Change on Resource',
    resources,
    detail: {
      'changed-tag-keys': ['backup:policy'],
      service: 'dynamodb',
      'resource-type': 'table',
      tags: {},
    },
    ...given,
  });

const aCall = (eventName: string, requestParameters: unknown, detail: object = {}) =>
  anEvent({
    source: 'aws.dynamodb',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: 'dynamodb.amazonaws.com', eventName, requestParameters, ...detail },
  });

describe('the table of an event', () => {
  it.each([
    { name: 'is that whose tags changed', event: aTagChange([ORDERS]), via: 'tag-change' },
    { name: 'is named by a call', event: aCall('DeleteTable', { tableName: 'Orders' }), via: 'cloudtrail' },
    {
      name: 'may be named by its ARN',
      event: aCall('UpdateContinuousBackups', { tableName: ORDERS }),
      via: 'cloudtrail',
    },
    {
      name: 'may be in another partition',
      event: aCall('UpdateTable', { tableName: ORDERS.replace('arn:aws:', 'arn:aws-us-gov:') }),
      via: 'cloudtrail',
    },
    {
      name: 'is that of a deleted recovery point',
      event: aCall('DeleteBackup', { backupArn: `${ORDERS}/backup/01489602797149-73d8d5bc` }),
      via: 'cloudtrail',
    },
    {
      name: 'is the one that a restore makes and not the one it is made from',
      event: aCall('RestoreTableToPointInTime', { sourceTableName: 'Old', targetTableName: 'Orders' }),
      via: 'cloudtrail',
    },
    {
      name: 'is the one that a backup is restored to',
      event: aCall('RestoreTableFromBackup', {
        targetTableName: 'Orders',
        backupArn: ORDERS.replace('Orders', 'Old/backup/01489602797149-73d8d5bc'),
      }),
      via: 'cloudtrail',
    },
    {
      name: 'is that which was made',
      event: aCall('CreateTable', { tableName: 'Orders' }),
      via: 'cloudtrail',
    },
    {
      name: 'is the one that an import makes',
      event: aCall('ImportTable', { tableCreationParameters: { tableName: 'Orders' }, inputFormat: 'CSV' }),
      via: 'cloudtrail',
    },
    {
      name: 'is that whose replica here was removed',
      event: aCall('DeleteTableReplica', { tableName: 'Orders' }),
      via: 'cloudtrail',
    },
    {
      name: 'is that which was tagged',
      event: aCall('TagResource', { resourceArn: ORDERS }),
      via: 'cloudtrail',
    },
    {
      name: 'is that of an index whose tags changed',
      event: aTagChange([`${ORDERS}/index/by-date`]),
      via: 'tag-change',
    },
  ])('$name', ({ event, via }) => {
    expect(tableOfEvent(event, HERE)).toEqual({ kind: 'table', table: 'Orders', via });
  });

  it.each([
    {
      name: 'a schedule',
      event: anEvent({ source: 'aws.events', 'detail-type': 'Scheduled Event' }),
      says: /no such event/,
    },
    {
      name: 'an event that does not say what it is',
      event: anEvent({}),
      says: /^no such event is known: "nothing: nothing"$/,
    },
    { name: 'nothing at all', event: undefined, says: /another place/ },
    { name: 'a text', event: 'Orders', says: /another place/ },
    { name: 'a list', event: [aTagChange([ORDERS])], says: /another place/ },
    {
      name: 'an event without an account',
      event: aTagChange([ORDERS], { account: undefined }),
      says: /another place/,
    },
    {
      name: 'another Region',
      event: { ...aCall('DeleteTable', { tableName: 'Orders' }), region: 'eu-west-1' },
      says: /another place/,
    },
    {
      name: 'another account',
      event: aTagChange([ORDERS], { account: '999988887777' }),
      says: /another place/,
    },
    {
      name: 'an ARN of another Region in an event of this one',
      event: aCall('DeleteTable', { tableName: ORDERS.replace('us-east-1', 'eu-west-1') }),
      says: /another place/,
    },
    {
      name: 'an ARN of another account',
      event: aTagChange([ORDERS.replace('1111', '9999')]),
      says: /another place/,
    },
    { name: 'a change of tags without a resource', event: aTagChange([]), says: /names no table: nothing$/ },
    { name: 'a change of tags without resources', event: aTagChange({}), says: /names no table: nothing$/ },
    {
      name: 'a change of tags of a bucket',
      event: aTagChange(['arn:aws:s3:::orders']),
      says: /names no table/,
    },
    { name: 'a change of tags of a bare name', event: aTagChange(['Orders']), says: /names no ARN/ },
    { name: 'a change of tags of two', event: aTagChange([ORDERS, ORDERS]), says: /several resources/ },
    { name: 'a change of tags of something else', event: aTagChange([42]), says: /names no table: 42/ },
    {
      name: 'a call that was refused',
      event: aCall('DeleteTable', { tableName: 'Orders' }, { errorCode: 'AccessDenied' }),
      says: /was refused: "AccessDenied"/,
    },
    {
      name: 'a call that reads',
      event: aCall('DescribeTable', { tableName: 'Orders' }),
      says: /changes no table/,
    },
    { name: 'a call without parameters', event: aCall('DeleteTable', undefined), says: /names no table/ },
    {
      name: 'a name too short for a table',
      event: aCall('DeleteTable', { tableName: 'ab' }),
      says: /names no table/,
    },
    {
      name: 'a name with a line break',
      event: aCall('DeleteTable', { tableName: 'Orders\nx' }),
      says: /names no table/,
    },
    {
      name: 'an ARN with something before it',
      event: aCall('DeleteTable', { tableName: `x${ORDERS}` }),
      says: /names no table/,
    },
    {
      name: 'an ARN with something behind it',
      event: aCall('DeleteTable', { tableName: `${ORDERS} x` }),
      says: /names no table/,
    },
    {
      name: 'a table of a drill that is restored',
      event: aCall('RestoreTableFromBackup', {
        targetTableName: 'tablekeeper-drill.prod.Orders.1x2y3z.20261121-050000',
      }),
      says: /table of a drill/,
    },
    {
      name: 'a table of a drill that is tagged',
      event: aCall('TagResource', {
        resourceArn: ORDERS.replace('Orders', 'tablekeeper-drill.prod.Orders.1x2y3z.20261121-050000'),
      }),
      says: /table of a drill/,
    },
    {
      name: 'a call without a detail',
      event: { ...aCall('DeleteTable', {}), detail: null },
      says: /changes no table/,
    },
  ])('is none for $name', ({ event, says }) => {
    expect(tableOfEvent(event, HERE)).toEqual({ kind: 'nothing', reason: expect.stringMatching(says) });
  });

  it('is nothing or a table name, whatever the event is', () => {
    const parts = fc.oneof(
      fc.constantFrom('Orders', ORDERS, 'DeleteTable', 'aws.tag', 'aws.dynamodb'),
      fc.anything(),
    );
    const call = fc.record({
      eventName: parts,
      requestParameters: fc.record({ tableName: parts, backupArn: parts }),
    });
    const event = fc.record({
      account: fc.constant(HERE.accountId),
      region: fc.constant(HERE.region),
      source: fc.constantFrom('aws.tag', 'aws.dynamodb'),
      'detail-type': fc.constantFrom('Tag Change on Resource', 'AWS API Call via CloudTrail'),
      resources: fc.oneof(fc.array(parts), parts),
      detail: fc.oneof(call, parts),
    });
    fc.assert(
      fc.property(fc.oneof(event, fc.anything()), (any) => {
        const hinted = tableOfEvent(any, HERE);
        if (hinted.kind === 'table') expect(hinted.table).toMatch(/^[a-zA-Z0-9_.-]{3,255}$/);
        else expect(hinted.reason).not.toBe('');
      }),
    );
  });

  it('tells a long event by its beginning only', () => {
    const hinted = tableOfEvent(aTagChange(['x'.repeat(5_000)]), HERE);
    expect(hinted.kind === 'nothing' && hinted.reason.length).toBeLessThan(300);
  });
});
