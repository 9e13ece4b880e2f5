import { connectionFailure, serviceFailure } from '../../sim/failure.ts';
import type { Bounds } from './bounds.ts';
import { type Learned, wordOf } from './learned.ts';
import { SIGNATURE_MS, START } from './service.ts';
import { type Flight, isAlive, isSame, tell, timePasses, type World, withEffect, withRun } from './world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** AWS rejects callers whose clock is further off. */
const TOLERANCE = 5;

/** One thing that may happen next. */
export interface Choice {
  readonly says: string;
  readonly happen: () => World | Promise<World>;
}

/** What a walk goes by. */
export interface Ground {
  readonly bounds: Bounds;
  readonly learned: Learned;
}

const nameOf = (index: number): string => 'ABC'[index] ?? String(index);

/** How a response is lost, and for how long the call may take effect afterwards. What a run assumes is stated in shared/run/settle.ts. */
interface Loss {
  readonly says: string;
  readonly error: () => Error;
  readonly goodUntil: (flight: Flight, now: number) => number;
}

const FAILED: Loss = {
  says: 'is answered by HTTP 500',
  error: () => serviceFailure('InternalServerError', 'no', 500),
  goodUntil: (_, now) => now + 29 * SECOND_MS,
};

const CLOSED: Loss = {
  says: 'loses its connection',
  error: () => connectionFailure('reset'),
  goodUntil: (_, now) => now + 59 * SECOND_MS,
};

const SILENT: Loss = {
  says: 'is not answered',
  error: () => connectionFailure('timeout'),
  goodUntil: ({ signedAt }) => signedAt + SIGNATURE_MS,
};

const lossesOf = (flight: Flight): readonly Loss[] =>
  wordOf(flight) === 'create' ? [FAILED, CLOSED, SILENT] : [SILENT];

const heard = (
  world: World,
  flight: Flight,
  answer: object | Error,
  ground: Ground,
  goodUntil?: number,
): Promise<World> => {
  const flights =
    goodUntil === undefined
      ? world.flights.filter((one) => !isSame(one, flight))
      : world.flights.map((one) => (isSame(one, flight) ? { ...one, goodUntil } : one));
  const news = { kind: 'hears', nth: flight.nth, answer } as const;
  return tell({ ...world, flights }, flight.run, news, ground.learned);
};

const spent = (world: World): World => ({ ...world, losses: world.losses - 1 });

/** How a call may fail: its response is lost, with its effect or without, or, for a create, it is throttled. */
const mishapsOf = (world: World, flight: Flight, ground: Ground): readonly Choice[] => {
  const what = `${nameOf(flight.run)}'s ${wordOf(flight)}`;
  const { now } = world;
  const losses = lossesOf(flight).map(
    ({ says, error, goodUntil }): Choice => ({
      says: `${what} ${says}`,
      happen: () => heard(spent(world), flight, error(), ground, goodUntil(flight, now)),
    }),
  );
  const throttling = serviceFailure('ThrottlingException', 'Rate exceeded');
  const throttled: Choice = {
    says: `${what} is throttled`,
    happen: () => heard(spent(world), flight, throttling, ground),
  };
  return flight.answer === undefined && wordOf(flight) === 'create' ? [...losses, throttled] : losses;
};

const choicesOf = (world: World, flight: Flight, ground: Ground): readonly Choice[] => {
  const { run, answer, goodUntil } = flight;
  const what = `${nameOf(run)}'s ${goodUntil === undefined ? '' : 'lost '}${wordOf(flight)}`;
  const isHeard = goodUntil === undefined && isAlive(world.runs[run]);
  const next: Choice =
    answer === undefined
      ? { says: `${what} takes effect`, happen: () => withEffect(world, flight) }
      : { says: `${what} is answered`, happen: () => heard(world, flight, answer, ground) };
  return [next, ...(isHeard && world.losses > 0 ? mishapsOf(world, flight, ground) : [])];
};

const isSound = (skewMs: number, minutes: number): boolean =>
  Math.abs(minutes) > 2 * TOLERANCE || Math.abs(skewMs + minutes * MINUTE_MS) <= TOLERANCE * MINUTE_MS;

const fateOf = (world: World, index: number, { bounds, learned }: Ground): readonly Choice[] => {
  const run = world.runs[index];
  if (run === undefined) return [];
  const name = nameOf(index);
  if (run.stage === 'idle') {
    const isNext = world.runs.findIndex(({ stage }) => stage === 'idle') === index;
    const start = () => tell(world, index, { kind: 'starts' }, learned);
    return isNext ? [{ says: `${name} starts`, happen: start }] : [];
  }
  if (!isAlive(run)) return [];
  const die: Choice = {
    says: `${name} dies`,
    happen: () => withRun({ ...world, crashes: world.crashes - 1 }, index, { stage: 'dead' }),
  };
  const jump = (minutes: number): Choice => ({
    says: `${name}'s clock is set by ${minutes} min`,
    happen: () =>
      withRun({ ...world, jumps: world.jumps - 1 }, index, { skewMs: run.skewMs + minutes * MINUTE_MS }),
  });
  return [
    ...(world.crashes > 0 ? [die] : []),
    ...(world.jumps > 0 ? bounds.jumps.filter((minutes) => isSound(run.skewMs, minutes)).map(jump) : []),
  ];
};

/** Time passes until the next moment of the walk, or until a waiting run would continue, if that is sooner. */
const timesIn = ({ now, runs }: World, { moments }: Bounds): readonly number[] => {
  const next = moments.map((minutes) => START + minutes * MINUTE_MS).find((moment) => moment > now);
  const dueAt = Math.min(
    ...runs.flatMap((run) => (isAlive(run) ? run.place.waiting.map((wait) => wait.dueAt) : [])),
  );
  return [
    ...(dueAt < (next ?? Number.POSITIVE_INFINITY) ? [dueAt] : []),
    ...(next === undefined ? [] : [next]),
  ];
};

/** Returns all that may happen next. */
export const choicesIn = (world: World, ground: Ground): readonly Choice[] => [
  ...world.flights.flatMap((flight) => choicesOf(world, flight, ground)),
  ...world.runs.flatMap((_, index) => fateOf(world, index, ground)),
  ...timesIn(world, ground.bounds).map(
    (moment): Choice => ({
      says: `it is ${(moment - START) / MINUTE_MS} min`,
      happen: () => timePasses(world, moment, ground.learned),
    }),
  ),
];
