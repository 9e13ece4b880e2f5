import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { closeDestination } from '../../sim/console/backup-trouble.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, DR, daysOf, kindsOf, offsite } from './vault-stories.ts';

// A policy that has long made recovery points is given a vault to copy to.

const COPYING = offsite(`    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]`, '{ daily: 4 }');

const begin = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({
    startAt: '2026-03-02T10:00:00Z',
    policies: offsite('', '{ daily: 4 }'),
  });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  createVault(openRegion(tablekeeper.account, 'eu-west-1'), { name: 'dr' });
  addVaultTable(tablekeeper);
  await daysOf(tablekeeper, 4);
  return tablekeeper;
};

const audit = async ({ clock, run }: Deployment, policies = COPYING) => {
  await clock.advanceBy(HOUR_MS);
  return (await run('audit', { policies })).openFindings;
};

describe('a vault that a policy names since today', { timeout: 30_000 }, () => {
  it('owes nothing of the days before, and its copies are made at the next run', async () => {
    const world = await begin();
    expect(kindsOf(await audit(world))).toEqual([]);
    await world.run('protect', { policies: COPYING });
    await world.clock.advanceBy(3 * HOUR_MS);
    expect(kindsOf(await audit(world))).toEqual([]);
    const there = world.account.state.regions.get('eu-west-1');
    expect(there && pointsOf(there, 'dr').length).toBeGreaterThan(1);
  });

  it('is overdue when its copies do not come within the time of any other', async () => {
    const world = await begin();
    closeDestination(world.account, DR);
    const { clock, run } = world;
    expect(kindsOf(await audit(world))).toEqual([]);
    const named = clock.now();
    let found = await audit(world);
    while (!kindsOf(found).includes('copy-overdue')) {
      expect(clock.now() - named).toBeLessThan(28 * HOUR_MS);
      await clock.advanceBy(2 * HOUR_MS);
      await run('protect', { policies: COPYING });
      found = await audit(world);
    }
    expect(clock.now() - named).toBeGreaterThan(24 * HOUR_MS);
    expect(found.find(({ kind }) => kind === 'copy-overdue')?.fact).toContain(
      'and one is owed since 2026-03-06',
    );
  });

  it('owes all that it did where the memory of it is lost', async () => {
    const world = await begin();
    closeDestination(world.account, DR);
    const { stateStore } = world.asPerson;
    const forget = async () => {
      const { copiesAsked: _, ...rest } = await stateStore.readMemory();
      await stateStore.saveMemory(await stateStore.readMemory(), rest);
    };
    await world.clock.run(forget());
    expect(kindsOf(await audit(world))).toEqual(['copy-overdue']);
  });
});
