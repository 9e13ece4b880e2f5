import { describe, expect, it } from 'vitest';
import { createPointFinder } from '../../../shared/adapters/restore/point-finder.ts';
import { toRestoreJob } from '../../../shared/adapters/restore/restore-job.ts';
import { recordedEncryption, restoreMetadata } from '../../../shared/adapters/restore/restore-metadata.ts';
import { createVaultRestorer } from '../../../shared/adapters/restore/vault-restorer.ts';
import type { JobWish } from '../../../shared/ports/restore.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { createPoint, createVault, setVaultPolicy } from '../../../sim/console/vaults.ts';
import type { Fault } from '../../../sim/faults.ts';
import { NOW } from '../connect.ts';
import { ACCOUNT, restoreWorld, TARGET } from './world.ts';

const MINUTE = 60_000;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/restores`;
const ALIAS = 'alias/aws/dynamodb';

const withPoint = (settings: Parameters<typeof restoreWorld>[0] = {}) => {
  const world = restoreWorld(settings);
  createTable(world.account, { name: 'Orders', createdAt: NOW - 86_400_000 });
  createVault(world.account, { name: 'main' });
  createVault(world.account, { name: 'other' });
  const { arn } = createPoint(world.account, { table: 'Orders', vault: 'main', form: 'advanced' });
  const wish = (targetTable: string, more: Partial<JobWish> = {}): JobWish => ({
    id: `${targetTable}/1`,
    source: {
      kind: 'recovery-point',
      table: 'Orders',
      tableId: 'any',
      id: arn,
      createdAt: NOW,
      madeBy: 'this-instance',
      sizeBytes: 0,
      vault: { name: 'main', target: TARGET },
    },
    targetTable,
    overrides: { encryption: { kind: 'aws-owned' } },
    roleArn: ROLE,
    askedAt: NOW,
    ...more,
  });
  return { ...world, arn, wish, vaultRestorer: createVaultRestorer(world.options) };
};

describe('starting a job', () => {
  it('twice for one record begins one', async () => {
    const { account, run, vaultRestorer, wish } = withPoint();
    const first = await run(vaultRestorer.start(wish('Back')));
    expect(await run(vaultRestorer.start(wish('Back')))).toEqual(first);
    await run(vaultRestorer.start(wish('Another')));
    expect(account.state.backup.restoreJobs.size).toBe(2);
  });

  it.each([
    ['timeout-after-effect', 'unknown'],
    ['connection-reset', 'unknown'],
    ['internal-error', 'unknown'],
    ['access-denied', 'refused'],
  ] as const)('that ends in %s is %s, and is sent once', async (kind, expected) => {
    const { account, recorder, run, vaultRestorer, wish } = withPoint();
    account.faults.add({ operation: 'StartRestoreJob', kind } satisfies Fault);
    expect(await run(vaultRestorer.start(wish('Back')))).toMatchObject({ kind: expected });
    expect(recorder.counts().find(({ operation }) => operation === 'StartRestoreJob')).toMatchObject({
      calls: 1,
    });
  });

  it('without an encryption or a role sends nothing', async () => {
    const { recorder, run, vaultRestorer, wish } = withPoint();
    recorder.reset();
    expect(await run(vaultRestorer.start(wish('Back', { overrides: {} })))).toMatchObject({
      kind: 'refused',
    });
    expect(recorder.counts()).toEqual([]);
  });

  it('of what is gone, or may not be read, is refused; of what cannot be read now it is put off', async () => {
    const { account, run, vaultRestorer, wish } = withPoint();
    const gone = wish('Back').source;
    const source = {
      ...gone,
      id: `arn:aws:backup:us-east-1:${ACCOUNT}:recovery-point:none`,
    } as JobWish['source'];
    expect(await run(vaultRestorer.start(wish('Back', { source })))).toMatchObject({ kind: 'refused' });
    const operation = 'GetRecoveryPointRestoreMetadata';
    account.faults.add({ operation, kind: 'access-denied', times: 1 });
    expect(await run(vaultRestorer.start(wish('Back')))).toMatchObject({
      kind: 'refused',
      failure: { denial: { operation } },
    });
    account.faults.add({ operation, kind: 'internal-error' });
    expect(await run(vaultRestorer.start(wish('Back')))).toMatchObject({ kind: 'deferred' });
  });
});

describe('a job whose answer was lost', () => {
  it('is found by its recovery point, its table and when, the newest of several', async () => {
    const { clock, run, vaultRestorer, wish } = withPoint();
    expect(await run(vaultRestorer.find(wish('Back')))).toEqual({ kind: 'missing' });
    await run(vaultRestorer.start(wish('Back')));
    await run(vaultRestorer.start(wish('Another')));
    await clock.advanceBy(MINUTE);
    const later = await run(vaultRestorer.start(wish('Back', { id: 'Back/2' })));
    const found = await run(vaultRestorer.find(wish('Back')));
    expect(found).toMatchObject({ kind: 'found', value: { id: later.kind === 'accepted' && later.jobId } });
    const long = wish('Back', { askedAt: clock.now() + 10 * MINUTE });
    expect(await run(vaultRestorer.find(long))).toEqual({ kind: 'missing' });
  });

  it.each(['ListRestoreJobs', 'GetRestoreJobMetadata'])(
    'is not known to be missing where %s fails',
    async (operation) => {
      const { account, run, vaultRestorer, wish } = withPoint();
      await run(vaultRestorer.start(wish('Back')));
      account.faults.add({ operation, kind: 'access-denied' });
      expect(await run(vaultRestorer.find(wish('Back')))).toMatchObject({ kind: 'unreadable' });
    },
  );
});

describe('what is read of a job', () => {
  const CreationDate = new Date(NOW);

  it.each([
    ['PENDING', 'waiting'],
    ['RUNNING', 'running'],
    ['COMPLETED', 'completed'],
    ['ABORTED', 'aborted'],
    ['FAILED', 'failed'],
    ['PARTIAL', 'partial'],
    ['PONDERING', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (Status, state) => {
    expect(toRestoreJob({ RestoreJobId: 'a', CreationDate, Status: Status as never })).toMatchObject({
      state,
    });
  });

  it('is why it failed, in a class and in its own words; and nothing without an id or a date', () => {
    const failed = { RestoreJobId: 'a', CreationDate, Status: 'FAILED' } as const;
    expect(
      toRestoreJob({ ...failed, StatusMessage: 'IAM Role x cannot be assumed by AWS Backup' }),
    ).toMatchObject({
      cause: 'role',
      message: 'IAM Role x cannot be assumed by AWS Backup',
    });
    expect(toRestoreJob(failed)).toMatchObject({ cause: 'unclassified' });
    expect(toRestoreJob({ CreationDate })).toContain('lacks');
    expect(toRestoreJob({ RestoreJobId: 'a' })).toContain('lacks');
  });
});

describe('what a job is told', () => {
  it('is all that was recorded, with our name and encryption, whatever the capitals of the keys', () => {
    const original = {
      TargetTableName: 'Orders',
      EncryptionType: 'KMS',
      KMSMasterKeyArn: 'arn:old',
      'aws:backup:request-id': 'r',
    };
    expect(restoreMetadata(original, 'Back', { kind: 'aws-owned' })).toEqual({
      'aws:backup:request-id': 'r',
      targetTableName: 'Back',
      encryptionType: 'Default',
    });
    expect(restoreMetadata({}, 'Back', { kind: 'kms', keyArn: 'arn:k' })).toMatchObject({
      encryptionType: 'KMS',
      kmsMasterKeyArn: 'arn:k',
    });
    expect(restoreMetadata({}, 'Back', { kind: 'kms', keyArn: ALIAS, isAwsManaged: true })).toEqual({
      targetTableName: 'Back',
      encryptionType: 'KMS',
    });
  });

  it.each([
    [{ encryptionType: 'Default' }, { kind: 'aws-owned' }],
    [
      { EncryptionType: 'KMS', kmsMasterKeyArn: 'arn:k' },
      { kind: 'kms', keyArn: 'arn:k' },
    ],
    [{ encryptionType: 'KMS' }, { kind: 'kms', keyArn: ALIAS, isAwsManaged: true }],
    [{ encryptionType: 'ROT13' }, undefined],
    [{}, undefined],
  ])('of %j the encryption is %j', (metadata, expected) => {
    expect(recordedEncryption(metadata)).toEqual(expected);
  });
});

describe('where a recovery point is that is named', () => {
  it('is the vault that has it, though another one may not be looked into', async () => {
    const { account, arn, options, run } = withPoint();
    setVaultPolicy(account, 'other', {
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DescribeRecoveryPoint', Resource: '*' }],
    });
    const finder = createPointFinder((region) => ({ ...options, region }));
    expect(await run(finder.find(arn))).toEqual({
      kind: 'found',
      value: { table: 'Orders', vault: { name: 'main', target: TARGET } },
    });
    const none = arn.replace(/[0-9a-f]{12}$/, '000000000000');
    expect(await run(finder.find(none))).toMatchObject({ kind: 'unreadable' });
    setVaultPolicy(account, 'other', undefined);
    expect(await run(finder.find(none))).toEqual({ kind: 'missing' });
  });
});
