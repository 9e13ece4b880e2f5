import { CLOCK_TOLERANCE_MS, type Instant } from '../../../model/instant.ts';
import type { DigestMemory } from '../../../model/memory.ts';
import type { DigestSchedule } from '../../../model/policy.ts';
import { latestSlot } from '../../calendar/slots.ts';

/**
 * Returns the slot for which a digest is due now. Undefined when digests are not configured, and when that slot was
 * sent; the first digest is due immediately; several missed slots become one digest; and a digest dated in the future
 * by a wrong clock blocks none.
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
