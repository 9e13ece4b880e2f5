import { assertNever } from '../../model/errors.ts';
import { ownFailure } from '../../model/failure.ts';
import type { Engine } from '../../ports/engine.ts';
import { type BackupMaker, createBackup } from './create-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { listBackups } from './list-backups.ts';

const NOT_COPIED = ownFailure('engine-not-built', 'on-demand backups of DynamoDB cannot be copied');

/** Creates the engine whose recovery points are DynamoDB's on-demand backups. */
export const createDynamoDBEngine = (maker: BackupMaker): Engine => ({
  list: (query = {}) => listBackups(maker, query),
  apply: async (action, window) => {
    switch (action.kind) {
      case 'create':
        return await createBackup(maker, action, window);
      case 'copy':
        return { action, status: 'refused', failure: NOT_COPIED };
      case 'expire':
        return await deleteBackup(maker, action, window);
      default:
        return assertNever(action);
    }
  },
});
