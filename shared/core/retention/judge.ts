import { CLOCK_TOLERANCE_MS, type Instant } from '../../model/instant.ts';
import type { Series, SeriesPoint } from '../scene/series.ts';
import { floorOf, inOrder, newestFirst, uncountedReason } from './counting.ts';
import { createWording, type Wording } from './reasons.ts';
import { type Retained, retain } from './retain.ts';

/**
 * The decision of the rules and the floor alone on one recovery point; refusals are not considered.
 */
export interface Judged {
  readonly point: SeriesPoint;
  readonly decision: 'keep' | 'expire';
  readonly reasons: readonly string[];
}

const FLOOR_REASONS = ['the newest available one, which never expires'];

const EVIDENCE_REASONS = ['it shows that another recovery point was not asked for'];

/**
 * SAFETY: a point that proves another one was not asked for stays as long as the other does.
 * Without it the other would be attributed to a forgotten schedule at the next run, and expire.
 */
const judgedByRules = (
  { point, keptBy, passedBy }: Retained<SeriesPoint>,
  onFloor: boolean,
  { textsOf }: Wording,
): Judged => {
  if (keptBy.length > 0) return { point, decision: 'keep', reasons: textsOf(keptBy) };
  if (onFloor) return { point, decision: 'keep', reasons: FLOOR_REASONS };
  return point.disproves === true
    ? { point, decision: 'keep', reasons: EVIDENCE_REASONS }
    : { point, decision: 'expire', reasons: passedBy };
};

/**
 * SAFETY: a point counts for the moment at which AWS says it was made, never for what its name
 * says.
 */
export const madeAt = ({ recoveryPoint }: SeriesPoint): Instant => recoveryPoint.createdAt;

const areInOrderOfMaking = (points: readonly SeriesPoint[]): boolean => {
  let last = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const at = madeAt(point);
    if (at > last) return false;
    last = at;
  }
  return true;
};

/** Sorts by creation, newest first; usually they already are. */
export const byMaking = (points: readonly SeriesPoint[]): readonly SeriesPoint[] =>
  areInOrderOfMaking(points) ? points : points.toSorted((a, b) => madeAt(b) - madeAt(a) || newestFirst(a, b));

/** What decides on the points of a series. */
interface Judging extends Pick<Series, 'policy'> {
  readonly now: Instant;
  readonly wording: Wording;
}

const applyRules = (points: readonly SeriesPoint[], { now, policy, wording }: Judging): readonly Judged[] => {
  const { retention, timezone } = policy;
  const floor = floorOf(points);
  // AWS's clock may be a little ahead of this one; anything further ahead stops all expiry
  // elsewhere.
  const upTo = now + CLOCK_TOLERANCE_MS;
  const rules = { timeOf: madeAt, retention, timezone, now: upTo, wording };
  const said = retain({ points: byMaking(points), ...rules });
  return said.map((retained) => judgedByRules(retained, floor.has(retained.point), wording));
};

/**
 * SAFETY: points that are only trusted displace none that was certainly asked for. The latter are
 * evaluated as if they were alone, the trusted ones among all.
 */
const judgeCounted = (counted: readonly SeriesPoint[], judging: Judging): readonly Judged[] => {
  const asked = counted.filter(({ trusted }) => trusted === undefined);
  if (asked.length === counted.length) return applyRules(counted, judging);
  const amongAll = applyRules(counted, judging).filter(({ point }) => point.trusted === true);
  return [...applyRules(asked, judging), ...amongAll];
};

/**
 * A second point for a slot is kept as long as the one that counts: it neither displaces nor
 * outlives it.
 */
const judgeSurplus = (point: SeriesPoint, reason: string, ofSlot: ReadonlyMap<Instant, Judged>): Judged => {
  const counted = ofSlot.get(point.slot);
  return counted?.decision === 'expire' && point.recoveryPoint.status === 'available'
    ? { point, decision: 'expire', reasons: counted.reasons }
    : { point, decision: 'keep', reasons: [reason] };
};

interface Split {
  readonly counted: readonly SeriesPoint[];
  readonly uncounted: readonly (readonly [point: SeriesPoint, reason: string])[];
}

const split = (points: readonly SeriesPoint[], tableId: string | undefined, now: Instant): Split => {
  const uncounted: (readonly [SeriesPoint, string])[] = [];
  for (const point of points) {
    const reason = uncountedReason(point, tableId, now);
    if (reason !== undefined) uncounted.push([point, reason]);
  }
  if (uncounted.length === 0) return { counted: points, uncounted };
  const out = new Set(uncounted.map(([point]) => point));
  return { counted: points.filter((point) => !out.has(point)), uncounted };
};

/** Lists the recovery points of a series that retention counts, newest slot first. */
export const countedOf = (
  { points }: Pick<Series, 'points'>,
  tableId: string | undefined,
  now: Instant,
): readonly SeriesPoint[] => split(inOrder(points), tableId, now).counted;

const judgeUncounted = (
  { uncounted }: Split,
  judged: readonly Judged[],
  tableId: string | undefined,
): readonly Judged[] => {
  const ofSlot = new Map(judged.map((one) => [one.point.slot, one]));
  return uncounted.map(([point, reason]) =>
    point.unasked === 'surplus' && point.recoveryPoint.tableId === tableId
      ? judgeSurplus(point, reason, ofSlot)
      : { point, decision: 'keep', reasons: [reason] },
  );
};

const isInOrder = (judged: readonly Judged[]): boolean =>
  judged.every(({ point }, at) => at === 0 || (judged[at - 1]?.point.slot ?? point.slot) > point.slot);

/**
 * Evaluates rules and floor for each recovery point of a series, newest slot first. Without an incarnation nothing counts and everything is kept.
 * `wording` is shared with other series.
 */
export const judgeSeries = (
  series: Series,
  tableId: string | undefined,
  now: Instant,
  wording: Wording = createWording(),
): readonly Judged[] => {
  const parts = split(inOrder(series.points), tableId, now);
  const judged = judgeCounted(parts.counted, { policy: series.policy, now, wording });
  if (parts.uncounted.length === 0 && isInOrder(judged)) return judged;
  return [...judged, ...judgeUncounted(parts, judged, tableId)].toSorted((one, other) =>
    newestFirst(one.point, other.point),
  );
};
