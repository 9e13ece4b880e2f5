import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { troubleJobs } from '../../../sim/console/backup-trouble.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { createVault } from '../../../sim/console/vaults.ts';
import {
  type Deployment,
  type DeploymentOptions,
  DRILL_VAULT_ROLE,
  deploy,
} from '../../support/deployment.ts';
import { drillStatesIn, drillTablesIn, killedAt } from './world.ts';

/** Daily backups of both kinds, and a drill of the second policy's. */
const VAULTED = `
timezone: UTC
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: main
    retention: { daily: 3 }
    drill: { every: 1d, sample: 2 }
`;

const ITEMS = Array.from({ length: 5 }, (_, at) => ({ pk: { S: `item-${at}` } }));

/** A table with one recovery point in a vault and, where it is wished, point-in-time recovery. */
const aVaultedWorld = async ({
  pitr = false,
  ...options
}: Partial<DeploymentOptions> & { readonly pitr?: boolean } = {}): Promise<Deployment> => {
  const world = await deploy({
    ...{ startAt: '2026-03-02T02:30:00Z', policies: VAULTED, drillVaultRoleArn: DRILL_VAULT_ROLE },
    ...options,
  });
  createVault(world.account, { name: 'main' });
  const table = createTable(world.account, {
    ...{ name: 'carts', tags: { 'backup:policy': 'offsite' }, sizeBytes: 1_000_000_000, pitr },
    createdAt: world.clock.now() - 40 * DAY_MS,
  });
  world.account.state.items.fill(table, Promise.resolve(ITEMS));
  await world.clock.advanceBy(HOUR_MS);
  await world.run('protect');
  await world.clock.advanceBy(3 * HOUR_MS);
  await world.run('audit');
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

const pastIn = async (world: Deployment) => (await drillStatesIn(world))[0]?.past ?? [];

/** SAFETY: what the ledger says: a drill deletes only tables that were restored under its names. */
const expectOnlyItsOwnDeleted = ({ account }: Deployment): void => {
  const made = account.ledger
    .of('table-restored')
    .filter(({ tableName }) => tableName.startsWith('tablekeeper-drill.prod.'));
  const ids = new Set(made.map(({ tableId }) => tableId));
  expect(account.ledger.of('table-deleted').filter(({ tableId }) => !ids.has(tableId))).toEqual([]);
};

describe('a drill from a vault', () => {
  it('restores by a job, checks, deletes, and proves that its table is gone', async () => {
    const world = await aVaultedWorld();
    const reports = await hours(world, 4);
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    const [drill] = await pastIn(world);
    expect(drill).toMatchObject({
      ...{ level: 'restored', result: 'proved', jobId: expect.any(String), goneAt: expect.any(Number) },
      source: { kind: 'recovery-point', vault: { name: 'main' } },
    });
    expect(drillTablesIn(world)).toEqual([]);
    expect(world.account.ledger.of('table-deleted')).toHaveLength(1);
    expectOnlyItsOwnDeleted(world);
    const { openFindings } = await world.run('audit');
    expect(openFindings.filter(({ kind }) => kind.startsWith('drill'))).toEqual([]);
  });

  it('deletes what it made also where no run came until AWS had forgotten its job', async () => {
    const world = await aVaultedWorld();
    await world.drill();
    await world.clock.advanceBy(40 * DAY_MS);
    expect(drillTablesIn(world)).toHaveLength(1);
    await hours(world, 2);
    const forgotten = (await pastIn(world)).find(({ result }) => result === 'failed');
    expect(forgotten).toMatchObject({
      failure: { message: 'AWS Backup knows the restore job no more' },
      goneAt: expect.any(Number),
    });
    await hours(world, 3);
    expect(drillTablesIn(world)).toEqual([]);
    expectOnlyItsOwnDeleted(world);
  });

  it('takes turns with the others', async () => {
    const world = await aVaultedWorld({ pitr: true });
    await hours(world, 24);
    await world.run('protect');
    await hours(world, 28);
    const kinds = (await pastIn(world)).map(({ source, result }) => `${source.kind} ${result}`);
    expect(kinds).toEqual(['point-in-time proved', 'recovery-point proved', 'point-in-time proved']);
  });

  it('is made once where two runs come at once', async () => {
    const world = await aVaultedWorld();
    for (let hour = 0; hour < 4; hour += 1) {
      await world.clock.run(Promise.allSettled([world.startDrill(), world.startDrill()]));
      await world.clock.advanceBy(HOUR_MS);
    }
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
    expect((await pastIn(world)).map(({ result }) => result)).toEqual(['proved']);
  });

  it('finds its job where the answer was lost', async () => {
    const world = await aVaultedWorld();
    world.account.faults.add({
      operation: 'StartRestoreJob',
      kind: 'connection-reset-after-effect',
      times: 1,
    });
    await hours(world, 5);
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
    expect((await pastIn(world))[0]).toMatchObject({ result: 'proved' });
  });

  it('fails with AWS’s words where the job does, and leaves nothing', async () => {
    const world = await aVaultedWorld();
    troubleJobs(world.account, { job: 'restore', state: 'FAILED', message: 'An internal error.', times: 1 });
    await hours(world, 4);
    const [drill] = await pastIn(world);
    expect(drill).toMatchObject({ result: 'failed', failure: { code: 'job-failed' } });
    expect(drill?.failure?.message).toContain('An internal error.');
    expect(drillTablesIn(world)).toEqual([]);
    expectOnlyItsOwnDeleted(world);
  });

  it('deletes the table of a job that did not end within a day, once it does', async () => {
    const world = await aVaultedWorld({ restoreMs: [40 * HOUR_MS, 40 * HOUR_MS] });
    await hours(world, 30);
    expect((await drillStatesIn(world))[0]?.current).toMatchObject({ result: 'failed', phase: 'started' });
    await hours(world, 16);
    const [late] = await pastIn(world);
    expect(late).toMatchObject({ result: 'failed', goneAt: expect.any(Number) });
    expect(drillTablesIn(world)).not.toContain(late?.drillTable);
    expectOnlyItsOwnDeleted(world);
  });

  it('proves the rest where AWS Backup cannot be read', async () => {
    const world = await aVaultedWorld({ pitr: true });
    world.account.faults.add({ operation: 'ListRecoveryPointsByBackupVault', kind: 'internal-error' });
    await hours(world, 4);
    expect((await pastIn(world)).map(({ source, result }) => `${source.kind} ${result}`)).toEqual([
      'point-in-time proved',
    ]);
  });
});

describe.each(['before', 'after'] as const)('killed %s a call', (when) => {
  it('of the run that begins, one job is begun and nothing is left', async () => {
    // Before these a run only reads.
    for (let calls = 12; ; calls += 1) {
      const world = await aVaultedWorld();
      const ended = await killedAt(world, calls, when);
      await world.clock.advanceBy(HOUR_MS);
      await hours(world, 4);
      expect(world.account.ledger.of('table-restored')).toHaveLength(1);
      expect((await pastIn(world)).map(({ result }) => result)).toEqual(['proved']);
      expect(drillTablesIn(world)).toEqual([]);
      expectOnlyItsOwnDeleted(world);
      if (ended === 'finished') return;
    }
  });
});
