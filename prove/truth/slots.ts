import type { Rhythm } from '../story/file-spec.ts';
import { firstInstantAt, wallOf } from './wall.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const isAskedFor = (day: number, { weekday, dayOfMonth }: Rhythm): boolean => {
  const date = new Date(day);
  return (
    (weekday === undefined || date.getUTCDay() === weekday) &&
    (dayOfMonth === undefined || date.getUTCDate() === dayOfMonth)
  );
};

const readLatest = (rhythm: Rhythm, zone: string, now: number): number => {
  const today = Math.floor(wallOf(zone, now) / DAY_MS) * DAY_MS;
  for (let day = today + DAY_MS; ; day -= DAY_MS) {
    if (!isAskedFor(day, rhythm)) continue;
    const slot = firstInstantAt(zone, day + rhythm.hour * HOUR_MS + rhythm.minute * MINUTE_MS);
    if (slot <= now) return slot;
  }
};

/** Of every table under a policy it is asked at the same moment. */
const known = new WeakMap<Rhythm, { readonly zone: string; readonly now: number; readonly slot: number }>();

/** The newest moment, not after now, at which the rhythm asks for a recovery point: looked for day by day, backwards. */
export const latestSlotOf = (rhythm: Rhythm, zone: string, now: number): number => {
  const before = known.get(rhythm);
  if (before?.zone === zone && before.now === now) return before.slot;
  const slot = readLatest(rhythm, zone, now);
  known.set(rhythm, { zone, now, slot });
  return slot;
};
