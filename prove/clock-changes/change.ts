import type { Dice } from '../story/dice.ts';
import { wallOf } from '../truth/wall.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** One moment at which a zone's clocks were set forward or back. */
export interface ClockChange {
  readonly zone: string;
  readonly at: number;
  /** Positive where clocks go forward, in minutes. */
  readonly byMinutes: number;
}

/** DynamoDB's first year, with the day that Samoa left out before it, and as far ahead as anybody plans. */
const YEARS = [2011, 2038] as const;

const ZONES = Intl.supportedValuesOf('timeZone');

const offsetOf = (zone: string, at: number): number => wallOf(zone, at) - at;

/** The first minute of the new offset within a day. */
const changeWithin = (zone: string, day: number): ClockChange => {
  const before = offsetOf(zone, day);
  let at = day;
  while (offsetOf(zone, at + QUARTER_MS) === before) at += QUARTER_MS;
  while (offsetOf(zone, at) === before) at += MINUTE_MS;
  return { zone, at, byMinutes: (offsetOf(zone, at) - before) / MINUTE_MS };
};

/** Returns a zone's clock changes in a year, looked for day by day. */
export const changesIn = (zone: string, year: number): readonly ClockChange[] => {
  const found: ClockChange[] = [];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY_MS) {
    if (offsetOf(zone, day) !== offsetOf(zone, day + DAY_MS)) found.push(changeWithin(zone, day));
  }
  return found;
};

const known = new Map<string, readonly ClockChange[]>();

const knownChangesIn = (zone: string, year: number): readonly ClockChange[] => {
  const key = `${zone} ${year}`;
  const changes = known.get(key) ?? changesIn(zone, year);
  known.set(key, changes);
  return changes;
};

/** What is rare and has broken programs: half hours, a day left out, two hours, changes at midnight, rules that end. */
const RARE: readonly [readonly [string, number], ...(readonly [string, number])[]] = [
  ['Pacific/Apia', 2011],
  ['Australia/Lord_Howe', 2026],
  ['Pacific/Chatham', 2027],
  ['Antarctica/Troll', 2027],
  ['Antarctica/Casey', 2018],
  ['Antarctica/Casey', 2021],
  ['Africa/Casablanca', 2027],
  ['America/Caracas', 2016],
  ['Asia/Pyongyang', 2015],
  ['Asia/Pyongyang', 2018],
  ['Africa/Cairo', 2027],
  ['America/Havana', 2027],
  ['America/Nuuk', 2027],
  ['Asia/Beirut', 2027],
  ['Europe/Istanbul', 2016],
  ['America/Asuncion', 2023],
];

/** Returns a clock change of any zone that Intl knows, one time in five of a rare kind. */
export const chooseChange = (dice: Dice): ClockChange => {
  for (;;) {
    const anywhere = [ZONES[dice.between(0, ZONES.length - 1)] ?? 'UTC', dice.between(...YEARS)] as const;
    const [zone, year] = dice.happens(0.2) ? dice.oneOf(RARE) : anywhere;
    const changes = knownChangesIn(zone, year);
    const change = changes[dice.between(0, Math.max(0, changes.length - 1))];
    if (change !== undefined) return { ...change };
  }
};
