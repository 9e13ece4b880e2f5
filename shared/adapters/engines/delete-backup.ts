import {
  type BackupDescription,
  DeleteBackupCommand,
  DescribeBackupCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { ExpireAction } from '../../model/action.ts';
import { ownFailure } from '../../model/failure.ts';
import type { Outcome, OutcomeStatus } from '../../model/outcome.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { CallWindow } from '../../ports/engine.ts';
import type { Clock } from '../../ports/time.ts';
import { CallWindowError, withinWindow } from '../aws/call-window.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { incarnationOf } from '../aws/table-arn.ts';

/** What deleting a backup needs. */
export interface BackupDeleter {
  readonly dynamodb: DynamoDBClient;
  readonly clock: Clock;
}

/** Refused only at this moment; the next run finds it due again. */
const LATER = new Set(['BackupInUseException', 'LimitExceededException']);

const NAMELESS = ownFailure('answer-unusable', 'the answer does not name the backup', {
  operation: 'DeleteBackup',
});

/**
 * A missing backup is the wanted result, whoever deleted it: someone else, or this call, whose
 * first answer was lost.
 */
const statusOf = ({ kind, name, cutShort }: FailedCall): OutcomeStatus => {
  if (name === 'BackupNotFoundException') return 'done';
  if (LATER.has(name) || kind === 'throttled' || kind === 'out-of-time' || cutShort) return 'deferred';
  return kind === 'refused' ? 'refused' : 'failed';
};

const outcomeOf = (action: ExpireAction, failed: FailedCall): Outcome => {
  const status = statusOf(failed);
  return status === 'done'
    ? { action, status, reason: 'the backup is not there any more' }
    : { action, status, failure: failed.failure };
};

/**
 * Each listed fact, as listed and as it is now. All must agree, or this is not the backup that was
 * decided on.
 */
const changes = (
  listed: RecoveryPoint,
  { BackupDetails, SourceTableDetails }: BackupDescription,
): readonly string[] =>
  [
    ['ARN', listed.id, BackupDetails?.BackupArn],
    ['name', listed.name, BackupDetails?.BackupName],
    ['status', 'AVAILABLE', BackupDetails?.BackupStatus],
    ['type', 'USER', BackupDetails?.BackupType],
    ['table', listed.tableName, SourceTableDetails?.TableName],
    ['table id', listed.tableId, SourceTableDetails && incarnationOf(SourceTableDetails)],
  ]
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `its ${what} is ${after ?? 'not stated'}, not ${before}`);

const recheck = async (dynamodb: DynamoDBClient, action: ExpireAction): Promise<Outcome | undefined> => {
  const { recoveryPoint } = action;
  try {
    const answer = await dynamodb.send(new DescribeBackupCommand({ BackupArn: recoveryPoint.id }));
    const changed = changes(recoveryPoint, answer.BackupDescription ?? {});
    if (changed.length === 0) return undefined;
    const message = `the backup is not what was listed: ${changed.join(', ')}`;
    return { action, status: 'refused', failure: ownFailure('backup-changed', message) };
  } catch (error) {
    return outcomeOf(action, failureOf('DescribeBackup', error));
  }
};

/**
 * SAFETY: reads the backup again and deletes it only if it is still what was listed; one that
 * differs in any way is refused and stays. Retries lost answers, because deleting twice is
 * harmless, but sends nothing outside of the window. A missing backup is done; one in use by a
 * restore is deferred, and so is one whose attempts were ended by the run's time, unless it had
 * failed for minutes. An answer that does not name the backup is a failure: the next run sees
 * whether it is gone.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html (checked 2026-11-22)
 */
export const deleteBackup = async (
  { dynamodb, clock }: BackupDeleter,
  action: ExpireAction,
  window: CallWindow,
): Promise<Outcome> => {
  const notNow = await recheck(dynamodb, action);
  if (notNow !== undefined) return notNow;
  try {
    const command = new DeleteBackupCommand({ BackupArn: action.recoveryPoint.id });
    const { BackupDescription } = await dynamodb.send(withinWindow(command, clock, window));
    if (BackupDescription?.BackupDetails?.BackupArn === action.recoveryPoint.id)
      return { action, status: 'done', reason: action.reason };
    return { action, status: 'failed', failure: NAMELESS };
  } catch (error) {
    if (error instanceof CallWindowError)
      return { action, status: 'deferred', failure: ownFailure('outside-window', error.message) };
    return outcomeOf(action, failureOf('DeleteBackup', error));
  }
};
