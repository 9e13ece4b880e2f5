import type { Engine } from '../../ports/engine.ts';
import { type BackupMaker, createBackup } from './create-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { listBackups } from './list-backups.ts';

/** Creates the engine whose recovery points are DynamoDB's on-demand backups. */
export const createDynamoDBEngine = (maker: BackupMaker): Engine => ({
  list: (query = {}) => listBackups(maker, query),
  apply: (action, window) =>
    action.kind === 'create' ? createBackup(maker, action, window) : deleteBackup(maker, action, window),
});
