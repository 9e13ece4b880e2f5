import { DeleteRecoveryPointCommand, StopBackupJobCommand } from '@aws-sdk/client-backup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRegion } from '../../../sim/console/regions.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { createVault, pointsOf, startCopy } from '../../../sim/console/vaults.ts';
import { disputedSettings } from '../../../sim/disputed.ts';
import { arnOf, DAY, failureOf, HOUR, MINUTE } from '../world.ts';
import { backupWorld, ROLE, VAULT } from './backup-world.ts';

const ELSEWHERE = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:main';

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('back up' as const),
      table: fc.constantFrom('orders', 'users'),
      days: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ kind: fc.constant('copy' as const), nth: fc.nat(5) }),
    fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(5) }),
    fc.record({ kind: fc.constant('stop' as const), nth: fc.nat(5) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(MINUTE, HOUR, 9 * HOUR, DAY) }),
  ),
  { minLength: 1, maxLength: 25 },
);

type Step = (typeof steps extends fc.Arbitrary<infer S> ? S : never) extends readonly (infer T)[] ? T : never;

const open = async (seed: number) => {
  const world = await backupWorld({ ...disputedSettings(seed), seed, backupJobMs: () => 20 * MINUTE });
  createTable(world.account, { name: 'users' });
  const region = openRegion(world.account, 'eu-west-1');
  createVault(region, { name: VAULT });
  return { ...world, region };
};

type World = Awaited<ReturnType<typeof open>>;

const nth = <T>(values: Iterable<T>, index: number): T | undefined => {
  const all = [...values];
  return all[index % Math.max(1, all.length)];
};

const take = async (world: World, step: Step): Promise<void> => {
  const { account, backup, clock, start } = world;
  switch (step.kind) {
    case 'back up':
      await start({ ResourceArn: arnOf(step.table), Lifecycle: { DeleteAfterDays: step.days } });
      return;
    case 'copy': {
      const point = nth(pointsOf(account), step.nth);
      if (point) startCopy(account, { point, destinationVaultArn: ELSEWHERE, iamRoleArn: ROLE });
      return;
    }
    case 'delete': {
      const arn = nth(pointsOf(account), step.nth)?.arn;
      const input = { BackupVaultName: VAULT, RecoveryPointArn: arn };
      if (arn !== undefined) await failureOf(backup.send(new DeleteRecoveryPointCommand(input)));
      return;
    }
    case 'stop': {
      const id = nth(account.state.backup.backupJobs.keys(), step.nth);
      if (id !== undefined) await failureOf(backup.send(new StopBackupJobCommand({ BackupJobId: id })));
      return;
    }
    case 'wait':
      await clock.advanceBy(step.ms);
  }
};

/** Of one resource one backup or copy runs, and whatever is in a vault and ready was made and not deleted. */
const check = ({ account, region }: World): void => {
  account.state.settle();
  const { backupJobs, copyJobs } = account.state.backup;
  const running = [...backupJobs.values(), ...copyJobs.values()].filter(({ state }) => state === 'RUNNING');
  expect(new Set(running.map(({ resourceArn }) => resourceArn)).size).toBe(running.length);
  for (const { ledger, state } of [account, region]) {
    const gone = [...ledger.of('recovery-point-deleted'), ...ledger.of('recovery-point-gone')].map(
      ({ arn }) => arn,
    );
    const made = ledger.of('recovery-point-made').map(({ arn }) => arn);
    const there = [...state.backup.points.all()]
      .filter(({ status }) => status !== 'CREATING')
      .map(({ arn }) => arn);
    expect(new Set(made).size).toBe(made.length);
    expect(there.sort()).toEqual(made.filter((arn) => !gone.includes(arn)).sort());
  }
};

describe('whatever is done to AWS Backup', () => {
  it('one job of a table runs at a time, all end, and the ledger knows every point', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), steps, async (seed, story) => {
        const world = await open(seed);
        for (const step of story) {
          await take(world, step);
          check(world);
        }
        await world.clock.advanceBy(2 * DAY);
        check(world);
        const { backupJobs, copyJobs } = world.account.state.backup;
        const states = [...backupJobs.values(), ...copyJobs.values()].map(({ state }) => state);
        expect(states.filter((state) => ['ABORTING', 'CREATED', 'RUNNING'].includes(state))).toEqual([]);
        await world.clock.advanceBy(10 * DAY);
        world.account.state.settle();
        expect(pointsOf(world.account)).toEqual([]);
        expect(pointsOf(world.region)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
