import type { SimAccount } from '../account.ts';
import { tableNameOf } from '../arn.ts';
import type { Operation } from '../operation.ts';
import { flagIn, requiredText } from './input.ts';
import { listed, newestFirst } from './listing.ts';
import { pointOfResourceShape } from './point-shape.ts';
import { secondsOf } from './vault-shape.ts';

interface Listed {
  readonly arn: string;
  readonly createdAt: number;
  readonly shape: object;
}

/** What DynamoDB backed up by itself. */
const nativePoints = ({ state }: SimAccount, tableArn: string): readonly Listed[] => {
  const [since, before, count] = [
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ];
  const query = { types: ['USER', 'SYSTEM'] as const, since, before, after: undefined, count };
  return state.backups.list({ ...query, tableName: tableNameOf(tableArn) }).map((backup) => ({
    arn: backup.arn,
    createdAt: backup.createdAt,
    shape: {
      RecoveryPointArn: backup.arn,
      CreationDate: secondsOf(backup.createdAt),
      Status: state.settings.readyStatus,
      BackupSizeBytes: backup.sizeBytes + backup.census.bytes,
      ResourceName: backup.table.name,
    },
  }));
};

/** Of all vaults, which it does not name, and those that DynamoDB made unless only AWS Backup's are asked for. */
export const listRecoveryPointsByResource: Operation = ({ account }, input) => {
  const tableArn = requiredText(input, 'ResourceArn');
  const own = [...account.state.backup.points.all()]
    .filter(({ source }) => source.tableArn === tableArn)
    .map((point) => ({
      arn: point.arn,
      createdAt: point.createdAt,
      shape: pointOfResourceShape(account, point),
    }));
  const native = flagIn(input, 'ManagedByAWSBackupOnly') ? [] : nativePoints(account, tableArn);
  return listed(account, input, {
    name: 'RecoveryPoints',
    values: [...own, ...native],
    keyOf: ({ arn, createdAt }: Listed) => newestFirst(createdAt, arn),
    shapeOf: ({ shape }) => shape,
  });
};
