import type { Scene } from '../world/record.ts';
import { knownSince, type Series } from './all-series.ts';

/** The series with what was made before the schedule was recorded counted as well: an account's first runs cannot tell whether it was asked for. */
export const trusting = (series: Series, { forged }: Scene, since: ReadonlyMap<string, number>): Series => ({
  ...series,
  isTrusted: ({ backup }) => backup.createdAt <= knownSince(series, since) && !forged.has(backup.arn),
});
