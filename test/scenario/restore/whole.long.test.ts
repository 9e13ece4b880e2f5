import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { tableOf } from '../../../sim/console/tables.ts';
import { disputedSettings } from '../../../sim/disputed.ts';
import { aFullTable, forgetManifests, ITEMS, lose, recordsOf, restoring, tableNames } from './world.ts';

const ALL = ['--as-replacement', '--ttl', 'on', '--warm', 'as-was', '--yes'];
const WHOLE = ['Orders', 'tablekeeper-prod-state'];

describe('a table with every setting on that is lost', () => {
  it.each([{ billingMode: 'PROVISIONED' as const }, { billingMode: 'PAY_PER_REQUEST' as const }])(
    'comes back under its own name with all of its settings and items: $billingMode',
    async ({ billingMode }) => {
      const world = await aFullTable({}, { billingMode });
      const before = settingsOf(world.account, 'Orders');
      await lose(world, 'Orders');
      const { exitCode, stdout } = await restoring(world, ['Orders', '--at', 'latest', ...ALL]);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
      expect(settingsOf(world.account, 'Orders')).toEqual(before);
      expect(stdout).toContain('Orders is back');
      expect(await world.account.state.items.copyOf(tableOf(world.account, 'Orders'))).toHaveLength(
        ITEMS.length,
      );
      expect(tableNames(world)).toEqual(WHOLE);
    },
  );

  it.each([1, 2, 3, 4, 5, 6])('and whichever of the sources is right (seed %i)', async (seed) => {
    const world = await aFullTable(disputedSettings(seed));
    const before = settingsOf(world.account, 'Orders');
    await lose(world, 'Orders');
    const argv = ['Orders', '--at', 'latest', ...ALL];
    let { exitCode, stdout } = await restoring(world, argv);
    if (stdout.includes('is not finished')) ({ exitCode, stdout } = await restoring(world, ['--resume']));
    await world.clock.advanceBy(3_600_000);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(settingsOf(world.account, 'Orders')).toEqual(before);
  });

  it('names what reads the stream of the lost table', async () => {
    const world = await aFullTable();
    await lose(world, 'Orders');
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', ...ALL]);
    expect(stdout).toMatch(/event-source-mapping \S+ +it reads the stream of the lost table/);
    expect(stdout).toMatch(/pipe Orders-pipe +it reads the stream of the lost table/);
  });
});

describe('a copy beside its source', () => {
  it('opts out of backups, leaves TTL, warm throughput and the shared Kinesis stream, and says so', async () => {
    const world = await aFullTable();
    const { exitCode, stdout } = await restoring(world, [
      'Orders',
      '--at',
      'latest',
      '--target',
      'Look',
      '--yes',
    ]);
    expect(exitCode).toBe(0);
    const [source, copy] = [settingsOf(world.account, 'Orders'), settingsOf(world.account, 'Look')];
    expect(Object.entries(copy.tags)).toBeDefined();
    const { tags: _a, timeToLive, warm: _w, kinesis, ...same } = copy;
    const { tags: _b, timeToLive: _t, warm: _v, kinesis: _k, ...wanted } = source;
    expect({ same, timeToLive, kinesis }).toEqual({ same: wanted, timeToLive: undefined, kinesis: [] });
    for (const says of [
      'tags backup:policy  was standard, is none',
      '--warm as-was raises it',
      'switch it on with --ttl on',
      'or later by hand:\n                            aws dynamodb update-time-to-live --table-name Look --time-to-live-specification Enabled=true,AttributeName=expires --region us-east-1\n',
      'Orders-changes: Orders sends its changes there, Look does not',
    ])
      expect(stdout).toContain(says);
  });

  it('raises no finding afterwards', async () => {
    const world = await aFullTable();
    await restoring(world, ['Orders', '--at', 'latest', '--target', 'Look', '--yes']);
    const { openFindings } = await world.run('audit');
    expect(openFindings.filter((one) => JSON.stringify(one).includes('Look'))).toEqual([]);
  });

  it('is bare with --without-settings: protected and opted out, and nothing else', async () => {
    const world = await aFullTable();
    const { exitCode, stdout } = await restoring(world, [
      'Orders',
      '--at',
      'latest',
      '--target',
      'Look',
      '--yes',
      '--without-settings',
    ]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(settingsOf(world.account, 'Look')).toMatchObject({
      deletionProtection: true,
      stream: undefined,
      pitrDays: undefined,
      class: 'STANDARD',
      insights: [],
      policy: undefined,
    });
  });

  it('has TTL only where it is asked for', async () => {
    const world = await aFullTable();
    await restoring(world, ['Orders', '--at', 'latest', '--target', 'Look', '--yes', '--ttl', 'on']);
    expect(settingsOf(world.account, 'Look').timeToLive).toBe('expires');
  });
});

describe('TTL, which deletes', () => {
  it('comes on after the items were looked at', async () => {
    const world = await aFullTable();
    const looks: boolean[] = [];
    const isOn = () => settingsOf(world.account, 'Look').timeToLive !== undefined;
    // Fails nothing: it only looks on.
    world.account.faults.add({
      operation: 'Scan',
      kind: 'throttle',
      when: ({ TableName }) => TableName === 'Look' && looks.push(isOn()) === 0,
    });
    await restoring(world, ['Orders', '--at', 'latest', '--target', 'Look', '--yes', '--ttl', 'on']);
    expect(looks.length).toBeGreaterThan(0);
    expect(looks).not.toContain(true);
    expect(settingsOf(world.account, 'Look').timeToLive).toBe('expires');
  });

  it('stays off where they could not be, and the report says so', async () => {
    const world = await aFullTable();
    world.account.faults.add({ operation: 'Scan', kind: 'access-denied' });
    const argv = ['Orders', '--at', 'latest', '--target', 'Look', '--yes', '--ttl', 'on'];
    const { exitCode, stdout } = await restoring(world, argv);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('it deletes items, and they could not be checked first');
    expect(settingsOf(world.account, 'Look').timeToLive).toBeUndefined();
  });
});

describe('settings that nobody kept', () => {
  it('are those of now while the table stands, and are kept before it can be lost', async () => {
    const world = await aFullTable();
    await forgetManifests(world, 'Orders');
    const before = settingsOf(world.account, 'Orders');
    await restoring(world, ['Orders', '--at', 'latest', '--target', 'Look', '--yes']);
    await lose(world, 'Orders');
    const { exitCode } = await restoring(world, ['Orders', '--at', 'latest', ...ALL]);
    expect(exitCode).toBe(0);
    expect(settingsOf(world.account, 'Orders')).toEqual(before);
  });

  it('of a table that is gone are said to be missing, with exit code 1', async () => {
    const world = await aFullTable();
    await forgetManifests(world, 'Orders');
    await lose(world, 'Orders');
    const { exitCode, stdout } = await restoring(world, ['Orders', '--at', 'latest', '--yes']);
    expect(stdout).toContain('No settings of Orders were ever kept');
    expect(exitCode).toBe(1);
    expect((await recordsOf(world))[0]).toMatchObject({ result: 'restored', targetTable: 'Orders' });
  });
});
