import { wallOf } from '../truth/wall.ts';
import type { ClockChange } from './change.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** One minute, and what clocks showed in it. */
export interface Minute {
  readonly at: number;
  readonly wall: number;
}

const known = new WeakMap<ClockChange, readonly Minute[]>();

const readMinutes = ({ zone, at }: ClockChange, days: number): readonly Minute[] =>
  Array.from({ length: 2 * days * 24 * 60 }, (_, index) => {
    const minute = at - days * DAY_MS + index * MINUTE_MS;
    return { at: minute, wall: wallOf(zone, minute) };
  });

/** Returns every minute of the three days on either side of a clock change, in order. */
export const minutesAround = (change: ClockChange): readonly Minute[] => {
  const minutes = known.get(change) ?? readMinutes(change, 3);
  known.set(change, minutes);
  return minutes;
};
