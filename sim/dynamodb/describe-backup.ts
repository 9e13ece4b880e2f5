import type { DescribeBackupInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { BACKUP_ARN, validated } from '../validation.ts';
import { describeBackup as describe } from './backup-shape.ts';
import { existingBackup } from './find.ts';

export const describeBackup: Operation = (context, raw) => {
  const input = validated<DescribeBackupInput>(raw, { BackupArn: BACKUP_ARN });
  return { BackupDescription: describe(existingBackup(context, input.BackupArn ?? ''), context.now) };
};
