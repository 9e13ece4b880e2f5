import type { UpdateContinuousBackupsInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { refuseWhileBackupsAreEnabled, restorableTable } from './find.ts';
import { changePitr, continuousBackupsShape } from './pitr.ts';

const CONSTRAINTS = {
  TableName: TABLE_NAME_OR_ARN,
  PointInTimeRecoverySpecification: { required: true },
  'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': { required: true },
  'PointInTimeRecoverySpecification.RecoveryPeriodInDays': { range: [1, 35] },
} as const;

export const updateContinuousBackups: Operation = (context, raw) => {
  const input = validated<UpdateContinuousBackupsInput>(raw, CONSTRAINTS);
  const specification = input.PointInTimeRecoverySpecification;
  const enabled = specification?.PointInTimeRecoveryEnabled ?? false;
  const recoveryPeriodDays = specification?.RecoveryPeriodInDays;
  if (!enabled && recoveryPeriodDays !== undefined) {
    throw validationFailure('Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.');
  }
  const table = restorableTable(context, input.TableName ?? '');
  refuseWhileBackupsAreEnabled(context, table);
  changePitr(context.account, table, { enabled, recoveryPeriodDays }, context.caller);
  return continuousBackupsShape(table, context.now);
};
