import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { troubleJobs } from '../../sim/console/backup-trouble.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { addVaultTable, daysOf, kindsOf, offsite } from './vault-stories.ts';

// The bugs that other tools have or had, on recovery points in vaults: test/scenario/peers.test.ts has those of DynamoDB's own.

const begin = async (policies: string): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  addVaultTable(tablekeeper);
  return tablekeeper;
};

const ready = ({ account }: Deployment) =>
  pointsOf(account, 'tablekeeper').filter(({ status }) => status === 'ready');

const FAILURES = [
  { state: 'FAILED', message: 'An internal error occurred.' },
  { state: 'PARTIAL', message: 'Nobody has ever seen these words.' },
] as const;

describe('bugs of others in what they keep', { timeout: 60_000 }, () => {
  it.each(FAILURES)(
    'the last good backup goes by its age while new ones come to nothing: $state',
    async ({ message, state }) => {
      const world = await begin(offsite('', '{ within: 2d }'));
      await daysOf(world, 3);
      const good = ready(world).map(({ arn }) => arn);
      expect(good.length).toBeGreaterThan(1);
      const trouble = troubleJobs(world.account, { job: 'backup', state, message });
      const found = await daysOf(world, 8);
      expect(kindsOf(found)).toEqual(expect.arrayContaining(['backup-job-failed', 'recovery-point-overdue']));
      expect(ready(world).map(({ arn }) => arn)).toEqual(expect.arrayContaining(good.slice(-1)));
      trouble.remove();
      expect(kindsOf(await daysOf(world, 4))).toEqual([]);
      expect(ready(world).length).toBeGreaterThan(1);
    },
  );

  it('an empty or a mistyped retention keeps nothing: such a policy is refused before it is deployed', async () => {
    for (const retention of ['{}', '{ dayly: 7 }', '{ daily: 0 }', '{ within: 7 }'])
      await expect(begin(offsite('', retention))).rejects.toThrow(/retention|policies\.yml/);
  });
});

describe('bugs of others in when they look', { timeout: 60_000 }, () => {
  const WEEKLY = offsite('', '{ weekly: 3 }').replace('0 3 * * *', '0 3 * * 1');

  it('a weekly backup is overdue after 25 hours', async () => {
    const world = await begin(WEEKLY);
    await daysOf(world, 0.5);
    expect(kindsOf(await daysOf(world, 6))).toEqual([]);
    expect(ready(world)).toHaveLength(1);
  });

  it('runs that are missed are missed in silence: the first audit after them says it, and the first backup run makes the latest slot alone', async () => {
    const world = await begin(offsite('', '{ daily: 9 }'));
    await daysOf(world, 2);
    const before = ready(world).length;
    await world.clock.advanceBy(5 * DAY_MS);
    const { openFindings } = await world.run('audit');
    expect(kindsOf(openFindings)).toContain('recovery-point-overdue');
    await world.run('protect');
    await world.clock.advanceBy(2 * HOUR_MS);
    expect(ready(world)).toHaveLength(before + 1);
    await world.run('protect');
    await world.clock.advanceBy(2 * HOUR_MS);
    expect(ready(world)).toHaveLength(before + 1);
    expect(kindsOf((await world.run('audit')).openFindings)).toEqual([]);
  });

  it('a restart that has forgotten everything raises a false alarm', async () => {
    const world = await begin(WEEKLY);
    await daysOf(world, 3);
    const { stateStore } = world.asPerson;
    const forget = async () =>
      await stateStore.saveMemory(await stateStore.readMemory(), { pitrBaselines: [] });
    await world.clock.run(forget());
    expect(kindsOf(await daysOf(world, 1))).toEqual([]);
    expect(ready(world)).toHaveLength(1);
  });

  it('every run of a busy day makes another backup', async () => {
    const world = await begin(WEEKLY);
    for (let round = 0; round < 12; round += 1) {
      await world.run('protect');
      await world.clock.advanceBy(HOUR_MS / 2);
    }
    expect(world.account.state.backup.backupJobs.size).toBe(1);
  });
});
