import { createHash } from 'node:crypto';
import {
  BackupClient,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { ownFailure } from '../../model/failure.ts';
import type { RestoreSource } from '../../model/restore.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { JobStart, JobWish, RestoreJob, VaultRestorer } from '../../ports/restore.ts';
import { type ClientOptions, clientConfig, paceClient } from '../aws/clients.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { readingOf, statedText } from '../aws/reading.ts';
import { createBackupClient } from '../engines/vaults/vault-clients.ts';
import { findRestoreJob, toRestoreJob } from './restore-job.ts';
import { type Metadata, recordedEncryption, restoreMetadata } from './restore-metadata.ts';

/** The same text for the same restore, and no other. */
const tokenOf = ({ id, source }: JobWish): string =>
  createHash('sha256')
    .update(JSON.stringify([id, source]))
    .digest('hex')
    .slice(0, 40);

/** Refused only at this moment. */
const LATER: ReadonlySet<string> = new Set(['LimitExceededException', 'InvalidResourceStateException']);

const startOf = ({ kind, name, failure }: FailedCall): JobStart => {
  if (kind === 'ambiguous') return { kind: 'unknown', failure };
  const isLater = kind === 'throttled' || kind === 'out-of-time' || LATER.has(name);
  return { kind: isLater ? 'deferred' : 'refused', failure };
};

const notAsPlanned = (what: string): JobStart => ({
  kind: 'refused',
  failure: ownFailure('key-not-given', what, { operation: 'StartRestoreJob' }),
});

type PointSource = Extract<RestoreSource, { kind: 'recovery-point' }>;

const readMetadata = (client: BackupClient, { id, vault }: PointSource): Promise<Reading<Metadata>> =>
  readingOf('GetRecoveryPointRestoreMetadata', async () => {
    const command = new GetRecoveryPointRestoreMetadataCommand({
      BackupVaultName: vault?.name,
      RecoveryPointArn: id,
    });
    const { RestoreMetadata } = await client.send(command);
    return RestoreMetadata ?? {};
  });

const GONE = ownFailure('not-there', 'the recovery point is not there any more', {
  operation: 'GetRecoveryPointRestoreMetadata',
});

const startJob = async (once: BackupClient, wish: JobWish, metadata: Metadata): Promise<JobStart> => {
  try {
    const { RestoreJobId } = await once.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: wish.source.kind === 'recovery-point' ? wish.source.id : undefined,
        Metadata: metadata,
        IamRoleArn: wish.roleArn,
        IdempotencyToken: tokenOf(wish),
        ResourceType: 'DynamoDB',
      }),
    );
    const jobId = statedText(RestoreJobId);
    if (jobId !== undefined) return { kind: 'accepted', jobId };
    const failure = ownFailure('answer-unusable', 'the answer names no job', {
      operation: 'StartRestoreJob',
    });
    return { kind: 'unknown', failure };
  } catch (error) {
    return startOf(failureOf('StartRestoreJob', error));
  }
};

const start = async (client: BackupClient, once: BackupClient, wish: JobWish): Promise<JobStart> => {
  const { source, overrides, targetTable, roleArn } = wish;
  if (source.kind !== 'recovery-point' || overrides.encryption === undefined || roleArn === undefined)
    return notAsPlanned('what is restored from a vault needs a role and an encryption');
  const metadata = await readMetadata(client, source);
  if (metadata.kind === 'missing') return { kind: 'refused', failure: GONE };
  if (metadata.kind === 'unreadable') {
    const isDenied = metadata.failure.kind === 'call' && metadata.failure.denial !== undefined;
    return { kind: isDenied ? 'refused' : 'deferred', failure: metadata.failure };
  }
  return await startJob(once, wish, restoreMetadata(metadata.value, targetTable, overrides.encryption));
};

const look = (client: BackupClient, jobId: string): Promise<Reading<RestoreJob>> =>
  readingOf('DescribeRestoreJob', async () =>
    toRestoreJob(await client.send(new DescribeRestoreJobCommand({ RestoreJobId: jobId }))),
  );

/**
 * Creates what restores recovery points of backup vaults in the Region of its options.
 * SAFETY: the call that starts a job is sent once, with the token of its record.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html (not verified)
 */
export const createVaultRestorer = (options: ClientOptions): VaultRestorer => {
  const client = createBackupClient(options);
  const once = paceClient(
    new BackupClient(clientConfig(options, { retryOnlyThrottling: true, brief: true })),
    options,
  );
  return {
    readEncryption: async (source) => {
      if (source.kind !== 'recovery-point') return { kind: 'missing' };
      const metadata = await readMetadata(client, source);
      if (metadata.kind !== 'found') return metadata;
      const encryption = recordedEncryption(metadata.value);
      return { kind: 'found', value: encryption === undefined ? {} : { encryption } };
    },
    start: (wish) => start(client, once, wish),
    look: (jobId) => look(client, jobId),
    find: (wish) => findRestoreJob(client, wish),
  };
};
