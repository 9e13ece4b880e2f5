import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createTable } from '../../../sim/console/tables.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aDrilledWorld, DRILLED, drillStatesIn, drillTablesIn } from './world.ts';

const hours = async (world: Deployment, count: number) => {
  const reports = [];
  for (let hour = 0; hour < count; hour += 1) {
    reports.push(await world.drill());
    await world.clock.advanceBy(HOUR_MS);
  }
  return reports;
};

describe('a drill', () => {
  it('restores, checks, deletes, and proves that its table is gone', async () => {
    const world = await aDrilledWorld();
    const [first, second, third, fourth] = await hours(world, 4);
    expect(first).toMatchObject({ begun: ['carts', 'orders'], underWay: ['carts', 'orders'], ended: [] });
    expect(second).toMatchObject({ begun: [], underWay: ['carts', 'orders'], ended: [] });
    expect(third).toMatchObject({
      underWay: [],
      ended: [
        { table: 'carts', result: 'proved' },
        { table: 'orders', result: 'proved' },
      ],
    });
    expect(fourth).toMatchObject({ begun: [], underWay: [], ended: [], failures: [] });
    expect(drillTablesIn(world)).toEqual([]);
    const [carts] = await drillStatesIn(world);
    expect(carts?.past[0]).toMatchObject({ level: 'restored', source: { kind: 'recovery-point' } });
    expect(carts?.past[0]?.usd).toBeCloseTo(0.15, 3);
    const verdicts = carts?.past[0]?.checks.map(({ name, verdict }) => `${name} ${verdict}`);
    expect(verdicts).toEqual([
      'schema passed',
      'indexes passed',
      'item-count unread',
      'items passed',
      'settings passed',
    ]);
  });

  it('takes the other kind of source the next time, a week later', async () => {
    const world = await aDrilledWorld();
    await hours(world, 3);
    await world.clock.advanceBy(7 * DAY_MS - 3 * HOUR_MS);
    await hours(world, 4);
    const [, orders] = await drillStatesIn(world);
    expect(orders?.past.map(({ source, result }) => [source.kind, result])).toEqual([
      ['point-in-time', 'proved'],
      ['recovery-point', 'proved'],
    ]);
  });

  it('costs no more than it may where two runs come at once, each of which has room for another one', async () => {
    const world = await aDrilledWorld({ policies: `drills: { maxMonthlyUsd: 0.2 }\n${DRILLED}` });
    for (let hour = 0; hour < 4; hour += 1) {
      await world.clock.run(Promise.allSettled([world.startDrill(), world.startDrill()]));
      await world.clock.advanceBy(HOUR_MS);
    }
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
    expect((await drillStatesIn(world)).map(({ refused }) => refused?.reason)).toContain('cap');
  });

  it('is made once where two runs come at once, at every step', async () => {
    const world = await aDrilledWorld();
    for (let hour = 0; hour < 4; hour += 1) {
      await world.clock.run(Promise.allSettled([world.startDrill(), world.startDrill()]));
      await world.clock.advanceBy(HOUR_MS);
    }
    const made = world.account.ledger.of('table-restored').map(({ tableId }) => tableId);
    const gone = world.account.ledger.of('table-deleted').map(({ tableId }) => tableId);
    expect(made).toHaveLength(2);
    expect(gone.toSorted()).toEqual(made.toSorted());
    const states = await drillStatesIn(world);
    expect(states.map(({ past }) => past.map(({ result }) => result))).toEqual([['proved'], ['proved']]);
  });

  it('goes on to its end where the policy asks for none any more, and no other is begun', async () => {
    const world = await aDrilledWorld();
    await world.drill();
    const policies = DRILLED.replace(/^ +drill:.*$/m, '');
    for (let hour = 0; hour < 3; hour += 1) {
      await world.clock.advanceBy(HOUR_MS);
      await world.drill({ policies });
    }
    expect(drillTablesIn(world)).toEqual([]);
    await world.clock.advanceBy(30 * DAY_MS);
    expect(await world.drill({ policies })).toMatchObject({ begun: [], underWay: [] });
  });

  it('of two instances are told apart by their names', async () => {
    const world = await aDrilledWorld();
    const other = world.beside({
      instance: 'prod-2',
      policies: DRILLED.replace('timezone', 'tag: backup:other\ntimezone'),
    });
    createTable(world.account, {
      name: 'users',
      tags: { 'backup:other': 'standard' },
      pitr: true,
      createdAt: world.clock.now() - DAY_MS,
    });
    await world.drill();
    await other.drill();
    const owners = drillTablesIn(world).map((name) => name.split('.').slice(1, 3).join(' '));
    expect(owners).toEqual(['prod-2 users', 'prod carts', 'prod orders']);
    await world.clock.advanceBy(2 * HOUR_MS);
    await hours(world, 3);
    expect(drillTablesIn(world).map((name) => name.split('.')[1])).toEqual(['prod-2']);
  });

  it('is governed by no policy, whatever the tags of its table say', async () => {
    const world = await aDrilledWorld();
    await world.drill();
    await world.clock.advanceBy(DAY_MS);
    const { openFindings, plan } = await world.run('audit');
    expect(openFindings.map(({ kind }) => kind)).not.toContain('untagged-tables');
    expect(plan.verdicts.map(({ table }) => table)).toEqual(['carts', 'orders']);
  });
});
