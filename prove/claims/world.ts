import type { Bounds } from './bounds.ts';
import { answerText, type Learned, type Place } from './learned.ts';
import type { Told } from './runs.ts';
import { type Answer, type Sent, type Service, START, takeEffect } from './service.ts';

const MINUTE_MS = 60_000;

/** A call on its way. It takes effect at one moment and is answered at another, and a run may sleep or die before either. */
export interface Flight extends Sent {
  readonly nth: number;
  /** What it came to, once it took effect. */
  readonly answer?: Answer;
  /** Set once its answer is lost: until when it may still take effect. */
  readonly goodUntil?: number;
}

export interface Running {
  readonly place: Place;
  readonly skewMs: number;
  readonly stage: 'idle' | 'running' | 'dead';
}

/** One state of a walk. It is never changed, but followed by others. */
export interface World {
  readonly now: number;
  readonly service: Service;
  readonly runs: readonly Running[];
  readonly flights: readonly Flight[];
  readonly crashes: number;
  readonly losses: number;
  readonly jumps: number;
}

export const newWorld = (bounds: Bounds, skews: readonly number[], { idle }: Learned): World => ({
  now: START,
  service: { points: [] },
  runs: bounds.runIds.map((runId, index) => ({
    place: idle({ index, runId }),
    skewMs: (skews[index] ?? 0) * MINUTE_MS,
    stage: 'idle',
  })),
  flights: [],
  crashes: bounds.crashes,
  losses: bounds.losses,
  jumps: bounds.jumps.length === 0 ? 0 : 1,
});

export const isAlive = (run: Running | undefined): boolean => run?.stage === 'running' && !run.place.isOver;

export const isSame = (one: Flight, { run, nth }: Pick<Flight, 'run' | 'nth'>): boolean =>
  one.run === run && one.nth === nth;

/** Calls that can no longer have a result: no run waits for them, and they have taken effect, or cannot. */
const tidied = (world: World): World => {
  const hasFuture = ({ run, call, answer, goodUntil }: Flight): boolean => {
    const isHeard = goodUntil === undefined && isAlive(world.runs[run]);
    if (isHeard) return true;
    return (
      answer === undefined &&
      call.operation !== 'ListBackups' &&
      world.now <= (goodUntil ?? Number.POSITIVE_INFINITY)
    );
  };
  return { ...world, flights: world.flights.filter(hasFuture) };
};

export const withRun = (world: World, index: number, change: Partial<Running>): World =>
  tidied({
    ...world,
    runs: world.runs.map((run, at) => (at === index ? { ...run, ...change } : run)),
  });

type News =
  | { readonly kind: 'starts' }
  | { readonly kind: 'hears'; readonly nth: number; readonly answer: Answer | Error }
  | { readonly kind: 'wakes'; readonly nth: number };

/** Something reaches a run, and it goes on until it waits for the next thing. */
export const tell = async (world: World, index: number, news: News, learned: Learned): Promise<World> => {
  const run = world.runs[index];
  if (run === undefined) return world;
  const told: Told = { ...news, now: world.now, skewMs: run.skewMs };
  const place = await learned.after(run.place, told);
  const sent = place.pending
    .filter(({ nth }) => !run.place.pending.some((before) => before.nth === nth))
    .map((pending): Flight => ({ ...pending, run: index }));
  return withRun({ ...world, flights: [...world.flights, ...sent] }, index, { place, stage: 'running' });
};

export const withEffect = (world: World, flight: Flight): World => {
  const { service, answer } = takeEffect(world.service, flight, world.now);
  const flights = world.flights.map((one) => (isSame(one, flight) ? { ...one, answer } : one));
  return tidied({ ...world, service, flights });
};

/** Whoever waited long enough goes on. One that sleeps for longer is one whose next call takes its time. */
export const timePasses = async (world: World, now: number, learned: Learned): Promise<World> => {
  let later = tidied({ ...world, now });
  for (const index of world.runs.keys()) {
    const due = () => {
      const run = later.runs[index];
      return isAlive(run) ? run?.place.waiting.find(({ dueAt }) => dueAt <= now) : undefined;
    };
    for (let wait = due(); wait !== undefined; wait = due())
      later = await tell(later, index, { kind: 'wakes', nth: wait.nth }, learned);
  }
  return later;
};

/** Says the same of two states that have the same future. */
export const keyOf = (world: World): string => {
  const { now, service, runs, flights, crashes, losses, jumps } = world;
  return JSON.stringify([
    now - START,
    service,
    runs.map((run) => (isAlive(run) ? [run.place.id, run.skewMs] : run.stage)),
    flights.map(({ run, call, signedAt, answer, goodUntil }) => [
      run,
      call.operation,
      call.operation === 'PutItem' || call.operation === 'DeleteItem' ? call.input : '',
      signedAt - START,
      answer && answerText(answer),
      goodUntil,
    ]),
    [crashes, losses, jumps],
  ]);
};
