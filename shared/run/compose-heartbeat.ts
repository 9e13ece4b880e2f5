import { createCallRecorder } from '../adapters/aws/call-recorder.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { createHeartbeat } from '../adapters/heartbeat/heartbeat.ts';
import { readEnvironment } from '../adapters/system/env.ts';
import { createCallTime } from '../adapters/system/time.ts';
import { SECOND_MS } from '../model/instant.ts';
import type { Deps } from './deps.ts';
import type { Watch } from './heartbeat.ts';

/** How long the address may take to be read: a beat is not worth more of a run. In milliseconds. */
const ADDRESS_MS = 10 * SECOND_MS;

/**
 * Given the clock and the log of a function, returns who watches it, as its environment says. At the edge nobody does. It stands apart from
 * the other compositions because what reads parameters makes a bundle larger, and only one function is watched.
 */
export const composeHeartbeatFromEnvironment = ({ clock, log }: Pick<Deps, 'clock' | 'log'>): Watch => {
  const { heartbeatParameter, region } = readEnvironment();
  if (heartbeatParameter === undefined) return { log };
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const callTime = createCallTime(clock, ADDRESS_MS);
  const options = { region, clock, limiter, recorder: createCallRecorder(), callTime };
  return { log, heartbeat: createHeartbeat(options, heartbeatParameter) };
};
