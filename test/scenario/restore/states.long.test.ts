import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import { createBackup, deleteBackup } from '../../../sim/console/backups.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { createTable, setPitr, setStatus, tableOf } from '../../../sim/console/tables.ts';
import { cancelRestore, holdUpdating } from '../../../sim/console/trouble.ts';
import {
  aFullTable,
  isStatus,
  recordsOf,
  recoveryPoint,
  restoring,
  startTyping,
  tableNames,
  untilSo,
} from './world.ts';

const LATEST = ['Orders', '--at', 'latest'];
const COPY = [...LATEST, '--target', 'Copy'];

describe('a name that is taken', () => {
  it.each([
    { name: 'by a table', argv: ['--target', 'Taken'], says: 'A table Taken exists already (ACTIVE)' },
    {
      name: 'by one that is being deleted',
      argv: ['--target', 'Going'],
      says: 'A table Going is being deleted',
    },
    { name: 'by its own table', argv: ['--target', 'Orders'], says: 'A table Orders exists already' },
    { name: 'by no table that there can be', argv: ['--target', 'a'], says: 'cannot be the name of a table' },
    {
      name: 'by drills, whose leftovers are reported with the command that deletes them',
      argv: ['--target', 'tablekeeper-drill.prod.x'],
      says: 'is a name that drills give',
    },
  ])('$name is refused before anything is called', async ({ argv, says }) => {
    const world = await aFullTable();
    createTable(world.account, { name: 'Taken' });
    createTable(world.account, { name: 'Going' });
    setStatus(world.account, 'Going', 'DELETING');
    const { exitCode, stderr } = await restoring(world, [...LATEST, '--yes', ...argv]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain(says);
    expect(await recordsOf(world)).toEqual([]);
  });

  it('while a person read the plan ends the restore, and the table is not touched', async () => {
    const world = await aFullTable();
    const { exitCode, stdout } = await restoring(world, COPY, {
      answers: ['yes'],
      meanwhile: () => void createTable(world.account, { name: 'Copy' }),
    });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('a table Copy exists');
    expect(tableOf(world.account, 'Copy').tags).toEqual({});
    expect(world.account.ledger.of('table-restored')).toEqual([]);
  });
});

describe('what moves while a person reads', () => {
  it('is no matter where it still can be restored', async () => {
    const world = await aFullTable();
    const meanwhile = () => world.clock.advanceBy(6 * MINUTE_MS);
    const { exitCode } = await restoring(world, COPY, { answers: ['y'], meanwhile });
    expect(exitCode).toBe(0);
  });

  it.each([
    {
      name: 'the second fell out of the window',
      change: (world: World) => world.clock.advanceBy(15 * DAY_MS),
    },
    {
      name: 'PITR was switched off',
      change: (world: World) => setPitr(world.account, 'Orders', { enabled: false }),
    },
  ])('is refused where $name', async ({ change }) => {
    const world = await aFullTable();
    const { exitCode, stderr } = await restoring(world, COPY, {
      answers: ['yes'],
      meanwhile: async () => void (await change(world)),
    });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toMatch(/cannot be restored|Nothing of/);
    expect(await recordsOf(world)).toEqual([]);
    expect(tableNames(world)).not.toContain('Copy');
  });

  it('is refused where the recovery point was deleted', async () => {
    const world = await aFullTable();
    const arn = recoveryPoint(world, 'Orders');
    await world.clock.advanceBy(MINUTE_MS);
    const { exitCode, stderr } = await restoring(world, ['--recovery-point', arn, '--target', 'Copy'], {
      answers: ['yes'],
      meanwhile: () => deleteBackup(world.account, arn),
    });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(tableNames(world)).not.toContain('Copy');
  });
});

type World = Awaited<ReturnType<typeof aFullTable>>;

describe('a restore that was accepted', () => {
  it('and is not to be seen for four minutes goes on', async () => {
    const world = await aFullTable({ restoreHiddenMs: 4 * MINUTE_MS });
    expect(await restoring(world, [...COPY, '--yes'])).toMatchObject({ exitCode: 0 });
  });

  it('and is never to be seen is named after a quarter of an hour, and found later', async () => {
    const world = await aFullTable({ restoreHiddenMs: 3 * HOUR_MS });
    const before = world.clock.now();
    const { exitCode, stdout } = await restoring(world, [...COPY, '--yes']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/The restore of Orders to Copy .*(gone|not to be seen)/);
    expect(world.clock.now() - before).toBeLessThan(20 * MINUTE_MS);
    await world.clock.advanceBy(4 * HOUR_MS);
    expect(await restoring(world, ['--resume'])).toMatchObject({ exitCode: 0 });
    expect(world.account.ledger.of('table-restored')).toHaveLength(1);
    expect(settingsOf(world.account, 'Copy').deletionProtection).toBe(true);
  });

  it('and is cancelled by the service is named as gone', async () => {
    const world = await aFullTable();
    const typing = startTyping(world, ['restore', ...COPY, '--yes']);
    await untilSo(world, () => isStatus(world, 'Copy', 'CREATING'));
    cancelRestore(world.account, 'Copy');
    const { exitCode, stdout } = await world.clock.run(typing);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('the table Copy is gone');
  });
});

describe('a laptop that sleeps', () => {
  it.each([3, 12, 18])(
    'for ten hours at its wait number %i finishes, at once or resumed, with one table made',
    async (nth) => {
      const world = await aFullTable();
      let waits = 0;
      const sleep = (ms: number) => {
        waits += 1;
        return world.clock.sleep(waits === nth ? 10 * HOUR_MS : ms);
      };
      await restoring(world, [...COPY, '--yes'], { clock: { ...world.clock, sleep } });
      expect(waits).toBeGreaterThanOrEqual(nth);
      await restoring(world, ['--resume']);
      const [record] = await recordsOf(world);
      expect(record).toMatchObject({ phase: 'ended', result: 'restored' });
      expect(world.account.ledger.of('table-restored')).toHaveLength(1);
      expect(settingsOf(world.account, 'Copy')).toMatchObject({ pitrDays: 14, stream: 'NEW_AND_OLD_IMAGES' });
    },
  );
});

describe('a table that refuses its settings for a while', () => {
  it('because it is UPDATING for 70 minutes gets what needs no UpdateTable meanwhile, and the rest then', async () => {
    const world = await aFullTable();
    const typing = startTyping(world, ['restore', ...COPY, '--yes']);
    await untilSo(world, () => isStatus(world, 'Copy', 'ACTIVE'));
    holdUpdating(world.account, 'Copy', 70 * MINUTE_MS);
    await world.clock.advanceBy(5 * MINUTE_MS);
    expect(tableOf(world.account, 'Copy').tags).toMatchObject({ team: 'shop' });
    expect(await world.clock.run(typing)).toMatchObject({ exitCode: 0 });
  });

  it.each([6 * SECOND_MS, 4 * MINUTE_MS, 11 * MINUTE_MS])(
    'because PITR is not to be had for %i ms',
    async (ms) => {
      const world = await aFullTable({ backupsEnabledMs: ms });
      expect(await restoring(world, [...COPY, '--yes'])).toMatchObject({ exitCode: 0 });
      expect(settingsOf(world.account, 'Copy').pitrDays).toBe(14);
    },
  );

  it('and where PITR is never to be had says so after 20 minutes, with all else done, and resumes', async () => {
    const world = await aFullTable();
    const fault = world.account.faults.add({
      operation: 'UpdateContinuousBackups',
      kind: 'internal-error',
      answer: {
        code: 'ContinuousBackupsUnavailableException',
        message: 'Backups are being enabled for the table: Copy. Please retry later',
        status: 400,
      },
    });
    const before = world.clock.now();
    const { exitCode, stdout } = await restoring(world, [...COPY, '--yes']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/is not finished: UpdateContinuousBackups: .*--resume/s);
    expect(stdout).toMatch(/Not put back\n +point-in-time recovery on/);
    expect(world.clock.now() - before).toBeLessThan(40 * MINUTE_MS);
    expect(settingsOf(world.account, 'Copy')).toMatchObject({
      stream: 'NEW_AND_OLD_IMAGES',
      deletionProtection: true,
    });
    fault.remove();
    expect(await restoring(world, ['--resume'])).toMatchObject({ exitCode: 0 });
    expect(settingsOf(world.account, 'Copy').pitrDays).toBe(14);
  });
});

describe('a call that is denied', () => {
  it.each(['DescribeTable'])(
    '%s, while the restore is waited for, ends the wait at once and names it',
    async (operation) => {
      const world = await aFullTable();
      const typing = startTyping(world, ['restore', ...COPY, '--yes']);
      await untilSo(world, () => isStatus(world, 'Copy', 'CREATING'));
      const fault = world.account.faults.add({ operation, kind: 'access-denied' });
      const at = world.clock.now();
      const { exitCode, stdout } = await world.clock.run(typing);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
      expect(stdout).toMatch(new RegExp(`not finished: ${operation}: AccessDenied.*table/Copy`, 's'));
      expect(stdout).not.toMatch(/timed? out/i);
      expect(world.clock.now() - at).toBeLessThan(MINUTE_MS);
      fault.remove();
      expect(await restoring(world, ['--resume'])).toMatchObject({ exitCode: 0 });
    },
  );

  it('the restore itself, by an SCP that demands tags, is explained and not sent again', async () => {
    const world = await aFullTable();
    world.account.faults.add({
      operation: 'RestoreTableToPointInTime',
      kind: 'access-denied',
      because: 'with an explicit deny in a service control policy',
    });
    const { exitCode, stdout } = await restoring(world, [...COPY, '--yes']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('A restore cannot carry tags');
    expect(stdout).toContain('dynamodb:RestoreTableToPointInTime');
    expect(world.account.calls.of('RestoreTableToPointInTime')).toBe(1);
    expect(await restoring(world, ['--resume'])).toMatchObject({ stdout: 'No restore is under way.\n' });
  });

  it.each([
    { operation: 'UpdateTimeToLive', says: 'TTL' },
    { operation: 'RegisterScalableTarget', says: 'auto scaling of' },
    { operation: 'PutResourcePolicy', says: 'resource policy' },
    { operation: 'UpdateContributorInsights', says: 'Contributor Insights' },
    { operation: 'TagResource', says: 'tags' },
  ])('$operation leaves out that setting alone, by name', async ({ operation, says }) => {
    const world = await aFullTable();
    world.account.faults.add({ operation, kind: 'access-denied' });
    const { exitCode, stdout } = await restoring(world, [...COPY, '--yes', '--ttl', 'on']);
    expect(exitCode).toBe(1);
    const left = stdout.slice(stdout.indexOf('Not put back\n'));
    expect(left).toContain(says);
    expect(left).toContain(operation);
    expect(settingsOf(world.account, 'Copy')).toMatchObject({
      deletionProtection: true,
      class: 'STANDARD_INFREQUENT_ACCESS',
    });
  });

  it('ListTagsOfResource and the state table end with one sentence and exit code 3', async () => {
    const world = await aFullTable();
    world.account.faults.add({ operation: 'Query', kind: 'access-denied' });
    const { exitCode, stderr } = await restoring(world, ['--list']);
    expect({ exitCode, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 3, lines: 1 });
    expect(stderr).toMatch(/^error: The state table tablekeeper-prod-state/);
  });
});

describe('bad input', () => {
  it.each([
    { argv: ['Order', '--at', 'latest', '--yes'], says: 'Did you mean Orders?' },
    { argv: ['Orders', '--at', '2020-01-01T00:00Z', '--yes'], says: 'Nothing of Orders' },
    { argv: ['Orders', '--at', '2027-01-01T00:00Z', '--yes'], says: 'is in the future' },
    { argv: ['Orders', '--at', '2026-03-10T05:00', '--yes'], says: 'has no time zone' },
    { argv: ['Orders', '--at', '2026-03-10T05:33:00Z', '--yes'], says: 'is not restorable yet' },
    { argv: ['Orders', '--at', 'latest'], says: '--yes' },
    { argv: ['Orders'], says: 'No second is named' },
    { argv: ['Orders', '--at', 'latest', '--ago', '2h'], says: 'name a moment each' },
    {
      argv: [
        'Orders',
        '--recovery-point',
        'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01700000000000-aaaaaaaa',
        '--yes',
      ],
      says: 'No backup',
    },
    {
      argv: [
        '--recovery-point',
        'arn:aws:dynamodb:us-east-1:999922223333:table/Orders/backup/01700000000000-aaaaaaaa',
        '--yes',
      ],
      says: 'of account 999922223333',
    },
    { argv: ['Orders', '--at', 'latest', '--to-region', 'eu-west-1', '--yes'], says: '--key' },
    { argv: [], says: 'name the tables' },
    { argv: ['Orders', '--resume'], says: 'stand alone' },
    { argv: ['--give-up', 'Orders'], says: 'No restore to Orders' },
    { argv: ['--indexes', 'Orders'], says: 'No restore to Orders' },
  ])('$argv is refused with one clear sentence', async ({ argv, says }) => {
    const world = await aFullTable();
    for (const more of [[], ['--json']]) {
      const { exitCode, stdout, stderr } = await restoring(world, [...argv, ...more]);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
      expect(stderr).toContain(says);
      expect(
        stderr
          .trim()
          .split('\n')
          .filter((line) => line.startsWith('error:')),
      ).toHaveLength(1);
      if (more.length > 0) expect(JSON.parse(stdout).errors).toHaveLength(1);
    }
    expect(await recordsOf(world)).toEqual([]);
    expect(world.account.ledger.of('table-restored')).toEqual([]);
  });

  it('a recovery point that is still being made is refused', async () => {
    const world = await aFullTable();
    const { arn } = createBackup(world.account, {
      table: 'Orders',
      name: 'slow',
      availableAt: Number.POSITIVE_INFINITY,
    });
    const { exitCode, stderr } = await restoring(world, ['--recovery-point', arn, '--yes']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain('is still being made');
  });
});
