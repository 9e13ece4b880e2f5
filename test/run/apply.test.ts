import { describe, expect, it } from 'vitest';
import type { Action } from '../../shared/model/action.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { CallWindow } from '../../shared/ports/engine.ts';
import type { Claim, HeldClaim, StateStore } from '../../shared/ports/state-store.ts';
import { apply } from '../../shared/run/apply.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../support/attempts.ts';
import { NOW } from '../support/world.ts';

const BUDGET = { runId: 'run-1', startedAt: NOW - 2 * MINUTE_MS, deadline: NOW + 10 * MINUTE_MS };
const CLAIM_ID = 'id-of-Orders/tablekeeper.prod.standard.20261123T030000Z';

const CREATE = aCreate();
const HELD: HeldClaim = { id: CLAIM_ID, token: 'token-1' };

interface Hand {
  /** What the engine answers to a create. */
  readonly made?: Partial<Outcome>;
  readonly claim?: StateStore['claim'];
  readonly release?: StateStore['release'];
}

/** Ports that write down what reaches them, in order. */
const handsThat = ({ made = {}, claim = async () => HELD, release = async () => undefined }: Hand) => {
  const seen: unknown[] = [];
  const logged: unknown[] = [];
  const windows: CallWindow[] = [];
  const doing =
    (what: string) =>
    async (action: Action, window?: CallWindow): Promise<Outcome> => {
      seen.push(what);
      if (window !== undefined) windows.push(window);
      return { ...anOutcome(action, 'done', what), ...(what === 'create' && made) };
    };
  const hands: Parameters<typeof apply>[0] = {
    clock: createVirtualClock(NOW),
    log: { info: () => undefined, warn: (_, fields) => void logged.push(fields), error: () => undefined },
    engine: {
      listRecoveryPoints: async () => ({ items: [] }),
      create: doing('create'),
      expire: doing('expire'),
    },
    pitrSwitch: { enable: doing('enable-pitr') },
    stateStore: {
      claim: async (wanted, overBefore) => {
        seen.push({ claims: wanted, overBefore });
        return await claim(wanted, overBefore);
      },
      release: async (held) => {
        seen.push({ releases: held });
        await release(held);
      },
      readFindings: async () => [],
      saveFindings: async () => undefined,
      readMemory: async () => ({ pitrBaselines: [] }),
      saveMemory: async () => undefined,
    },
  };
  return { hands, seen, logged, windows };
};

const planOf = (...actions: readonly Action[]) => ({ actions }) as unknown as Plan;

const CLAIM: Claim = { id: CLAIM_ID, runId: 'run-1', heldUntil: NOW + 11 * MINUTE_MS };
const CLAIMED = { claims: CLAIM, overBefore: undefined };
const RELEASED = { releases: HELD };

const throwing = (message: string) => async () => {
  throw new Error(message);
};

describe('a claim', () => {
  it.each<{ name: string; made: Partial<Outcome>; seen: readonly unknown[] }>([
    { name: 'is kept when the copy was made', made: { status: 'done' }, seen: [CLAIMED, 'create'] },
    {
      name: 'is kept when the copy may have been made although it failed',
      made: { status: 'failed', uncertain: true },
      seen: [CLAIMED, 'create'],
    },
    {
      name: 'is kept when the copy may have been made although it was put off',
      made: { status: 'deferred', uncertain: true },
      seen: [CLAIMED, 'create'],
    },
    {
      name: 'is given back when the copy was certainly not made',
      made: { status: 'failed' },
      seen: [CLAIMED, 'create', RELEASED],
    },
    {
      name: 'is given back when the copy was put off',
      made: { status: 'deferred' },
      seen: [CLAIMED, 'create', RELEASED],
    },
    {
      name: 'is given back when the copy was refused',
      made: { status: 'refused' },
      seen: [CLAIMED, 'create', RELEASED],
    },
  ])('$name', async ({ made, seen }) => {
    const given = handsThat({ made });
    const outcomes = await apply(given.hands, planOf(CREATE), BUDGET);
    expect(outcomes).toEqual([{ ...anOutcome(CREATE, 'done', 'create'), ...made }]);
    expect(given.seen).toEqual(seen);
    expect(given.logged).toEqual([]);
  });

  it('that another run holds lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: async () => undefined });
    const reason = 'another run holds the claim on this slot';
    expect(await apply(hands, planOf(CREATE), BUDGET)).toEqual([anOutcome(CREATE, 'deferred', reason)]);
    expect(seen).toEqual([CLAIMED]);
  });

  it('that cannot be written lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: throwing('no answer') });
    const reason = 'the claim could not be written: no answer';
    expect(await apply(hands, planOf(CREATE), BUDGET)).toEqual([anOutcome(CREATE, 'failed', reason)]);
    expect(seen).toEqual([CLAIMED]);
  });

  it('that cannot be given back is a line in the log', async () => {
    const { hands, logged } = handsThat({ made: { status: 'failed' }, release: throwing('no answer') });
    expect(await apply(hands, planOf(CREATE), BUDGET)).toMatchObject([{ status: 'failed' }]);
    expect(logged).toEqual([{ claim: CLAIM_ID, reason: 'no answer' }]);
  });

  it('is taken over only where the list was read ten minutes after its end, whenever that is tried', async () => {
    const { hands, seen } = handsThat({});
    const listedAt = NOW - 5 * MINUTE_MS;
    await apply(hands, planOf(CREATE), { ...BUDGET, listedAt });
    expect(seen[0]).toEqual({ claims: CLAIM, overBefore: listedAt - 10 * MINUTE_MS });
  });

  it('is good for calls until the end of the run, and for none after the clock was set far back', async () => {
    const { hands, windows } = handsThat({});
    await apply(hands, planOf(CREATE, anExpire()), BUDGET);
    const window = { from: NOW - 7 * MINUTE_MS, until: BUDGET.deadline };
    expect(windows).toEqual([window, window]);
  });

  it('is of one slot of one incarnation of one table', async () => {
    const { hands, seen } = handsThat({});
    await apply(hands, planOf(CREATE, aCreate({ tableId: 'another' })), BUDGET);
    expect(seen).toContainEqual(CLAIMED);
    expect(seen).toContainEqual({
      claims: { ...CLAIM, id: CLAIM_ID.replace('id-of-Orders', 'another') },
      overBefore: undefined,
    });
  });
});

describe('the actions of a plan', () => {
  it('are carried out, each by what does it, and told in the order of the plan', async () => {
    const { hands, seen } = handsThat({});
    const actions = [anExpire(), aRepair(), CREATE];
    const outcomes = await apply(hands, planOf(...actions), BUDGET);
    expect(outcomes).toEqual([
      anOutcome(actions[0] as Action, 'done', 'expire'),
      anOutcome(actions[1] as Action, 'done', 'enable-pitr'),
      anOutcome(CREATE, 'done', 'create'),
    ]);
    expect(seen.filter((one) => typeof one === 'string').toSorted()).toEqual([
      'create',
      'enable-pitr',
      'expire',
    ]);
  });

  it.each([
    { name: 'are begun while half a minute is left', leftMs: 30 * SECOND_MS, status: 'done', calls: 3 },
    { name: 'wait for the next run after that', leftMs: 30 * SECOND_MS - 1, status: 'deferred', calls: 0 },
  ])('$name', async ({ leftMs, status, calls }) => {
    const { hands, seen } = handsThat({});
    const budget = { ...BUDGET, deadline: NOW + leftMs };
    const outcomes = await apply(hands, planOf(CREATE, anExpire()), budget);
    expect(outcomes.map((one) => one.status)).toEqual([status, status]);
    expect(seen).toHaveLength(calls);
  });
});
