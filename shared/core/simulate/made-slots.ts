import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import { shortestIntervalMs } from '../calendar/intervals.ts';
import { latestSlot, type Schedule } from '../calendar/slots.ts';
import { backupRunFrom } from './run-times.ts';

/** Between two slots that lie so far apart or further there is a run of backup. */
const RUN_EVERY_MS = 30 * MINUTE_MS;

/**
 * Returns how to find the newest slot at an instant or before it that a recovery point is made for, by the default rate: of slots between two runs of
 * backup only the latest is met.
 */
export const latestMadeOf = (schedule: Schedule): ((at: Instant) => Instant) => {
  if (shortestIntervalMs(schedule) >= RUN_EVERY_MS) return (at) => latestSlot(schedule, at);
  return (at) => {
    let slot = latestSlot(schedule, at);
    while (latestSlot(schedule, backupRunFrom(slot)) !== slot) slot = latestSlot(schedule, slot - 1);
    return slot;
  };
};

/** The slots that were found, newest first, and whether there are more. */
export interface MadeSlots {
  readonly slots: readonly Instant[];
  readonly isCut: boolean;
}

/** Lists the slots that recovery points are made for, from an instant back to before another, at most so many. */
export const madeSlots = (
  schedule: Schedule,
  {
    from,
    to,
    most = Number.POSITIVE_INFINITY,
  }: { readonly from: Instant; readonly to: Instant; readonly most?: number },
): MadeSlots => {
  const latestMade = latestMadeOf(schedule);
  const slots: Instant[] = [];
  for (let slot = latestMade(to); slot >= from; slot = latestMade(slot - 1)) {
    if (slots.length === most) return { slots, isCut: true };
    slots.push(slot);
  }
  return { slots, isCut: false };
};
