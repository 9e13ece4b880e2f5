import { CLOCK_TOLERANCE_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Facet, Observation } from '../../model/observation.ts';
import type { RpoStatus } from '../../model/picture.ts';
import type { RecoveryPointStatus } from '../../model/recovery-point.ts';
import { ageText } from '../text/time.ts';
import type { Series, SeriesPoint } from './series.ts';

/** How far the list of recovery points reaches: whether it has no gap, and from when on it was asked for. */
export interface ListReach {
  readonly whole: boolean;
  /** Absent when it was asked for without a lower bound. */
  readonly since?: Instant | undefined;
}

const LISTS: readonly Facet[] = ['recovery-points', 'recent-recovery-points'];

/**
 * Determines how far an observation's list of recovery points reaches. A list that was never asked
 * for is not whole.
 */
export const listReach = ({ facets, gaps, recoveryPointsSince }: Observation): ListReach => ({
  whole: facets.some((facet) => LISTS.includes(facet)) && !gaps.some(({ facet }) => LISTS.includes(facet)),
  since: recoveryPointsSince,
});

/**
 * What is in a vault was listed whole or not by itself: no list of backups says anything of it. Recovery points that a former policy of the name put
 * into one count as well.
 */
const reachOf = ({ policy, unseen }: Series, reach: ListReach): ListReach => {
  if (policy.vault !== undefined) return { whole: unseen !== true };
  return unseen === true ? { ...reach, whole: false } : reach;
};

/** Whether a series asks for a recovery point now, and why. */
export type Due =
  | { readonly due: false; readonly reason: string }
  | {
      readonly due: true;
      readonly slot: Instant;
      /** Age over RPO; Infinity where no recovery point exists. */
      readonly urgency: number;
      readonly reason: string;
    };

/**
 * When the list has a gap the age is not known: it ranks neither above those known to be late, nor
 * below those that are not.
 */
const UNKNOWN_URGENCY = 1;

/** One that is being created fills its slot too, or a slow one would be requested repeatedly; so does one of which nobody knows how it is. */
const FILLS_A_SLOT: readonly RecoveryPointStatus[] = ['available', 'creating', 'unknown'];

/**
 * A name may state any slot; one that is later than its own creation or than now, or that no
 * schedule asked for, proves no backup.
 */
const isBelievable = ({ recoveryPoint, slot, unasked }: SeriesPoint, now: Instant): boolean =>
  unasked === undefined && slot <= now && slot <= recoveryPoint.createdAt + CLOCK_TOLERANCE_MS;

/**
 * The part of a series that says which recovery points there are, and of which incarnation they
 * must be.
 */
export type SeriesPoints = Pick<Series, 'confirmed' | 'points'>;

/**
 * Finds the newest recovery point of a series, by slot, that has one of the statuses; undefined
 * when this incarnation has none. Until the table is confirmed, every incarnation counts.
 */
export const newestOf = (
  { confirmed, points }: SeriesPoints,
  now: Instant,
  statuses: readonly RecoveryPointStatus[],
): SeriesPoint | undefined => {
  let newest: SeriesPoint | undefined;
  for (const point of points) {
    // Most histories come newest first, so this ends the search for all but one of their points.
    if (newest !== undefined && point.slot <= newest.slot) continue;
    const { status, tableId } = point.recoveryPoint;
    const isCounted = statuses.includes(status) && (confirmed === undefined || tableId === confirmed.tableId);
    if (isCounted && isBelievable(point, now)) newest = point;
  }
  return newest;
};

interface Lateness {
  readonly urgency: number;
  readonly fact: string;
}

const latenessOfNone = (series: Series, now: Instant, { whole, since }: ListReach): Lateness => {
  if (!whole) return { urgency: UNKNOWN_URGENCY, fact: 'no recovery point was seen in a list with a gap' };
  if (since === undefined || (series.confirmed?.createdAt ?? 0) >= since)
    return { urgency: Number.POSITIVE_INFINITY, fact: 'no recovery point yet' };
  return {
    urgency: (now - since) / series.policy.rpoMs,
    fact: `no recovery point since ${isoInstant(since)}`,
  };
};

const latenessOf = (newest: SeriesPoint, { policy }: Series, now: Instant): Lateness => {
  const ageMs = Math.max(0, now - newest.recoveryPoint.createdAt);
  return { urgency: ageMs / policy.rpoMs, fact: `newest recovery point is ${ageText(ageMs)} old` };
};

/**
 * Decides whether a schedule asks for a recovery point, for which slot, and how urgently. Missed slots collapse into the latest; a recovery point
 * that is still being created fills its slot, so that it is not requested twice.
 */
export const dueOf = (series: Series, now: Instant, ofBackups: ListReach): Due => {
  const reach = reachOf(series, ofBackups);
  const newest = newestOf(series, now, FILLS_A_SLOT);
  const slot = series.latestSlot;
  if (newest !== undefined && newest.slot >= slot) {
    const { fact } = latenessOf(newest, series, now);
    return { due: false, reason: `${fact} and is of the latest slot, ${isoInstant(newest.slot)}` };
  }
  const { urgency, fact } =
    newest === undefined ? latenessOfNone(series, now, reach) : latenessOf(newest, series, now);
  return { due: true, slot, urgency, reason: `${fact}, slot ${isoInstant(slot)} asks for one` };
};

/** A table that is not confirmed may be a new one. */
const standingWithoutAny = (series: Series, now: Instant): RpoStatus => {
  const { confirmed, policy } = series;
  const text = `no recovery point of ${policy.name}`;
  const ageMs = confirmed === undefined ? 0 : now - confirmed.createdAt;
  if (ageMs <= policy.rpoMs) return { kind: 'none', text };
  const isBeingMade = newestOf(series, now, ['creating']) !== undefined;
  return {
    kind: 'missing',
    text: `${text} can be restored, and the table is ${ageText(ageMs)} old: the first one is ${isBeingMade ? 'being made' : 'due'}`,
  };
};

const rpoStatusOfNone = (series: Series, now: Instant, { since, whole }: ListReach): RpoStatus => {
  const { policy } = series;
  if (!whole) return { kind: 'unseen', text: `recovery points of ${policy.name} could not be listed whole` };
  if (since === undefined) return standingWithoutAny(series, now);
  const text = `no available recovery point of ${policy.name} since ${isoInstant(since)}`;
  return now - since > policy.rpoMs
    ? { kind: 'late', text: `${text}; at most ${ageText(policy.rpoMs)} is promised` }
    : { kind: 'unseen', text: `${text}; this run did not look further back` };
};

/**
 * Evaluates whether the newest available recovery point is as young as the policy promises. Exactly
 * the promised age is kept, and an old one at the end of a list with a gap proves nothing.
 */
export const rpoStatusOf = (series: Series, now: Instant, ofBackups: ListReach): RpoStatus => {
  const reach = reachOf(series, ofBackups);
  const { policy } = series;
  const newest = newestOf(series, now, ['available']);
  if (newest === undefined) return rpoStatusOfNone(series, now, reach);
  const ageMs = now - newest.recoveryPoint.createdAt;
  const text = `the newest recovery point of ${policy.name} is ${ageText(ageMs)} old`;
  if (ageMs <= policy.rpoMs) return { kind: 'kept', text };
  return reach.whole
    ? { kind: 'late', text: `${text}; at most ${ageText(policy.rpoMs)} is promised` }
    : { kind: 'unseen', text: `${text}, in a list with a gap` };
};
