import { expect, it } from 'vitest';
import { isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { createTable } from '../../../sim/console/tables.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aFullTable, restoring, startTyping } from './world.ts';

// What a refusal knows is in the document of --json as data, not only in its sentences.

const world = aFullTable();

const errorOf = async (argv: readonly string[]): Promise<Record<string, unknown>> => {
  const { stdout, exitCode } = await restoring(await world, [...argv, '--json']);
  expect(exitCode).toBeGreaterThan(1);
  return JSON.parse(stdout).errors[0];
};

const ago = ({ clock }: Deployment, minutes: number): string =>
  isoInstant(Math.floor((clock.now() - minutes * MINUTE_MS) / 1000) * 1000);

const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/);
const WINDOW = { from: INSTANT, to: INSTANT };

it('has both ends of the window, and from when the second can be had', async () => {
  expect(await errorOf(['Orders', '--at', ago(await world, 1), '--yes'])).toMatchObject({
    code: 'not-restorable-yet',
    table: 'Orders',
    asked: ago(await world, 1),
    window: WINDOW,
    restorableFrom: INSTANT,
    incarnations: [{ table: 'Orders', window: WINDOW }],
  });
});

it('has what lies nearest', async () => {
  expect(await errorOf(['Orders', '--at', '2026-02-01T00:00Z', '--yes'])).toMatchObject({
    code: 'nothing-before',
    nearestAfter: { at: INSTANT, distanceSeconds: expect.any(Number) },
  });
});

it('has the nearest names', async () => {
  expect(await errorOf(['Ordesr', '--at', 'latest', '--yes'])).toMatchObject({
    code: 'unknown-name',
    table: 'Ordesr',
    nearest: ['Orders'],
  });
});

it.each([
  {
    name: 'an empty zone',
    argv: ['--at', '2026-03-10T05:00', '--tz', ''],
    error: { code: 'commander.error', message: expect.stringContaining('--tz') },
  },
  {
    name: 'an hour that happens twice',
    argv: ['--at', '2025-10-26T02:30', '--tz', 'Europe/Zurich'],
    error: { code: 'time-happens-twice', readings: ['2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z'] },
  },
  {
    name: 'an hour that never happens',
    argv: ['--at', '2025-03-30T02:30', '--tz', 'Europe/Zurich'],
    error: { code: 'time-never-happens', readings: ['2025-03-30T00:59:59Z', '2025-03-30T01:00:00Z'] },
  },
  {
    name: 'an offset that does not hold',
    argv: ['--at', '2026-03-10T05:00+05:00', '--tz', 'Europe/Zurich'],
    error: { code: 'offset-does-not-hold', readings: ['2026-03-10T04:00:00Z', '2026-03-10T00:00:00Z'] },
  },
  {
    name: 'a mistyped zone',
    argv: ['--at', '2026-03-10T05:00', '--tz', 'Europe/Zurihc'],
    error: { code: 'unknown-zone', nearest: ['Europe/Zurich'] },
  },
  {
    name: 'a table under the name',
    argv: ['--at', 'latest', '--target', 'tablekeeper-prod-state'],
    error: { code: 'target-exists', target: 'tablekeeper-prod-state', status: 'ACTIVE' },
  },
  {
    name: 'a backup of another account',
    argv: ['--recovery-point', 'arn:aws:dynamodb:us-east-1:999999999999:table/Orders/backup/0-a'],
    error: { code: 'elsewhere', of: { accountId: '999999999999', region: 'us-east-1' } },
  },
])('has what it knows of $name', async ({ argv, error }) => {
  expect(await errorOf(['Orders', ...argv, '--yes'])).toMatchObject(error);
});

it('has both readings of a time without a zone', async () => {
  const { account, clock } = await world;
  const seat = { account, clock } as Deployment;
  const { stdout } = await clock.run(
    startTyping(seat, ['restore', 'Orders', '--at', '2026-03-10T05:00', '--json'], { zone: 'Asia/Seoul' }),
  );
  expect(JSON.parse(stdout).errors[0]).toMatchObject({
    code: 'time-without-zone',
    readings: ['2026-03-10T05:00:00Z', '2026-03-09T20:00:00Z'],
  });
});

const DENIED = {
  action: 'dynamodb:RestoreTableToPointInTime',
  resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
};

it('has the action and the resource of a call that is denied', async () => {
  const { account } = await world;
  const fault = account.faults.add({ operation: 'RestoreTableToPointInTime', kind: 'access-denied' });
  const argv = ['Orders', '--at', 'latest', '--target', 'Denied', '--yes', '--json'];
  const { stdout } = await restoring(await world, argv);
  fault.remove();
  expect(JSON.parse(stdout).restores[0]).toMatchObject({
    result: 'failed',
    failed: { operation: 'RestoreTableToPointInTime', denial: DENIED },
  });
});

it('has them where the restore cannot be written down, or not all could be read', async () => {
  const { account } = await world;
  const state = 'arn:aws:dynamodb:us-east-1:111122223333:table/tablekeeper-prod-state';
  const put = account.faults.add({ operation: 'PutItem', kind: 'access-denied' });
  expect(await errorOf(['Orders', '--at', 'latest', '--target', 'Unwritten', '--yes'])).toMatchObject({
    code: 'state-unreadable',
    failed: { operation: 'PutItem', denial: { action: 'dynamodb:PutItem', resource: state } },
  });
  put.remove();
  const pitr = account.faults.add({ operation: 'DescribeContinuousBackups', kind: 'access-denied' });
  expect(await errorOf(['Orders', '--at', ago(await world, 10), '--yes'])).toMatchObject({
    code: 'not-all-read',
    unseen: [{ part: 'pitr', failure: { denial: { action: 'dynamodb:DescribeContinuousBackups' } } }],
  });
  pitr.remove();
});

it('of a cut-over has the tables and what is wrong with them', async () => {
  const { account, clock } = await world;
  createTable(account, { name: 'Other' });
  const cut = async (...argv: readonly string[]) => {
    const { stdout } = await clock.run(startTyping(await world, ['cutover', ...argv, '--json']));
    return JSON.parse(stdout).errors[0];
  };
  expect(await cut('Orders', 'Nothing')).toMatchObject({ code: 'no-such-table', table: 'Nothing' });
  expect(await cut('Orders', 'Other')).toMatchObject({
    code: 'other-keys',
    table: 'Orders',
    restored: 'Other',
    keys: [
      { name: 'pk', role: 'HASH' },
      { name: 'sk', role: 'RANGE' },
    ],
    restoredKeys: [{ name: 'pk', role: 'HASH' }],
  });
  const fault = account.faults.add({ operation: 'DescribeTable', kind: 'access-denied' });
  expect(await cut('Orders', 'Other')).toMatchObject({
    code: 'table-unread',
    table: 'Orders',
    failed: {
      denial: { action: 'dynamodb:DescribeTable', resource: expect.stringMatching(/table\/Orders$/) },
    },
  });
  fault.remove();
});
