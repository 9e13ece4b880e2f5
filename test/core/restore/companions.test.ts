import { describe, expect, it } from 'vitest';
import { type CompanionInput, companionsOf, companionTag } from '../../../shared/core/restore/companions.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { RestoreRecord, RestoreSource } from '../../../shared/model/restore.ts';
import { at } from './history.ts';
import { recordOf } from './plan-input.ts';

describe('the tag that says what belongs together', () => {
  it.each([
    [{ app: 'shop' }, { key: 'app', value: 'shop' }],
    [{ 'acme:App': 'shop' }, { key: 'acme:App', value: 'shop' }],
    [
      { 'Stack-Name': 'shop', app: 'x' },
      { key: 'Stack-Name', value: 'shop' },
    ],
    [{ 'aws:cloudformation:stack-name': 's' }, { key: 'aws:cloudformation:stack-name', value: 's' }],
    [
      { service: 'carts', application: 'shop' },
      { key: 'application', value: 'shop' },
    ],
    [
      { app: '', project: 'shop' },
      { key: 'project', value: 'shop' },
    ],
    [{ team: 'shop', stage: 'prod', 'backup:policy': 'standard' }, undefined],
    [{ apparel: 'x' }, undefined],
    [{}, undefined],
  ])('of %o is %o', (tags, tag) => {
    expect(companionTag(tags)).toEqual(tag);
  });
});

const SECOND = at('2026-11-20T09:00:30Z');
const AT = SECOND + 400;
const BEFORE = SECOND - 60_000;
const NOW = at('2026-11-20T11:00');
const SHOP = { app: 'shop' };

const to = (table: string, second: number): RestoreSource => ({
  kind: 'point-in-time',
  table,
  tableId: `${table}-1`,
  tableArn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}`,
  second,
});

const restored = (table: string, second: number, over: Partial<RestoreRecord> = {}): RestoreRecord =>
  recordOf(to(table, second), `${table}-copy`, { plannedAt: NOW - DAY_MS, ...over });

const found = (over: Partial<CompanionInput>) =>
  companionsOf({
    tag: { key: 'app', value: 'shop' },
    tagged: ['carts', 'orders', 'stock'].map((name) => ({ name, tags: SHOP })),
    together: ['orders'],
    records: [],
    at: AT,
    now: NOW,
    ...over,
  });

describe('companions', () => {
  it('are the tables with the same tag that no command restores', () => {
    expect(found({})).toEqual([{ table: 'carts' }, { table: 'stock' }]);
    expect(found({ together: ['orders', 'carts', 'stock'] })).toEqual([]);
    expect(found({ tagged: [{ name: 'carts', tags: { app: 'Shop' } }] })).toEqual([]);
  });

  it.each([
    ['as of that second', restored('carts', SECOND), []],
    ['as of another', restored('carts', BEFORE), [{ table: 'carts', asOf: BEFORE }]],
    ['as of another, which failed', restored('carts', BEFORE, { result: 'failed' }), [{ table: 'carts' }]],
    ['and given up', restored('carts', BEFORE, { result: 'given-up' }), [{ table: 'carts' }]],
    ['eight days ago', restored('carts', BEFORE, { plannedAt: NOW - 8 * DAY_MS }), [{ table: 'carts' }]],
  ])('restored before %s', (_, record, companions) => {
    expect(found({ tagged: [{ name: 'carts', tags: SHOP }], records: [record] })).toEqual(companions);
  });

  it('are counted by the last restore of each', () => {
    const records = [
      restored('carts', BEFORE, { plannedAt: NOW - 2 }),
      restored('carts', AT, { plannedAt: NOW - 1 }),
    ];
    expect(found({ tagged: [{ name: 'carts', tags: SHOP }], records })).toEqual([]);
  });

  it('are no copies that restores made, which get the tags of their source', () => {
    const tagged = ['carts', 'carts-copy'].map((name) => ({ name, tags: SHOP }));
    const asOf = BEFORE;
    expect(found({ tagged, records: [restored('carts', asOf)] })).toEqual([{ table: 'carts', asOf }]);
  });
});
