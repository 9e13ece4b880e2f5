import { type DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import type { EnablePitrAction } from '../../model/action.ts';
import type { Outcome, OutcomeStatus } from '../../model/outcome.ts';
import type { Pitr } from '../../model/table.ts';
import type { PitrSwitch } from '../../ports/engine.ts';
import { type Failure, type FailureKind, failureOf } from './errors.ts';
import { toPitr } from './pitr-reading.ts';

const OPERATION = 'UpdateContinuousBackups';

/** Refused only for the moment; the next run finds it due again. A table that is gone is not due then. */
const LATER = new Set([
  'ContinuousBackupsUnavailableException',
  'LimitExceededException',
  'TableInUseException',
]);

const LATER_KINDS: readonly FailureKind[] = ['throttled', 'not-found', 'out-of-time'];

const statusOf = ({ kind, name, cutShort }: Failure): OutcomeStatus =>
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

/** The answer tells what holds now, which is believed over the fact that there was one. */
const judge = (action: EnablePitrAction, pitr: Pitr | undefined): Outcome => {
  const { recoveryPeriodDays } = action;
  if (pitr?.enabled === true && pitr.recoveryPeriodDays === recoveryPeriodDays)
    return { action, status: 'done', reason: `point-in-time recovery is on with ${recoveryPeriodDays} days` };
  const state =
    pitr?.enabled === true ? `on with ${pitr.recoveryPeriodDays ?? 'no stated number of'} days` : 'not on';
  return { action, status: 'failed', reason: `${OPERATION}: afterwards point-in-time recovery is ${state}` };
};

/**
 * Given a client, returns the switch for point-in-time recovery. Repeating the call changes nothing, so it is retried freely. At the edge
 * a table whose backups the service is still enabling, or that is gone, is deferred.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-22)
 */
export const createPitrSwitch = (dynamodb: DynamoDBClient): PitrSwitch => ({
  enable: async (action) => {
    try {
      return judge(action, await send(dynamodb, action));
    } catch (error) {
      const failure = failureOf(OPERATION, error);
      return { action, status: statusOf(failure), reason: failure.reason };
    }
  },
});
