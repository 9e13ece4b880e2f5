import { TOLERANCE_MS } from '../truth/own.ts';
import { nowOf } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** 10. Where the event, or anything that was seen, comes from the future of the run's clock, nothing is deleted. */
export const futureDeletesNothing: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const limit = run.endedAt + run.skewMs + TOLERANCE_MS;
  const eventAt = run.before.at + run.eventAheadMs;
  const newest = Math.max(
    0,
    ...run.before.backups.filter(({ type }) => type === 'USER').map((one) => one.createdAt),
  );
  return [
    ...(eventAt > limit ? ['it deleted, and its event was from the future'] : []),
    ...(newest > limit
      ? [`it deleted with a clock of ${new Date(nowOf(run)).toISOString()}, older than a recovery point`]
      : []),
  ];
};
