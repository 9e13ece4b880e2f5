import { CLOCK_TOLERANCE_MS, DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import { type Schedule, slotEnd } from '../calendar/slots.ts';
import type { SeriesPoint } from './series.ts';
import { areOfOwnSlots } from './series-facts.ts';

/**
 * A schedule, and the time during which runs may have used it. Where two overlap, either may have
 * asked.
 */
export interface Era {
  readonly schedule: Schedule;
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * What is known of the schedules a policy has had. Which of them was in force before `knownSince`
 * is unknown.
 */
export interface Asking {
  /** Oldest first, at least one. */
  readonly eras: readonly Era[];
  readonly knownSince: Instant;
}

/**
 * How long after the end of a slot's own period its recovery point may still be made, in
 * milliseconds: a run that began just before the next slot continues for a quarter of an hour, and
 * its clock may be slow.
 */
const UNDER_WAY_MS = 15 * MINUTE_MS + CLOCK_TOLERANCE_MS;

/** The same for a job of AWS Backup, which may wait for hours before it begins, and is begun again a day later. */
const JOB_UNDER_WAY_MS = 2 * DAY_MS;

type Answer = 'asked' | 'off-schedule' | 'out-of-period';

/** Where the period of a slot ends, or undefined for a moment that is no slot. */
type EndOf = (slot: Instant) => Instant | undefined;

interface Period extends Omit<Era, 'schedule'> {
  readonly endOf: EndOf;
}

/** An asking whose slots are looked up once for all tables of a policy, because these share them. */
interface LookedUp extends Pick<Asking, 'knownSince'> {
  readonly periods: readonly Period[];
}

const endsOf = (schedule: Schedule): EndOf => {
  const ends = new Map<Instant, Instant | undefined>();
  return (slot) => {
    const known = ends.get(slot);
    if (known !== undefined || ends.has(slot)) return known;
    const end = slotEnd(schedule, slot);
    ends.set(slot, end);
    return end;
  };
};

const answerOf = (endOf: EndOf, { slot, recoveryPoint }: SeriesPoint): Answer => {
  const end = endOf(slot);
  if (end === undefined) return 'off-schedule';
  const { createdAt, engine } = recoveryPoint;
  const underWayMs = engine === 'aws-backup' ? JOB_UNDER_WAY_MS : UNDER_WAY_MS;
  return createdAt < end + underWayMs ? 'asked' : 'out-of-period';
};

/** The finding for points from the future reports these, and nothing counts them. */
const isAhead = ({ slot, recoveryPoint }: SeriesPoint): boolean =>
  slot > recoveryPoint.createdAt + CLOCK_TOLERANCE_MS;

const isBefore = ({ recoveryPoint }: SeriesPoint, { knownSince }: LookedUp): boolean =>
  recoveryPoint.createdAt < knownSince;

/**
 * What the schedules say of a point by itself. One of them is enough; otherwise the last one
 * decides.
 */
const judged = (point: SeriesPoint, asking: LookedUp): Answer => {
  const { createdAt } = point.recoveryPoint;
  const isUnknown = createdAt < asking.knownSince;
  let answer: Answer = 'off-schedule';
  for (const { endOf, from, until } of asking.periods) {
    if (!isUnknown && (createdAt < from || createdAt > until)) continue;
    const said = answerOf(endOf, point);
    if (said === 'asked') return said;
    if (answer !== 'out-of-period') answer = said;
  }
  return answer;
};

const byCreation = (a: SeriesPoint, b: SeriesPoint): number =>
  a.recoveryPoint.createdAt - b.recoveryPoint.createdAt || a.slot - b.slot;

/** What is still being made decides nothing about others. */
const isAvailable = ({ recoveryPoint }: SeriesPoint): boolean => recoveryPoint.status === 'available';

/** The result for points that no known schedule asked for. */
interface Trial {
  readonly accepted: ReadonlySet<SeriesPoint>;
  /** For each that was not accepted, one that shows why. */
  readonly witnesses: ReadonlySet<SeriesPoint>;
}

/**
 * For each point, the one with the earliest slot of those made after it that were certainly asked
 * for.
 */
const earliestAfter = (
  inOrder: readonly SeriesPoint[],
  isAsked: (point: SeriesPoint) => boolean,
): readonly (SeriesPoint | undefined)[] => {
  const after: (SeriesPoint | undefined)[] = [];
  let earliest: SeriesPoint | undefined;
  for (const point of inOrder.toReversed()) {
    after.push(earliest);
    if (isAsked(point) && point.slot < (earliest?.slot ?? Number.POSITIVE_INFINITY)) earliest = point;
  }
  return after.toReversed();
};

/**
 * A point that was made between the slot of another and that one's creation, or whose slot falls in
 * between, shows that no run made the other.
 */
const witnessOf = (
  { slot, recoveryPoint }: SeriesPoint,
  before: SeriesPoint | undefined,
  after: SeriesPoint | undefined,
): SeriesPoint | undefined => {
  if (before !== undefined && slot < before.recoveryPoint.createdAt) return before;
  return after !== undefined && after.slot < recoveryPoint.createdAt ? after : undefined;
};

/**
 * Under any schedule, a run makes the recovery point of its latest slot: between a slot and the
 * creation of its point there is no other slot, and no other point is made. A point that fits
 * between those that were certainly asked for may have been asked for by a forgotten schedule.
 */
const tried = (asked: readonly SeriesPoint[], candidates: readonly SeriesPoint[]): Trial => {
  const isCandidate = new Set(candidates);
  const inOrder = [...asked, ...candidates].toSorted(byCreation);
  const after = earliestAfter(inOrder, (point) => !isCandidate.has(point) && isAvailable(point));
  const accepted = new Set<SeriesPoint>();
  const witnesses = new Set<SeriesPoint>();
  let last: SeriesPoint | undefined;
  for (const [index, point] of inOrder.entries()) {
    const witness = isCandidate.has(point) ? witnessOf(point, last, after[index]) : undefined;
    if (witness !== undefined) {
      witnesses.add(witness);
      continue;
    }
    if (isCandidate.has(point)) accepted.add(point);
    if (isAvailable(point)) last = point;
  }
  return { accepted, witnesses };
};

/** Of several for one slot, the first one made that is available, or else the first one made. */
const firstOf = <Point extends SeriesPoint>(points: readonly Point[]): Point | undefined => {
  const inOrder = points.toSorted(byCreation);
  return inOrder.find(({ recoveryPoint }) => recoveryPoint.status === 'available') ?? inOrder[0];
};

const surplusOf = <Point extends SeriesPoint>(asked: readonly Point[]): ReadonlySet<Point> =>
  new Set(
    [...Map.groupBy(asked, ({ slot }) => slot).values()].flatMap((ofSlot) => {
      const first = firstOf(ofSlot);
      return ofSlot.filter((point) => point !== first);
    }),
  );

const NOTHING_TRIED: Trial = { accepted: new Set(), witnesses: new Set() };

/**
 * Another one for a slot shows nothing by itself once the first one of the slot is gone, so both
 * stay.
 */
const evidenceOf = (
  witnesses: ReadonlySet<SeriesPoint>,
  surplus: ReadonlySet<SeriesPoint>,
): ((point: SeriesPoint) => boolean) => {
  const slots = new Set([...witnesses].filter((point) => surplus.has(point)).map(({ slot }) => slot));
  return (point) => witnesses.has(point) || slots.has(point.slot);
};

const classed = <Point extends SeriesPoint>(points: readonly Point[], asking: LookedUp): readonly Point[] => {
  const answers = new Map<Point, Answer>();
  for (const point of points) {
    const answer = isAhead(point) ? 'asked' : judged(point, asking);
    if (answer !== 'asked') answers.set(point, answer);
  }
  if (answers.size === 0 && areOfOwnSlots(points)) return points;
  const asked = answers.size === 0 ? points : points.filter((point) => !answers.has(point));
  const surplus = surplusOf(asked.filter((point) => !isAhead(point)));
  if (answers.size === 0 && surplus.size === 0) return points;
  const unsure = [...answers.keys()].filter((point) => isBefore(point, asking));
  const { accepted, witnesses } = unsure.length === 0 ? NOTHING_TRIED : tried(asked, unsure);
  const evidence = evidenceOf(witnesses, surplus);
  const marked = (point: Point): Point => {
    if (surplus.has(point)) return { ...point, unasked: 'surplus' };
    if (accepted.has(point)) return { ...point, trusted: true };
    const answer = answers.get(point);
    return answer === undefined || answer === 'asked' ? point : { ...point, unasked: answer };
  };
  return points.map((point) => (evidence(point) ? { ...marked(point), disproves: true } : marked(point)));
};

const askedPoints = <Point extends SeriesPoint>(
  points: readonly Point[],
  asking: LookedUp,
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

/** Marks the points of a series that no schedule asked for. */
export type AskedPoints = <Point extends SeriesPoint>(points: readonly Point[]) => readonly Point[];

/**
 * SAFETY: the only place that decides whether a recovery point was asked for. Anyone may choose a
 * name, so it is checked against the moment at which AWS says that the point was made: its slot
 * must be one of the schedule in force, and the point made in that slot's own period. Returns the
 * points in their order, those that were not asked for marked with the reason. Points from before
 * `knownSince` that may stem from a forgotten schedule are marked as trusted, and those that
 * disprove this for another one are marked too. Each incarnation of the table is evaluated
 * separately.
 */
export const askedBy = ({ eras, knownSince }: Asking): AskedPoints => {
  const periods = eras.map(({ schedule, ...era }) => ({ ...era, endOf: endsOf(schedule) }));
  return (points) => askedPoints(points, { periods, knownSince });
};
