import { createHash } from 'node:crypto';
import {
  StartBackupJobCommand,
  type StartBackupJobCommandOutput,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import type { CopyAction, CreateAction, JobRequest } from '../../../model/action.ts';
import { ownFailure } from '../../../model/failure.ts';
import { MINUTE_MS, SECOND_MS } from '../../../model/instant.ts';
import type { NotDone, Outcome } from '../../../model/outcome.ts';
import { tableArn } from '../../../model/target.ts';
import { POINT_TAG } from '../../../model/vault-tag.ts';
import type { CallWindow } from '../../../ports/engine.ts';
import { CallWindowError, withinWindow } from '../../aws/call-window.ts';
import { type FailedCall, failureOf } from '../../aws/errors.ts';
import { statedInstant, statedText } from '../../aws/reading.ts';
import { jobCauseOf } from './job-cause.ts';
import type { VaultParts } from './vault-clients.ts';

/**
 * A text for the same request only: AWS takes a second one with it for the first. The attempt is part of it, because AWS repeats no job that failed;
 * so is the incarnation of the table, because a table made again has the old ARN.
 */
const tokenOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);

const lifecycleOf = ({
  coldAfterDays,
  deleteAfterDays,
}: Pick<JobRequest, 'coldAfterDays' | 'deleteAfterDays'>) =>
  coldAfterDays === undefined && deleteAfterDays === undefined
    ? {}
    : {
        Lifecycle: {
          ...(coldAfterDays !== undefined && { MoveToColdStorageAfterDays: coldAfterDays }),
          ...(deleteAfterDays !== undefined && { DeleteAfterDays: deleteAfterDays }),
        },
      };

/** A role that was just made is unknown to AWS Backup for about a minute. */
const NEW_ROLE_MS = 2 * MINUTE_MS;
const NEW_ROLE_PAUSE_MS = 20 * SECOND_MS;

const isNewRole = (error: unknown): boolean => error instanceof Error && jobCauseOf(error.message) === 'role';

const withNewRole = async <Answer>(
  { clock }: Pick<VaultParts, 'clock'>,
  { until }: CallWindow,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  const givesUpAt = Math.min(until, clock.now() + NEW_ROLE_MS) - NEW_ROLE_PAUSE_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isNewRole(error) || clock.now() >= givesUpAt) throw error;
      await clock.sleep(NEW_ROLE_PAUSE_MS);
    }
  }
};

/** Refused only at this moment; the next run finds it due again. */
const LATER = new Set([
  'LimitExceededException',
  'ServiceUnavailableException',
  'InvalidResourceStateException',
]);

/** A token that was used before is refused where AWS does not take it for the same request. */
const BEGUN_BEFORE = /already (?:finished|exists|in progress|started)/i;

const statusOf = ({ cutShort, failure, kind, name }: FailedCall): NotDone['status'] => {
  if (BEGUN_BEFORE.test(failure.message)) return 'deferred';
  return LATER.has(name) || kind === 'throttled' || kind === 'out-of-time' || cutShort === true
    ? 'deferred'
    : 'failed';
};

const outcomeOf = (action: CreateAction | CopyAction, operation: string, error: unknown): Outcome => {
  if (error instanceof CallWindowError)
    return { action, status: 'deferred', failure: ownFailure('outside-window', error.message) };
  const failed = failureOf(operation, error);
  return { action, status: statusOf(failed), failure: failed.failure };
};

const NAMELESS = (operation: string) =>
  ownFailure('answer-unusable', 'the answer names no job', { operation });

const NO_JOB = ownFailure('not-as-asked', 'the action does not say which vault it is for');

const begun = (action: CreateAction, answer: StartBackupJobCommandOutput, now: number): Outcome => {
  const id = statedText(answer.BackupJobId);
  if (id === undefined) return { action, status: 'failed', failure: NAMELESS('StartBackupJob') };
  const recoveryPointId = statedText(answer.RecoveryPointArn);
  const startedAt = statedInstant(answer.CreationDate) ?? now;
  return {
    action,
    status: 'done',
    reason: `AWS Backup has begun the job ${id}`,
    job: { id, startedAt, ...(recoveryPointId !== undefined && { recoveryPointId }) },
  };
};

/**
 * Begins the job of an action whose claim is held, inside the window only. A lost answer is asked for again with the same token, which begins nothing
 * twice.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html (not verified)
 */
export const startBackupJob = async (
  parts: VaultParts,
  action: CreateAction,
  window: CallWindow,
): Promise<Outcome> => {
  const { clientIn, clock, jobRole, target } = parts;
  const { job, policy, slot, table, tableId } = action;
  if (job === undefined) return { action, status: 'refused', failure: NO_JOB };
  const { attempt, completeWindowMinutes, mark, startWindowMinutes, vault } = job;
  const input = {
    BackupVaultName: vault,
    ResourceArn: tableArn(table, target),
    IamRoleArn: jobRole,
    IdempotencyToken: tokenOf('backup', tableId, policy, slot, attempt),
    StartWindowMinutes: startWindowMinutes,
    ...(completeWindowMinutes !== undefined && { CompleteWindowMinutes: completeWindowMinutes }),
    ...(mark !== undefined && { RecoveryPointTags: { [POINT_TAG]: mark } }),
    ...lifecycleOf(job),
  };
  try {
    const send = () =>
      clientIn(target.region).send(withinWindow(new StartBackupJobCommand(input), clock, window));
    return begun(action, await withNewRole(parts, window, send), clock.now());
  } catch (error) {
    return outcomeOf(action, 'StartBackupJob', error);
  }
};

/**
 * Begins a copy of a recovery point, inside the window only. The same copy asked for again begins nothing.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartCopyJob.html (not verified)
 */
export const startCopyJob = async (
  parts: VaultParts,
  action: CopyAction,
  window: CallWindow,
): Promise<Outcome> => {
  const { clientIn, clock, jobRole } = parts;
  const { attempt, destination, recoveryPoint } = action;
  const { location, id: source } = recoveryPoint;
  if (location.vault === undefined) return { action, status: 'refused', failure: NO_JOB };
  const input = {
    RecoveryPointArn: source,
    SourceBackupVaultName: location.vault,
    DestinationBackupVaultArn: destination,
    IamRoleArn: jobRole,
    IdempotencyToken: tokenOf('copy', source, destination, attempt),
    ...lifecycleOf(action),
  };
  try {
    const send = () =>
      clientIn(location.target.region).send(withinWindow(new StartCopyJobCommand(input), clock, window));
    const answer = await withNewRole(parts, window, send);
    const id = statedText(answer.CopyJobId);
    if (id === undefined) return { action, status: 'failed', failure: NAMELESS('StartCopyJob') };
    const startedAt = statedInstant(answer.CreationDate) ?? clock.now();
    return {
      action,
      status: 'done',
      reason: `AWS Backup has begun the copy job ${id}`,
      job: { id, startedAt },
    };
  } catch (error) {
    return outcomeOf(action, 'StartCopyJob', error);
  }
};
