import type { Operation } from '../operation.ts';
import { existingTrail } from './trails.ts';

const seconds = (at: number | undefined): number | undefined => (at === undefined ? undefined : at / 1000);

/** Of this Region alone: a trail of several logs in each by itself. */
export const getTrailStatus: Operation = (context, input) => {
  const { isLogging, startedAt, stoppedAt } = existingTrail(context, input.Name);
  return { IsLogging: isLogging, StartLoggingTime: seconds(startedAt), StopLoggingTime: seconds(stoppedAt) };
};
