import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { invokeIn } from '../../../sim/console/attachments.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { createTable, tableOf } from '../../../sim/console/tables.ts';
import type { Fault } from '../../../sim/faults.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import type { Deployment } from '../../support/deployment.ts';
import {
  aFullTable,
  dyingWire,
  lose,
  recordsOf,
  restoring,
  startTyping,
  tableNames,
  untilSo,
} from './world.ts';

const TYPED = ['Orders', '--at', 'latest', '--as-replacement', '--ttl', 'on', '--yes'];
const RESTORES = ['RestoreTableFromBackup', 'RestoreTableToPointInTime'];

const lostTable = async (options = {}) => {
  const world = await aFullTable(options);
  const { warm: _warm, ...before } = settingsOf(world.account, 'Orders');
  await lose(world, 'Orders');
  return { world, before };
};

const settingsNow = ({ account }: Deployment) => {
  const { warm: _warm, ...settings } = settingsOf(account, 'Orders');
  return settings;
};

const restoresMade = ({ account }: Deployment) => account.ledger.of('table-restored').length;
const restoreCalls = ({ account }: Deployment) =>
  RESTORES.reduce((sum, one) => sum + account.calls.of(one), 0);

/** Types a restore that dies at that call; says whether it got that far. */
const killedAt = async (world: Deployment, calls: number, when: 'before' | 'after') => {
  const { handler, death } = dyingWire(world, calls, when);
  const ended = startTyping(world, ['restore', ...TYPED], { handler }).then(() => 'finished' as const);
  return await world.clock.run(Promise.race([ended, death]));
};

/** Resumes, and where nothing was made gives up and starts again, as the message says; what only a person can know, they say. */
const finish = async (world: Deployment) => {
  const resumed = await restoring(world, ['--resume']);
  if (resumed.stdout.includes('--adopt Orders')) {
    expect(await restoring(world, ['--adopt', 'Orders', '--yes'])).toMatchObject({ exitCode: 0 });
    return await restoring(world, ['--resume']);
  }
  if (!resumed.stdout.includes('--give-up Orders')) return resumed;
  await restoring(world, ['--give-up', 'Orders']);
  return await restoring(world, TYPED);
};

const makesOneWholeTable = async (calls: number, when: 'before' | 'after') => {
  const { world, before } = await lostTable();
  const end = await killedAt(world, calls, when);
  if (end === 'finished') return end;
  await world.clock.advanceBy(10 * MINUTE_MS);
  let { exitCode, stdout } = await finish(world);
  if (stdout === 'No restore is under way.\n' && !tableNames(world).includes('Orders'))
    ({ exitCode, stdout } = await restoring(world, TYPED));
  const said = `killed ${when} call ${calls}: ${stdout}`;
  expect(exitCode, said).toBe(0);
  expect(settingsNow(world), said).toEqual(before);
  expect(restoresMade(world), said).toBe(1);
  expect(restoreCalls(world), said).toBe(1);
  return end;
};

describe('a restore that is killed', () => {
  // Before a call is after the one before it, but for what is done between them; the bench of seeds kills restores at any call.
  it.each([
    { when: 'after', first: 3, each: 7 },
    { when: 'before', first: 6, each: 14 },
  ] as const)(
    '$when one call in $each is finished by --resume, with one table made',
    async ({ when, first, each }) => {
      let calls = first;
      for (let end = 'killed'; end === 'killed'; calls += each) end = await makesOneWholeTable(calls, when);
      expect(calls).toBeGreaterThan(30);
    },
    120_000,
  );
});

describe('Ctrl-C', () => {
  const interruptedWhen = async (argv: readonly string[], operation: string) => {
    const { world } = await lostTable();
    const { promise: interrupted, resolve } = Promise.withResolvers<void>();
    const alive = requestHandlerOf(world.account);
    const handle: typeof alive.handle = async (request, options) => {
      const answer = await alive.handle(request, options);
      if (Object.values(request.headers).some((one) => one.endsWith(`.${operation}`))) resolve();
      return answer;
    };
    const typed = await restoring(world, [...TYPED, ...argv], { handler: { ...alive, handle }, interrupted });
    return { world, ...typed };
  };

  it.each([
    {
      operation: 'RestoreTableFromBackup',
      says: /while AWS makes Orders, which goes on|just as AWS was asked/,
    },
    { operation: 'UpdateContinuousBackups', says: /while \d+ of \d+ settings are put back on Orders/ },
  ])('during $operation says what it is at and how to go on', async ({ operation, says }) => {
    const { world, exitCode, stdout } = await interruptedWhen([], operation);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(says);
    expect(stdout).toContain('Go on with:\n  npx tablekeeper restore --resume --region');
    expect(restoreCalls(world)).toBe(1);
  });

  it('is in the document of --json', async () => {
    const { stdout } = await interruptedWhen(['--json'], 'RestoreTableFromBackup');
    expect(JSON.parse(stdout).restores[0]).toMatchObject({
      targetTable: 'Orders',
      finished: false,
      why: expect.stringContaining('interrupted'),
    });
  });
});

describe('a restore whose answers are lost', () => {
  it.each([
    { operation: 'RestoreTableFromBackup', kind: 'timeout-after-effect', times: 1 },
    { operation: 'RestoreTableFromBackup', kind: 'connection-reset-after-effect', times: 1 },
    { operation: '*', kind: 'timeout-after-effect', probability: 0.1 },
    { operation: '*', kind: 'internal-error', probability: 0.1 },
    { operation: '*', kind: 'throttle', probability: 0.3 },
    { operation: 'UpdateTable', kind: 'connection-reset-after-effect' },
    { operation: 'PutItem', kind: 'connection-reset-after-effect', probability: 0.3 },
  ] satisfies Fault[])('makes one table, whole: $kind of $operation', async (fault) => {
    const { world, before } = await lostTable();
    const armed = world.account.faults.add(fault);
    await restoring(world, TYPED);
    armed.remove();
    await world.clock.advanceBy(20 * MINUTE_MS);
    for (let again = 0; again < 3; again += 1) await restoring(world, ['--resume']);
    if (!tableNames(world).includes('Orders')) {
      // AWS refused to begin, and nobody can tell that from a lost answer: it says that it is given up by hand.
      await restoring(world, ['--give-up', 'Orders']);
      await restoring(world, TYPED);
    }
    expect(settingsNow(world)).toEqual(before);
    expect(restoresMade(world)).toBe(1);
  });

  it('is not sent again where nothing was made, and says how to go on', async () => {
    const { world } = await lostTable();
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'connection-reset' });
    const first = await restoring(world, TYPED);
    expect(first).toMatchObject({ exitCode: 1 });
    expect(first.stdout).toMatch(/is not to be seen; .*--give-up Orders/s);
    world.account.faults.clear();
    await restoring(world, ['--resume']);
    expect({ made: restoresMade(world), sent: restoreCalls(world) }).toEqual({ made: 0, sent: 1 });
    expect((await restoring(world, TYPED)).stderr).toContain('is under way');
    expect(await restoring(world, ['--give-up', 'Orders'])).toMatchObject({ exitCode: 0 });
    expect(await restoring(world, TYPED)).toMatchObject({ exitCode: 0 });
  });
});

describe('a table that somebody makes under the name', () => {
  it('while the answer to the call is lost is not taken for the restored one', async () => {
    const { world } = await lostTable();
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'connection-reset' });
    await restoring(world, TYPED);
    world.account.faults.clear();
    await world.clock.advanceBy(HOUR_MS);
    createTable(world.account, { name: 'Orders', createdAt: world.clock.now() });
    const made = settingsNow(world);
    const { exitCode, stdout } = await restoring(world, ['--resume']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(settingsNow(world)).toEqual(made);
    expect(await restoring(world, ['--resume'])).toMatchObject({ stdout: 'No restore is under way.\n' });
  });

  it('within the same minutes, and is still CREATING, is not taken for the restored one', async () => {
    const { world } = await lostTable();
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'connection-reset' });
    const session = startTyping(world, ['restore', ...TYPED]);
    await untilSo(world, () => restoreCalls(world) === 1);
    const table = createTable(world.account, { name: 'Orders' });
    Object.assign(table, { activeAt: world.clock.now() + 10 * MINUTE_MS });
    const { exitCode, stdout } = await world.clock.run(session);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringContaining('Orders is another table than the one that was restored'),
    });
    expect(tableOf(world.account, 'Orders')).toMatchObject({ deletionProtection: false });
  });

  it('within the same minutes, and is ACTIVE, is not taken for the restored one before a person says so', async () => {
    const { world } = await lostTable();
    world.account.faults.add({ operation: 'RestoreTableFromBackup', kind: 'connection-reset' });
    const session = startTyping(world, ['restore', ...TYPED]);
    await untilSo(world, () => restoreCalls(world) === 1);
    createTable(world.account, { name: 'Orders' });
    const made = settingsNow(world);
    const { exitCode, stdout } = await world.clock.run(session);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /nothing is changed on it\..*take it for.*--adopt Orders.*forget this.*--give-up Orders/s,
    );
    expect(settingsNow(world)).toEqual(made);
    const said = async (...answers: string[]) =>
      (await restoring(world, ['--adopt', 'Orders'], { answers })).stdout;
    expect(await said('no')).toBe('Nothing was restored.\n');
    expect(await restoring(world, ['--adopt', 'Orders'])).toMatchObject({ exitCode: 2 });
    expect(await restoring(world, ['--give-up', 'Orders'])).toMatchObject({ exitCode: 0 });
    expect(await restoring(world, ['--adopt', 'Orders', '--yes'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('that restore has ended'),
    });
    expect(settingsNow(world)).toEqual(made);
  });

  it('by a restore of another second is not taken for it, whatever a person says', async () => {
    const world = await aFullTable({ restoreSummaryStays: true });
    world.account.faults.add({ operation: 'RestoreTableToPointInTime', kind: 'connection-reset', times: 1 });
    const session = startTyping(world, ['restore', 'Orders', '--ago', '10min', '--target', 'Copy', '--yes']);
    await untilSo(world, () => restoreCalls(world) === 1);
    await invokeIn(world.account)('dynamodb', 'RestoreTableToPointInTime', {
      SourceTableName: 'Orders',
      TargetTableName: 'Copy',
      RestoreDateTime: Math.floor(world.clock.now() / 1000) - 1200,
    });
    const { exitCode, stdout } = await world.clock.run(session);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringContaining('Copy is another table than the one that was restored'),
    });
    expect(tableOf(world.account, 'Copy')).toMatchObject({ deletionProtection: false });
  });

  it.each([12, 40, 60, 75])('between two sessions is not touched (killed at call %i)', async (calls) => {
    const { world } = await lostTable();
    expect(await killedAt(world, calls, 'after')).toBe('killed');
    const begun = (await recordsOf(world)).length > 0;
    await world.clock.advanceBy(HOUR_MS);
    if (tableNames(world).includes('Orders')) await lose(world, 'Orders');
    createTable(world.account, { name: 'Orders', createdAt: world.clock.now() });
    await world.clock.advanceBy(MINUTE_MS);
    const made = settingsNow(world);
    const { exitCode, stdout } = await restoring(world, ['--resume']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: begun ? 1 : 0 });
    expect(settingsNow(world)).toEqual(made);
    expect(tableOf(world.account, 'Orders').restoredFrom).toBeUndefined();
  });
});

describe('two sessions at once', () => {
  it('restore to one name once, whatever they ask first', async () => {
    const { world, before } = await lostTable();
    const both = await world.clock.run(
      Promise.all([startTyping(world, ['restore', ...TYPED]), startTyping(world, ['restore', ...TYPED])]),
    );
    expect(both.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 2]);
    expect(both.map(({ stderr }) => stderr).join('')).toContain('A restore to Orders is under way.');
    expect({ made: restoresMade(world), sent: restoreCalls(world) }).toEqual({ made: 1, sent: 1 });
    expect(settingsNow(world)).toEqual(before);
  });

  it('of which one gives the restore up say so both, and neither sends a person to --resume', async () => {
    const { world } = await lostTable();
    const session = startTyping(world, ['restore', ...TYPED]);
    await untilSo(world, () => restoreCalls(world) === 1);
    // AWS makes the table for days, so that the first session cannot come to its settings while the second one starts.
    Object.assign(tableOf(world.account, 'Orders'), { activeAt: world.clock.now() + 7 * DAY_MS });
    const given = await restoring(world, ['--give-up', 'Orders']);
    const { exitCode, stdout } = await world.clock.run(session);
    expect(given.stdout).toContain('The restore to Orders is given up.');
    expect(given.stdout).toContain('No setting was put back on it: it has no deletion protection');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The restore of Orders to Orders was given up.');
    expect(stdout).not.toContain('--resume');
    expect(await restoring(world, ['--resume'])).toMatchObject({ stdout: 'No restore is under way.\n' });
  });

  it('that resume one restore make one table, and one of them steps back', async () => {
    const { world, before } = await lostTable();
    await killedAt(world, 30, 'after');
    const both = await world.clock.run(
      Promise.all([startTyping(world, ['restore', '--resume']), startTyping(world, ['restore', '--resume'])]),
    );
    expect(both.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 1]);
    expect(both.map(({ stdout }) => stdout).join('')).toContain(
      'another session goes on with the restore to Orders',
    );
    expect(restoreCalls(world)).toBe(1);
    expect(settingsNow(world)).toEqual(before);
  });
});
