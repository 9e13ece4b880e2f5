import { describe, expect, it } from 'vitest';
import { HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { createFullTable } from '../../../sim/console/full-table.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { createTable, setPitr, tableOf } from '../../../sim/console/tables.ts';
import { sheet } from '../../cli/typed.ts';
import type { Deployment } from '../../support/deployment.ts';
import {
  aFullTable,
  forgetManifests,
  ITEMS,
  keepManifest,
  lose,
  mortalWire,
  recordsOf,
  recoveryPoint,
  restoring,
  startTyping,
  tableNames,
  untilSo,
} from './world.ts';

const COPY = ['Orders', '--at', 'latest', '--target', 'Copy'];

describe('the plan', () => {
  it('alone changes nothing anywhere', async () => {
    const world = await aFullTable();
    const calls = ['PutItem', 'TransactWriteItems', 'BatchWriteItem', 'UpdateItem'];
    const before = calls.map((call) => world.account.calls.of(call));
    const { exitCode, stdout } = await restoring(world, [...COPY, '--plan']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Restore Orders to Copy\n/);
    expect(calls.map((call) => world.account.calls.of(call))).toEqual(before);
    expect(world.account.calls.of('RestoreTableToPointInTime')).toBe(0);
    expect(await recordsOf(world)).toEqual([]);
  });

  it('is one document with --json, and so is what came of it', async () => {
    const world = await aFullTable();
    const planned = JSON.parse((await restoring(world, [...COPY, '--plan', '--json'])).stdout);
    expect(planned).toMatchObject({ command: 'restore', plans: [{ table: 'Orders', target: 'Copy' }] });
    const ended = await restoring(world, [...COPY, '--yes', '--json']);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      restores: [{ targetTable: 'Copy', finished: true, result: 'restored', areSettingsKnown: true }],
    });
    const listed = JSON.parse((await restoring(world, ['--list', '--json'])).stdout);
    expect(listed.restores).toHaveLength(1);
    expect(JSON.parse((await restoring(world, ['--resume', '--json'])).stdout)).toMatchObject({
      restores: [],
    });
    const possible = await restoring(world, ['Orders', '--json']);
    expect(possible.exitCode).toBe(2);
    expect(JSON.parse(possible.stdout)).toMatchObject({ table: 'Orders', errors: [{ code: 'no-moment' }] });
  });
});

describe('items that an application encrypted with the name of their table', () => {
  const planned = async (more: object, names: readonly string[]) => {
    const world = await aFullTable({}, { items: ITEMS.map((item) => ({ ...item, ...more })) });
    return (await restoring(world, ['Orders', '--at', 'latest', ...names, '--plan'])).stdout;
  };

  it.each(['aws_dbe_head', '*amzn-ddb-map-desc*'])('are told of by %s under another name', async (name) => {
    expect(await planned({ [name]: { B: 'AAAA' } }, ['--target', 'Copy'])).toMatch(
      /encrypted by your application with the table's name\. Under Copy they cannot be read unless/,
    );
  });

  it('are not told of where nothing says so', async () => {
    expect(await planned({}, ['--target', 'Copy'])).not.toMatch(/encrypted by your application/);
  });
});

describe('tables that belong together by a tag', () => {
  const aShop = async () => {
    const world = await aFullTable({}, { tags: { app: 'shop' } });
    for (const name of ['Carts', 'Stock']) {
      createTable(world.account, { name, tags: { app: 'shop' } });
      setPitr(world.account, name, { enabled: true });
    }
    createTable(world.account, { name: 'Blog', tags: { app: 'blog' } });
    await world.clock.advanceBy(2 * HOUR_MS);
    return world;
  };

  it('are named where they are not restored, or not as of the same second', async () => {
    const world = await aShop();
    const { stdout } = await restoring(world, ['Orders', 'Stock', '--ago', '20min', '--plan']);
    expect(stdout).toContain('Tables with the tag app=shop');
    expect(stdout).toContain('Not restored: Carts.');
    expect(stdout).not.toContain('Blog');
    await restoring(world, ['Carts', '--ago', '30min', '--target', 'Carts-2', '--yes']);
    const { plans } = JSON.parse(
      (await restoring(world, ['Orders', '--ago', '20min', '--plan', '--json'])).stdout,
    );
    expect(plans[0].warnings).toContainEqual({
      kind: 'companions',
      tag: 'app=shop',
      tables: [{ table: 'Carts', asOf: expect.stringMatching(/Z$/) }, { table: 'Stock' }],
    });
  });

  it('are not looked for where all of them are restored, and said to be unknown where they cannot be read', async () => {
    const world = await aShop();
    const all = await restoring(world, ['Orders', 'Carts', 'Stock', '--ago', '20min', '--plan']);
    expect(all.stdout).not.toContain('with the tag app=shop');
    world.account.faults.add({ operation: 'GetResources', kind: 'access-denied' });
    const { exitCode, stdout } = await restoring(world, ['Orders', '--ago', '20min', '--plan']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('Which other tables have the tag app=shop could not be read');
  });
});

describe('a second that point-in-time recovery may hold and cannot be asked for', () => {
  const unread = async (more: readonly string[], answers?: readonly string[]) => {
    const world = await aFullTable();
    world.account.faults.add({ operation: 'DescribeContinuousBackups', kind: 'access-denied' });
    const at = ['--at', isoInstant(Math.floor(world.clock.now() / 1000) * 1000 - 10 * MINUTE_MS)];
    const typed = await restoring(
      world,
      ['Orders', '--target', 'Copy', '--sample', '1', ...at, ...more],
      answers === undefined ? {} : { answers },
    );
    return { ...typed, made: world.account.ledger.of('table-restored').length };
  };

  it('is never replaced by an older recovery point with --yes, where nobody reads the plan', async () => {
    const { exitCode, stderr, made } = await unread(['--yes']);
    expect({ exitCode, made }).toEqual({ exitCode: 3, made: 0 });
    expect(stderr).toMatch(/pitr: DescribeContinuousBackups.*--recovery-point arn:aws:dynamodb:/s);
  });

  it('is replaced where a person read so and agreed', async () => {
    expect(await unread([], ['yes'])).toMatchObject({ made: 1 });
  });
});

describe('a person at a terminal', () => {
  const typed = async (
    answers: readonly string[],
    argv: readonly string[] = ['Orders', '--target', 'Copy'],
  ) => {
    const world = await aFullTable();
    const streams: [ReturnType<typeof sheet>, ReturnType<typeof sheet>] = [sheet(100), sheet(100)];
    return { world, ...(await restoring(world, argv, { answers, streams })) };
  };

  it.each([
    { name: 'by number', answers: ['1', 'yes'] },
    { name: 'by a second one of the list', answers: ['2', 'y'] },
    { name: 'by a span', answers: ['10min', 'yes'] },
    {
      name: 'by a time, after one without a zone',
      answers: ['2026-03-10T05:20', '2026-03-10T05:20Z', 'yes'],
    },
  ])('chooses $name and agrees', async ({ answers }) => {
    const { world, exitCode, stdout } = await typed(answers);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(tableNames(world)).toContain('Copy');
  });

  it.each([
    { name: 'stops at the list', answers: ['q'] },
    { name: 'says nothing', answers: [] },
    { name: 'does not agree', answers: ['1', 'no'] },
    { name: 'answers anything but yes', answers: ['1', 'yess'] },
    { name: 'closes the input at the plan', answers: ['1'] },
  ])('who $name restores nothing', async ({ answers }) => {
    const { world, exitCode, stdout } = await typed(answers);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Nothing was restored\.\s*$/);
    expect(await recordsOf(world)).toEqual([]);
    expect(tableNames(world)).not.toContain('Copy');
  });
});

describe('--wait', () => {
  it('waits until the second can be restored', async () => {
    const world = await aFullTable();
    const at = isoInstant(world.clock.now() - MINUTE_MS);
    const refused = await restoring(world, ['Orders', '--at', at, '--target', 'Copy', '--yes']);
    expect(refused.stderr).toContain('--wait waits');
    const { exitCode, stderr } = await restoring(world, [
      'Orders',
      '--at',
      at,
      '--target',
      'Copy',
      '--yes',
      '--wait',
    ]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain('Waiting until about');
    const [record] = await recordsOf(world);
    expect(record?.source).toMatchObject({
      kind: 'point-in-time',
      second: Math.floor(Date.parse(at) / 1000) * 1000,
    });
  });
});

const addIndexes = async (world: Deployment, count: number): Promise<void> => {
  const table = tableOf(world.account, 'Orders');
  const [like] = table.definition.globalSecondaryIndexes ?? [];
  if (like === undefined) throw new Error('the table has no index');
  const globalSecondaryIndexes = Array.from({ length: count }, (_, at) => ({
    ...like,
    IndexName: `index-${at}`,
  }));
  table.definition = { ...table.definition, globalSecondaryIndexes };
  await keepManifest(world, 'Orders');
};

const indexesOf = ({ account }: Deployment) =>
  (tableOf(account, 'Copy').definition.globalSecondaryIndexes ?? [])
    .map(({ IndexName }) => IndexName)
    .toSorted();

describe('--without-indexes', () => {
  it('leaves global indexes out, and --indexes builds them one by one, also interrupted after the second', async () => {
    const world = await aFullTable();
    await addIndexes(world, 5);
    await world.clock.advanceBy(10 * MINUTE_MS);
    const { exitCode, stdout } = await restoring(world, [...COPY, '--yes', '--without-indexes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(indexesOf(world)).toEqual([]);
    expect(stdout).toContain('--indexes builds it:\n');
    expect(stdout.match(/npx tablekeeper restore --indexes Copy --to-region/g)).toHaveLength(1);
    const { handler, die } = mortalWire(world);
    void startTyping(world, ['restore', '--indexes', 'Copy'], { handler });
    await untilSo(world, () => indexesOf(world).length === 2);
    die();
    await world.clock.advanceBy(HOUR_MS);
    const again = await restoring(world, ['--indexes', 'Copy']);
    expect({ code: again.exitCode, stdout: again.stdout }).toMatchObject({ code: 0 });
    expect(indexesOf(world)).toEqual(['index-0', 'index-1', 'index-2', 'index-3', 'index-4']);
    expect(again.stdout).not.toContain('--indexes builds it');
    expect(await restoring(world, ['--resume'])).toMatchObject({ stdout: 'No restore is under way.\n' });
  });

  it('is refused while the table is not there', async () => {
    const world = await aFullTable();
    const fault = world.account.faults.add({
      operation: 'RestoreTableToPointInTime',
      kind: 'connection-reset',
    });
    await restoring(world, [...COPY, '--yes', '--without-indexes']);
    fault.remove();
    const { exitCode, stderr } = await restoring(world, ['--indexes', 'Copy']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain('--resume');
  });
});

describe('another Region', () => {
  it('gets the table with the key that is named, under its own name', async () => {
    const world = await aFullTable();
    const there = openRegion(world.account, 'eu-west-1');
    const argv = ['Orders', '--at', 'latest', '--to-region', 'eu-west-1', '--key', 'aws-owned', '--yes'];
    const { exitCode, stdout } = await restoring(world, argv);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    const { key, tags, stream, pitrDays, deletionProtection } = settingsOf(there, 'Orders');
    expect({
      key,
      stream,
      pitrDays,
      deletionProtection,
      tags: Object.fromEntries(Object.entries(tags)),
    }).toMatchObject({
      key: undefined,
      stream: 'NEW_AND_OLD_IMAGES',
      pitrDays: 14,
      deletionProtection: true,
    });
    expect(await there.state.items.copyOf(tableOf(there, 'Orders'))).toHaveLength(ITEMS.length);
    const again = await restoring(world, [...COPY, '--yes']);
    expect(again.exitCode).toBe(0);
  });
});

describe('several tables', () => {
  const shop = async () => {
    const world = await aFullTable();
    await createFullTable(world.account, { name: 'Carts', items: ITEMS });
    await keepManifest(world, 'Carts');
    await world.clock.advanceBy(20 * MINUTE_MS);
    return world;
  };

  it('come back as of one second', async () => {
    const world = await shop();
    const { exitCode, stdout } = await restoring(world, ['Orders', 'Carts', '--ago', '10min', '--yes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    const seconds = (await recordsOf(world)).map(
      ({ source }) => source.kind === 'point-in-time' && source.second,
    );
    expect(new Set(seconds).size).toBe(1);
    expect(seconds).toHaveLength(2);
  });

  it('of which one has only recovery points are not restored apart without a person', async () => {
    const world = await shop();
    createTable(world.account, { name: 'Plain', createdAt: world.clock.now() - HOUR_MS });
    setPitr(world.account, 'Plain', { enabled: false });
    recoveryPoint(world, 'Plain');
    await world.clock.advanceBy(20 * MINUTE_MS);
    const argv = ['Orders', 'Plain', '--ago', '10min'];
    const alone = await restoring(world, [...argv, '--yes']);
    expect({ exitCode: alone.exitCode }).toEqual({ exitCode: 2 });
    expect(alone.stderr).toContain('cannot come back as of one second');
    expect(await recordsOf(world)).toEqual([]);
    const json = await restoring(world, [...argv, '--yes', '--json']);
    expect(JSON.parse(json.stdout).errors).toHaveLength(1);
    const agreed = await restoring(world, argv, { answers: ['yes', 'yes'] });
    expect({ exitCode: agreed.exitCode, out: agreed.stderr }).toMatchObject({ exitCode: 0 });
  });

  it('are all written down or none', async () => {
    const world = await shop();
    const fault = world.account.faults.add({
      operation: 'RestoreTableToPointInTime',
      kind: 'connection-reset',
      times: 1,
    });
    await restoring(world, ['Carts', '--ago', '10min', '--target', 'Carts-restored-20260310-0000', '--yes']);
    fault.remove();
    const argv = ['Orders', 'Carts', '--at', 'latest', '--yes'];
    const first = await restoring(world, argv);
    expect(first.exitCode).toBe(0);
    expect((await recordsOf(world)).filter(({ phase }) => phase === 'planned')).toEqual([]);
  });
});

describe('a table that was lost', () => {
  it('and made again under its name is restored beside it, from the one that was asked for', async () => {
    const world = await aFullTable();
    await lose(world, 'Orders');
    createTable(world.account, { name: 'Orders', createdAt: world.clock.now(), pitr: true });
    const { exitCode, stdout } = await restoring(world, ['Orders', '--at', '2026-03-10T05:33:00Z', '--yes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('40 items read of the restored table.');
    expect(stdout, 'the items of the other table say nothing').not.toContain('looked for');
    expect(tableNames(world).filter((name) => name.startsWith('Orders-restored-'))).toHaveLength(1);
    expect(tableOf(world.account, 'Orders').restoredFrom).toBeUndefined();
    await world.clock.advanceBy(HOUR_MS);
    const latest = await restoring(world, ['Orders', '--at', 'latest', '--plan']);
    expect(latest.stdout).toMatch(
      /Before this table another Orders \(id .+\), deleted 2026-03-10T.+Z, had the name/,
    );
  });

  it('and of which nothing was kept is still protected, and opts out, as its plan says', async () => {
    const world = await aFullTable();
    await forgetManifests(world, 'Orders');
    await lose(world, 'Orders');
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', '--plan']);
    expect(stdout).toMatch(/1\. +deletion protection on\n +2\. +1 tag: backup:policy=none\n/);
    expect(stdout).toContain('set its policy tag when it is there: what it was is not known.');
    expect(stdout, 'no option brings back what nobody kept').not.toContain('--as-replacement');
  });

  it('is named by its ARN as well', async () => {
    const world = await aFullTable();
    const arn = `arn:aws:dynamodb:us-east-1:${world.account.accountId}:table/Orders`;
    const { stdout } = await restoring(world, [arn, '--at', 'latest', '--plan']);
    expect(stdout).toMatch(/^Restore Orders to Orders-restored-/);
    const other = arn.replace(world.account.accountId, '999922223333');
    expect((await restoring(world, [other, '--at', 'latest', '--yes'])).stderr).toContain('999922223333');
    expect(await recordsOf(world)).toEqual([]);
  });
});
