import { deferredMetric } from './metrics.ts';
import { onTick } from './middleware.ts';
import { policies } from './policies.ts';
import { vaultParts } from './vaults.ts';

/** Makes the recovery points that are due. Its role can create and cannot delete. */
export const handler = onTick('protect', { metricOf: deferredMetric, ...vaultParts });

export const builtWith = policies;
