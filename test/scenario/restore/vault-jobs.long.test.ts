import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { setBackupRole, troubleJobs } from '../../../sim/console/backup-trouble.ts';
import { settingsOf } from '../../../sim/console/settings-of.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { cancelRestore, setKey } from '../../../sim/console/trouble.ts';
import type { Fault } from '../../../sim/faults.ts';
import { typedIn } from '../../cli/typed.ts';
import type { Deployment } from '../../support/deployment.ts';
import { justAfter, OFFSITE, offsite, vaultedTable } from './vault-world.ts';
import { dyingWire, lose, recordsOf, startTyping, tableNames, untilSo } from './world.ts';

const REST = ['--as-replacement', '--ttl', 'on', '--yes'];

const lostTable = async (options = {}) => {
  const { world, point } = await vaultedTable(options);
  const { warm: _warm, ...before } = settingsOf(world.account, 'Orders');
  await lose(world, 'Orders');
  return { world, before, typed: ['Orders', '--at', justAfter(point), ...REST] };
};

const settingsNow = ({ account }: Deployment) => {
  const { warm: _warm, ...settings } = settingsOf(account, 'Orders');
  return settings;
};

const restoresMade = ({ account }: Deployment) => account.ledger.of('table-restored').length;
const jobsOf = ({ account }: Deployment) => account.state.backup.restoreJobs.size;

/** The call that starts a job. */
const isStart = ({ method, path }: { readonly method?: string; readonly path?: string }): boolean =>
  method === 'PUT' && path === '/restore-jobs';

const killedAt = async (
  world: Deployment,
  argv: readonly string[],
  calls: number,
  when: 'before' | 'after',
) => {
  const { handler, death } = dyingWire(world, calls, when);
  const typing = { handler, policies: OFFSITE };
  const ended = startTyping(world, ['restore', ...argv], typing).then(() => 'finished' as const);
  return await world.clock.run(Promise.race([ended, death]));
};

describe('a restore from a vault that is killed', () => {
  const makesOneWholeTable = async (calls: number, when: 'before' | 'after', settings = {}) => {
    const { world, before, typed } = await lostTable(settings);
    const end = await killedAt(world, typed, calls, when);
    if (end === 'finished') return end;
    await world.clock.advanceBy(10 * MINUTE_MS);
    let { exitCode, stdout } = await offsite(world, ['--resume']);
    if (stdout === 'No restore is under way.\n' && !tableNames(world).includes('Orders'))
      ({ exitCode, stdout } = await offsite(world, typed));
    const said = `killed ${when} call ${calls}: ${stdout}`;
    expect(exitCode, said).toBe(0);
    expect(settingsNow(world), said).toEqual(before);
    expect({ made: restoresMade(world), jobs: jobsOf(world) }, said).toEqual({ made: 1, jobs: 1 });
    return end;
  };

  it.each([
    { when: 'after', first: 4, each: 9, finishedTokens: 'quiet' },
    { when: 'before', first: 7, each: 16, finishedTokens: 'refused' },
  ] as const)(
    '$when one call in $each is finished by --resume alone, with one job and one table',
    async ({ when, first, each, finishedTokens }) => {
      let calls = first;
      for (let end = 'killed'; end === 'killed'; calls += each)
        end = await makesOneWholeTable(calls, when, { finishedTokens });
      expect(calls).toBeGreaterThan(40);
    },
    120_000,
  );

  it.each([
    { when: 'before', finishedTokens: 'quiet' },
    { when: 'after', finishedTokens: 'quiet' },
    { when: 'after', finishedTokens: 'refused' },
  ] as const)(
    '$when the call that starts the job starts one ($finishedTokens)',
    async ({ when, finishedTokens }) => {
      const { world, before, typed } = await lostTable({ finishedTokens });
      const { handler, death } = dyingWire(world, 1, when, isStart);
      const typing = { handler, policies: OFFSITE };
      const ended = startTyping(world, ['restore', ...typed], typing);
      expect(await world.clock.run(Promise.race([ended, death]))).toBe('killed');
      expect(jobsOf(world)).toBe(when === 'after' ? 1 : 0);
      await world.clock.advanceBy(HOUR_MS);
      expect(await offsite(world, ['--resume'])).toMatchObject({ exitCode: 0 });
      expect({ made: restoresMade(world), jobs: jobsOf(world) }).toEqual({ made: 1, jobs: 1 });
      expect(settingsNow(world)).toEqual(before);
    },
  );
});

describe('a restore from a vault whose answers are lost', () => {
  it.each([
    { operation: 'StartRestoreJob', kind: 'timeout-after-effect', times: 1 },
    { operation: 'StartRestoreJob', kind: 'connection-reset-after-effect', times: 1 },
    { operation: 'StartRestoreJob', kind: 'connection-reset', times: 2 },
    { operation: 'StartRestoreJob', kind: 'internal-error', times: 2 },
    { operation: 'StartRestoreJob', kind: 'throttle', times: 5 },
    { operation: 'DescribeRestoreJob', kind: 'throttle', probability: 0.5 },
    { operation: 'ListRestoreJobs', kind: 'internal-error', times: 3 },
    { operation: 'GetRecoveryPointRestoreMetadata', kind: 'internal-error', times: 4 },
    { operation: '*', kind: 'timeout-after-effect', probability: 0.1 },
  ] satisfies Fault[])('makes one table, whole: $kind of $operation', async (fault) => {
    const { world, before, typed } = await lostTable();
    const armed = world.account.faults.add(fault);
    const first = await offsite(world, typed);
    armed.remove();
    await world.clock.advanceBy(20 * MINUTE_MS);
    for (let again = 0; again < 2; again += 1) await offsite(world, ['--resume']);
    if (!tableNames(world).includes('Orders')) await offsite(world, typed);
    expect(settingsNow(world), first.stdout + first.stderr).toEqual(before);
    expect({ made: restoresMade(world), jobs: jobsOf(world) }).toEqual({ made: 1, jobs: 1 });
  });

  it('and is done by two sessions at once is done once', async () => {
    const { world, before, typed } = await lostTable();
    await killedAt(world, typed, 40, 'after');
    const typing = { policies: OFFSITE };
    const both = await world.clock.run(
      Promise.all([
        startTyping(world, ['restore', '--resume'], typing),
        startTyping(world, ['restore', '--resume'], typing),
      ]),
    );
    expect(both.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 1]);
    expect(jobsOf(world)).toBe(1);
    expect(settingsNow(world)).toEqual(before);
  });
});

describe('a job that comes to nothing', () => {
  it.each([
    { state: 'FAILED', message: 'An internal error occurred.', cause: 'internal' },
    { state: 'ABORTED', message: 'Restore job was stopped by user.', cause: 'stopped' },
    { state: 'PARTIAL', message: 'Some words of tomorrow.', cause: 'unclassified' },
  ])('$state is reported in the words of AWS with their class', async ({ state, message, cause }) => {
    const { world, typed } = await lostTable();
    troubleJobs(world.account, { job: 'restore', state, message, times: 1 });
    const { exitCode, stdout } = await offsite(world, typed);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(message);
    expect(stdout).toContain(`(${cause})`);
    expect((await recordsOf(world))[0]).toMatchObject({ result: 'failed', failure: { code: 'job-failed' } });
    const again = await offsite(world, typed);
    expect(again.exitCode).toBe(0);
  });

  it('because its table was taken away is no restore', async () => {
    const { world, typed } = await lostTable();
    const session = startTyping(world, ['restore', ...typed], { policies: OFFSITE });
    await untilSo(world, () => tableNames(world).includes('Orders'));
    cancelRestore(world.account, 'Orders');
    const { exitCode, stdout } = await world.clock.run(session);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('The restore was cancelled');
    expect(tableNames(world)).not.toContain('Orders');
  });
});

describe('what is not allowed', () => {
  it.each([
    ['iam:PassRole', 'iam:PassRole on it is not allowed to you'],
    ['backup:StartRestoreJob', 'backup:StartRestoreJob'],
    ['backup:GetRecoveryPointRestoreMetadata', 'backup:GetRecoveryPointRestoreMetadata'],
  ])('%s is named, and nothing is made', async (gone, says) => {
    const { world, typed } = await lostTable();
    const all = world.account.state.settings.authorize;
    Object.assign(world.account.state.settings, {
      authorize: (request: Parameters<typeof all>[0]) =>
        request.accessKeyId === 'person' && request.operation === gone ? false : all(request),
    });
    const { exitCode, stdout, stderr } = await offsite(world, typed);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout + stderr).toContain(says);
    expect({ tables: tableNames(world), jobs: jobsOf(world) }).toEqual({
      tables: ['tablekeeper-prod-state'],
      jobs: 0,
    });
  });

  it.each(['dynamodb:RestoreTableFromAwsBackup', 'dynamodb:BatchWriteItem'])(
    '%s of the role that restores is named before anything starts, with the plan and without it, and the doctor says it on any other day',
    async (gone) => {
      const { world, typed } = await lostTable();
      const { settings } = world.account.state;
      const all = settings.authorize;
      Object.assign(settings, {
        authorize: (request: Parameters<typeof all>[0]) =>
          request.accessKeyId.endsWith('-restore') && request.operation === gone ? false : all(request),
      });
      const said = `lacks what a restore from a vault needs: ${gone}`;
      for (const more of [[], ['--plan']]) {
        const { exitCode, stderr } = await offsite(world, [...typed, ...more]);
        expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(said) });
      }
      expect({ jobs: jobsOf(world), records: await recordsOf(world) }).toEqual({ jobs: 0, records: [] });
      const doctor = await typedIn(world, ['doctor'], { policies: OFFSITE });
      expect(doctor.stdout.replaceAll(/\s+/g, ' ')).toContain(said);
      Object.assign(settings, { authorize: all });
      expect((await offsite(world, typed)).exitCode).toBe(0);
    },
  );

  it.each(['iam:GetRole', 'iam:SimulatePrincipalPolicy'])(
    'without %s a restore is not held up: its plan says what is not known',
    async (unread) => {
      const { world, typed } = await lostTable();
      const { settings } = world.account.state;
      const all = settings.authorize;
      Object.assign(settings, {
        authorize: (request: Parameters<typeof all>[0]) =>
          request.accessKeyId === 'person' && request.operation === unread ? false : all(request),
      });
      const plan = await offsite(world, [...typed, '--plan']);
      expect(plan.exitCode).toBe(0);
      expect(plan.stdout.replaceAll(/\s+/g, ' ')).toContain('It could not be checked beforehand: ');
      expect((await offsite(world, typed)).exitCode).toBe(0);
    },
  );

  it.each(['dynamodb:RestoreTableFromAwsBackup', 'dynamodb:BatchWriteItem', 'dynamodb:DescribeTable'])(
    '%s that the role that restores loses after that is named by its job, and nothing is made until the role may',
    async (gone) => {
      const { world, before, typed } = await lostTable();
      const { settings } = world.account.state;
      const all = settings.authorize;
      Object.assign(settings, {
        authorize: (request: Parameters<typeof all>[0]) =>
          request.accessKeyId.endsWith('-restore') && request.operation === gone && jobsOf(world) > 0
            ? false
            : all(request),
      });
      const { exitCode, stdout } = await offsite(world, typed);
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`is not authorized to perform: ${gone} on resource`);
      expect(stdout).toContain('(permission)');
      expect(tableNames(world)).toEqual(['tablekeeper-prod-state']);
      Object.assign(settings, { authorize: all });
      expect((await offsite(world, typed)).exitCode).toBe(0);
      expect(settingsNow(world)).toEqual(before);
    },
  );

  it('the key of the vault is named before a job begins, and by the job where it cannot be read', async () => {
    const { world, typed } = await lostTable();
    const { settings } = world.account.state;
    const all = settings.authorize;
    const [vault] = world.account.state.backup.vaults.values();
    setKey(world.account, vault?.encryptionKeyArn ?? '', 'disabled');
    const refused = await offsite(world, typed);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('which is disabled: it cannot be restored');
    Object.assign(settings, {
      authorize: (request: Parameters<typeof all>[0]) =>
        request.accessKeyId === 'person' && request.operation === 'kms:DescribeKey' ? false : all(request),
    });
    const { exitCode, stdout } = await offsite(world, typed);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('(key)');
    expect(tableNames(world)).toEqual(['tablekeeper-prod-state']);
  });

  it('a role that AWS Backup cannot take on is named', async () => {
    const { world, typed } = await lostTable();
    const role = 'arn:aws:iam::111122223333:role/mine';
    for (const [trouble, says] of [
      ['missing', `There is no role ${role}`],
      ['untrusted', `AWS Backup cannot take on the role ${role}`],
    ] as const) {
      setBackupRole(world.account, role, trouble);
      const { exitCode, stderr } = await offsite(world, [...typed, '--restore-role', role]);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
    }
    expect(jobsOf(world)).toBe(0);
    const wrong = await offsite(world, [...typed, '--restore-role', 'mine']);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not the ARN of a role') });
  });

  it('is writing to a table that somebody made while the answer was lost', async () => {
    const { world, typed } = await lostTable();
    world.account.faults.add({ operation: 'StartRestoreJob', kind: 'connection-reset', times: 1 });
    const session = startTyping(world, ['restore', ...typed], { policies: OFFSITE });
    await untilSo(world, () => world.account.calls.of('StartRestoreJob') === 1);
    createTable(world.account, { name: 'Orders' });
    const made = settingsNow(world);
    const { exitCode, stdout } = await world.clock.run(session);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toContain('a table Orders exists, and a restore never writes to a table that is there');
    expect({ jobs: jobsOf(world), settings: settingsNow(world) }).toEqual({ jobs: 0, settings: made });
  });
});
