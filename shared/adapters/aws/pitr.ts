import {
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  type PointInTimeRecoveryDescription,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import type { EnablePitrAction } from '../../model/action.ts';
import { ownFailure } from '../../model/failure.ts';
import type { NotDone, Outcome } from '../../model/outcome.ts';
import type { Pitr } from '../../model/table.ts';
import type { PitrSwitch } from '../../ports/engine.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type FailedCall, type FailureKind, failureOf } from './errors.ts';
import { readingOf, statedCount, statedInstant } from './reading.ts';

/**
 * Converts a description of point-in-time recovery. Returns undefined for a missing status or one that this version does not know, because it is
 * neither on nor off. `ContinuousBackupsStatus` is not read: it is on for every table and says nothing about point-in-time recovery.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ContinuousBackupsDescription.html (checked 2026-11-22)
 */
export const toPitr = (description: PointInTimeRecoveryDescription | undefined): Pitr | undefined => {
  const status = description?.PointInTimeRecoveryStatus;
  if (description === undefined || (status !== 'ENABLED' && status !== 'DISABLED')) return undefined;
  const recoveryPeriodDays = statedCount(description.RecoveryPeriodInDays);
  const earliestRestorableAt = statedInstant(description.EarliestRestorableDateTime);
  const latestRestorableAt = statedInstant(description.LatestRestorableDateTime);
  return {
    enabled: status === 'ENABLED',
    ...(recoveryPeriodDays !== undefined && { recoveryPeriodDays }),
    ...(earliestRestorableAt !== undefined && { earliestRestorableAt }),
    ...(latestRestorableAt !== undefined && { latestRestorableAt }),
  };
};

/** While it is on, both ends of the window are stated, from the first moment on. Without them it could lag for days unseen. */
const isWhole = ({ enabled, earliestRestorableAt, latestRestorableAt }: Pitr): boolean =>
  !enabled || (earliestRestorableAt !== undefined && latestRestorableAt !== undefined);

/**
 * Reads the point-in-time recovery of a table. Returns `missing` while the table does not exist or is being created, which the service does not
 * distinguish; unreadable if it is on and an end of the window is not stated.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (checked 2026-11-22)
 */
export const readPitr = (dynamodb: DynamoDBClient, table: string): Promise<Reading<Pitr>> =>
  readingOf('DescribeContinuousBackups', async () => {
    const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
    const pitr = toPitr(answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription);
    if (pitr === undefined) return 'the answer does not say whether point-in-time recovery is on';
    return isWhole(pitr) ? pitr : 'the answer does not say how far back and forth the table can be restored';
  });

const OPERATION = 'UpdateContinuousBackups';

/** Refused only for the moment; the next run finds it due again. A table that is gone is not due then. */
const LATER = new Set([
  'ContinuousBackupsUnavailableException',
  'LimitExceededException',
  'TableInUseException',
]);

const LATER_KINDS: readonly FailureKind[] = ['throttled', 'not-found', 'out-of-time'];

const statusOf = ({ kind, name, cutShort }: FailedCall): NotDone['status'] =>
  LATER.has(name) || LATER_KINDS.includes(kind) || cutShort ? 'deferred' : 'failed';

const send = async (
  dynamodb: DynamoDBClient,
  { table, recoveryPeriodDays }: EnablePitrAction,
): Promise<Pitr | undefined> => {
  const answer = await dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: table,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: recoveryPeriodDays,
      },
    }),
  );
  return toPitr(answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription);
};

/**
 * The response states what is true now, which outranks the fact that there was one. A period that it leaves out is the one
 * that was asked for: the next audit reads it.
 */
const judge = (action: EnablePitrAction, pitr: Pitr | undefined): Outcome => {
  const { recoveryPeriodDays } = action;
  const days = pitr?.recoveryPeriodDays ?? recoveryPeriodDays;
  if (pitr?.enabled === true && days === recoveryPeriodDays)
    return { action, status: 'done', reason: `point-in-time recovery is on with ${recoveryPeriodDays} days` };
  const state = pitr?.enabled === true ? `on with ${days} days` : 'not on';
  const message = `afterwards point-in-time recovery is ${state}`;
  return { action, status: 'failed', failure: ownFailure('not-as-asked', message, { operation: OPERATION }) };
};

/**
 * Creates the switch for point-in-time recovery. The call is idempotent, so it is retried freely. A table that is gone, or whose backups the service
 * is still enabling, is deferred.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-22)
 */
export const createPitrSwitch = (dynamodb: DynamoDBClient): PitrSwitch => ({
  enable: async (action) => {
    try {
      return judge(action, await send(dynamodb, action));
    } catch (error) {
      const failed = failureOf(OPERATION, error);
      return { action, status: statusOf(failed), failure: failed.failure };
    }
  },
});
