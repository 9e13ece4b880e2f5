import {
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  type PointInTimeRecoveryDescription,
} from '@aws-sdk/client-dynamodb';
import type { Pitr } from '../../model/table.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from './reading.ts';
import { statedCount, statedInstant } from './stated.ts';

/**
 * Given what an answer says of point-in-time recovery, returns it in our words. At the edge a description without a status, or with one
 * this version does not know, is undefined: it is neither on nor off.
 * `ContinuousBackupsStatus` is not read: it is on for every table and says nothing about point-in-time recovery.
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
 * Given a table's name, returns its point-in-time recovery. At the edge missing while the table does not exist or is being created, which
 * the service does not tell apart; unreadable where it is on and an end of the window is not stated.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (checked 2026-11-22)
 */
export const readPitr = (dynamodb: DynamoDBClient, table: string): Promise<Reading<Pitr>> =>
  readingOf('DescribeContinuousBackups', async () => {
    const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
    const pitr = toPitr(answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription);
    if (pitr === undefined) return 'the answer does not say whether point-in-time recovery is on';
    return isWhole(pitr) ? pitr : 'the answer does not say how far back and forth the table can be restored';
  });
