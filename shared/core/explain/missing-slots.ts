import type { Instant } from '../../model/instant.ts';
import { nextSlot } from '../calendar/slots.ts';
import { incarnationOf } from '../retention/counting.ts';
import { UNWORDED } from '../retention/reasons.ts';
import { retain } from '../retention/retain.ts';
import type { Regimes } from '../scene/regimes.ts';
import type { Stream } from '../scene/stream.ts';

/** So many slots are looked at, the newest ones: more are no gap that a person could see. */
const MOST_SLOTS = 500;

interface Candidate {
  readonly at: Instant;
  readonly isMade: boolean;
}

const known = new WeakMap<Stream['policy'], Map<Instant, readonly Instant[]>>();

/** Many tables of one policy have their oldest recovery point in the same slot. */
const slotsSince = (policy: Stream['policy'], since: Instant, latest: Instant): readonly Instant[] => {
  const ofPolicy = known.get(policy) ?? new Map<Instant, readonly Instant[]>();
  known.set(policy, ofPolicy);
  const before = ofPolicy.get(since);
  if (before !== undefined && before.at(-1) === latest) return before;
  const slots: Instant[] = [];
  for (let slot = nextSlot(policy, since - 1); slot <= latest; slot = nextSlot(policy, slot))
    slots.push(slot);
  const newest = slots.slice(-MOST_SLOTS);
  ofPolicy.set(since, newest);
  return newest;
};

/**
 * Lists the slots of a series that have no recovery point and whose recovery point the rules would keep now, had it been made; oldest first. Slots before its
 * first recovery point, and before its policy was last edited, were never asked for. The latest one counts only where it is overdue.
 */
export const missingSlots = (
  stream: Stream,
  {
    regimes,
    isOverdue,
    now,
  }: { readonly regimes: Regimes; readonly isOverdue: boolean; readonly now: Instant },
): readonly Instant[] => {
  const { policy, latestSlot } = stream;
  const tableId = incarnationOf(stream);
  const points = stream.points.filter(({ recoveryPoint }) => recoveryPoint.tableId === tableId);
  const regime = regimes.get(policy.name)?.at(-1);
  if (points.length === 0 || regime === undefined) return [];
  const oldest = points.reduce((least, { slot }) => Math.min(least, slot), now);
  const made = new Set(stream.points.map(({ slot }) => slot));
  const missing = slotsSince(policy, Math.max(oldest, regime.since), latestSlot).filter(
    (slot) => !made.has(slot) && (slot !== latestSlot || isOverdue),
  );
  if (missing.length === 0) return [];
  const candidates: readonly Candidate[] = [
    ...points.map(({ recoveryPoint }) => ({ at: recoveryPoint.createdAt, isMade: true })),
    ...missing.map((at) => ({ at, isMade: false })),
  ].toSorted((a, b) => b.at - a.at);
  const { retention, timezone } = policy;
  return retain({ points: candidates, timeOf: ({ at }) => at, retention, timezone, now, wording: UNWORDED })
    .filter(({ point, keptBy }) => !point.isMade && keptBy.length > 0)
    .map(({ point }) => point.at)
    .toReversed();
};
