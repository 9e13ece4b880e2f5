import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { utcText } from '../text/time.ts';

/** Who restores wants the newest; the others are listed by `tablekeeper explain`. */
const NAMED_POINTS = 3;

/** Given recovery points in any order, returns the newest three by name and time: `NAME of 2026-11-23 03:01 UTC, …`. At the edge nothing comes of none. */
export const newestText = (points: readonly RecoveryPoint[]): string =>
  points
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .slice(0, NAMED_POINTS)
    .map(({ name, createdAt }) => `${name} of ${utcText(createdAt)}`)
    .join(', ');
