import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Policy, Retention } from '../../model/policy.ts';
import { periodOfWallTime, subtractDuration } from '../calendar/calendar.ts';
import { hourAt } from '../calendar/hour.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import { latestSlot } from '../calendar/slots.ts';
import { wallClockOf } from '../calendar/zone.ts';
import { longestReach } from '../policy/reach-days.ts';
import { PERIODS } from '../retention/periods.ts';

/** What a policy keeps goes up and down with the periods of its rules: the ends between which it does, once all rules are full. */
export interface Cycle {
  /** How old the oldest recovery point is on the worst day, in milliseconds. */
  readonly leastMs: number;
  readonly leastPoints: number;
  readonly mostPoints: number;
  /** A slot after which the most are kept. */
  readonly fullestAt: Instant;
}

/** Two years of hours: one that is looked at, and one that a policy of twelve months needs before it. */
const MOST_SLOTS = 20_000;

const YEAR_DAYS = 366;

const WEEK_DAYS = 8;

/** Months and years come round in a year, and so does a schedule that leaves out weeks; everything else in a week or two. */
const cycleDays = ({ retention, ...schedule }: Policy): number => {
  const { monthly, weekly, yearly } = retention;
  const isOfYear = monthly !== undefined || yearly !== undefined;
  if (isOfYear || longestIntervalMs(schedule) > WEEK_DAYS * DAY_MS) return YEAR_DAYS;
  return weekly === undefined ? WEEK_DAYS : 2 * WEEK_DAYS;
};

const slotsOver = (policy: Policy, now: Instant, days: number): readonly Instant[] => {
  const slots: Instant[] = [];
  for (let slot = latestSlot(policy, now); slot >= now - days * DAY_MS; slot = latestSlot(policy, slot - 1)) {
    slots.push(slot);
    if (slots.length === MOST_SLOTS) break;
  }
  return slots.toReversed();
};

/** Returns which slots one rule keeps, oldest last, when that one is the newest. */
type KeptAt = (newest: number) => readonly number[];

const runOf = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => to - at);

const ofLast =
  (count: number): KeptAt =>
  (newest) =>
    runOf(Math.max(0, newest - count + 1), newest);

const ofWithin =
  (within: NonNullable<Retention['within']>, slots: readonly Instant[], { timezone }: Policy): KeptAt =>
  (newest) => {
    const farEnd = subtractDuration(slots[newest] ?? 0, within, timezone);
    let from = newest;
    while (from > 0 && (slots[from - 1] ?? 0) > farEnd) from -= 1;
    return runOf(from, newest);
  };

/** The newest slot itself, and the last one of each period before its own. */
const ofPeriod = (keys: readonly number[], count: number): KeptAt => {
  const ends = keys.flatMap((key, at) => (key === keys[at + 1] ? [] : [at]));
  const before: number[] = [];
  let passed = 0;
  for (const at of keys.keys()) {
    while ((ends[passed] ?? at) < at) passed += 1;
    before.push(passed);
  }
  return (newest) => {
    const end = before[newest] ?? 0;
    return [newest, ...ends.slice(Math.max(0, end - count + 1), end).toReversed()];
  };
};

const rulesOf = (policy: Policy, slots: readonly Instant[]): readonly KeptAt[] => {
  const { retention, timezone } = policy;
  const { last, within } = retention;
  const wallAt = wallClockOf(timezone);
  return [
    ...(last === undefined ? [] : [ofLast(last)]),
    ...(within === undefined ? [] : [ofWithin(within, slots, policy)]),
    ...PERIODS.flatMap((period) => {
      const count = retention[period] ?? 0;
      const keyOf = (slot: Instant): number =>
        period === 'hourly' ? hourAt(timezone, slot).key : periodOfWallTime(period, wallAt(slot));
      return count === 0 ? [] : [ofPeriod(slots.map(keyOf), count)];
    }),
  ];
};

/** How many slots at the beginning only fill the rules; of more than were counted, all but the newest. */
const fillingOf = (slots: readonly Instant[], now: Instant, days: number): number => {
  const first = slots.findIndex((slot) => slot >= now - days * DAY_MS);
  const spared = slots.length === MOST_SLOTS ? slots.length / 2 : 0;
  return Math.min(slots.length - 1, Math.max(first === -1 ? slots.length : first, spared));
};

/**
 * Finds what a policy keeps on its worst and its fullest day once every slot was made for as long as its longest rule reaches: after each slot of the
 * time in which its periods come round. It is what the rules of retention keep, slot by slot, which a test holds it against.
 */
export const cycleOf = (policy: Policy, now: Instant): Cycle => {
  const days = cycleDays(policy);
  const reachDays = (longestReach(policy.retention, policy)?.days ?? 0) + 2;
  const slots = slotsOver(policy, now, days + reachDays);
  const rules = rulesOf(policy, slots);
  let cycle: Cycle | undefined;
  for (let newest = fillingOf(slots, now, days); newest < slots.length; newest += 1) {
    const kept = new Set(rules.flatMap((keptAt) => keptAt(newest)));
    const at = slots[newest] ?? now;
    const reachMs = at - (slots[Math.min(newest, ...kept)] ?? at);
    cycle = widened(cycle, at, reachMs, Math.max(1, kept.size));
  }
  return cycle ?? { leastMs: 0, leastPoints: 0, mostPoints: 0, fullestAt: now };
};

const widened = (cycle: Cycle | undefined, at: Instant, reachMs: number, points: number): Cycle =>
  cycle === undefined
    ? { leastMs: reachMs, leastPoints: points, mostPoints: points, fullestAt: at }
    : {
        leastMs: Math.min(cycle.leastMs, reachMs),
        leastPoints: Math.min(cycle.leastPoints, points),
        mostPoints: Math.max(cycle.mostPoints, points),
        fullestAt: points > cycle.mostPoints ? at : cycle.fullestAt,
      };
