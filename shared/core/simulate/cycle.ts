import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import { keptBy } from '../retention/retain.ts';
import { keptSlots } from './kept-slots.ts';
import { madeSlots } from './made-slots.ts';
import { backupRunFrom, pruneRunFrom } from './run-times.ts';

/** What a policy keeps goes up and down with the periods of its rules: the ends between which it does, once all rules are full. */
export interface Cycle {
  /** How old the oldest recovery point is on the worst day, in milliseconds. */
  readonly leastMs: number;
  /** What the rules keep, after a run of prune. */
  readonly leastPoints: number;
  readonly mostPoints: number;
  /** How many more than `mostPoints` are there at the most, until prune takes them. */
  readonly waiting: number;
  /** A slot after which the rules keep the most. */
  readonly fullestAt: Instant;
  /** Whether it keeps more than was counted: then the counts and `leastMs` are those of today, and floors. */
  readonly isFloor: boolean;
}

const YEAR_DAYS = 366;

const WEEK_DAYS = 8;

/** Months and years come round in a year, and so does a schedule that leaves out weeks; everything else in a week or two. */
const cycleDays = ({ retention, ...schedule }: Policy): number => {
  const { monthly, weekly, yearly } = retention;
  const isOfYear = monthly !== undefined || yearly !== undefined;
  if (isOfYear || longestIntervalMs(schedule) > WEEK_DAYS * DAY_MS) return YEAR_DAYS;
  return weekly === undefined ? WEEK_DAYS : 2 * WEEK_DAYS;
};

/** The slots that are made between two runs of prune, newest first; the runs in order, without what no run has followed yet. */
const slotsByPrune = (policy: Policy, from: Instant, to: Instant): readonly (readonly Instant[])[] => {
  const { slots } = madeSlots(policy, { from, to });
  const byRun = Map.groupBy(slots, (slot) => pruneRunFrom(backupRunFrom(slot)));
  return [...byRun].flatMap(([run, made]) => (run > to ? [] : [made])).toReversed();
};

const reachOf = ([newest = 0, ...slots]: readonly Instant[]): number => newest - (slots.at(-1) ?? newest);

const stillCycle = (slots: readonly Instant[], now: Instant): Cycle => ({
  leastMs: reachOf(slots),
  leastPoints: slots.length,
  mostPoints: slots.length,
  waiting: 0,
  fullestAt: slots[0] ?? now,
  isFloor: false,
});

interface Pruned {
  /** What was there before prune. */
  readonly present: number;
  readonly kept: readonly Instant[];
}

const prunes = (policy: Policy, before: readonly Instant[], made: readonly (readonly Instant[])[]) => {
  let kept = before;
  return made.map((slots): Pruned => {
    const there = [...slots, ...kept].map((madeAt) => ({ madeAt }));
    kept = keptBy(policy, there).map(({ madeAt }) => madeAt);
    return { present: there.length, kept };
  });
};

/**
 * Finds what a policy keeps on its worst and its fullest day once every slot was made for as long as its longest rule reaches: over the time in which
 * its periods come round, run of prune after run of prune, by the default rate. Retention itself decides about what it kept before and what was made
 * since. Where a rule keeps more than is counted, today stands for every day.
 */
export const cycleOf = (policy: Policy, now: Instant): Cycle => {
  const start = now - cycleDays(policy) * DAY_MS;
  const today = keptSlots(policy, now);
  if (today.isCut) return { ...stillCycle(today.slots, now), isFloor: true };
  const before = keptSlots(policy, start).slots;
  const made = slotsByPrune(policy, (before[0] ?? start) + 1, now);
  const [first, ...rest] = prunes(policy, before, made);
  if (first === undefined) return stillCycle(today.slots, now);
  return rest.reduce(widened, { ...stillCycle(first.kept, now), waiting: first.present - first.kept.length });
};

const widened = (cycle: Cycle, { kept, present }: Pruned): Cycle => {
  const mostPoints = Math.max(cycle.mostPoints, kept.length);
  return {
    leastMs: Math.min(cycle.leastMs, reachOf(kept)),
    leastPoints: Math.min(cycle.leastPoints, kept.length),
    mostPoints,
    waiting: Math.max(cycle.mostPoints + cycle.waiting, present) - mostPoints,
    fullestAt: kept.length > cycle.mostPoints ? (kept[0] ?? cycle.fullestAt) : cycle.fullestAt,
    isFloor: false,
  };
};
