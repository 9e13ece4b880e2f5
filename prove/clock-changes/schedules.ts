import { latestSlot, nextSlot } from '../../shared/core/calendar/slots.ts';
import type { Dice } from '../story/dice.ts';
import type { ClockChange } from './change.ts';
import { type Minute, minutesAround } from './minutes.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Minutes and hours of the day at which a recovery point is asked for; without hours, every hour. */
interface Times {
  readonly minutes: readonly number[];
  readonly hours?: readonly number[];
}

const hourNear = ({ at }: ClockChange, minutes: readonly Minute[], dice: Dice): number => {
  const near = minutes.find((minute) => minute.at === at + dice.between(-150, 150) * MINUTE_MS);
  return new Date(near?.wall ?? 0).getUTCHours();
};

const chooseTimes = (change: ClockChange, minutes: readonly Minute[], dice: Dice): Times => {
  const some = <Value>(choose: () => Value): readonly Value[] =>
    Array.from({ length: dice.oneOf([1, 1, 2, 3]) }, choose);
  return {
    minutes: some(() => dice.oneOf([0, 15, 30, 45, dice.between(0, 59)])),
    ...(dice.happens(0.7) && { hours: some(() => hourNear(change, minutes, dice)) }),
  };
};

const cronOf = ({ minutes, hours }: Times): string =>
  `${[...new Set(minutes)].join(',')} ${hours === undefined ? '*' : [...new Set(hours)].join(',')} * * *`;

const isNamed = (wall: number, { minutes, hours }: Times): boolean => {
  const date = new Date(wall);
  return minutes.includes(date.getUTCMinutes()) && (hours?.includes(date.getUTCHours()) ?? true);
};

/** Whether clocks, going from one time to a later one, come to one that is named or pass it. */
const comesTo = (from: number, to: number, times: Times): boolean => {
  for (let wall = from + MINUTE_MS; wall <= to; wall += MINUTE_MS) if (isNamed(wall, times)) return true;
  return false;
};

/** Every hour: whenever clocks show the time. Times of the day: when clocks first come to one or pass it, and never again. */
const slotsAmong = (minutes: readonly Minute[], times: Times): readonly number[] => {
  if (times.hours === undefined)
    return minutes.filter(({ wall }) => isNamed(wall, times)).map(({ at }) => at);
  let furthest = (minutes[0]?.wall ?? 0) - MINUTE_MS;
  return minutes
    .filter(({ wall }) => {
      const isSlot = comesTo(furthest, wall, times);
      furthest = Math.max(furthest, wall);
      return isSlot;
    })
    .map(({ at }) => at);
};

const text = (instant: number | undefined): string =>
  instant === undefined ? 'none' : new Date(instant).toISOString().slice(0, 16);

/** Returns a sentence for each moment around the change at which Tablekeeper's slots are not those that the minutes show. */
export const wrongSlots = (change: ClockChange, dice: Dice): readonly string[] => {
  const minutes = minutesAround(change);
  const times = chooseTimes(change, minutes, dice);
  const schedule = { schedule: cronOf(times), timezone: change.zone };
  const slots = slotsAmong(minutes, times);
  const moments = [-DAY_MS, -MINUTE_MS, 0, MINUTE_MS, DAY_MS].map((by) => change.at + by);
  const drawn = Array.from({ length: 12 }, () => change.at + dice.between(-400, 400) * MINUTE_MS);
  return [...moments, ...drawn].flatMap((now) => {
    const latest = slots.findLast((slot) => slot <= now);
    const next = slots.find((slot) => slot > now);
    const said = [latestSlot(schedule, now), nextSlot(schedule, now)];
    return latest === said[0] && next === said[1]
      ? []
      : [
          `${schedule.schedule} in ${change.zone} at ${text(now)}: slots ${said.map(text).join(' and ')}, not ${text(latest)} and ${text(next)}`,
        ];
  });
};
