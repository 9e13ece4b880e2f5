import {
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  type PointInTimeRecoveryDescription,
} from '@aws-sdk/client-dynamodb';
import type { Pitr } from '../../model/table.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from './reading.ts';

/**
 * Given what an answer says of point-in-time recovery, returns it in our words. At the edge a description without a status, or with one
 * this version does not know, is undefined: it is neither on nor off.
 * `ContinuousBackupsStatus` is not read: it is on for every table and says nothing about point-in-time recovery.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ContinuousBackupsDescription.html (checked 2026-11-22)
 */
export const toPitr = (description: PointInTimeRecoveryDescription | undefined): Pitr | undefined => {
  const status = description?.PointInTimeRecoveryStatus;
  if (description === undefined || (status !== 'ENABLED' && status !== 'DISABLED')) return undefined;
  const { RecoveryPeriodInDays, EarliestRestorableDateTime, LatestRestorableDateTime } = description;
  return {
    enabled: status === 'ENABLED',
    ...(RecoveryPeriodInDays !== undefined && { recoveryPeriodDays: RecoveryPeriodInDays }),
    ...(EarliestRestorableDateTime && { earliestRestorableAt: EarliestRestorableDateTime.getTime() }),
    ...(LatestRestorableDateTime && { latestRestorableAt: LatestRestorableDateTime.getTime() }),
  };
};

/**
 * Given a table's name, returns its point-in-time recovery. At the edge missing while the table does not exist or is being created, which
 * the service does not tell apart.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (checked 2026-11-22)
 */
export const readPitr = (dynamodb: DynamoDBClient, table: string): Promise<Reading<Pitr>> =>
  readingOf('DescribeContinuousBackups', async () => {
    const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
    const pitr = toPitr(answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription);
    return pitr ?? 'the answer does not say whether point-in-time recovery is on';
  });
