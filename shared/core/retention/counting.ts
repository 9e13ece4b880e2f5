import { CLOCK_TOLERANCE_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { RecoveryPointStatus } from '../../model/recovery-point.ts';
import type { WallTime } from '../calendar/zone.ts';
import type { Series, SeriesPoint, Unasked } from '../scene/series.ts';
import { areOfOwnSlots } from '../scene/series-facts.ts';
import type { Judgement } from './reasons.ts';

/** What a rule decides on. */
export interface Candidate {
  readonly time: Instant;
  /** The same time on the clocks of the policy's zone. */
  readonly wall: WallTime;
  readonly timezone: string;
  /** Whether it is the oldest of the whole history. */
  readonly isOldest: boolean;
}

/**
 * One rule of a retention. It is called once for each point, newest first; it remembers what it has
 * kept, and so serves one history only.
 */
export type Rule = (candidate: Candidate) => Judgement;

/**
 * SAFETY: picks the recovery points that never expire whatever the rules say: the newest by slot,
 * and the newest by creation, which differ only if a clock was wrong. Takes the points that count,
 * newest first; empty without points.
 */
export const floorOf = (counted: readonly SeriesPoint[]): ReadonlySet<SeriesPoint> => {
  const floor = new Set(counted.slice(0, 1));
  let latestAt = Number.NEGATIVE_INFINITY;
  let latest: SeriesPoint | undefined;
  for (const point of counted) {
    const { createdAt } = point.recoveryPoint;
    if (createdAt > latestAt) [latest, latestAt] = [point, createdAt];
  }
  return latest === undefined ? floor : floor.add(latest);
};

const UNASKED: Readonly<Record<Unasked, string>> = {
  'off-schedule': 'no schedule of the policy asked for its slot',
  'out-of-period': 'it was not made in the period of its slot',
  surplus: 'its slot has another one',
};

/**
 * Explains why retention does not count a recovery point; undefined when it counts. One that does
 * not count is kept and displaces nothing.
 */
export const uncountedReason = (
  { recoveryPoint, slot, unasked }: SeriesPoint,
  tableId: string | undefined,
  now: Instant,
): string | undefined => {
  if (recoveryPoint.status !== 'available') return `does not count: it is ${recoveryPoint.status}`;
  if (recoveryPoint.tableId !== tableId) return 'does not count: it is of an earlier table of this name';
  if (slot > now) return `does not count: its slot ${isoInstant(slot)} is in the future`;
  if (slot > recoveryPoint.createdAt + CLOCK_TOLERANCE_MS)
    return `does not count: its slot ${isoInstant(slot)} is later than it was made`;
  if (unasked !== undefined) return `does not count: ${UNASKED[unasked]}`;
  return undefined;
};

const STATUS_ORDER: readonly RecoveryPointStatus[] = [
  'creating',
  'unknown',
  'unusable',
  'deleting',
  'deleted',
  'expired',
  'available',
];

const statusOrder = ({ recoveryPoint }: SeriesPoint): number => STATUS_ORDER.indexOf(recoveryPoint.status);

/** Orders recovery points by slot, newest first, then by creation, newest first, then by id. One order for any order of the input. */
export const newestFirst = (one: SeriesPoint, other: SeriesPoint): number =>
  other.slot - one.slot ||
  other.recoveryPoint.createdAt - one.recoveryPoint.createdAt ||
  (one.recoveryPoint.id < other.recoveryPoint.id
    ? -1
    : Number(one.recoveryPoint.id > other.recoveryPoint.id)) ||
  statusOrder(one) - statusOrder(other);

/**
 * Sorts recovery points newest first, each id once; most already are. Of one that was listed twice, before and after it became available, the entry
 * that is not available stays, because it displaces nothing.
 */
export const inOrder = (points: readonly SeriesPoint[]): readonly SeriesPoint[] => {
  if (areOfOwnSlots(points)) return points;
  const seen = new Set<string>();
  return points.toSorted(newestFirst).filter(({ recoveryPoint: { id } }) => {
    const isFirst = !seen.has(id);
    seen.add(id);
    return isFirst;
  });
};

/**
 * Determines the incarnation that a series belongs to: the confirmed one or, until there is one,
 * that of the newest available recovery point, which serves to explain but never to expire.
 * Undefined when neither is known.
 */
export const incarnationOf = ({ confirmed, points }: Series): string | undefined => {
  if (confirmed !== undefined) return confirmed.tableId;
  const available = points.filter(({ recoveryPoint }) => recoveryPoint.status === 'available');
  return available.toSorted(newestFirst)[0]?.recoveryPoint.tableId;
};
