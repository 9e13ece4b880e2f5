import { assertNever } from '../../../model/errors.ts';
import type { Engine } from '../../../ports/engine.ts';
import { deleteVaultPoint } from './delete-point.ts';
import { listVaultJobs } from './list-jobs.ts';
import { listVaultPoints } from './list-points.ts';
import { startBackupJob, startCopyJob } from './start-jobs.ts';
import type { VaultParts } from './vault-clients.ts';

/** Creates the engine whose recovery points are in vaults of AWS Backup, made by jobs that outlive a run. */
export const createVaultEngine = (parts: VaultParts): Engine => ({
  list: (query = {}) => listVaultPoints(parts, query),
  jobs: () => listVaultJobs(parts),
  apply: async (action, window) => {
    switch (action.kind) {
      case 'create':
        return await startBackupJob(parts, action, window);
      case 'copy':
        return await startCopyJob(parts, action, window);
      case 'expire':
        return await deleteVaultPoint(parts, action, window);
      default:
        return assertNever(action);
    }
  },
});
