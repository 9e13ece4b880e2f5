import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { type CalendarPeriod, type Period, subtractDuration } from '../calendar/calendar.ts';
import { earliestReadingOf, wallTimeAt } from '../calendar/zone.ts';
import { PERIODS } from '../retention/periods.ts';
import { keptBy } from '../retention/retain.ts';
import { latestMadeOf, type MadeSlots, madeSlots } from './made-slots.ts';

/** What one rule keeps is counted up to so many: two years of hours, and more than any bill is about. */
export const MOST_KEPT = 20_000;

// 1970-01-01 was a Thursday.
const MONDAY_OFFSET_MS = 3 * DAY_MS;

const STARTS: Readonly<Record<CalendarPeriod, (wall: number) => number>> = {
  daily: (wall) => wall - (wall % DAY_MS),
  weekly: (wall) => wall - ((wall + MONDAY_OFFSET_MS) % (7 * DAY_MS)),
  monthly: (wall) => Date.UTC(new Date(wall).getUTCFullYear(), new Date(wall).getUTCMonth()),
  yearly: (wall) => Date.UTC(new Date(wall).getUTCFullYear(), 0),
};

const startOf = (period: Period, at: Instant, zone: string): Instant => {
  const wall = wallTimeAt(zone, at);
  if (period === 'hourly') return at - (wall % HOUR_MS);
  return Math.min(at, earliestReadingOf(zone, STARTS[period](wall)));
};

/** A rule that has two periods more than it counts takes no slot for the oldest of all. */
const SPARE = 2;

const newestOfEach = (policy: Policy, period: Period, at: Instant): MadeSlots => {
  const count = policy.retention[period] ?? 0;
  if (count === 0) return { slots: [], isCut: false };
  const latestMade = latestMadeOf(policy);
  const slots: Instant[] = [];
  for (
    let slot = latestMade(at);
    slots.length < Math.min(count + SPARE, MOST_KEPT);
    slot = latestMade(startOf(period, slot, policy.timezone) - 1)
  )
    slots.push(slot);
  return { slots, isCut: count > MOST_KEPT };
};

const newestOnes = (policy: Policy, at: Instant): MadeSlots => {
  const { last = 0 } = policy.retention;
  const latestMade = latestMadeOf(policy);
  const slots: Instant[] = [];
  for (let slot = latestMade(at); slots.length < Math.min(last, MOST_KEPT); slot = latestMade(slot - 1))
    slots.push(slot);
  return { slots, isCut: last > MOST_KEPT };
};

const newerThan = (policy: Policy, at: Instant): MadeSlots => {
  const { within } = policy.retention;
  if (within === undefined) return { slots: [], isCut: false };
  const from = subtractDuration(at, within, policy.timezone);
  return madeSlots(policy, { from, to: at, most: MOST_KEPT });
};

/**
 * Finds what a policy keeps at an instant if every slot was made for as long as its longest rule reaches, newest first. Only the slots that a rule can
 * keep are asked about, the newest of each of its periods: years of hours with one a day kept are some hundreds.
 */
export const keptSlots = (policy: Policy, at: Instant): MadeSlots => {
  const rules = [
    newestOnes(policy, at),
    newerThan(policy, at),
    ...PERIODS.map((period) => newestOfEach(policy, period, at)),
  ];
  const slots = [...new Set([latestMadeOf(policy)(at), ...rules.flatMap((one) => one.slots)])];
  const kept = keptBy(
    policy,
    slots.map((madeAt) => ({ madeAt })),
  );
  return { slots: kept.map(({ madeAt }) => madeAt), isCut: rules.some(({ isCut }) => isCut) };
};
