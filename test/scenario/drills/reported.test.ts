import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createTable, deleteTable, setDeletionProtection } from '../../../sim/console/tables.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aDrilledWorld, DRILLED, drillStatesIn, drillTablesIn } from './world.ts';

const openIn = async (world: Deployment): Promise<readonly string[]> => {
  const { openFindings } = await world.run('audit');
  return openFindings
    .filter(({ kind }) => kind.startsWith('drill') || kind.startsWith('restore-'))
    .map(({ id, severity }) => `${id} ${severity}`)
    .toSorted();
};

/** Hours of drills, and the daily backup. */
const hours = async (world: Deployment, count: number): Promise<void> => {
  for (let hour = 0; hour < count; hour += 1) {
    await world.drill();
    if (hour % 24 === 23) await world.run('protect');
    await world.clock.advanceBy(HOUR_MS);
  }
};

const days = async (world: Deployment, count: number): Promise<void> => {
  for (let day = 0; day < count; day += 1) {
    await world.clock.advanceBy(DAY_MS);
    await world.run('protect');
  }
};

describe('an audit reports', () => {
  it('that drills are asked for and never made, once they are late', async () => {
    const world = await aDrilledWorld();
    await days(world, 7);
    expect(await openIn(world)).toEqual([]);
    await days(world, 1);
    expect(await openIn(world)).toEqual([
      'drill-overdue/carts/standard warning',
      'drill-overdue/orders/standard warning',
    ]);
    await hours(world, 4);
    expect(await openIn(world)).toEqual([]);
  });

  it('that a restore is refused, and that it works again the next day', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'access-denied' });
    await hours(world, 1);
    expect(await openIn(world)).toEqual(['drill-failed/carts/standard warning']);
    expect(world.account.inbox.messages.map(({ message }) => message).join()).toContain('AccessDenied');
    world.account.faults.clear();
    await hours(world, 28);
    expect(await openIn(world)).toEqual([]);
  });

  it('what AWS puts off, until it is accepted', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    await days(world, 8);
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'throttle' });
    await hours(world, 2);
    const { openFindings } = await world.run('audit');
    expect(openFindings.find(({ kind }) => kind === 'drill-overdue')?.fact).toMatch(
      /AWS puts its restore off since .*: "?RestoreTableFromBackup: Throttl/,
    );
    world.account.faults.clear();
    await hours(world, 1);
    const after = await world.run('audit');
    expect(after.openFindings.find(({ kind }) => kind === 'drill-overdue')?.fact).toContain(
      'waits for what AWS restores or exports',
    );
  });

  it('that what was restored is not whole', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    await world.drill();
    await world.clock.advanceBy(HOUR_MS);
    const [name = ''] = drillTablesIn(world);
    const made = world.account.state.tables.get(name);
    if (made === undefined) throw new Error('nothing was restored');
    world.account.state.items.drop(made);
    // For as long as AWS may not have counted the table, it may have been emptied.
    await hours(world, 3);
    expect(await openIn(world)).toEqual([]);
    await hours(world, 7);
    expect(await openIn(world)).toEqual(['drill-failed/carts/standard critical']);
    expect(drillTablesIn(world)).toEqual([]);
  });

  it('nothing of a table that was emptied before what was restored, once AWS has counted it, and drills it again', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    const { account } = world;
    await world.drill();
    await world.clock.advanceBy(HOUR_MS);
    const [name = ''] = drillTablesIn(world);
    const [made, carts] = [account.state.tables.get(name), account.state.tables.get('carts')];
    if (made === undefined || carts === undefined) throw new Error('nothing was restored');
    account.state.items.drop(made);
    account.state.items.drop(carts);
    account.state.items.fill(carts, Promise.resolve([]));
    Object.assign(carts, { sizeBytes: 0 });
    await hours(world, 2);
    expect((await drillStatesIn(world))[0]?.current?.phase).toBe('checking');
    await hours(world, 6);
    expect(await openIn(world)).toEqual([]);
    const [state] = await drillStatesIn(world);
    expect(state?.past[0]).toMatchObject({ result: 'failed', failure: { code: 'source-emptied' } });
    await hours(world, 28);
    expect((await drillStatesIn(world))[0]?.past).toHaveLength(2);
  });

  it('that another table has the name of a drill, which is never touched', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    const { account, clock } = world;
    await world.drill();
    await clock.advanceBy(HOUR_MS);
    const [name = ''] = drillTablesIn(world);
    deleteTable(account, name);
    const { id } = createTable(account, { name, itemCount: 3 });
    await hours(world, 4);
    expect(await openIn(world)).toEqual([
      'drill-failed/carts/standard warning',
      'drill-table-left-over warning',
    ]);
    await hours(world, 48);
    expect(account.state.tables.get(name)?.id).toBe(id);
    deleteTable(account, name);
    expect(await openIn(world)).toEqual([]);
  });

  it('that a restore does not end, and deletes its table once it does', async () => {
    const world = await aDrilledWorld({ restoreMs: [60 * HOUR_MS, 60 * HOUR_MS] }, ['carts']);
    await hours(world, 6);
    expect(await openIn(world)).toEqual(['restore-slower-than-rto/carts/standard warning']);
    await hours(world, 21);
    expect(await openIn(world)).toEqual(['drill-failed/carts/standard warning']);
    await hours(world, 24);
    expect(await openIn(world)).toContain('drill-table-left-over warning');
    await hours(world, 12);
    const [carts] = await drillStatesIn(world);
    expect(carts?.past[0]).toMatchObject({ result: 'failed', goneAt: expect.any(Number) });
  });

  it('that the table of a drill cannot be deleted, with the cause, and goes on with all other tables', async () => {
    const tables = ['carts', 'events', 'orders', 'stock', 'taxes', 'users'];
    const world = await aDrilledWorld({}, tables);
    await world.drill();
    await world.clock.advanceBy(HOUR_MS);
    const protectedOnes = drillTablesIn(world);
    expect(protectedOnes).toHaveLength(5);
    for (const name of protectedOnes) setDeletionProtection(world.account, name, true);
    await hours(world, 6);
    const states = await drillStatesIn(world);
    expect(states.filter(({ past }) => past.length > 0)).toHaveLength(1);
    const { openFindings } = await world.run('audit');
    const left = openFindings.find(({ kind }) => kind === 'drill-table-left-over');
    expect(left?.fact).toContain('deletion protection is on');
    expect(JSON.stringify(left?.advice)).toContain('--no-deletion-protection-enabled');
    expect(JSON.stringify(left?.advice)).not.toContain('delete-table');
    for (const name of protectedOnes) setDeletionProtection(world.account, name, false);
    await hours(world, 3);
    expect(drillTablesIn(world)).toEqual([]);
    expect(await openIn(world)).toEqual([]);
  });

  it('that the role may not delete the table of a drill', async () => {
    const world = await aDrilledWorld({}, ['carts']);
    world.account.faults.add({ operation: 'DeleteTable', kind: 'access-denied' });
    await hours(world, 5);
    const { openFindings } = await world.run('audit');
    const left = openFindings.find(({ kind }) => kind === 'drill-table-left-over');
    expect(left?.fact).toMatch(/cannot delete tablekeeper-drill\.prod\.carts.*AccessDenied/);
    world.account.faults.clear();
    await hours(world, 2);
    expect(await openIn(world)).toEqual([]);
  });

  it('that the drills of the month cost what they may, and restores nothing more', async () => {
    const policies = `drills: { maxMonthlyUsd: 0.2 }\n${DRILLED}`;
    const world = await aDrilledWorld({ policies });
    await hours(world, 4);
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
    expect(await openIn(world)).toEqual(['drill-cap-reached warning']);
    // The first of the next month.
    await days(world, 30);
    await hours(world, 4);
    expect(world.account.ledger.of('table-restored')).toHaveLength(2);
  });

  it('nothing of drills where no policy asks for them', async () => {
    const policies = DRILLED.replace(/^ +drill:.*$/m, '');
    const world = await aDrilledWorld({ policies });
    await hours(world, 2);
    await days(world, 20);
    expect(world.account.ledger.of('table-restored')).toEqual([]);
    expect(await openIn(world)).toEqual([]);
  });
});
