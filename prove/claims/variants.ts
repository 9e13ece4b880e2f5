import { eachEngine } from '../../shared/run/engines.ts';
import { type Bounds, TWO_RUNS } from './bounds.ts';
import type { Variant } from './runs.ts';
import { ANY_OF } from './service.ts';

const MINUTE_MS = 60_000;

const ALWAYS = { from: 0, until: Number.POSITIVE_INFINITY };

/** The code as it is. */
export const asItIs: Variant = (parts) => parts;

/** Calls do not end with their part of the run. */
const withoutCallTime: Variant = (parts) => ({
  ...parts,
  callTime: { until: () => Number.POSITIVE_INFINITY, allow: () => undefined },
});

/** A call leaves whatever its window is. */
const withoutWindow: Variant = (parts) => ({
  ...parts,
  engines: eachEngine(parts.engines, (engine) => ({
    ...engine,
    apply: (action) => engine.apply(action, ALWAYS),
  })),
});

const callsAnyTime: Variant = (parts) => withoutWindow(withoutCallTime(parts));

/** A claim that has ended by now is taken over, whenever the list was read. */
const judgedByNow: Variant = (parts) => ({
  ...parts,
  stateStore: {
    ...parts.stateStore,
    claim: (claim, overBefore) =>
      parts.stateStore.claim(claim, overBefore === undefined ? undefined : parts.clock.now()),
  },
});

/** A list that was read a moment after the end of a claim is new enough, whatever clocks and signatures do. */
const withoutMargin: Variant = (parts) => ({
  ...parts,
  stateStore: {
    ...parts.stateStore,
    claim: (claim, overBefore) =>
      parts.stateStore.claim(claim, overBefore === undefined ? undefined : overBefore + 10 * MINUTE_MS),
  },
});

/** A claim is released by any run with the id of the run that holds it. */
const releasedByRunId: Variant = (parts) => {
  let runId = '';
  return {
    ...parts,
    stateStore: {
      ...parts.stateStore,
      claim: (claim, overBefore) => {
        runId = claim.runId;
        return parts.stateStore.claim(claim, overBefore);
      },
      release: (held) => parts.stateStore.release({ ...held, token: `${ANY_OF}${runId}` }),
    },
  };
};

/** A run whose clock was set back goes on as if nothing was. */
const trustsItsClock: Variant = (parts) => ({
  ...parts,
  engines: eachEngine(parts.engines, (engine) => ({
    ...engine,
    apply: (action, { until }) => engine.apply(action, { from: 0, until }),
  })),
});

/** Lost creates are looked up after so much time, if not sooner. */
const settlesWithin =
  (mostMs: number): Variant =>
  (parts) => ({
    ...parts,
    clock: { ...parts.clock, sleep: (ms) => parts.clock.sleep(Math.min(ms, mostMs)) },
  });

const withoutSettling = settlesWithin(0);
const settlesInHalfAMinute = settlesWithin(MINUTE_MS / 2);
const settlesInThreeMinutes = settlesWithin(3 * MINUTE_MS);

/** A lost create is made again, whatever the lists of the account and of its table show. */
const settlesUnseen: Variant = (parts) => {
  let lists = 0;
  return {
    ...parts,
    engines: eachEngine(parts.engines, (engine) => ({
      ...engine,
      list: async (query) => {
        lists += 1;
        const listing = await engine.list(query);
        return lists > 1 ? { items: [] } : listing;
      },
    })),
  };
};

/** A rule taken away, and the walk in which that shows. */
interface Planted {
  readonly variant: Variant;
  readonly bounds: Bounds;
}

const ONE_LOSS: Bounds = { ...TWO_RUNS, runIds: ['one'], moments: [], losses: 1 };

/** Of two rules that stand behind each other, each is enough: without one of them all still holds. */
export const ENOUGH: Readonly<Record<string, Planted>> = {
  'calls do not end with their part of the run': {
    variant: withoutCallTime,
    bounds: { ...TWO_RUNS, moments: [13, 17, 30] },
  },
  'calls do not end with their window': {
    variant: withoutWindow,
    bounds: { ...TWO_RUNS, moments: [13, 17, 30] },
  },
};

/** Rules taken away, one by one; and the first three, as the code was before. Each must be refuted. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'a takeover is judged by now': { variant: judgedByNow, bounds: { ...TWO_RUNS, moments: [10, 17] } },
  'a call leaves whenever its turn comes': {
    variant: callsAnyTime,
    bounds: { ...TWO_RUNS, moments: [30] },
  },
  'no margin for clocks and signatures': {
    variant: withoutMargin,
    bounds: { ...TWO_RUNS, moments: [13, 17] },
  },
  'a claim is given back by run id, at any time': {
    variant: (parts) => releasedByRunId(withoutCallTime(parts)),
    bounds: { ...TWO_RUNS, runIds: ['one', 'one', 'two'], moments: [30] },
  },
  'a clock that was set back is trusted': {
    variant: trustsItsClock,
    bounds: { ...TWO_RUNS, jumps: [-60], moments: [30] },
  },
  'a lost create is looked up at once': { variant: withoutSettling, bounds: ONE_LOSS },
  'a closed connection settles in half a minute': { variant: settlesInHalfAMinute, bounds: ONE_LOSS },
  'a create that nobody answered settles in three minutes': {
    variant: settlesInThreeMinutes,
    bounds: ONE_LOSS,
  },
  'a lost create is made again unseen': { variant: settlesUnseen, bounds: ONE_LOSS },
  'the code as it was before': {
    variant: (parts) => callsAnyTime(judgedByNow(releasedByRunId(parts))),
    bounds: { ...TWO_RUNS, moments: [10, 17] },
  },
};
