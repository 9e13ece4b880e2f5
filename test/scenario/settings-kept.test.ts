import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Manifest } from '../../shared/model/manifest.ts';
import { SETTING_FACETS } from '../../shared/model/table-settings.ts';
import type { CallCount } from '../../shared/ports/call-counter.ts';
import { reconcile } from '../../shared/run/reconcile.ts';
import { viewName } from '../../shared/run/restore/view-name.ts';
import { backupsOf, deleteBackup } from '../../sim/console/backups.ts';
import { createFullTable } from '../../sim/console/full-table.ts';
import { createTable, deleteTable, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { keptBy } from '../support/kept-settings.ts';

const STANDARD = { 'backup:policy': 'standard', team: 'shop' };

/** What only reading settings calls. */
const OF_SETTINGS = [
  'DescribeAlarms',
  'DescribeKinesisStreamingDestination',
  'DescribePipe',
  'DescribeScalableTargets',
  'DescribeTimeToLive',
  'GetResourcePolicy',
  'ListContributorInsights',
  'ListEventSourceMappings',
  'ListPipes',
];

const withOrders = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  await createFullTable(tablekeeper.account, { name: 'orders', tags: STANDARD });
  return tablekeeper;
};

const manifestsOf = (tablekeeper: Deployment, table = 'orders'): Promise<readonly Manifest[]> =>
  tablekeeper.clock.run(keptBy(tablekeeper).readOf(table));

const known = async (tablekeeper: Deployment) =>
  await tablekeeper.clock.run(
    viewName({ ...tablekeeper.asPerson, manifests: keptBy(tablekeeper) }, 'orders'),
  );

const countsOf = (calls: readonly CallCount[]): Readonly<Record<string, number>> =>
  Object.fromEntries(calls.map(({ operation, calls: count }) => [operation, count]));

const settingsCalls = (calls: readonly CallCount[]): readonly string[] =>
  calls.map(({ operation }) => operation).filter((operation) => OF_SETTINGS.includes(operation));

describe('an audit keeps the settings of tables', { timeout: 60_000 }, () => {
  it('all of them, of a table with every setting on', async () => {
    const tablekeeper = await withOrders();
    const { calls, failures } = await tablekeeper.run('audit');
    expect(failures).toEqual([]);
    const [manifest, ...others] = await manifestsOf(tablekeeper);
    expect(others).toEqual([]);
    expect(manifest?.gaps).toEqual([]);
    expect(Object.keys(manifest?.settings ?? {}).toSorted()).toEqual(SETTING_FACETS.toSorted());
    expect(manifest?.settings).toMatchObject({ tags: STANDARD, ttl: { attribute: 'expires' } });
    expect(settingsCalls(calls)).toEqual(OF_SETTINGS);
  });

  it('again only after a day, and until then with one query more than an audit without a table', async () => {
    const tablekeeper = await withOrders();
    await tablekeeper.run('audit');
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
    const { asPerson, clock } = tablekeeper;
    await tablekeeper.run('audit');
    const request = { mode: 'audit', runId: 'person', deadline: clock.now() + 15 * MINUTE_MS } as const;
    const keepsNothing = countsOf((await clock.run(reconcile(asPerson, request))).calls);
    const quiet = await tablekeeper.run('audit');
    expect(settingsCalls(quiet.calls)).toEqual([]);
    expect(countsOf(quiet.calls)).toEqual({ ...keepsNothing, Query: (keepsNothing.Query ?? 0) + 1 });
    await tablekeeper.clock.advanceBy(18 * HOUR_MS);
    const nextDay = await tablekeeper.run('audit');
    expect(settingsCalls(nextDay.calls)).toEqual(OF_SETTINGS);
    expect(await manifestsOf(tablekeeper)).toHaveLength(1);
  });

  it('in another version once they changed, which a hint makes sooner', async () => {
    const tablekeeper = await withOrders();
    await tablekeeper.run('audit');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    tagTable(tablekeeper.account, 'orders', { team: 'checkout' });
    const unhinted = await tablekeeper.run('audit');
    expect(settingsCalls(unhinted.calls)).toEqual([]);
    await tablekeeper.hint('orders');
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    await tablekeeper.run('audit');
    const versions = await manifestsOf(tablekeeper);
    expect(versions.map(({ settings }) => settings.tags?.team)).toEqual(['shop', 'checkout']);
    await tablekeeper.clock.advanceBy(HOUR_MS);
    expect(settingsCalls((await tablekeeper.run('audit')).calls)).toEqual([]);
  });

  it('of a table that is gone, by its name, apart from those of the next one', async () => {
    const tablekeeper = await withOrders();
    const { account, clock } = tablekeeper;
    await tablekeeper.run('audit');
    deleteTable(account, 'orders');
    await clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');
    const gone = await known(tablekeeper);
    expect(gone.view.incarnations.map(({ state }) => state)).toEqual(['deleted']);
    expect(gone.manifests.map(({ settings }) => settings.ttl)).toEqual([{ attribute: 'expires' }]);
    createTable(account, { name: 'orders', tags: STANDARD });
    await clock.advanceBy(HOUR_MS);
    await tablekeeper.run('audit');
    const again = await known(tablekeeper);
    expect(again.view.incarnations.map(({ state }) => state)).toEqual(['deleted', 'standing']);
    expect(again.manifests.map(({ settings }) => settings.ttl)).toEqual([{ attribute: 'expires' }, null]);
    expect(new Set(again.manifests.map(({ tableId }) => tableId)).size).toBe(2);
  });
});

describe('manifests of a table that is gone', { timeout: 60_000 }, () => {
  const gone = async (): Promise<Deployment> => {
    const tablekeeper = await withOrders();
    await tablekeeper.run('protect');
    await tablekeeper.run('audit');
    deleteTable(tablekeeper.account, 'orders');
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    await tablekeeper.run('audit');
    return tablekeeper;
  };

  it('stay as long as a recovery point of it does', async () => {
    const tablekeeper = await gone();
    await tablekeeper.clock.advanceBy(100 * DAY_MS);
    await tablekeeper.run('audit');
    expect(await manifestsOf(tablekeeper)).toHaveLength(1);
  });

  it('stay as long as its SYSTEM backup may, and go with it', async () => {
    const tablekeeper = await gone();
    const { account, clock } = tablekeeper;
    for (const { arn } of backupsOf(account, 'orders').filter(({ type }) => type === 'USER'))
      deleteBackup(account, arn);
    await clock.advanceBy(35 * DAY_MS);
    await tablekeeper.run('audit');
    expect(await manifestsOf(tablekeeper)).toHaveLength(1);
    await clock.advanceBy(2 * DAY_MS);
    await tablekeeper.run('audit');
    expect(await manifestsOf(tablekeeper)).toEqual([]);
  });
});

describe('what stands in the way of keeping settings', { timeout: 60_000 }, () => {
  it('fails no audit: a setting that may not be read is a gap', async () => {
    const tablekeeper = await withOrders();
    tablekeeper.account.faults.add({ operation: 'DescribeAlarms', kind: 'access-denied' });
    tablekeeper.account.faults.add({ operation: 'GetResourcePolicy', kind: 'access-denied' });
    const { failures } = await tablekeeper.run('audit');
    expect(failures).toEqual([]);
    const [manifest] = await manifestsOf(tablekeeper);
    expect(manifest?.gaps.map(({ facet }) => facet)).toEqual([
      'resource-policy',
      'stream-policy',
      'attachments',
    ]);
    expect(manifest?.settings.attachments?.map(({ kind }) => kind)).toContain('pipe');
  });

  it('takes no setting away that was read before', async () => {
    const tablekeeper = await withOrders();
    await tablekeeper.run('audit');
    const [first] = await manifestsOf(tablekeeper);
    for (const operation of ['DescribeAlarms', 'GetResourcePolicy', 'DescribeTimeToLive'])
      tablekeeper.account.faults.add({ operation, kind: 'access-denied' });
    tagTable(tablekeeper.account, 'orders', { team: 'checkout' });
    await tablekeeper.clock.advanceBy(DAY_MS);
    await tablekeeper.run('audit');
    const newest = (await manifestsOf(tablekeeper)).at(-1);
    expect(newest?.gaps).not.toEqual([]);
    expect(newest?.settings.tags?.team).toBe('checkout');
    expect(newest?.settings).toMatchObject({
      ttl: { attribute: 'expires' },
      'resource-policy': first?.settings['resource-policy'],
    });
    expect(newest?.settings.attachments?.length).toBe(first?.settings.attachments?.length);
  });

  it('is told after a week, and no sooner', async () => {
    const tablekeeper = await withOrders();
    const { account, clock } = tablekeeper;
    const denial = account.faults.add({ operation: 'BatchWriteItem', kind: 'access-denied' });
    const failures: string[] = [];
    for (let day = 0; day < 8; day += 1) {
      const own = (await tablekeeper.run('audit')).failures.filter((text) => text.startsWith('the settings'));
      failures.push(...own.map((text) => `${day}: ${text}`));
      await clock.advanceBy(DAY_MS);
    }
    expect(failures).toEqual([
      expect.stringContaining('7: the settings of 1 table, such as orders, could not be kept for a week'),
    ]);
    denial.remove();
    expect((await tablekeeper.run('audit')).failures).toEqual([]);
  });
});
