import type { RestoreTableFromBackupInput } from '@aws-sdk/client-dynamodb';
import { parseBackupArn } from '../arn.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { BACKUP_ARN, NEW_NAME, validated } from '../validation.ts';
import type { Backup } from './backup-index.ts';
import { existingBackup } from './find.ts';
import { refuseKey } from './keys.ts';
import { refuseAcrossRegions, refuseEmptyMaximum, refuseTarget, startRestore } from './restore.ts';
import { restoredDefinition } from './restored-definition.ts';
import { tableShape } from './table-shape.ts';

/** One restore per backup at a time. */
const refuseInUse = (backup: Backup, now: number): void => {
  if (backup.restoringTo) {
    throw serviceFailure(
      'BackupInUseException',
      `Backup is being used to restore another table: ${backup.arn}`,
    );
  }
  if (now < backup.availableAt) {
    throw serviceFailure('BackupInUseException', `Backup is being created: ${backup.arn}`);
  }
};

const CONSTRAINTS = {
  TargetTableName: NEW_NAME,
  BackupArn: BACKUP_ARN,
  BillingModeOverride: { oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
} as const;

export const restoreTableFromBackup: Operation = (context, raw) => {
  const { account, now } = context;
  const {
    TargetTableName: targetName = '',
    BackupArn: arn = '',
    ...overrides
  } = validated<RestoreTableFromBackupInput>(raw, CONSTRAINTS);
  const backup = existingBackup(context, arn, { elsewhere: true });
  const from = parseBackupArn(backup.arn)?.region ?? account.region;
  refuseAcrossRegions(from, account.region, overrides);
  const definition = restoredDefinition(backup.definition, overrides);
  refuseTarget(context, targetName);
  refuseInUse(backup, now);
  if (from === account.region) refuseKey(account, backup.definition.sse);
  refuseKey(account, definition.sse);
  const { sizeBytes, itemCount, items, createdAt: restoreAt } = backup;
  const origin = { sourceBackupArn: backup.arn, sourceTableArn: backup.table.arn, restoreAt };
  const { crossRegionRestoreMs, restoreMs } = account.state.settings;
  const durationMs = from === account.region ? restoreMs : crossRegionRestoreMs;
  const restore = { targetName, definition, origin, sizeBytes, itemCount, items, durationMs };
  const table = startRestore(context, restore);
  backup.restoringTo = table;
  account.state.at(table.activeAt, () => {
    backup.restoringTo = undefined;
  });
  refuseEmptyMaximum(overrides, table);
  return { TableDescription: tableShape(table, now, account.state.settings) };
};
