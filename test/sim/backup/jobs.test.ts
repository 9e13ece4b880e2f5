import {
  DescribeBackupJobCommand,
  ListBackupJobsCommand,
  type ListBackupJobsCommandInput,
  StopBackupJobCommand,
} from '@aws-sdk/client-backup';
import { DeleteTableCommand, DescribeBackupCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { setBackupOptIn } from '../../../sim/console/services.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { arnOf, DAY, failureOf, HOUR, MINUTE, SECOND } from '../world.ts';
import { backupWorld, ROLE, VAULT, VAULT_ARN } from './backup-world.ts';

const SLOW = { backupJobMs: () => 2 * HOUR };

describe('a backup job', () => {
  it('is created, runs and is completed, and its point is listed from its start on', async () => {
    const { clock, job, points, start } = await backupWorld({ backupJobMs: () => 5 * MINUTE });
    const { BackupJobId, RecoveryPointArn } = await start();
    expect(RecoveryPointArn).toMatch(/^arn:aws:backup:us-east-1:111122223333:recovery-point:[0-9a-f-]{36}$/);
    expect((await job(BackupJobId)).State).toBe('CREATED');
    expect(await points()).toEqual([]);
    await clock.advanceBy(MINUTE);
    expect((await job(BackupJobId)).State).toBe('RUNNING');
    expect(await points()).toMatchObject([{ RecoveryPointArn, Status: 'CREATING' }]);
    await clock.advanceBy(10 * MINUTE);
    expect(await job(BackupJobId)).toMatchObject({
      State: 'COMPLETED',
      MessageCategory: 'SUCCESS',
      ResourceArn: arnOf('orders'),
      ResourceType: 'DynamoDB',
      BackupVaultArn: VAULT_ARN,
      IamRoleArn: ROLE,
      RecoveryPointArn,
    });
    expect(await points()).toMatchObject([
      { RecoveryPointArn, Status: 'AVAILABLE', BackupVaultName: VAULT, ResourceArn: arnOf('orders') },
    ]);
  });

  it('without advanced features makes a point that DynamoDB has too, and names it when it runs', async () => {
    const { account, clock, dynamodb, job, points, start } = await backupWorld();
    setBackupOptIn(account, { optedIn: true, advanced: false });
    const { BackupJobId, RecoveryPointArn } = await start();
    expect(RecoveryPointArn).toBeUndefined();
    await clock.advanceBy(HOUR);
    const { RecoveryPointArn: arn = '' } = await job(BackupJobId);
    expect(arn).toMatch(
      /^arn:aws:dynamodb:us-east-1:111122223333:table\/orders\/backup\/\d{14}-[0-9a-f]{8}$/,
    );
    expect((await points())[0]?.RecoveryPointArn).toBe(arn);
    const { BackupDescription } = await dynamodb.send(new DescribeBackupCommand({ BackupArn: arn }));
    expect(BackupDescription?.BackupDetails?.BackupType).toBe('AWS_BACKUP');
    const listed = await dynamodb.send(new ListBackupsCommand({ BackupType: 'AWS_BACKUP' }));
    expect(listed.BackupSummaries).toEqual([]);
  });

  it('waits for another of its table, and not for one of another table', async () => {
    const { account, clock, job, start } = await backupWorld(SLOW);
    createTable(account, { name: 'users' });
    const first = await start();
    const second = await start();
    const other = await start({ ResourceArn: arnOf('users') });
    await clock.advanceBy(HOUR);
    const states = async () =>
      Promise.all([first, second, other].map(async ({ BackupJobId }) => (await job(BackupJobId)).State));
    expect(await states()).toEqual(['RUNNING', 'CREATED', 'RUNNING']);
    await clock.advanceBy(2 * HOUR);
    expect(await states()).toEqual(['COMPLETED', 'RUNNING', 'COMPLETED']);
  });

  it('that cannot start within its window is expired', async () => {
    const { clock, job, start } = await backupWorld(SLOW);
    await start();
    const { BackupJobId } = await start({ StartWindowMinutes: 60 });
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({
      State: 'EXPIRED',
      StatusMessage: 'Backup job failed because there was a running job for the same resource.',
    });
  });

  it('that does not end within its window is cut off, and leaves no point', async () => {
    const { clock, job, points, start } = await backupWorld(SLOW);
    const { BackupJobId } = await start({ StartWindowMinutes: 60, CompleteWindowMinutes: 90 });
    await clock.advanceBy(2 * HOUR);
    expect(await job(BackupJobId)).toMatchObject({
      State: 'EXPIRED',
      StatusMessage: 'Backup job expired before completion.',
    });
    expect(await points()).toEqual([]);
  });

  it.each([[SECOND], [HOUR]])(
    'is stopped after %i ms, leaves no point, and the next one starts',
    async (after) => {
      const { backup, clock, job, points, start } = await backupWorld(SLOW);
      const { BackupJobId } = await start();
      const next = await start();
      await clock.advanceBy(after);
      await backup.send(new StopBackupJobCommand({ BackupJobId }));
      expect((await job(BackupJobId)).State).toBe('ABORTING');
      await clock.advanceBy(2 * MINUTE);
      expect(await job(BackupJobId)).toMatchObject({
        State: 'ABORTED',
        StatusMessage: 'Backup job was stopped by user.',
      });
      expect((await job(next.BackupJobId)).State).toBe('RUNNING');
      expect(await points()).toHaveLength(1);
      const again = backup.send(new StopBackupJobCommand({ BackupJobId }));
      expect(await failureOf(again)).toMatch(/^InvalidRequestException: /);
    },
  );

  it('fails when the table is gone before it starts', async () => {
    const { clock, dynamodb, job, start } = await backupWorld({ deleteTableMs: 0 });
    const { BackupJobId } = await start();
    await dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({ State: 'FAILED', StatusMessage: 'Table not found.' });
  });

  it.each([
    ['dynamodb:ListTagsOfResource', arnOf('orders')],
    ['dynamodb:StartAwsBackupJob', arnOf('orders')],
    ['dynamodb:DescribeTable', arnOf('orders')],
  ])('fails when its role may not %s', async (denied, resource) => {
    const { clock, job, start } = await backupWorld({
      authorize: ({ accessKeyId, operation }) => accessKeyId !== ROLE || operation !== denied,
    });
    const { BackupJobId } = await start();
    await clock.advanceBy(HOUR);
    expect(await job(BackupJobId)).toMatchObject({
      State: 'FAILED',
      MessageCategory: 'AccessDenied',
      StatusMessage: `User: arn:aws:sts::111122223333:assumed-role/backups/AWSBackup-AWSBackupService is not authorized to perform: ${denied} on resource: ${resource} because no identity-based policy allows the ${denied} action`,
    });
  });

  it('takes the tags of its table, those that are given before them, and fails above fifty', async () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, 'table']));
    const { account, clock, job, start } = await backupWorld({}, { tags });
    const fits = await start({ RecoveryPointTags: { t0: 'job', own: 'job' } });
    const over = await start({ RecoveryPointTags: { own: 'job', second: 'job' } });
    await clock.advanceBy(HOUR);
    const { RecoveryPointArn = '' } = await job(fits.BackupJobId);
    expect(account.state.backup.points.find(RecoveryPointArn)?.tags).toMatchObject({
      t0: 'job',
      t1: 'table',
      own: 'job',
    });
    expect(await job(over.BackupJobId)).toMatchObject({
      State: 'FAILED',
      StatusMessage: 'The resultant tag set must not have more than 50 user tags.',
    });
  });
});

describe('StartBackupJob', () => {
  it.each([
    ['a name of no vault', { BackupVaultName: 'a b' }, /^InvalidParameterValueException: /],
    [
      'a vault that is not there',
      { BackupVaultName: 'other' },
      /^ResourceNotFoundException: .*other does not exist/,
    ],
    [
      'a table that is not there',
      { ResourceArn: arnOf('gone') },
      /^ResourceNotFoundException: Table not found/,
    ],
    [
      'a table of another Region',
      { ResourceArn: arnOf('orders').replace('us-east-1', 'eu-west-1') },
      /^InvalidParameterValueException: /,
    ],
    [
      'another service',
      { ResourceArn: 'arn:aws:s3:::bucket' },
      /^InvalidParameterValueException: .*unsupported resource type/,
    ],
    ['no ARN', { ResourceArn: 'orders' }, /^InvalidParameterValueException: /],
    [
      'a role of another account',
      { IamRoleArn: ROLE.replace('1111', '9999') },
      /^InvalidParameterValueException: IAM Role .* cannot be assumed by AWS Backup/,
    ],
    ['a start window under an hour', { StartWindowMinutes: 59 }, /^InvalidParameterValueException: /],
    [
      'a complete window within the start window',
      { StartWindowMinutes: 60, CompleteWindowMinutes: 60 },
      /^InvalidParameterValueException: /,
    ],
    [
      'no days',
      { Lifecycle: { DeleteAfterDays: 0 } },
      /^InvalidParameterValueException: DeleteAfterDays cannot be less than 1 or more than 36500 days/,
    ],
    [
      'too many days',
      { Lifecycle: { DeleteAfterDays: 36_501 } },
      /DeleteAfterDays cannot be less than 1 or more than 36500 days/,
    ],
    [
      'cold from the beginning',
      { Lifecycle: { MoveToColdStorageAfterDays: 0, DeleteAfterDays: 365 } },
      /Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays/,
    ],
    [
      'cold for too short',
      { Lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 97 } },
      /Invalid lifecycle. DeleteAfterDays/,
    ],
  ])('refuses %s', async (_name, wish, fails) => {
    const { start } = await backupWorld();
    expect(await failureOf(start(wish))).toMatch(fails);
  });

  it('takes 90 days of cold, and -1 as no lifecycle', async () => {
    const { start } = await backupWorld();
    await start({ Lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 98 } });
    await start({ Lifecycle: { MoveToColdStorageAfterDays: -1, DeleteAfterDays: -1 } });
  });

  it('asks whether the caller may pass the role', async () => {
    const { start } = await backupWorld({ authorize: ({ operation }) => operation !== 'iam:PassRole' });
    expect(await failureOf(start())).toMatch(
      new RegExp(`^AccessDeniedException: .* not authorized to perform: iam:PassRole on resource: ${ROLE} `),
    );
  });

  it('with a token begins one job, however often it is asked', async () => {
    const { clock, start } = await backupWorld();
    const token = { IdempotencyToken: 'orders-2026-01-01' };
    const first = await start(token);
    expect(await start(token)).toMatchObject({ BackupJobId: first.BackupJobId });
    await clock.advanceBy(HOUR);
    expect(await start(token)).toMatchObject({ BackupJobId: first.BackupJobId });
    expect((await start({ IdempotencyToken: 'other' })).BackupJobId).not.toBe(first.BackupJobId);
  });

  it('refuses the token of a job that has ended where the account says so', async () => {
    const { clock, start } = await backupWorld({ finishedTokens: 'refused' });
    const token = { IdempotencyToken: 'orders-2026-01-01' };
    const { BackupJobId } = await start(token);
    await clock.advanceBy(HOUR);
    expect(await failureOf(start(token))).toBe(
      `InvalidParameterValueException: Backup job ${BackupJobId} already finished`,
    );
  });

  it('may switch the advanced features on for those that follow', async () => {
    const { account, start } = await backupWorld({ jobsOptIn: true });
    setBackupOptIn(account, { optedIn: false, advanced: false });
    expect((await start()).RecoveryPointArn).toBeUndefined();
    expect((await start()).RecoveryPointArn).toMatch(/recovery-point/);
    expect(account.state.backup.events.map((event) => event['detail-type'])).toContain(
      'Region Setting State Change',
    );
  });
});

describe('the list of jobs', () => {
  it('comes newest first, in pages, by what is asked for', async () => {
    const { account, backup, clock, start } = await backupWorld();
    createTable(account, { name: 'users' });
    const ids: (string | undefined)[] = [];
    for (const name of ['orders', 'users', 'orders']) {
      ids.unshift((await start({ ResourceArn: arnOf(name) })).BackupJobId);
      await clock.advanceBy(HOUR);
    }
    const list = async (input: ListBackupJobsCommandInput) => {
      const { BackupJobs = [], NextToken } = await backup.send(new ListBackupJobsCommand(input));
      return { ids: BackupJobs.map(({ BackupJobId }) => BackupJobId), NextToken };
    };
    const first = await list({ MaxResults: 2 });
    expect(first.ids).toEqual(ids.slice(0, 2));
    expect(await list({ MaxResults: 2, NextToken: first.NextToken })).toEqual({
      ids: ids.slice(2),
      NextToken: undefined,
    });
    expect((await list({ ByResourceArn: arnOf('users') })).ids).toEqual([ids[1]]);
    expect((await list({ ByState: 'RUNNING' })).ids).toEqual([]);
    expect((await list({ ByState: 'COMPLETED' })).ids).toEqual(ids);
    expect((await list({ ByBackupVaultName: 'other' })).ids).toEqual([]);
    expect((await list({ ByCreatedAfter: new Date(clock.now() - 90 * MINUTE) })).ids).toEqual(
      ids.slice(0, 1),
    );
  });

  it('forgets a job 30 days after its end, and so does DescribeBackupJob', async () => {
    const { backup, clock, start } = await backupWorld();
    const { BackupJobId } = await start();
    await clock.advanceBy(30 * DAY);
    expect((await backup.send(new ListBackupJobsCommand({}))).BackupJobs).toHaveLength(1);
    await clock.advanceBy(HOUR);
    expect((await backup.send(new ListBackupJobsCommand({}))).BackupJobs).toEqual([]);
    const ask = backup.send(new DescribeBackupJobCommand({ BackupJobId }));
    expect(await failureOf(ask)).toMatch(/^ResourceNotFoundException: /);
  });
});
