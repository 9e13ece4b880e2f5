import { pruneFinders } from '../shared/run/compose-finders.ts';
import { vaultEngine } from '../shared/run/compose-vaults.ts';
import { deferredMetric } from './metrics.ts';
import { onTick } from './middleware.ts';

/** Deletes the recovery points that no rule keeps. Its role can delete and cannot create. */
export const handler = onTick('expire', {
  finders: pruneFinders(),
  metricOf: deferredMetric,
  vaultEngineOf: vaultEngine,
});
