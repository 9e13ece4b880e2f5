import { CLOCK_TOLERANCE_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { PlanInput } from './input.ts';

/**
 * Given what a plan is decided from, returns what speaks against its `now`, as a sentence: an event or a recovery point, anyone's, from
 * the future. At the edge: undefined while everything is at most `CLOCK_TOLERANCE_MS` ahead.
 */
export const clockSuspicion = ({
  eventTime,
  now,
  observation,
}: Pick<PlanInput, 'now' | 'observation'> & { readonly eventTime?: Instant | undefined }):
  | string
  | undefined => {
  const limit = now + CLOCK_TOLERANCE_MS;
  const nowText = `it is ${isoInstant(now)} here`;
  if (eventTime !== undefined && eventTime > limit)
    return `the event that started this run is of ${isoInstant(eventTime)}, and ${nowText}`;
  const newest = observation.recoveryPoints.reduce((latest, { createdAt }) => Math.max(latest, createdAt), 0);
  return newest > limit ? `a recovery point was created at ${isoInstant(newest)}, and ${nowText}` : undefined;
};
