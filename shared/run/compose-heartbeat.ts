import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createHeartbeat } from '../adapters/heartbeat/heartbeat.ts';
import { readEnvironment } from '../adapters/system/env.ts';
import { createCallTime } from '../adapters/system/time.ts';
import { SECOND_MS } from '../model/instant.ts';
import type { Deps } from './deps.ts';
import type { Watch } from './heartbeat.ts';

/** How long reading the address may take: a beat is not worth more of a run. In milliseconds. */
const ADDRESS_MS = 10 * SECOND_MS;

/**
 * Builds the watch of a function from its environment; without a heartbeat parameter it has no
 * heartbeat. It is separate from the other compositions because reading parameters makes a bundle
 * larger, and only one function is watched.
 */
export const composeHeartbeatFromEnvironment = ({ clock, log }: Pick<Deps, 'clock' | 'log'>): Watch => {
  const { heartbeatParameter, region } = readEnvironment();
  if (heartbeatParameter === undefined) return { log };
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const callTime = createCallTime(clock, ADDRESS_MS);
  const options = { region, clock, limiter, recorder: createCallRecorder(), callTime };
  return { log, heartbeat: createHeartbeat(options, heartbeatParameter) };
};
