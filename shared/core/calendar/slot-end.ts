import type { Instant } from '../../model/instant.ts';
import { latestSlot, nextSlot, type Schedule } from './slots.ts';

/** Far more than the slots of any account's recovery points; a process that lives for years forgets the oldest all at once. */
const MOST_SLOTS = 100_000;

const ends = new Map<string, Map<Instant, Instant | undefined>>();
let known = 0;

const endsOf = ({ schedule, timezone }: Schedule): Map<Instant, Instant | undefined> => {
  const key = `${timezone} ${schedule}`;
  const ofSchedule = ends.get(key) ?? new Map<Instant, Instant | undefined>();
  ends.set(key, ofSchedule);
  return ofSchedule;
};

/**
 * Returns when a slot of the schedule is succeeded by the next one, or undefined when the moment is no slot of it. Tables of one policy share
 * their slots, so each is looked up once.
 */
export const slotEnd = (schedule: Schedule, moment: Instant): Instant | undefined => {
  if (known > MOST_SLOTS) {
    ends.clear();
    known = 0;
  }
  const ofSchedule = endsOf(schedule);
  if (ofSchedule.has(moment)) return ofSchedule.get(moment);
  const end = latestSlot(schedule, moment) === moment ? nextSlot(schedule, moment) : undefined;
  ofSchedule.set(moment, end);
  known += 1;
  return end;
};
