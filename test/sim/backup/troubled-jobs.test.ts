import { ListBackupJobsCommand, ListTagsCommand } from '@aws-sdk/client-backup';
import { describe, expect, it } from 'vitest';
import { setBackupRole, setJobState, troubleJobs } from '../../../sim/console/backup-trouble.ts';
import { planOf, pointsOf, startJob } from '../../../sim/console/vaults.ts';
import { arnOf, failureOf, HOUR } from '../world.ts';
import { backupWorld, ROLE, VAULT } from './backup-world.ts';

describe('a job that the console troubles', () => {
  it('fails once with AWS’s words, and the next one does not', async () => {
    const { account, clock, job, made, start } = await backupWorld();
    const message = 'An internal error occurred.';
    troubleJobs(account, { job: 'backup', table: 'orders', state: 'FAILED', message, times: 1 });
    const { BackupJobId } = await start({ IdempotencyToken: '1' });
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({ State: 'FAILED', StatusMessage: message });
    expect((await start({ IdempotencyToken: '1' })).BackupJobId).toBe(BackupJobId);
    await made({ IdempotencyToken: '2' });
    expect(pointsOf(account)).toHaveLength(1);
  });

  it('is completed with issues, and its tags are lost', async () => {
    const { account, backup, clock, job, start } = await backupWorld();
    const message = 'We are unable to copy resource tags to your backup because of the Internal Failure.';
    troubleJobs(account, {
      job: 'backup',
      state: 'COMPLETED',
      message,
      category: 'INTERNAL',
      losesTags: true,
    });
    const { BackupJobId, RecoveryPointArn: ResourceArn } = await start({ RecoveryPointTags: { own: 'yes' } });
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({
      State: 'COMPLETED',
      MessageCategory: 'INTERNAL',
      StatusMessage: message,
    });
    expect((await backup.send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual({});
  });

  it('is partial, and so is its point', async () => {
    const { account, clock, job, point, start } = await backupWorld();
    troubleJobs(account, { job: 'backup', state: 'PARTIAL' });
    const { BackupJobId, RecoveryPointArn } = await start();
    await clock.advanceBy(HOUR);
    expect((await job(BackupJobId)).State).toBe('PARTIAL');
    expect((await point(RecoveryPointArn)).Status).toBe('PARTIAL');
  });

  it('stays in a state that nobody knows, and keeps nobody waiting', async () => {
    const { account, clock, job, made, start } = await backupWorld();
    const trouble = troubleJobs(account, { job: 'backup', state: 'FROZEN' });
    const { BackupJobId } = await start();
    await clock.advanceBy(10 * HOUR);
    expect((await job(BackupJobId)).State).toBe('FROZEN');
    trouble.remove();
    const second = await made();
    expect(pointsOf(account).map(({ arn }) => arn)).toEqual([second]);
  });

  it('shows a state that it is given', async () => {
    const { account, clock, job, start } = await backupWorld();
    const { BackupJobId = '' } = await start();
    await clock.advanceBy(HOUR);
    setJobState(account, BackupJobId, 'THROTTLED');
    expect((await job(BackupJobId)).State).toBe('THROTTLED');
  });
});

describe('a role that AWS Backup cannot assume', () => {
  it('is refused, and usable once it has spread', async () => {
    const { account, made, start } = await backupWorld();
    setBackupRole(account, ROLE, 'untrusted');
    expect(await failureOf(start())).toBe(
      `InvalidParameterValueException: IAM Role ${ROLE} cannot be assumed by AWS Backup`,
    );
    setBackupRole(account, ROLE, undefined);
    await made();
  });
});

describe('the job of somebody else’s plan', () => {
  it('holds the table, and shows the plan', async () => {
    const { account, backup, clock, job, start } = await backupWorld({ backupJobMs: () => 2 * HOUR });
    startJob(account, {
      tableName: 'orders',
      vaultName: VAULT,
      iamRoleArn: ROLE,
      createdBy: planOf(account, 'everything'),
    });
    const own = await start();
    await clock.advanceBy(HOUR);
    const { BackupJobs = [] } = await backup.send(
      new ListBackupJobsCommand({ ByResourceArn: arnOf('orders') }),
    );
    expect(BackupJobs.map(({ CreatedBy, State }) => [CreatedBy?.BackupPlanName, State]).sort()).toEqual([
      [undefined, 'CREATED'],
      ['everything', 'RUNNING'],
    ]);
    await clock.advanceBy(4 * HOUR);
    expect((await job(own.BackupJobId)).State).toBe('COMPLETED');
    expect(pointsOf(account).map(({ createdBy }) => createdBy?.BackupPlanName)).toEqual([
      'everything',
      undefined,
    ]);
  });
});

describe('a call that goes wrong', () => {
  it.each(['connection-reset-after-effect' as const, 'timeout-after-effect' as const])(
    'has its effect once with a token: %s',
    async (kind) => {
      const { account, clock, start } = await backupWorld();
      account.faults.add({ operation: 'StartBackupJob', kind, times: 1 });
      const token = { IdempotencyToken: 'once' };
      expect(await clock.run(failureOf(start(token)))).not.toBe('no failure');
      await start(token);
      await clock.advanceBy(HOUR);
      expect(pointsOf(account)).toHaveLength(1);
    },
  );

  it('is answered as the fault says', async () => {
    const { account, start } = await backupWorld();
    account.faults.add({ operation: 'StartBackupJob', kind: 'throttle', times: 1 });
    expect(await failureOf(start())).toBe('ThrottlingException: Rate exceeded');
    account.faults.add({
      operation: 'StartBackupJob',
      kind: 'internal-error',
      answer: { code: 'LimitExceededException', message: 'Too many' },
      times: 1,
    });
    expect(await failureOf(start())).toBe('LimitExceededException: Too many');
  });
});
