import type { DeleteBackupInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { BACKUP_ARN, validated } from '../validation.ts';
import type { Backup } from './backup-index.ts';
import { backupShape } from './backup-shape.ts';
import { removeBackup } from './change-backups.ts';
import { existingBackup } from './find.ts';

/** The wording for SYSTEM is measured. What AWS answers for AWS_BACKUP is not known; that it refuses is. */
const refuseForeignType = ({ type, arn, expiresAt = 0 }: Backup): void => {
  if (type === 'SYSTEM') {
    const when = new Date(expiresAt).toISOString();
    throw validationFailure(
      `User is not allowed to delete the system backup with arn ${arn}. It will automatically expire on ${when}`,
    );
  }
  if (type === 'AWS_BACKUP') {
    throw validationFailure(`The backup with arn ${arn} was created by AWS Backup and is deleted through it`);
  }
};

const refuseInUse = (backup: Backup, now: number): void => {
  if (backup.restoringTo) {
    throw serviceFailure('BackupInUseException', `Backup is being used to restore table: ${backup.arn}`);
  }
  if (now < backup.availableAt) {
    throw serviceFailure('BackupInUseException', `Backup is being created: ${backup.arn}`);
  }
};

/** Synchronous: DELETED in the answer, and gone from every list at once. */
export const deleteBackup: Operation = (context, raw) => {
  const input = validated<DeleteBackupInput>(raw, { BackupArn: BACKUP_ARN });
  const backup = existingBackup(context, input.BackupArn ?? '');
  refuseForeignType(backup);
  refuseInUse(backup, context.now);
  removeBackup(context.account, backup, context.caller);
  return { BackupDescription: backupShape(backup, context.now) };
};
