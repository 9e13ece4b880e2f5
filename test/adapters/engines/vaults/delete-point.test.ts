import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../../sim/account.ts';
import { setPointStatus } from '../../../../sim/console/backup-trouble.ts';
import { placeLegalHold, pointsOf, setVaultLock, setVaultPolicy } from '../../../../sim/console/vaults.ts';
import { anExpire, DAY, markOf, vaultWorld } from './world.ts';

const listed = async (settings: Partial<AccountOptions> = {}) => {
  const world = vaultWorld(settings);
  const made = world.own();
  const [point] = (await world.list()).items;
  if (point === undefined) throw new Error('nothing is listed');
  return { ...world, made, point, expire: () => world.apply(anExpire(point)) };
};

const left = ({ account }: Awaited<ReturnType<typeof listed>>): number => pointsOf(account, 'main').length;

describe('deleting a recovery point', () => {
  it('takes one look and one call, and then AWS Backup does it', async () => {
    const world = await listed();
    const before = world.sent.length;
    expect(await world.expire()).toMatchObject({
      status: 'done',
      reason: 'not kept; AWS Backup deletes it from now on',
    });
    expect(world.sent.slice(before)).toHaveLength(3);
    await world.clock.advanceBy(DAY);
    expect(left(world)).toBe(0);
  });

  it('that is gone already is done', async () => {
    const world = await listed();
    await world.expire();
    await world.clock.advanceBy(DAY);
    expect(await world.expire()).toMatchObject({
      status: 'done',
      reason: expect.stringContaining('not there'),
    });
  });

  it('without the right is answered as if it were done: only the next list shows what came of it', async () => {
    const world = await listed();
    const settings = {
      authorize: ({ operation }: { operation: string }) => !operation.endsWith('DeleteRecoveryPoint'),
    };
    Object.assign(world.account.state.settings, settings);
    expect(await world.expire()).toMatchObject({ status: 'done' });
    expect((await world.list()).items).toMatchObject([{ status: 'expired' }]);
  });

  it('that is in use is put off', async () => {
    const world = await listed();
    world.made.readers = 1;
    expect(await world.expire()).toMatchObject({ status: 'deferred' });
  });
});

describe('what keeps it whoever asks is no failure', () => {
  it.each(['AccessDeniedException', 'InvalidRequestException'] as const)(
    'a lock (%s)',
    async (lockedDeletion) => {
      const world = await listed({ lockedDeletion });
      setVaultLock(world.account, 'main', { minDays: 30 });
      expect(await world.expire()).toMatchObject({
        status: 'deferred',
        failure: { kind: 'own', code: 'held' },
      });
      expect(left(world)).toBe(1);
    },
  );

  it.each(['AccessDeniedException', 'InvalidRequestException', 'InvalidResourceStateException'] as const)(
    'a legal hold (%s)',
    async (heldDeletion) => {
      const world = await listed({ heldDeletion });
      placeLegalHold(world.account);
      expect(await world.expire()).toMatchObject({ status: 'deferred', failure: { code: 'held' } });
      expect(left(world)).toBe(1);
    },
  );

  it('the vault’s own policy', async () => {
    const world = await listed();
    setVaultPolicy(world.account, 'main', {
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
    });
    expect(await world.expire()).toMatchObject({ status: 'deferred', failure: { code: 'held' } });
  });
});

describe('what is not what was listed is refused and stays', () => {
  it.each([
    [
      'its status',
      (world: Awaited<ReturnType<typeof listed>>) => setPointStatus(world.account, world.made.arn, 'EXPIRED'),
    ],
    [
      'its mark',
      ({ made }: Awaited<ReturnType<typeof listed>>) => {
        made.tags = { 'tablekeeper:recovery-point': markOf('another') };
      },
    ],
    [
      'a mark that is none',
      ({ made }: Awaited<ReturnType<typeof listed>>) => {
        made.tags = { 'tablekeeper:recovery-point': 'true' };
      },
    ],
  ])('%s', async (_name, change) => {
    const world = await listed();
    change(world);
    expect(await world.expire()).toMatchObject({ status: 'refused' });
    expect(left(world)).toBe(1);
  });

  it('a copy, whatever the plan says', async () => {
    const world = await listed();
    expect(await world.apply(anExpire({ ...world.point, copyOf: 'another' }))).toMatchObject({
      status: 'refused',
    });
    const sent = world.sent.filter(({ path }) => path.includes('/recovery-points/arn'));
    expect(sent).toEqual([]);
  });

  it.each(['DescribeRecoveryPoint', 'ListTags'])(
    'what %s may not show, and a person hears of it',
    async (operation) => {
      const world = await listed();
      world.account.faults.add({ operation, kind: 'access-denied' });
      expect(await world.expire()).toMatchObject({ status: 'failed', failure: { operation, denial: {} } });
      expect(left(world)).toBe(1);
    },
  );

  it.each(['DescribeRecoveryPoint', 'ListTags'])(
    'nor where %s is throttled, until the next run',
    async (operation) => {
      const world = await listed();
      world.account.faults.add({ operation, kind: 'throttle' });
      expect(await world.expire()).toMatchObject({ status: 'deferred', failure: { operation } });
      expect(left(world)).toBe(1);
    },
  );
});
