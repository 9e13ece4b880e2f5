import { isServiceFailure } from '../../sim/failure.ts';
import type { Bounds } from './bounds.ts';
import { type Seat, startRun, type Variant } from './runs.ts';
import { createService, type Sent, type Service, START } from './service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** AWS answers nobody whose clock is further off. */
const TOLERANCE = 5;

/** What was found: how many states there are, and one way to two recovery points, or to none. */
export interface Walked {
  readonly states: number;
  readonly ends: number;
  readonly breach?: readonly string[];
}

type Stage = 'idle' | 'running' | 'dead' | 'over';

interface Running extends Seat {
  stage: Stage;
  /** When it started and what it was answered: what its own state hangs on, with what it has sent since. */
  readonly history: string[];
}

interface World {
  readonly service: Service;
  readonly runs: readonly Running[];
  readonly said: string[];
  crashes: number;
  losses: number;
  jumps: number;
}

/** One thing that may happen next. */
interface Choice {
  readonly says: string;
  readonly happen: () => void | Promise<void>;
}

/** Everything that promises alone can do has been done after a turn of the event loop. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const minuteOf = ({ now }: Service): number => (now - START) / MINUTE_MS;

const nameOf = (index: number): string => 'ABC'[index] ?? String(index);

const begin = (world: World, run: Running, variant: Variant): void => {
  run.stage = 'running';
  run.history.push(`starts ${minuteOf(world.service)}`);
  void startRun(world.service, run, variant).then(
    () => {
      run.stage = 'over';
    },
    (error: unknown) => {
      run.stage = 'over';
      world.said.push(`${nameOf(run.index)} threw ${String(error)}`);
    },
  );
};

const wordOf = ({ call: { operation, input } }: Sent): string => {
  if (operation === 'PutItem') return 'claim';
  if (operation === 'DeleteItem') return 'release';
  if (operation === 'CreateBackup') return 'create';
  return input.TableName === undefined ? 'list' : 'look-up';
};

/** When a recovery point was made makes no difference to whoever sees it. */
const effectText = ({ effect }: Sent): string =>
  isServiceFailure(effect)
    ? effect.code
    : JSON.stringify(effect, (key, value) => (key === 'BackupCreationDateTime' ? undefined : value));

/** What may become of a call: it takes effect; it is answered; or its answer is lost, with its effect or without. */
const choicesOf = (world: World, sent: Sent): readonly Choice[] => {
  const { service } = world;
  const run = world.runs[sent.run];
  if (run === undefined) return [];
  const what = `${nameOf(sent.run)}'s ${wordOf(sent)}`;
  const end = (how: 'answered' | 'lost' | 'throttled'): void => {
    run.history.push(`${wordOf(sent)} ${how} ${sent.effect ? effectText(sent) : ''}`);
    if (how !== 'answered') world.losses -= 1;
    service.end(sent, how);
  };
  const isAlive = run.stage === 'running';
  const choices: Choice[] = [];
  if (sent.effect === undefined)
    choices.push({ says: `${what} takes effect`, happen: () => service.takeEffect(sent) });
  else if (isAlive) choices.push({ says: `${what} is answered`, happen: () => end('answered') });
  if (isAlive && world.losses > 0) {
    choices.push({ says: `the answer to ${what} is lost`, happen: () => end('lost') });
    if (sent.effect === undefined && wordOf(sent) === 'create')
      choices.push({ says: `${what} is throttled`, happen: () => end('throttled') });
  }
  return choices;
};

const fateOf = (world: World, run: Running, bounds: Bounds): readonly Choice[] => {
  if (run.stage !== 'running') return [];
  const name = nameOf(run.index);
  const die: Choice = {
    says: `${name} dies`,
    happen: () => {
      world.crashes -= 1;
      run.stage = 'dead';
    },
  };
  const jump = (minutes: number): Choice => ({
    says: `${name}'s clock is set by ${minutes} min`,
    happen: () => {
      world.jumps -= 1;
      run.skewMs += minutes * MINUTE_MS;
      run.history.push(`jumps ${minutes}`);
    },
  });
  const isSound = (minutes: number): boolean =>
    Math.abs(minutes) > 2 * TOLERANCE || Math.abs(run.skewMs + minutes * MINUTE_MS) <= TOLERANCE * MINUTE_MS;
  return [
    ...(world.crashes > 0 ? [die] : []),
    ...(world.jumps > 0 ? bounds.jumps.filter(isSound).map(jump) : []),
  ];
};

const choicesIn = (world: World, bounds: Bounds, variant: Variant): readonly Choice[] => {
  const { service, runs } = world;
  const idle = runs.find(({ stage }) => stage === 'idle');
  const next = bounds.moments.find((moment) => moment > minuteOf(service));
  const later = (moment: number): Choice => ({
    says: 'time passes',
    happen: () => {
      service.now = START + moment * MINUTE_MS;
    },
  });
  return [
    ...service.sent.flatMap((sent) => choicesOf(world, sent)),
    ...(idle ? [{ says: `${nameOf(idle.index)} starts`, happen: () => begin(world, idle, variant) }] : []),
    ...runs.flatMap((run) => fateOf(world, run, bounds)),
    ...(next === undefined ? [] : [later(next)]),
  ];
};

/** Tokens are random, and which run has one is in the key as it is. */
const withoutTokens = (key: string, value: unknown): unknown =>
  key === 'holder' || key === ':holder' ? undefined : value;

const keyOf = ({ service, runs, crashes, losses, jumps }: World): string =>
  JSON.stringify(
    [
      service.now,
      service.points.length,
      service.claim,
      service.sent.map((sent) => [sent.run, sent.call, sent.signedAt, sent.effect && effectText(sent)]),
      runs.map(({ stage, skewMs, history }) => [stage, ...(stage === 'running' ? [skewMs, history] : [])]),
      [crashes, losses, jumps],
    ],
    withoutTokens,
  );

const newWorld = ({ runIds, crashes, losses, jumps }: Bounds, skews: readonly number[]): World => ({
  service: createService(),
  runs: runIds.map((runId, index) => ({
    index,
    runId,
    skewMs: (skews[index] ?? 0) * MINUTE_MS,
    stage: 'idle',
    history: [],
  })),
  said: skews.some((skew) => skew !== 0) ? [`clocks are off by ${skews.join(' and ')} min`] : [],
  crashes,
  losses,
  jumps: jumps.length === 0 ? 0 : 1,
});

/** What is under way takes its course, and a run of much later finds everything well. */
const comesRight = async (world: World, variant: Variant): Promise<boolean> => {
  const { service, runs } = world;
  for (const run of runs) if (run.stage === 'running') run.stage = 'dead';
  service.sent.splice(0);
  service.now += 2 * HOUR_MS;
  const last: Running = { index: runs.length, runId: 'last', skewMs: 0, stage: 'idle', history: [] };
  begin({ ...world, runs: [...runs, last] }, last, variant);
  await quiet();
  while (service.sent[0] !== undefined) {
    const [sent] = service.sent;
    await service.takeEffect(sent);
    service.end(sent, 'answered');
    await quiet();
  }
  return service.points.length === 1 && last.stage === 'over';
};

/** A walk under way: what was met so far, and where it has still to go on. */
interface Walking {
  readonly bounds: Bounds;
  readonly variant: Variant;
  readonly seen: Set<string>;
  ends: number;
}

type Path = readonly number[];

const go = async (world: World, { says, happen }: Choice): Promise<void> => {
  world.said.push(`${String(minuteOf(world.service)).padStart(3)} min  ${says}`);
  await happen();
  await quiet();
};

const follow = async ({ bounds, variant }: Walking, skews: readonly number[], path: Path): Promise<World> => {
  const world = newWorld(bounds, skews);
  for (const step of path) {
    const choice = choicesIn(world, bounds, variant)[step];
    if (choice === undefined) throw new Error('the same walk went another way');
    await go(world, choice);
  }
  return world;
};

/** What of a state that is new does not hold. */
const wrongIn = async (walking: Walking, world: World, isEnd: boolean): Promise<string | undefined> => {
  if (world.service.points.length > 1) return 'two recovery points of one slot';
  if (!isEnd) return undefined;
  walking.ends += 1;
  return (await comesRight(world, walking.variant))
    ? undefined
    : 'the slot stays without its one recovery point';
};

/** Goes the first way on from each new state, and says which other ways there were; or what went wrong. */
const goOn = async (
  walking: Walking,
  world: World,
  path: Path,
): Promise<{ readonly others: readonly Path[]; readonly wrong?: string }> => {
  const taken = [...path];
  const others: Path[] = [];
  for (let key = keyOf(world); !walking.seen.has(key); key = keyOf(world)) {
    walking.seen.add(key);
    const choices = choicesIn(world, walking.bounds, walking.variant);
    const [first] = choices;
    const wrong = await wrongIn(walking, world, first === undefined);
    if (wrong !== undefined) return { others, wrong };
    if (first === undefined) break;
    for (let other = choices.length - 1; other > 0; other -= 1) others.push([...taken, other]);
    taken.push(0);
    await go(world, first);
  }
  return { others };
};

const walkFrom = async (
  walking: Walking,
  skews: readonly number[],
): Promise<readonly string[] | undefined> => {
  const open: Path[] = [[]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const world = await follow(walking, skews, path);
    const { others, wrong } = await goOn(walking, world, path);
    if (wrong !== undefined) return [...world.said, wrong];
    open.push(...others);
  }
  return undefined;
};

const combinationsOf = ({ runIds, skews }: Bounds): readonly (readonly number[])[] =>
  runIds.reduce<readonly (readonly number[])[]>(
    (all) => all.flatMap((one) => skews.map((skew) => [...one, skew])),
    [[]],
  );

/** Walks every order of events, each state once: one that was met before has the same future. */
export const walk = async (bounds: Bounds, variant: Variant): Promise<Walked> => {
  const walking: Walking = { bounds, variant, seen: new Set(), ends: 0 };
  for (const skews of combinationsOf(bounds)) {
    const breach = await walkFrom(walking, skews);
    if (breach !== undefined) return { states: walking.seen.size, ends: walking.ends, breach };
  }
  return { states: walking.seen.size, ends: walking.ends };
};
