import { CLOCK_TOLERANCE_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Schedule } from '../calendar/slots.ts';
import { slotEnd } from '../calendar/slots.ts';
import type { StreamPoint } from './stream.ts';

/** A schedule, and the time during which runs may have gone by it. Where two overlap, either may have been asked. */
export interface Era {
  readonly schedule: Schedule;
  readonly from: Instant;
  readonly until: Instant;
}

/** What is known of the schedules a policy has had. Of what was made before `knownSince` nobody remembers which of them was in force. */
export interface Asking {
  /** Oldest first, at least one. */
  readonly eras: readonly Era[];
  readonly knownSince: Instant;
}

/**
 * How long after the end of a slot's own period its recovery point may still be made, in milliseconds: a run that began just before the next
 * slot goes on for a quarter of an hour, and its clock may be slow.
 */
const UNDER_WAY_MS = 15 * MINUTE_MS + CLOCK_TOLERANCE_MS;

type Answer = 'asked' | 'off-schedule' | 'out-of-period';

const answerOf = (schedule: Schedule, { slot, recoveryPoint }: StreamPoint): Answer => {
  const end = slotEnd(schedule, slot);
  if (end === undefined) return 'off-schedule';
  return recoveryPoint.createdAt < end + UNDER_WAY_MS ? 'asked' : 'out-of-period';
};

/** From-the-future speaks of these, and nothing counts them. */
const isAhead = ({ slot, recoveryPoint }: StreamPoint): boolean =>
  slot > recoveryPoint.createdAt + CLOCK_TOLERANCE_MS;

const isBefore = ({ recoveryPoint }: StreamPoint, { knownSince }: Asking): boolean =>
  recoveryPoint.createdAt < knownSince;

/** What the schedules say of a point by itself. One of them is enough; otherwise the last one speaks. */
const judged = (point: StreamPoint, asking: Asking): Answer => {
  const { createdAt } = point.recoveryPoint;
  const isUnknown = isBefore(point, asking);
  let answer: Answer = 'off-schedule';
  for (const { schedule, from, until } of asking.eras) {
    if (!isUnknown && (createdAt < from || createdAt > until)) continue;
    const said = answerOf(schedule, point);
    if (said === 'asked') return said;
    if (answer !== 'out-of-period') answer = said;
  }
  return answer;
};

const byCreation = (a: StreamPoint, b: StreamPoint): number =>
  a.recoveryPoint.createdAt - b.recoveryPoint.createdAt || a.slot - b.slot;

/** What is still being made decides nothing about others. */
const isAvailable = ({ recoveryPoint }: StreamPoint): boolean => recoveryPoint.status === 'available';

/**
 * Whichever schedule it was, a run makes the recovery point of its latest slot: from a slot to the making of its point no other slot lies, and
 * no other point is made. What fits in between the points that are certainly asked for may have been asked for by a schedule that nobody
 * remembers.
 */
const trusted = (
  asked: readonly StreamPoint[],
  candidates: readonly StreamPoint[],
): ReadonlySet<StreamPoint> => {
  const isCandidate = new Set(candidates);
  const inOrder = [...asked, ...candidates].toSorted(byCreation);
  const nextAsked: (StreamPoint | undefined)[] = [];
  let next: StreamPoint | undefined;
  for (const point of inOrder.toReversed()) {
    nextAsked.push(next);
    if (!isCandidate.has(point) && isAvailable(point)) next = point;
  }
  nextAsked.reverse();
  const accepted = new Set<StreamPoint>();
  let lastMadeAt = Number.NEGATIVE_INFINITY;
  for (const [index, point] of inOrder.entries()) {
    const { createdAt } = point.recoveryPoint;
    const fits =
      !isCandidate.has(point) ||
      (point.slot >= lastMadeAt && (nextAsked[index]?.slot ?? Number.POSITIVE_INFINITY) >= createdAt);
    if (!fits) continue;
    if (isCandidate.has(point)) accepted.add(point);
    if (isAvailable(point)) lastMadeAt = Math.max(lastMadeAt, createdAt);
  }
  return accepted;
};

/** Of several for one slot, the first made that is available, or else the first made. */
const firstOf = <Point extends StreamPoint>(points: readonly Point[]): Point | undefined => {
  const inOrder = points.toSorted(byCreation);
  return inOrder.find(({ recoveryPoint }) => recoveryPoint.status === 'available') ?? inOrder[0];
};

const surplusOf = <Point extends StreamPoint>(asked: readonly Point[]): ReadonlySet<Point> => {
  const slots = new Set(asked.map(({ slot }) => slot));
  if (slots.size === asked.length) return new Set();
  return new Set(
    [...Map.groupBy(asked, ({ slot }) => slot).values()].flatMap((ofSlot) => {
      const first = firstOf(ofSlot);
      return ofSlot.filter((point) => point !== first);
    }),
  );
};

const classed = <Point extends StreamPoint>(points: readonly Point[], asking: Asking): readonly Point[] => {
  const answers = new Map<Point, Answer>();
  for (const point of points) {
    const answer = isAhead(point) ? 'asked' : judged(point, asking);
    if (answer !== 'asked') answers.set(point, answer);
  }
  const asked = answers.size === 0 ? points : points.filter((point) => !answers.has(point));
  const surplus = surplusOf(asked.filter((point) => !isAhead(point)));
  if (answers.size === 0 && surplus.size === 0) return points;
  const unsure = [...answers.keys()].filter((point) => isBefore(point, asking));
  const fitting = unsure.length === 0 ? new Set<StreamPoint>() : trusted(asked, unsure);
  return points.map((point) => {
    if (surplus.has(point)) return { ...point, unasked: 'surplus' };
    if (fitting.has(point)) return { ...point, trusted: true };
    const answer = answers.get(point);
    return answer === undefined || answer === 'asked' ? point : { ...point, unasked: answer };
  });
};

/**
 * SAFETY: the only place that decides whether a recovery point was asked for. A name may be anyone's, so it is held against the moment at which
 * AWS says that the point was made: its slot must be one of the schedule in force, and the point made in that slot's own period. Returns the
 * points in their order, those that were not asked for marked with the reason. Points from before `knownSince` that may stem from a
 * forgotten schedule are marked as trusted. Each incarnation of the table is judged by itself.
 */
export const askedPoints = <Point extends StreamPoint>(
  points: readonly Point[],
  asking: Asking,
): readonly Point[] => {
  const first = points[0]?.recoveryPoint.tableId;
  if (points.every(({ recoveryPoint }) => recoveryPoint.tableId === first)) return classed(points, asking);
  const byId = new Map(
    [...Map.groupBy(points, ({ recoveryPoint }) => recoveryPoint.tableId).values()]
      .flatMap((ofIncarnation) => classed(ofIncarnation, asking))
      .map((point) => [point.recoveryPoint.id, point]),
  );
  return points.map((point) => byId.get(point.recoveryPoint.id) ?? point);
};
