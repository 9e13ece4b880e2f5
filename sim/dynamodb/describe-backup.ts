import type { DescribeBackupInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { BACKUP_ARN, validated } from '../validation.ts';
import { backupShape } from './backup-shape.ts';
import { existingBackup } from './find.ts';

export const describeBackup: Operation = (context, raw) => {
  const input = validated<DescribeBackupInput>(raw, { BackupArn: BACKUP_ARN });
  return { BackupDescription: backupShape(existingBackup(context, input.BackupArn ?? ''), context.now) };
};
