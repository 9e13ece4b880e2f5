import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import { latestSlot } from '../calendar/slots.ts';
import { longestReach } from '../policy/reach-days.ts';
import { keptBy, type Moment } from '../retention/retain.ts';

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

const momentOf = (madeAt: Instant): Moment => ({ madeAt });

/** How many slots at the beginning only fill the rules; of more than were counted, all but the newest. */
const fillingOf = (slots: readonly Instant[], now: Instant, days: number): number => {
  const first = slots.findIndex((slot) => slot >= now - days * DAY_MS);
  const spared = slots.length === MOST_SLOTS ? slots.length / 2 : 0;
  return Math.min(slots.length - 1, Math.max(first === -1 ? slots.length : first, spared));
};

/**
 * Finds what a policy keeps on its worst and its fullest day once every slot was made for as long as its longest rule reaches: after each slot of the
 * time in which its periods come round. Retention itself decides, slot after slot, about what it kept before and the new one, as prune does. A policy of
 * every hour takes half a second; its whole history after each slot would take minutes.
 */
export const cycleOf = (policy: Policy, now: Instant): Cycle => {
  const days = cycleDays(policy);
  const reachDays = (longestReach(policy.retention, policy)?.days ?? 0) + 2;
  const slots = slotsOver(policy, now, days + reachDays);
  const filled = fillingOf(slots, now, days);
  let kept = keptBy(policy, slots.slice(0, filled).map(momentOf));
  let cycle: Cycle | undefined;
  for (const slot of slots.slice(filled)) {
    kept = keptBy(policy, [momentOf(slot), ...kept]);
    cycle = widened(cycle, slot, slot - (kept.at(-1)?.madeAt ?? slot), kept.length);
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
