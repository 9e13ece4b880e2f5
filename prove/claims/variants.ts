import { type Bounds, TWO_RUNS } from './bounds.ts';
import type { Variant } from './runs.ts';

const MINUTE_MS = 60_000;

const ALWAYS = { from: 0, until: Number.POSITIVE_INFINITY };

/** The code as it is. */
export const asItIs: Variant = (parts) => parts;

/** A claim that has ended by now is taken over, whenever the list was read. */
const judgedByNow: Variant = (parts) => ({
  ...parts,
  stateStore: {
    ...parts.stateStore,
    claim: (claim, overBefore) =>
      parts.stateStore.claim(claim, overBefore === undefined ? undefined : parts.clock.now()),
  },
});

/** A call leaves whenever its turn comes. */
const callsAnyTime: Variant = (parts) => ({
  ...parts,
  engine: { ...parts.engine, create: (action) => parts.engine.create(action, ALWAYS) },
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

/** A claim is given back by whoever has the id of the run that holds it. */
const releasedByRunId: Variant = (parts, service) => {
  let runId = '';
  return {
    ...parts,
    stateStore: {
      ...parts.stateStore,
      claim: (claim, overBefore) => {
        runId = claim.runId;
        return parts.stateStore.claim(claim, overBefore);
      },
      release: async (held) => {
        const { runId: holder, holder: token } = (service.claim?.item ?? {}) as Readonly<
          Record<string, { readonly S: string }>
        >;
        const isMine = holder?.S === runId && token !== undefined;
        await parts.stateStore.release(isMine ? { ...held, token: token.S } : held);
      },
    },
  };
};

/** A run whose clock was set back goes on as if nothing was. */
const trustsItsClock: Variant = (parts) => ({
  ...parts,
  engine: {
    ...parts.engine,
    create: (action, { until }) => parts.engine.create(action, { from: 0, until }),
  },
});

/** A rule taken away, and the walk in which that shows. */
interface Planted {
  readonly variant: Variant;
  readonly bounds: Bounds;
}

/** Rules taken away, one by one; and the first three, as the code was before. Each must be refuted. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'a takeover is judged by now': { variant: judgedByNow, bounds: { ...TWO_RUNS, moments: [10, 20] } },
  'a call leaves whenever its turn comes': {
    variant: callsAnyTime,
    bounds: { ...TWO_RUNS, moments: [30] },
  },
  'no margin for clocks and signatures': {
    variant: withoutMargin,
    bounds: { ...TWO_RUNS, moments: [15, 20] },
  },
  'a claim is given back by run id': {
    variant: releasedByRunId,
    bounds: { ...TWO_RUNS, runIds: ['one', 'one', 'two'], moments: [30] },
  },
  'a clock that was set back is trusted': {
    variant: trustsItsClock,
    bounds: { ...TWO_RUNS, jumps: [-60], moments: [30] },
  },
  'the code as it was before': {
    variant: (parts, service) => callsAnyTime(judgedByNow(releasedByRunId(parts, service), service), service),
    bounds: { ...TWO_RUNS, moments: [10, 20] },
  },
};
