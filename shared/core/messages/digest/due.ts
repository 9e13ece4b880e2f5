import { CLOCK_TOLERANCE_MS, type Instant } from '../../../model/instant.ts';
import type { DigestMemory } from '../../../model/memory.ts';
import type { DigestSchedule } from '../../../model/policy.ts';
import { latestSlot } from '../../calendar/slots.ts';

/**
 * Given the schedule of digests and what is remembered of the last one, returns the slot that a digest is due for now. At the edge undefined when
 * nobody asked for digests, and when that slot was told; the first digest of all is due at once; many slots that were missed are
 * one digest; and one from the future, written by a clock that was wrong, stands in the way of none.
 */
export const dueDigest = (
  schedule: DigestSchedule | undefined,
  last: DigestMemory | undefined,
  now: Instant,
): Instant | undefined => {
  if (schedule === undefined) return undefined;
  const slot = latestSlot(schedule, now);
  const wasTold = last !== undefined && last.digestedSlot >= slot && last.sentAt <= now + CLOCK_TOLERANCE_MS;
  return wasTold ? undefined : slot;
};
