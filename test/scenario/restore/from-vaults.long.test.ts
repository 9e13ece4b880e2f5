import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { tableOf } from '../../../sim/console/tables.ts';
import { disputedSettings } from '../../../sim/disputed.ts';
import { copied, justAfter, offsite, vaultedTable } from './vault-world.ts';
import { ITEMS, lose, recordsOf } from './world.ts';

const ALL = ['--as-replacement', '--ttl', 'on', '--warm', 'as-was', '--yes'];

describe('a lost table of which a vault has the nearest recovery point', () => {
  it.each([{ billingMode: 'PROVISIONED' as const }, { billingMode: 'PAY_PER_REQUEST' as const }])(
    'comes back with all of its settings and items: $billingMode',
    async ({ billingMode }) => {
      const { world, point } = await vaultedTable({}, {}, { billingMode });
      const before = settingsOf(world.account, 'Orders');
      await lose(world, 'Orders');
      const { exitCode, stdout, stderr } = await offsite(world, ['Orders', '--at', justAfter(point), ...ALL]);
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0 });
      expect(settingsOf(world.account, 'Orders')).toEqual(before);
      expect(await world.account.state.items.copyOf(tableOf(world.account, 'Orders'))).toHaveLength(
        ITEMS.length,
      );
      expect((await recordsOf(world))[0]).toMatchObject({
        source: { id: point.arn, vault: { name: 'tablekeeper' } },
        roleArn: 'arn:aws:iam::111122223333:role/tablekeeper-prod-us-east-1-restore',
        jobId: expect.any(String),
      });
      expect(stdout).toContain('in the backup vault tablekeeper (us-east-1)');
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('whichever of the sources is right (seed %i)', async (seed) => {
    const { world, point } = await vaultedTable(disputedSettings(seed));
    const before = settingsOf(world.account, 'Orders');
    await lose(world, 'Orders');
    let { exitCode, stdout } = await offsite(world, ['Orders', '--at', justAfter(point), ...ALL]);
    if (stdout.includes('is not finished')) ({ exitCode, stdout } = await offsite(world, ['--resume']));
    await world.clock.advanceBy(3_600_000);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(settingsOf(world.account, 'Orders')).toEqual(before);
    expect((await recordsOf(world))[0]).toMatchObject({ source: { id: point.arn } });
  });

  it('in the same second as one of its copies is restored at home', async () => {
    const { world, there, point } = await vaultedTable();
    await copied(world, point, there);
    await lose(world, 'Orders');
    const { stdout, stderr } = await offsite(world, ['Orders', '--at', justAfter(point), '--plan']);
    expect(stdout, stderr).toContain(
      'of 2 recovery points of that second it comes back with the least effort',
    );
    expect(stdout).toContain('in us-east-1');
  });
});
