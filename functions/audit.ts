import { composeHeartbeatFromEnvironment } from '../shared/run/compose-heartbeat.ts';
import { onTick } from './middleware.ts';
import { policies } from './policies.ts';

/** Checks every promise and reports what is broken. Its role writes nothing except the repair of point-in-time recovery. */
export const handler = onTick('audit', { watchOf: composeHeartbeatFromEnvironment });

export const builtWith = policies;
