import type { CreateBackupInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { NEW_NAME, TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { backupDetailsShape } from './backup-shape.ts';
import { addBackup } from './change-backups.ts';
import { refuseWhileBackupsAreEnabled, restorableTable } from './find.ts';

/** A table that is being deleted can still be backed up for this long. */
const DELETING_GRACE_MS = 1_600;

/** The same name twice makes two backups: there is no client token. */
export const createBackup: Operation = (context, raw) => {
  const { account, caller, now } = context;
  const constraints = { TableName: TABLE_NAME_OR_ARN, BackupName: NEW_NAME };
  const input = validated<CreateBackupInput>(raw, constraints);
  const table = restorableTable(context, input.TableName ?? '');
  if (table.deletingSince !== undefined && now - table.deletingSince > DELETING_GRACE_MS) {
    throw serviceFailure('TableNotFoundException', `Table not found: ${table.name}`);
  }
  refuseWhileBackupsAreEnabled(context, table);
  const { items, settings } = account.state;
  const availableAt = now + settings.backupMs(table.sizeBytes);
  const name = input.BackupName ?? '';
  const made = { name, type: 'USER', createdAt: now, availableAt, items: items.copyOf(table) } as const;
  return { BackupDetails: backupDetailsShape(addBackup(account, table, made, caller), now) };
};
