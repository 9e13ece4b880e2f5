import { describe, expect, it } from 'vitest';
import type { Item } from '../../../shared/model/restore.ts';
import { fullTable, ITEMS, restoreWorld } from './world.ts';

const keyOf = ({ pk, sk }: Item): Item => ({ pk: pk ?? {}, sk: sk ?? {} });
const inOrder = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted();

const withItems = async (items: readonly Item[]) => {
  const world = restoreWorld();
  await fullTable(world, { items: items as never });
  return world;
};

const many = (count: number): readonly Item[] =>
  Array.from({ length: count }, (_, at) => ({ pk: { S: `pk-${at}` }, sk: { S: 'a' }, n: { N: String(at) } }));

describe('a sample', () => {
  it('of a small table is all of it, whatever the number', async () => {
    const world = await withItems(ITEMS);
    const sample = await world.run(world.items.sample('Orders', 1_000));
    if (sample.kind !== 'found') throw new Error(sample.kind);
    expect(inOrder(sample.value)).toEqual(inOrder(ITEMS));
  });

  it('holds no more than was asked for, none of it twice, and comes from all over the table', async () => {
    const world = await withItems(many(300));
    const sample = await world.run(world.items.sample('Orders', 60));
    if (sample.kind !== 'found') throw new Error(sample.kind);
    expect(sample.value).toHaveLength(60);
    expect(new Set(inOrder(sample.value)).size).toBe(60);
    const scanned = world.recorder.counts().find(({ operation }) => operation === 'Scan');
    expect(scanned?.calls).toBeGreaterThanOrEqual(20);
  });

  it.each([0, 1, 7])('of %i items is that many', async (most) => {
    const world = await withItems(ITEMS);
    const sample = await world.run(world.items.sample('Orders', most));
    expect(sample).toMatchObject({ kind: 'found', value: { length: most } });
  });

  it('of a table that is not there is missing', async () => {
    const world = restoreWorld();
    expect(await world.run(world.items.sample('Nowhere', 10))).toEqual({ kind: 'missing' });
  });

  it('that may not be read says which call was not allowed', async () => {
    const world = await withItems(ITEMS);
    world.account.faults.add({ operation: 'Scan', kind: 'access-denied' });
    expect(await world.run(world.items.sample('Orders', 10))).toMatchObject({
      kind: 'unreadable',
      failure: { denial: { action: 'dynamodb:Scan' } },
    });
  });
});

describe('items by their keys', () => {
  it('come in the order of the keys, undefined where there is none, also twice and over a hundred', async () => {
    const items = many(250);
    const world = await withItems(items);
    const absent: Item = { pk: { S: 'nobody' }, sk: { S: 'a' } };
    const keys = [...items.map(keyOf), absent, ...items.slice(0, 3).map(keyOf)];
    const read = await world.run(world.items.byKeys('Orders', keys));
    if (read.kind !== 'found') throw new Error(read.kind);
    expect(read.value).toEqual([...items, undefined, ...items.slice(0, 3)]);
  });

  it('of no keys are none, with no call', async () => {
    const world = await withItems(ITEMS);
    world.recorder.reset();
    expect(await world.run(world.items.byKeys('Orders', []))).toEqual({ kind: 'found', value: [] });
    expect(world.recorder.counts()).toEqual([]);
  });
});
