import { deferredMetric } from './metrics.ts';
import { onTick } from './middleware.ts';
import { policies } from './policies.ts';
import { vaultParts } from './vaults.ts';

/** Deletes the recovery points that no rule keeps. Its role can delete and cannot create. */
export const handler = onTick('expire', { metricOf: deferredMetric, ...vaultParts });

export const builtWith = policies;
