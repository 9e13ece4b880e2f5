import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { utcText } from '../text/time.ts';

/** How many recovery points to name: a restore needs the newest; `tablekeeper explain` lists the others. */
const NAMED_POINTS = 3;

/**
 * Lists the newest three recovery points by name and time: `NAME of 2026-11-23 03:01 UTC, …`. Returns an empty text for
 * none.
 */
export const newestText = (points: readonly RecoveryPoint[]): string =>
  points
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .slice(0, NAMED_POINTS)
    .map(({ name, createdAt }) => `${name} of ${utcText(createdAt)}`)
    .join(', ');
