import type { Bounds } from './bounds.ts';
import { choicesIn, type Ground } from './choices.ts';
import { type Learned, learnedOf } from './learned.ts';
import type { Variant } from './runs.ts';
import { START } from './service.ts';
import { isSame, keyOf, newWorld, tell, timePasses, type World, withEffect } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What was found: how many states there are, and one way to two recovery points, or to none. */
export interface Walked {
  readonly states: number;
  readonly ends: number;
  readonly breach?: readonly string[];
}

/** How a state was come to. */
interface Said {
  readonly says: string;
  readonly before: Said | undefined;
}

/** A way that has still to be gone. */
interface Way {
  readonly go: () => World | Promise<World>;
  readonly said: Said | undefined;
}

const linesOf = (said: Said | undefined): readonly string[] =>
  said === undefined ? [] : [...linesOf(said.before), said.says];

const sayOf = ({ now }: World, says: string): string => {
  const minutes = (now - START) / MINUTE_MS;
  return `${minutes.toFixed(Number.isInteger(minutes) ? 0 : 1).padStart(5)} min  ${says}`;
};

/** What is under way takes its course, and a run of much later finds everything well. */
const comesRight = async (end: World, learned: Learned): Promise<boolean> => {
  const index = end.runs.length;
  const place = learned.idle({ index, runId: 'last' });
  const fresh: World = {
    ...end,
    now: end.now + 2 * HOUR_MS,
    flights: [],
    runs: [
      ...end.runs.map((run) => ({ ...run, stage: 'dead' as const })),
      { place, skewMs: 0, stage: 'idle' },
    ],
  };
  let world = await tell(fresh, index, { kind: 'starts' }, learned);
  for (let isOver = false; !isOver; isOver = world.runs[index]?.place.isOver ?? true) {
    const [flight] = world.flights;
    const dueAt = world.runs[index]?.place.waiting[0]?.dueAt;
    if (flight === undefined && dueAt === undefined) break;
    if (flight === undefined) world = await timePasses(world, dueAt ?? 0, learned);
    else {
      const done = withEffect(world, flight);
      const answer = done.flights.find((one) => isSame(one, flight))?.answer ?? {};
      const left = { ...done, flights: done.flights.filter((one) => !isSame(one, flight)) };
      world = await tell(left, index, { kind: 'hears', nth: flight.nth, answer }, learned);
    }
  }
  return world.service.points.length === 1 && world.runs[index]?.place.isOver === true;
};

/** What of a state does not hold. */
const wrongIn = async (world: World, isEnd: boolean, learned: Learned): Promise<string | undefined> => {
  if (world.service.points.length > 1) return 'two recovery points of one slot';
  if (!isEnd || (await comesRight(world, learned))) return undefined;
  return 'the slot stays without its one recovery point';
};

const combinationsOf = ({ runIds, skews }: Bounds): readonly (readonly number[])[] =>
  runIds.reduce<readonly (readonly number[])[]>(
    (all) => all.flatMap((one) => skews.map((skew) => [...one, skew])),
    [[]],
  );

const beginnings = ({ bounds, learned }: Ground): Way[] =>
  combinationsOf(bounds).map((skews) => {
    const isOff = skews.some((skew) => skew !== 0);
    const said = { says: `clocks are off by ${skews.join(' and ')} min`, before: undefined };
    return { go: () => newWorld(bounds, skews, learned), said: isOff ? said : undefined };
  });

/** Walks every order of events, each state once: one that was met before has the same future. */
export const walk = async (bounds: Bounds, variant: Variant): Promise<Walked> => {
  const ground: Ground = { bounds, learned: learnedOf(variant) };
  const seen = new Set<string>();
  let ends = 0;
  const open = beginnings(ground);
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const { go, said } = way;
    const world = await go();
    const key = keyOf(world);
    if (seen.has(key)) continue;
    seen.add(key);
    const choices = choicesIn(world, ground);
    if (choices.length === 0) ends += 1;
    const wrong = await wrongIn(world, choices.length === 0, ground.learned);
    if (wrong !== undefined) return { states: seen.size, ends, breach: [...linesOf(said), wrong] };
    for (const { says, happen } of choices.toReversed())
      open.push({ go: happen, said: { says: sayOf(world, says), before: said } });
  }
  return { states: seen.size, ends };
};
