import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { type Band, bandsOf, type Loss, type SimulatedReach, worseOf, worstLoss } from './reach.ts';

/**
 * How old the oldest moment is that can be restored, in milliseconds, from when the rules of all policies are full until the end: it goes up and
 * down with the periods of retention, and what is sure is `leastMs`. While they are not full both are what it is at the end.
 */
export interface ReachesBack {
  readonly leastMs: number;
  readonly mostMs: number;
  /** Whether the first recovery point of every policy had to go, and point-in-time recovery has its whole period. */
  readonly isFull: boolean;
}

/** What is watched: a table that begins at an instant. */
export interface WatchInput {
  readonly from: Instant;
  readonly to: Instant;
  /** The names of the policies that govern it. */
  readonly policies: readonly string[];
  /** The longest point-in-time recovery that is promised; absent where none is. */
  readonly pitrDays: number | undefined;
}

/** What is there from one run until the next one, oldest first. */
export interface Stretch {
  readonly since: Instant;
  readonly until: Instant;
  readonly points: readonly RecoveryPoint[];
}

/** The oldest second of point-in-time recovery at an instant; nothing where none is promised. */
export const pitrFromAt = ({ from, pitrDays }: Pick<WatchInput, 'from' | 'pitrDays'>, now: Instant) =>
  pitrDays === undefined ? {} : { pitrFrom: Math.max(from, now - pitrDays * DAY_MS) };

/** Whether the first of every policy is gone: until then what is kept reaches further every day. */
const fullness = ({ from, pitrDays, policies }: WatchInput) => {
  const firsts = new Map<string | undefined, Instant>();
  return ({ points, since }: Stretch): boolean => {
    const oldest = new Map<string | undefined, Instant>();
    for (const { createdAt, origin } of points.toReversed()) oldest.set(origin?.policy, createdAt);
    for (const [policy, at] of oldest) if (!firsts.has(policy)) firsts.set(policy, at);
    const isPast = (policy: string): boolean =>
      (oldest.get(policy) ?? 0) > (firsts.get(policy) ?? Number.POSITIVE_INFINITY);
    return (pitrDays === undefined || since - pitrDays * DAY_MS >= from) && policies.every(isPast);
  };
};

const backWatch = (input: WatchInput) => {
  const isFullAt = fullness(input);
  let back: ReachesBack = { leastMs: 0, mostMs: 0, isFull: false };
  const reachAt = (oldest: Instant, now: Instant): number =>
    now - Math.min(oldest, pitrFromAt(input, now).pitrFrom ?? now);
  return {
    look: (stretch: Stretch): void => {
      const oldest = stretch.points[0]?.createdAt ?? stretch.until;
      const [least, most] = [stretch.since, stretch.until].map((at) => reachAt(Math.min(oldest, at), at));
      const [leastMs = 0, mostMs = 0] = [least, most];
      if (back.isFull)
        back = {
          isFull: true,
          leastMs: Math.min(back.leastMs, leastMs),
          mostMs: Math.max(back.mostMs, mostMs),
        };
      else if (isFullAt(stretch)) back = { isFull: true, leastMs, mostMs };
      else back = { isFull: false, leastMs: mostMs, mostMs };
    },
    result: (): ReachesBack => back,
  };
};

/** Keeps the worst loss of each span of ages: at the beginning of a stretch and at its end, between which it is not worse. */
const lossWatch = (input: WatchInput) => {
  const bands = bandsOf(input.to - input.from);
  const worst = new Map<Band, Loss>();
  let first: Instant | undefined;
  return {
    look: ({ points, since, until }: Stretch): void => {
      first ??= points[0]?.createdAt;
      if (first === undefined) return;
      const madeAt = points.map(({ createdAt }) => createdAt).toReversed();
      for (const now of [since, until])
        for (const band of bands) {
          const loss = worstLoss(band, { now, madeAt, tableFrom: first, ...pitrFromAt(input, now) });
          if (loss !== undefined) worst.set(band, worseOf(worst.get(band) ?? loss, loss));
        }
    },
    result: (): readonly SimulatedReach[] =>
      [...worst].map(([{ from, to }, loss]) => ({ from, to, worst: loss })),
  };
};

/** Watches how far back a table can be restored, and what that loses, over all stretches between two runs. */
export const createWatch = (input: WatchInput) => {
  const [back, losses] = [backWatch(input), lossWatch(input)];
  return {
    look: (stretch: Stretch): void => {
      back.look(stretch);
      losses.look(stretch);
    },
    reachesBack: back.result,
    losses: losses.result,
  };
};
