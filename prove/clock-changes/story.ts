import { type Dice, diceOf } from '../story/dice.ts';
import type { Story, StoryEvent } from '../story/event.ts';
import type { FileSpec, PolicySpec, Rhythm } from '../story/file-spec.ts';
import { wallOf } from '../truth/wall.ts';
import { type ClockChange, chooseChange } from './change.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A time of the day that clocks show within hours of the change; now and then they skip it or show it twice. */
const timeNear = ({ zone, at }: ClockChange, dice: Dice): Pick<Rhythm, 'hour' | 'minute'> => {
  const shown = new Date(wallOf(zone, at + dice.between(-12, 12) * 15 * MINUTE_MS));
  return { hour: shown.getUTCHours(), minute: dice.oneOf([shown.getUTCMinutes(), 0, 30, 59]) };
};

const RHYTHMS = ['daily', 'daily', 'daily', 'weekly', 'monthly'] as const;

const rhythmOf = (
  change: ClockChange,
  dice: Dice,
): { readonly rhythm: Rhythm; readonly rpoHours: number } => {
  const time = timeNear(change, dice);
  const day = new Date(wallOf(change.zone, change.at));
  switch (dice.oneOf(RHYTHMS)) {
    case 'daily':
      return { rhythm: time, rpoHours: dice.oneOf([27, 36]) };
    case 'weekly':
      return { rhythm: { ...time, weekday: day.getUTCDay() }, rpoHours: 7 * 24 + 12 };
    default:
      return { rhythm: { ...time, dayOfMonth: Math.min(28, day.getUTCDate()) }, rpoHours: 31 * 24 + 12 };
  }
};

const policyOf = (change: ClockChange, dice: Dice, name: string): PolicySpec => {
  const rules = [{ last: 1 }, { hourly: dice.between(1, 6) }, { daily: dice.between(1, 4) }, { weekly: 1 }];
  const [first] = rules;
  return {
    name,
    ...rhythmOf(change, dice),
    retention: Object.assign({ ...first }, ...rules.filter(() => dice.happens(0.3))),
    ...(dice.happens(0.4) && { withinDays: dice.between(1, 4) }),
    ...(dice.happens(0.5) && { withinHours: dice.between(1, 100) }),
  };
};

const fileOf = (change: ClockChange, dice: Dice): FileSpec => {
  const { hour, minute } = timeNear(change, dice);
  return {
    timezone: change.zone,
    guardrail: { maxShare: 0.9, floor: 20 },
    ...(dice.happens(0.4) && { digest: { hour, minute } }),
    policies: ['gold', 'silver'].map((name) => policyOf(change, dice, name)),
  };
};

const roundAt = (at: number): readonly StoryEvent[] =>
  (['protect', 'expire', 'audit'] as const).map((mode, index) => ({
    at: at + index * 7 * MINUTE_MS,
    kind: 'tick',
    mode,
  }));

/** Once a day, and around the change every hour or so. */
const roundsOf = ({ at }: ClockChange, dice: Dice): readonly StoryEvent[] => {
  const days = Array.from({ length: 6 }, (_, index) => at + (index - 4) * DAY_MS + 9 * HOUR_MS);
  const near = Array.from({ length: 4 }, (_, index) => at + (index - 1) * 45 * MINUTE_MS);
  const shift = dice.between(-29, 29) * MINUTE_MS;
  return [...days, ...near].flatMap((moment) => roundAt(moment + shift));
};

/** Generates a few days of an account around a clock change, in which nothing else happens, from a seed. */
export const tellClockChange = (seed: number): Story => {
  const dice = diceOf(seed);
  const change = chooseChange(dice);
  const startAt = change.at - 5 * DAY_MS;
  const tables: readonly StoryEvent[] = [
    { at: startAt, kind: 'table-made', table: 'Orders', tag: 'gold', pitrDays: 0 },
    { at: startAt, kind: 'table-made', table: 'carts', tag: 'gold+silver', pitrDays: 0 },
  ];
  const until = new Date(wallOf(change.zone, change.at) + dice.between(-1, 2) * DAY_MS).toISOString();
  const mutes: readonly StoryEvent[] = dice.happens(0.3)
    ? [{ at: startAt + HOUR_MS, kind: 'muted', table: 'carts', until: until.slice(0, 10) }]
    : [];
  const file = fileOf(change, dice);
  const settings = { latencyMs: 0, shortPages: 0, backupListLagMs: 0, tagLagMs: 0 };
  const events = [...tables, ...mutes, ...roundsOf(change, dice)].toSorted((a, b) => a.at - b.at);
  return { seed, startAt, endAt: change.at + 3 * DAY_MS, file, settings, events };
};
