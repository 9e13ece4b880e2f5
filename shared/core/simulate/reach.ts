import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';

/** A span of ages. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/**
 * What the worst restore loses: nothing to speak of where point-in-time recovery reaches, so many milliseconds between two recovery points, or
 * everything, where nothing reaches that far.
 */
export type Loss =
  | { readonly kind: 'any-second' }
  | { readonly kind: 'between-points'; readonly ms: number }
  | { readonly kind: 'not-reached' };

const YEAR_MS = 365 * DAY_MS;

const EDGES: readonly number[] = [
  0,
  HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  35 * DAY_MS,
  90 * DAY_MS,
  180 * DAY_MS,
  ...Array.from({ length: 10 }, (_, at) => (at + 1) * YEAR_MS),
];

/** Lists the spans of ages that a table of an age can be asked back to. */
export const bandsOf = (ageMs: number): readonly Band[] =>
  EDGES.slice(1).flatMap((to, at) => {
    const from = EDGES[at] ?? 0;
    return from < ageMs ? [{ from, to }] : [];
  });

/**
 * How far point-in-time recovery is behind.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html (checked 2026-11-28)
 */
export const PITR_LAG_MS = 5 * MINUTE_MS;

/** What can be restored from at an instant. */
export interface Restorable {
  readonly now: Instant;
  /** When each recovery point was made, newest first. */
  readonly madeAt: readonly Instant[];
  /** The oldest second of point-in-time recovery; absent where there is none. */
  readonly pitrFrom?: Instant;
  /** Before it there was nothing to lose. */
  readonly tableFrom: Instant;
}

const RANK = { 'not-reached': 0, 'any-second': 1, 'between-points': 2 } as const;

/** Returns the worse of two losses; where something was reached once, what was not reached does not count: how far back it goes is said apart. */
export const worseOf = (one: Loss, other: Loss): Loss => {
  if (one.kind === 'between-points' && other.kind === 'between-points')
    return one.ms >= other.ms ? one : other;
  return RANK[one.kind] >= RANK[other.kind] ? one : other;
};

/** The most that is lost of a moment between two instants: back to the recovery point before it. Takes no moment before the oldest of them. */
const lossBetween = (madeAt: readonly Instant[], oldest: Instant, newest: Instant): Loss => {
  let until = newest;
  let most: number | undefined;
  for (const made of madeAt) {
    if (made >= newest) continue;
    most = Math.max(most ?? 0, until - made);
    if (made <= oldest) break;
    until = made;
  }
  return most === undefined ? { kind: 'not-reached' } : { kind: 'between-points', ms: most };
};

/**
 * Finds the worst loss over a span of ages, of what is older than none of the recovery points; undefined where nothing is that old yet. What is older
 * than all of them is `not-reached`.
 */
export const worstLoss = (
  { from, to }: Band,
  { madeAt, now, pitrFrom, tableFrom }: Restorable,
): Loss | undefined => {
  const newest = now - from;
  const oldest = Math.max(now - to, tableFrom);
  if (oldest >= newest) return undefined;
  if (pitrFrom === undefined || pitrFrom >= newest) return lossBetween(madeAt, oldest, newest);
  if (pitrFrom <= oldest) return { kind: 'any-second' };
  const before = lossBetween(madeAt, oldest, pitrFrom);
  return before.kind === 'not-reached' ? { kind: 'any-second' } : before;
};

/** The worst loss of a span of ages, on any day on which the table was that old. */
export interface SimulatedReach extends Band {
  readonly worst: Loss;
}

const WHOLE: readonly number[] = [DAY_MS, HOUR_MS, MINUTE_MS];

/** Rounds an age down to whole days, or hours or minutes where it is less. */
const wholeAge = (ms: number): number => {
  const unit = WHOLE.find((one) => ms >= one) ?? 1;
  return Math.floor(ms / unit) * unit;
};

/**
 * Ends the spans where what is kept is sure to reach no further: whatever is older is `not-reached`, as one span, though on some days a recovery
 * point is there. While everything since the table began is there, no more is known, and nothing is said of what is older.
 */
export const endedAt = (
  reach: readonly SimulatedReach[],
  leastMs: number,
  ageMs = Number.POSITIVE_INFINITY,
): readonly SimulatedReach[] => {
  const end = wholeAge(leastMs);
  const within = reach
    .filter(({ from }) => from < end)
    .map((band) => ({ ...band, to: Math.min(band.to, end) }));
  const last = reach.at(-1);
  if (last === undefined || last.to <= end || ageMs - leastMs < DAY_MS) return within;
  return [...within, { from: end, to: last.to, worst: { kind: 'not-reached' } }];
};

/** A span of ages with the worst loss under each of some simulations; undefined where one did not last that long. */
export interface ComparedReach extends Band {
  readonly losses: readonly (Loss | undefined)[];
}

const lossAt = (reach: readonly SimulatedReach[], age: number): Loss | undefined =>
  reach.find(({ from, to }) => from <= age && age < to)?.worst;

const isSameLoss = (one: Loss | undefined, other: Loss | undefined): boolean =>
  one?.kind === other?.kind &&
  (one?.kind === 'between-points' ? one.ms : 0) === (other?.kind === 'between-points' ? other.ms : 0);

/** Puts simulations side by side, in spans within which none of them changes. */
export const comparedReach = (reaches: readonly (readonly SimulatedReach[])[]): readonly ComparedReach[] => {
  const edges = [...new Set(reaches.flatMap((reach) => reach.flatMap(({ from, to }) => [from, to])))];
  const sorted = edges.toSorted((a, b) => a - b);
  const spans: ComparedReach[] = [];
  for (const [at, from] of sorted.slice(0, -1).entries()) {
    const losses = reaches.map((reach) => lossAt(reach, from));
    const before = spans.at(-1);
    const isSame = before?.losses.every((loss, index) => isSameLoss(loss, losses[index])) === true;
    if (isSame) spans.pop();
    spans.push({ from: isSame ? (before?.from ?? from) : from, to: sorted[at + 1] ?? from, losses });
  }
  return spans;
};
