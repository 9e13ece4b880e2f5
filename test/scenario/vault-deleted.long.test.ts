import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { openRegion } from '../../sim/console/regions.ts';
import {
  createVault,
  deletePoint,
  destroyVault,
  pointsOf,
  setVaultPolicy,
} from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, DR, daysOf, kindsOf, NO_LISTING, offsite } from './vault-stories.ts';

// A vault that was emptied and deleted: by mistake, or because nobody needs it any more.

const OLD = 'arn:aws:backup:us-east-1:111122223333:backup-vault:tablekeeper';
const NATIVE = 'policies: { offsite: { schedule: "0 3 * * *", retention: { daily: 2 } } }';
const SAID = `deletedVaults: ["${OLD}"]\n${NATIVE}`;

const begin = async (policies = offsite()): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  createVault(world.account, { name: 'tablekeeper' });
  createVault(openRegion(world.account, 'eu-west-1'), { name: 'dr' });
  addVaultTable(world);
  await daysOf(world, 2);
  return world;
};

const audit = async ({ clock, run }: Deployment, policies: string) => {
  await clock.advanceBy(6 * HOUR_MS);
  await run('protect', { policies });
  await clock.advanceBy(HOUR_MS);
  return (await run('audit', { policies })).openFindings;
};

const missing = (found: Awaited<ReturnType<typeof audit>>) =>
  found.find(({ kind }) => kind === 'vault-missing');

const remembered = async ({ asPerson, clock }: Deployment): Promise<number> => {
  const { vaultRecords = [] } = await clock.run(asPerson.stateStore.readMemory());
  return vaultRecords.flatMap(({ points }) => points).length;
};

describe('a vault that is gone with what was remembered in it', { timeout: 60_000 }, () => {
  it('stays reported though no policy names it, and says how to say that it is meant', async () => {
    const world = await begin();
    destroyVault(world.account, 'tablekeeper');
    let found = await audit(world, NATIVE);
    expect(missing(found)?.fact).toMatch(
      /Last seen in it: \d+ recovery points of orders, the newest of 2026-[^;]+; no other vault is known to have any of them\.$/,
    );
    for (let week = 0; week < 3; week += 1) {
      await world.clock.advanceBy(7 * DAY_MS);
      found = await audit(world, NATIVE);
    }
    expect(missing(found)).toMatchObject({
      severity: 'critical',
      advice: { say: expect.stringContaining('write its ARN under deletedVaults in policies.yml') },
    });
  });

  it('is over when a person says that it is meant, and what was in it is said once to be gone', async () => {
    const world = await begin();
    destroyVault(world.account, 'tablekeeper');
    await audit(world, NATIVE);
    const found = kindsOf(await audit(world, SAID));
    expect(found).not.toContain('vault-missing');
    expect(found).toContain('recovery-points-vanished');
    expect(found).not.toContain('observation-gap');
    await world.clock.advanceBy(8 * DAY_MS);
    await audit(world, SAID);
    expect(kindsOf(await audit(world, SAID))).toEqual([]);
    expect(kindsOf(await audit(world, NATIVE))).toEqual([]);
  });

  it('is missed whatever a person says while a policy names it', async () => {
    const world = await begin();
    destroyVault(world.account, 'tablekeeper');
    expect(missing(await audit(world, `deletedVaults: ["${OLD}"]${offsite()}`))).toMatchObject({
      severity: 'critical',
    });
  });

  it('is none where it is there, or cannot be seen: what is in it is looked at and counted', async () => {
    const world = await begin();
    expect(kindsOf(await audit(world, SAID))).toEqual([]);
    const before = await remembered(world);
    expect(before).toBeGreaterThan(1);
    setVaultPolicy(world.account, 'tablekeeper', NO_LISTING);
    expect(kindsOf(await audit(world, SAID))).toEqual(['observation-gap']);
    setVaultPolicy(world.account, 'tablekeeper', undefined);
    const fault = world.account.faults.add({ operation: 'ListBackupVaults', kind: 'internal-error' });
    destroyVault(world.account, 'tablekeeper');
    expect(kindsOf(await audit(world, SAID))).toContain('observation-gap');
    fault.remove();
    expect(await remembered(world)).toBe(before);
  });
});

describe('a vault that an audit saw empty before it was deleted', { timeout: 60_000 }, () => {
  it('is no trouble once no policy names it, though copies of what it had are kept for years', async () => {
    const world = await begin(offsite(`    copyTo: [{ vault: "${DR}", retention: { yearly: 5 } }]`));
    for (const { arn } of pointsOf(world.account, 'tablekeeper')) deletePoint(world.account, arn);
    await audit(world, NATIVE);
    destroyVault(world.account, 'tablekeeper');
    const found = await audit(world, NATIVE);
    expect(missing(found)).toBeUndefined();
    const there = world.account.state.regions.get('eu-west-1');
    expect(there && pointsOf(there, 'dr').length).toBeGreaterThan(0);
    await world.clock.advanceBy(30 * DAY_MS);
    expect(missing(await audit(world, NATIVE))).toBeUndefined();
  });
});
