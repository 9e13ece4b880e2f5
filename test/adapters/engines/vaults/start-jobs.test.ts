import { describe, expect, it } from 'vitest';
import { setBackupRole } from '../../../../sim/console/backup-trouble.ts';
import { openRegion } from '../../../../sim/console/regions.ts';
import { setRegionSettings } from '../../../../sim/console/services.ts';
import { createVault, startJob } from '../../../../sim/console/vaults.ts';
import { NOW } from '../../connect.ts';
import { aCopy, aCreate, DAY, MINUTE, ROLE, vaultWorld } from './world.ts';

const tokenIn = ({ sent }: ReturnType<typeof vaultWorld>): unknown => sent.at(-1)?.body.IdempotencyToken;

describe('what AWS Backup is asked for', () => {
  it('has no member that nobody chose: AWS takes a zero for a number of days', async () => {
    const world = vaultWorld();
    await world.apply(aCreate());
    expect(world.sent.at(-1)?.body).toEqual({
      BackupVaultName: 'main',
      ResourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders',
      IamRoleArn: ROLE,
      IdempotencyToken: expect.stringMatching(/^[0-9a-f]{40}$/),
      StartWindowMinutes: 480,
    });
  });

  it('has all that the policy says', async () => {
    const world = vaultWorld();
    const job = { mark: 'm', coldAfterDays: 8, deleteAfterDays: 98, completeWindowMinutes: 900 };
    expect(await world.apply(aCreate(job))).toMatchObject({ status: 'done', job: { startedAt: NOW } });
    expect(world.sent.at(-1)?.body).toMatchObject({
      CompleteWindowMinutes: 900,
      RecoveryPointTags: { 'tablekeeper:recovery-point': 'm' },
      Lifecycle: { MoveToColdStorageAfterDays: 8, DeleteAfterDays: 98 },
    });
  });

  it('of a copy is its life, from the vault where its source is', async () => {
    const world = vaultWorld();
    createVault(openRegion(world.account, 'eu-west-1'), { name: 'dr' });
    world.own();
    const [point] = (await world.list()).items;
    if (point === undefined) throw new Error('nothing is listed');
    expect(await world.apply(aCopy(point))).toMatchObject({
      status: 'done',
      job: { id: expect.any(String) },
    });
    expect(world.sent.at(-1)?.body).toEqual({
      RecoveryPointArn: point.id,
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr',
      IamRoleArn: ROLE,
      IdempotencyToken: expect.stringMatching(/^[0-9a-f]{40}$/),
      Lifecycle: { DeleteAfterDays: 8 },
    });
  });
});

describe('the token of a job', () => {
  it('is the same for the same table, policy, slot and attempt, whatever else changes', async () => {
    const world = vaultWorld();
    await world.apply(aCreate());
    const first = tokenIn(world);
    await world.apply(aCreate({ mark: 'm', startWindowMinutes: 60 }, { urgency: 9, reason: 'later' }));
    expect(tokenIn(world)).toBe(first);
    expect(world.account.state.backup.backupJobs.size).toBe(1);
  });

  it.each([
    { name: 'attempt', action: aCreate({ attempt: 2 }) },
    { name: 'table of the same name', action: aCreate({}, { tableId: 'made again' }) },
    { name: 'policy', action: aCreate({}, { policy: 'yearly' }) },
    { name: 'slot', action: aCreate({}, { slot: NOW }) },
  ])('is another one for another $name', async ({ action }) => {
    const world = vaultWorld();
    await world.apply(aCreate());
    const first = tokenIn(world);
    await world.apply(action);
    expect(tokenIn(world)).not.toBe(first);
    expect(world.account.state.backup.backupJobs.size).toBe(2);
  });

  it.each(['quiet', 'refused'] as const)(
    'of a job that has ended begins none (%s)',
    async (finishedTokens) => {
      const world = vaultWorld({ finishedTokens });
      await world.apply(aCreate());
      await world.clock.advanceBy(DAY);
      const { status } = await world.apply(aCreate());
      expect(status).toBe(finishedTokens === 'quiet' ? 'done' : 'deferred');
      expect(world.account.state.backup.backupJobs.size).toBe(1);
    },
  );
});

describe('an answer that is lost', () => {
  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'leaves one job, and one copy: %s',
    async (kind) => {
      const world = vaultWorld();
      createVault(openRegion(world.account, 'eu-west-1'), { name: 'dr' });
      world.own();
      for (const operation of ['StartBackupJob', 'StartCopyJob'])
        world.account.faults.add({ operation, kind, times: 1 });
      const [point] = (await world.list()).items;
      if (point === undefined) throw new Error('nothing is listed');
      await world.apply(aCreate());
      await world.apply(aCopy(point));
      const { backupJobs, copyJobs } = world.account.state.backup;
      expect([backupJobs.size, copyJobs.size]).toEqual([1, 1]);
    },
  );
});

describe('a call that is refused', () => {
  it.each([
    ['LimitExceededException', 'Too many', 400, 'deferred'],
    ['ServiceUnavailableException', 'later', 500, 'deferred'],
    ['InvalidParameterValueException', 'Backup job x already finished', 400, 'deferred'],
    ['InvalidRequestException', 'unsupported resource type', 400, 'failed'],
    ['AccessDeniedException', 'Insufficient privileges to perform this action.', 403, 'failed'],
  ] as const)('with %s is %s', async (code, message, status, expected) => {
    const world = vaultWorld();
    const answer = { code, message, status };
    world.account.faults.add({ operation: 'StartBackupJob', kind: 'internal-error', answer });
    expect((await world.apply(aCreate())).status).toBe(expected);
  });

  it('because the Region leaves DynamoDB out is in the words of AWS', async () => {
    const world = vaultWorld();
    setRegionSettings(world.account, { optIn: {}, management: undefined });
    expect(await world.apply(aCreate())).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('not opted in') },
    });
  });
});

describe('a role that AWS Backup cannot take on', () => {
  it('is waited for while it is new, in the same run', async () => {
    const world = vaultWorld();
    setBackupRole(world.account, ROLE, 'untrusted');
    const applied = world.apply(aCreate());
    world.account.state.at(NOW + MINUTE, () => setBackupRole(world.account, ROLE, undefined));
    expect(await applied).toMatchObject({ status: 'done' });
    expect(world.account.state.backup.backupJobs.size).toBe(1);
  });

  it('for longer is a failure that names it', async () => {
    const world = vaultWorld();
    setBackupRole(world.account, ROLE, 'missing');
    expect(await world.apply(aCreate())).toMatchObject({
      status: 'failed',
      failure: { message: `IAM Role ${ROLE} cannot be assumed by AWS Backup` },
    });
    expect(world.clock.now() - NOW).toBeLessThanOrEqual(2 * MINUTE);
  });
});

it('a job for no vault, and a copy of what is in none, are refused', async () => {
  const world = vaultWorld();
  const { job: _, ...bare } = aCreate();
  expect(await world.apply(bare)).toMatchObject({ status: 'refused' });
  world.own();
  startJob(world.account, { tableName: 'orders', vaultName: 'main', iamRoleArn: ROLE });
  const [point] = (await world.list()).items;
  if (point === undefined) throw new Error('nothing is listed');
  const { vault: _vault, ...location } = point.location;
  expect(await world.apply(aCopy({ ...point, location }))).toMatchObject({ status: 'refused' });
});
