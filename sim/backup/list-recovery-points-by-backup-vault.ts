import type { Operation } from '../operation.ts';
import { existingVault } from './find.ts';
import { isAsked, isBetween, listed, newestFirst } from './listing.ts';
import { pointShape } from './point-shape.ts';

export const listRecoveryPointsByBackupVault: Operation = ({ account }, input) => {
  const { name } = existingVault(account, input);
  const points = account.state.backup.points
    .of(name)
    .filter(
      (point) =>
        isAsked(input, 'ByResourceArn', point.source.tableArn) &&
        isAsked(input, 'ByResourceType', 'DynamoDB') &&
        isAsked(input, 'ByBackupPlanId', point.createdBy?.BackupPlanId) &&
        isAsked(input, 'ByParentRecoveryPointArn', undefined) &&
        isBetween(input, 'ByCreatedAfter', 'ByCreatedBefore', point.createdAt),
    );
  return listed(account, input, {
    name: 'RecoveryPoints',
    values: points,
    keyOf: ({ arn, createdAt }) => newestFirst(createdAt, arn),
    shapeOf: (point) => pointShape(account, point),
  });
};
