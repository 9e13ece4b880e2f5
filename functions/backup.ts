import { backupFinders } from '../shared/run/compose-finders.ts';
import { vaultEngine } from '../shared/run/compose-vaults.ts';
import { deferredMetric } from './metrics.ts';
import { onTick } from './middleware.ts';

/** Makes the recovery points that are due. Its role can create and cannot delete. */
export const handler = onTick('protect', {
  finders: backupFinders(),
  metricOf: deferredMetric,
  vaultEngineOf: vaultEngine,
});
