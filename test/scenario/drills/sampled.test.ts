import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createBucket, keysOf, putObject } from '../../../sim/console/buckets.ts';
import { setPitr } from '../../../sim/console/tables.ts';
import { type Deployment, type DeploymentOptions, DRILL_BUCKET } from '../../support/deployment.ts';
import { aDrilledWorld, DRILLED, drillStatesIn, killedAt } from './world.ts';

const SAMPLED = DRILLED.replace('sample: 20', 'sample: 20, level: sampled');

/** One table under the level `sampled`, and the bucket that the stack makes. */
const aSampledWorld = async (options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const world = await aDrilledWorld({ policies: SAMPLED, drillBucket: DRILL_BUCKET, ...options }, ['carts']);
  createBucket(world.account, DRILL_BUCKET);
  return world;
};

const hours = async (world: Deployment, count: number) => {
  const reports = [];
  for (let hour = 0; hour < count; hour += 1) {
    reports.push(await world.drill());
    await world.clock.advanceBy(HOUR_MS);
  }
  return reports;
};

const lastIn = async (world: Deployment) => (await drillStatesIn(world))[0]?.past[0];

const verdictsIn = async (world: Deployment): Promise<readonly string[]> =>
  ((await lastIn(world))?.checks ?? []).map(({ name, verdict }) => `${name} ${verdict}`);

/** SAFETY: what the ledger says: below which prefixes objects were deleted, and below which they were made. */
const expectOnlyItsOwnDeleted = ({ account }: Deployment): void => {
  const made = account.ledger.of('table-exported').map(({ prefix }) => prefix);
  const deleted = account.ledger.of('object-deleted').map(({ key }) => key);
  expect(deleted.filter((key) => !made.some((prefix) => key.startsWith(prefix)))).toEqual([]);
};

describe('a drill of the level sampled', () => {
  it('exports, reads what was written, removes it and proves that it is gone', async () => {
    const world = await aSampledWorld();
    putObject(world.account, DRILL_BUCKET, 'drills/prod/of a person', Buffer.from('mine'));
    const [first, second, third] = await hours(world, 3);
    expect(first).toMatchObject({ begun: ['carts'], underWay: ['carts'], failures: [] });
    expect(second).toMatchObject({
      underWay: [],
      ended: [{ table: 'carts', result: 'proved' }],
      failures: [],
    });
    expect(third).toMatchObject({ begun: [], ended: [], failures: [] });
    expect(await verdictsIn(world)).toEqual([
      'source passed',
      'schema passed',
      'item-count passed',
      'files passed',
      'items passed',
    ]);
    const drill = await lastIn(world);
    expect(drill).toMatchObject({
      level: 'sampled',
      source: { kind: 'point-in-time' },
      goneAt: expect.any(Number),
    });
    expect(drill?.usd).toBeCloseTo(0.1, 3);
    expect(keysOf(world.account, DRILL_BUCKET)).toEqual(['drills/prod/of a person']);
    expect(world.account.ledger.of('object-deleted').length).toBeGreaterThan(5);
    expect(world.account.ledger.of('table-restored')).toEqual([]);
    expectOnlyItsOwnDeleted(world);
  });

  it('is made once where two runs come at once', async () => {
    const world = await aSampledWorld();
    for (let hour = 0; hour < 3; hour += 1) {
      await world.clock.run(Promise.allSettled([world.startDrill(), world.startDrill()]));
      await world.clock.advanceBy(HOUR_MS);
    }
    expect(world.account.ledger.of('table-exported')).toHaveLength(1);
    expect((await lastIn(world))?.result).toBe('proved');
    expect(keysOf(world.account, DRILL_BUCKET)).toEqual([]);
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'is begun once where its answer is lost: %s',
    async (kind) => {
      const world = await aSampledWorld();
      world.account.faults.add({ operation: 'ExportTableToPointInTime', kind, times: 9 });
      await hours(world, 1);
      world.account.faults.clear();
      await hours(world, 3);
      expect(world.account.ledger.of('table-exported')).toHaveLength(1);
      expect((await lastIn(world))?.result).toBe('proved');
    },
  );

  it('removes what appears after its call was forgotten, and says that it failed', async () => {
    const world = await aSampledWorld();
    world.account.faults.add({ operation: 'ExportTableToPointInTime', kind: 'timeout-after-effect' });
    await hours(world, 10);
    expect(world.account.ledger.of('table-exported')).toHaveLength(1);
    expect(keysOf(world.account, DRILL_BUCKET)).toEqual([]);
    await hours(world, 20);
    expect(await lastIn(world)).toMatchObject({ result: 'failed', goneAt: expect.any(Number) });
    expectOnlyItsOwnDeleted(world);
  });

  it.each([
    { name: 'is not as its manifest sums it', bytes: Buffer.from('not zipped'), wrong: 'files failed' },
    { name: 'is not there', bytes: undefined, wrong: 'items failed' },
  ])('fails where a file $name', async ({ bytes, wrong }) => {
    const world = await aSampledWorld();
    const { account, clock } = world;
    await world.drill();
    await clock.advanceBy(HOUR_MS);
    for (const key of keysOf(account, DRILL_BUCKET).filter((one) => one.endsWith('.gz')))
      if (bytes === undefined) account.state.buckets.get(DRILL_BUCKET)?.delete(key);
      else putObject(account, DRILL_BUCKET, key, bytes);
    await hours(world, 1);
    expect(await verdictsIn(world)).toContain(wrong);
    expect(await lastIn(world)).toMatchObject({ result: 'failed' });
    expect(keysOf(account, DRILL_BUCKET)).toEqual([]);
  });

  it('says what AWS says where the export fails, and tries again the next day', async () => {
    const world = await aSampledWorld();
    world.account.state.buckets.delete(DRILL_BUCKET);
    await hours(world, 2);
    expect(await lastIn(world)).toMatchObject({ result: 'failed', failure: { code: 'S3NoSuchBucket' } });
    createBucket(world.account, DRILL_BUCKET);
    await hours(world, 26);
    expect((await lastIn(world))?.result).toBe('proved');
  });

  it('goes no further than described without point-in-time recovery, or where the table is too large', async () => {
    const world = await aSampledWorld();
    setPitr(world.account, 'carts', { enabled: false });
    await hours(world, 1);
    expect(await lastIn(world)).toMatchObject({
      level: 'described',
      askedLevel: 'sampled',
      result: 'proved',
    });
    setPitr(world.account, 'carts', { enabled: true });
    await world.clock.advanceBy(7 * DAY_MS);
    await world.drill({ policies: SAMPLED.replace('maxSizeGb: 50', 'maxSizeGb: 0.5') });
    expect(await lastIn(world)).toMatchObject({ level: 'described', askedLevel: 'sampled' });
    expect(world.account.ledger.of('table-exported')).toEqual([]);
  });

  it('is put off without a bucket, and the audit says which parameter makes one', async () => {
    const world = await aDrilledWorld({ policies: SAMPLED }, ['carts']);
    expect(await hours(world, 1)).toMatchObject([{ begun: [], refused: ['carts'], failures: [] }]);
    for (let day = 0; day < 11; day += 1) {
      await world.clock.advanceBy(DAY_MS);
      await world.run('protect');
      await world.drill();
    }
    const { openFindings } = await world.run('audit');
    const late = openFindings.find(({ kind }) => kind === 'drill-overdue');
    expect(late).toBeDefined();
    expect(world.account.inbox.messages.map(({ message }) => message).join()).toContain('drillBucket=on');
  });

  it('counts what it costs under the cap of the month', async () => {
    const world = await aSampledWorld({ policies: `drills: { maxMonthlyUsd: 0.05 }\n${SAMPLED}` });
    expect(await hours(world, 2)).toMatchObject([{ begun: [], refused: ['carts'] }, { begun: [] }]);
    expect(world.account.ledger.of('table-exported')).toEqual([]);
  });
});

describe.each(['before', 'after'] as const)('killed %s a call', (when) => {
  it.each([
    // Before these a run only reads.
    { quiet: 0, first: 9 },
    { quiet: 1, first: 3 },
  ])('after $quiet runs, one export is made and nothing is left', async ({ quiet, first }) => {
    for (let calls = first; ; calls += 1) {
      const world = await aSampledWorld({ policies: SAMPLED.replace('sample: 20', 'sample: 2') });
      await hours(world, quiet);
      const ended = await killedAt(world, calls, when);
      await world.clock.advanceBy(HOUR_MS);
      await hours(world, 3);
      expect(world.account.ledger.of('table-exported')).toHaveLength(1);
      expect(keysOf(world.account, DRILL_BUCKET)).toEqual([]);
      expect((await lastIn(world))?.result).toBe('proved');
      expectOnlyItsOwnDeleted(world);
      if (ended === 'finished') return;
    }
  });
});
