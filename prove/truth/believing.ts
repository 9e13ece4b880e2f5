import { knownSince, type Series } from './all-series.ts';
import { isAsked } from './asked.ts';
import type { Own } from './own.ts';

/** Between a slot and the creation of its recovery point there is no other slot, and no other one is made. */
const disproves = (one: Own, point: Own): boolean => {
  const { createdAt } = one.backup;
  if (createdAt < point.backup.createdAt) return point.slot < createdAt;
  return createdAt > point.backup.createdAt && one.slot < point.backup.createdAt;
};

/**
 * The series with what was made before the schedule was recorded counted where it fits in between what was certainly asked for, as decision 0045 has
 * it, whoever made it: no run can tell a forged one of that time from one that a forgotten schedule asked for.
 */
export const believing = (series: Series, since: ReadonlyMap<string, number>): Series => {
  const certain = series.points.filter((point) => isAsked(point, series.files));
  return {
    ...series,
    isTrusted: (point) =>
      point.backup.createdAt <= knownSince(series, since) && !certain.some((one) => disproves(one, point)),
  };
};
