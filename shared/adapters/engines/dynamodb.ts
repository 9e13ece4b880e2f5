import type { Engine } from '../../ports/engine.ts';
import { type BackupMaker, createBackup } from './create-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { listBackups } from './list-backups.ts';

/** Creates the engine whose recovery points are DynamoDB's on-demand backups. */
export const createDynamoDBEngine = (maker: BackupMaker): Engine => ({
  listRecoveryPoints: (since) => listBackups(maker, since === undefined ? {} : { since }),
  create: (action, window) => createBackup(maker, action, window),
  expire: (action, window) => deleteBackup(maker, action, window),
});
