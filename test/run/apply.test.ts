import { describe, expect, it } from 'vitest';
import type { Action } from '../../shared/model/action.ts';
import { StateTableMissingError } from '../../shared/model/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Claim, StateStore } from '../../shared/ports/state-store.ts';
import { apply } from '../../shared/run/apply.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../support/attempts.ts';
import { NOW, somePolicies } from '../support/world.ts';

const BUDGET = { runId: 'run-1', deadline: NOW + 10 * MINUTE_MS };
const CLAIM_ID = 'id-of-Orders/tablekeeper.prod.standard.20261123T030000Z';

const CREATE = aCreate();

interface Hand {
  /** What the engine answers to a create. */
  readonly made?: Partial<Outcome>;
  readonly claim?: StateStore['claim'];
  readonly release?: StateStore['release'];
}

/** Ports that write down what reaches them, in order. */
const handsThat = ({ made = {}, claim = async () => true, release = async () => undefined }: Hand) => {
  const seen: unknown[] = [];
  const logged: unknown[] = [];
  const doing =
    (what: string) =>
    async (action: Action): Promise<Outcome> => {
      seen.push(what);
      return { ...anOutcome(action, 'done', what), ...(what === 'create' && made) };
    };
  const hands: Parameters<typeof apply>[0] = {
    clock: createVirtualClock(NOW),
    policies: somePolicies(),
    log: { info: () => undefined, warn: (_, fields) => void logged.push(fields), error: () => undefined },
    engine: {
      listRecoveryPoints: async () => ({ items: [] }),
      create: doing('create'),
      expire: doing('expire'),
    },
    pitrSwitch: { enable: doing('enable-pitr') },
    stateStore: {
      claim: async (wanted, retake) => {
        seen.push({ claims: wanted, retake });
        return await claim(wanted, retake);
      },
      release: async (held) => {
        seen.push({ releases: held });
        await release(held);
      },
      readFindings: async () => [],
      takeTurn: async ({ name }) => ({ name, token: 't' }),
      endTurn: async () => undefined,
      saveFindings: async () => undefined,
      readMemory: async () => ({ pitrBaselines: [] }),
      saveMemory: async () => undefined,
    },
  };
  return { hands, seen, logged };
};

const planOf = (...actions: readonly Action[]) => ({ actions }) as unknown as Plan;

const CLAIM: Claim = { id: CLAIM_ID, runId: 'run-1', now: NOW, heldUntil: NOW + 11 * MINUTE_MS };
const CLAIMED = { claims: CLAIM, retake: false };
const RELEASED = { releases: { id: CLAIM_ID, runId: 'run-1' } };

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
    const outcomes = await apply(given.hands, planOf(CREATE), BUDGET, false);
    expect(outcomes).toEqual([{ ...anOutcome(CREATE, 'done', 'create'), ...made }]);
    expect(given.seen).toEqual(seen);
    expect(given.logged).toEqual([]);
  });

  it('that another run holds lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: async () => false });
    const reason = 'another run holds the claim on this slot';
    expect(await apply(hands, planOf(CREATE), BUDGET, false)).toEqual([
      anOutcome(CREATE, 'deferred', reason),
    ]);
    expect(seen).toEqual([CLAIMED]);
  });

  it('that cannot be written lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: throwing('no answer') });
    const reason = 'the claim could not be written: no answer';
    expect(await apply(hands, planOf(CREATE), BUDGET, false)).toEqual([anOutcome(CREATE, 'failed', reason)]);
    expect(seen).toEqual([CLAIMED]);
  });

  it.each([
    {
      name: 'of a store that is not there',
      error: new StateTableMissingError('gone'),
      isWhole: true,
      made: true,
    },
    {
      name: 'of a store that has not answered for two hours',
      error: new Error('gone'),
      isWhole: true,
      made: true,
    },
    {
      name: 'where the list has a gap',
      error: new StateTableMissingError('gone'),
      isWhole: false,
      made: false,
    },
  ])('that cannot be written $name: is it made? $made', async ({ error, isWhole, made }) => {
    const { hands, seen } = handsThat({
      claim: async () => {
        throw error;
      },
    });
    const unclaimed = 'the claim could not be written: gone';
    expect(await apply(hands, planOf(CREATE), BUDGET, isWhole)).toEqual([
      made ? { ...anOutcome(CREATE, 'done', 'create'), unclaimed } : anOutcome(CREATE, 'failed', unclaimed),
    ]);
    expect(seen.includes('create')).toBe(made);
  });

  it('that cannot be given back is a line in the log', async () => {
    const { hands, logged } = handsThat({ made: { status: 'failed' }, release: throwing('no answer') });
    expect(await apply(hands, planOf(CREATE), BUDGET, false)).toMatchObject([{ status: 'failed' }]);
    expect(logged).toEqual([{ claim: CLAIM_ID, reason: 'no answer' }]);
  });

  it('is taken over only by a run that may', async () => {
    const { hands, seen } = handsThat({});
    await apply(hands, planOf(CREATE), BUDGET, true);
    expect(seen[0]).toEqual({ claims: CLAIM, retake: true });
  });

  it('is of one slot of one incarnation of one table', async () => {
    const { hands, seen } = handsThat({});
    await apply(hands, planOf(CREATE, aCreate({ tableId: 'another' })), BUDGET, false);
    expect(seen).toContainEqual({ claims: CLAIM, retake: false });
    expect(seen).toContainEqual({
      claims: { ...CLAIM, id: CLAIM_ID.replace('id-of-Orders', 'another') },
      retake: false,
    });
  });
});

describe('the actions of a plan', () => {
  it('are carried out, each by what does it, and told in the order of the plan', async () => {
    const { hands, seen } = handsThat({});
    const actions = [anExpire(), aRepair(), CREATE];
    const outcomes = await apply(hands, planOf(...actions), BUDGET, false);
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
    const outcomes = await apply(hands, planOf(CREATE, anExpire()), budget, false);
    expect(outcomes.map((one) => one.status)).toEqual([status, status]);
    expect(seen).toHaveLength(calls);
  });
});
