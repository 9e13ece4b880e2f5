import type { Instant } from '../../model/instant.ts';
import { nextSlot } from '../calendar/slots.ts';
import { incarnationOf } from '../retention/counting.ts';
import { UNWORDED } from '../retention/reasons.ts';
import { retain } from '../retention/retain.ts';
import type { Regimes } from '../scene/regimes.ts';
import type { Series } from '../scene/series.ts';

/** So many slots are looked at, the newest ones: more are no gap that a person could see. */
const MOST_SLOTS = 500;

interface Candidate {
  /** When it was made, or would have been. */
  readonly at: Instant;
  /** Set where it was not made. */
  readonly missing?: Instant;
}

/** Lists the slots of a policy from one moment to another, the newest ones. */
type SlotsSince = (policy: Series['policy'], since: Instant, latest: Instant) => readonly Instant[];

const slotsBetween: SlotsSince = (policy, since, latest) => {
  const slots: Instant[] = [];
  for (let slot = nextSlot(policy, since - 1); slot <= latest; slot = nextSlot(policy, slot))
    slots.push(slot);
  return slots.slice(-MOST_SLOTS);
};

/** Many tables of one policy have their oldest recovery point in the same slot. */
const createSlotsSince = (): SlotsSince => {
  const known = new Map<string, readonly Instant[]>();
  return (policy, since, latest) => {
    const key = `${policy.name} ${since} ${latest}`;
    const slots = known.get(key) ?? slotsBetween(policy, since, latest);
    known.set(key, slots);
    return slots;
  };
};

interface Surroundings {
  readonly regimes: Regimes;
  readonly now: Instant;
}

interface Question extends Surroundings {
  readonly isOverdue: boolean;
  readonly slotsSince: SlotsSince;
}

/**
 * Returns how long after its slot a recovery point is made here, as most were: rules go by when one was made, and a slot of the evening may be made
 * after midnight.
 */
const usualDelayMs = (points: Series['points']): number => {
  const delays = points
    .map(({ recoveryPoint, slot }) => recoveryPoint.createdAt - slot)
    .toSorted((a, b) => a - b);
  return delays[Math.floor(delays.length / 2)] ?? 0;
};

const missingSlots = (
  series: Series,
  { regimes, isOverdue, now, slotsSince }: Question,
): readonly Instant[] => {
  const { policy, latestSlot } = series;
  const tableId = incarnationOf(series);
  const points = series.points.filter(({ recoveryPoint }) => recoveryPoint.tableId === tableId);
  const regime = regimes.get(policy.name)?.at(-1);
  if (points.length === 0 || regime === undefined) return [];
  const oldest = points.reduce((least, { slot }) => Math.min(least, slot), now);
  const made = new Set(series.points.map(({ slot }) => slot));
  const missing = slotsSince(policy, Math.max(oldest, regime.since), latestSlot).filter(
    (slot) => !made.has(slot) && (slot !== latestSlot || isOverdue),
  );
  if (missing.length === 0) return [];
  const delayMs = usualDelayMs(points);
  const candidates: readonly Candidate[] = [
    ...points.map(({ recoveryPoint }) => ({ at: recoveryPoint.createdAt })),
    ...missing.map((slot) => ({ at: slot + delayMs, missing: slot })),
  ].toSorted((a, b) => b.at - a.at);
  const { retention, timezone } = policy;
  return retain({ points: candidates, timeOf: ({ at }) => at, retention, timezone, now, wording: UNWORDED })
    .flatMap(({ point, keptBy }) => (keptBy.length > 0 ? (point.missing ?? []) : []))
    .toReversed();
};

/** Lists what one series misses, given whether it is overdue. */
export type MissingSlots = (series: Series, isOverdue: boolean) => readonly Instant[];

/**
 * Lists the slots of a series that have no recovery point and whose recovery point the rules would keep now, had it been made; oldest first. Slots before its
 * first recovery point, and before its policy was last edited, were never asked for. The latest one counts only where it is overdue.
 */
export const missingSlotsIn = ({ regimes, now }: Surroundings): MissingSlots => {
  const slotsSince = createSlotsSince();
  return (series, isOverdue) => missingSlots(series, { regimes, now, isOverdue, slotsSince });
};
