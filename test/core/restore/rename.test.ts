import { describe, expect, it } from 'vitest';
import { isSamePolicy, renamedPolicy } from '../../../shared/core/restore/policy-text.ts';
import { renamedArn, renamedResource } from '../../../shared/core/restore/rename.ts';
import { ACCOUNT, aContext } from '../../support/table-settings.ts';

const { names } = aContext();
const elsewhere = { ...names, to: { ...names.to, region: 'eu-west-1' } };
const arn = (rest: string, region = 'us-east-1', account = ACCOUNT): string =>
  `arn:aws:dynamodb:${region}:${account}:table/${rest}`;

describe('ARNs in settings', () => {
  it.each([
    { name: 'of the table', from: arn('orders'), to: arn('orders-restored') },
    { name: 'of its indexes', from: arn('orders/index/*'), to: arn('orders-restored/index/*') },
    {
      name: 'of its stream',
      from: arn('orders/stream/2026-01-01T00:00:00.000'),
      to: arn('orders-restored/stream/NEW'),
    },
    { name: 'of its exports', from: arn('orders/export/1'), to: arn('orders-restored/export/1') },
    {
      name: 'of any Region and account',
      from: arn('orders', '*', '*'),
      to: arn('orders-restored', '*', '*'),
    },
    {
      name: 'of China',
      from: arn('orders').replace(':aws:', ':aws-cn:'),
      to: arn('orders-restored').replace(':aws:', ':aws-cn:'),
    },
  ])('$name move to the restored table', ({ from, to }) => expect(renamedArn(from, names, 'NEW')).toBe(to));

  it.each([
    { name: 'of a table whose name only begins so', text: arn('orders-archive') },
    { name: 'of a pattern', text: arn('orders*') },
    { name: 'of any stream', text: arn('other/stream/*') },
    { name: 'of a replica elsewhere', text: arn('orders', 'eu-west-1') },
    { name: 'of another account', text: arn('orders', 'us-east-1', '999900001111') },
    { name: 'of another service', text: `arn:aws:sns:us-east-1:${ACCOUNT}:orders` },
    { name: 'that are none', text: 'orders' },
  ])('$name stay', ({ text }) => expect(renamedArn(text, names, 'NEW')).toBe(text));

  it('move to another Region, and keep the star of a stream', () => {
    expect(renamedArn(arn('orders'), elsewhere, 'NEW')).toBe(arn('orders-restored', 'eu-west-1'));
    expect(renamedArn(arn('orders/stream/*'), names, 'NEW')).toBe(arn('orders-restored/stream/*'));
  });
});

it.each([
  ['table/orders', 'table/orders-restored'],
  ['table/orders/index/by-day', 'table/orders-restored/index/by-day'],
  ['table/orders-archive', 'table/orders-archive'],
  ['table/other', 'table/other'],
])('what scales %s scales %s', (from, to) => expect(renamedResource(from, names)).toBe(to));

describe('policies', () => {
  it('keep everything but what names the source', () => {
    const text = JSON.stringify({
      Statement: [
        {
          Sid: 'orders',
          Resource: [arn('orders'), arn('orders/index/*')],
          Condition: { ArnLike: { 'aws:SourceArn': arn('orders') }, StringEquals: { app: 'orders' } },
        },
      ],
    });
    expect(JSON.parse(renamedPolicy(text, names, 'NEW'))).toEqual({
      Statement: [
        {
          Sid: 'orders',
          Resource: [arn('orders-restored'), arn('orders-restored/index/*')],
          Condition: {
            ArnLike: { 'aws:SourceArn': arn('orders-restored') },
            StringEquals: { app: 'orders' },
          },
        },
      ],
    });
    expect(renamedPolicy('no json', names, 'NEW')).toBe('no json');
  });

  it.each([
    { name: 'lists in another order', a: '{"Action":["a","b"]}', b: '{"Action":["b","a"]}', same: true },
    { name: 'a list of one', a: '{"Action":["a"]}', b: '{"Action":"a"}', same: true },
    {
      name: 'an account by its root',
      a: '{"AWS":"111122223333"}',
      b: '{"AWS":"arn:aws:iam::111122223333:root"}',
      same: true,
    },
    { name: 'a truth as text', a: '{"Bool":{"x":true}}', b: '{"Bool":{"x":"true"}}', same: true },
    { name: 'another action', a: '{"Action":"a"}', b: '{"Action":"b"}', same: false },
    { name: 'one action more', a: '{"Action":["a"]}', b: '{"Action":["a","b"]}', same: false },
    {
      name: 'a role for its account',
      a: '{"AWS":"111122223333"}',
      b: '{"AWS":"arn:aws:iam::111122223333:role/x"}',
      same: false,
    },
    { name: 'what is no JSON', a: 'x', b: '{}', same: false },
  ])('$name: the same is $same', ({ a, b, same }) => expect(isSamePolicy(a, b)).toBe(same));
});
