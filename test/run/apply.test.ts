import { describe, expect, it } from 'vitest';
import type { Action } from '../../shared/model/action.ts';
import { StateTableMissingError } from '../../shared/model/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { TableTags } from '../../shared/model/table.ts';
import type { CallWindow } from '../../shared/ports/engine.ts';
import type { Reading } from '../../shared/ports/inventory.ts';
import type { Claim, HeldClaim, StateStore } from '../../shared/ports/state-store.ts';
import { apply } from '../../shared/run/apply.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../support/attempts.ts';
import { aCallFailure, asRead } from '../support/failures.ts';
import { aRecoveryPoint, NOW, somePolicies, TARGET } from '../support/world.ts';

const BUDGET = { runId: 'run-1', startedAt: NOW - 2 * MINUTE_MS, deadline: NOW + 10 * MINUTE_MS };
const CLAIM_ID = 'id-of-Orders/tablekeeper.prod.standard.20261123T030000Z';

const CREATE = aCreate();
const HELD: HeldClaim = { id: CLAIM_ID, token: 'token-1' };

interface Hand {
  /** What the engine answers to a create. */
  readonly made?: OutcomeStatus;
  readonly claim?: StateStore['claim'];
  readonly release?: StateStore['release'];
  /** What the table's own tags say. */
  readonly tags?: Reading<TableTags>;
}

const TAGS: TableTags = { 'backup:policy': 'standard' };

/** Ports that write down what reaches them, in order. */
const handsThat = ({
  made = 'done',
  claim = async () => HELD,
  release = async () => undefined,
  tags = { kind: 'found', value: TAGS },
}: Hand) => {
  const seen: unknown[] = [];
  const logged: unknown[] = [];
  const windows: CallWindow[] = [];
  const doing =
    (what: string) =>
    async (action: Action, window?: CallWindow): Promise<Outcome> => {
      seen.push(what);
      if (window !== undefined) windows.push(window);
      return anOutcome(action, what === 'create' ? made : 'done', what);
    };
  const hands: Parameters<typeof apply>[0] = {
    clock: createVirtualClock(NOW),
    policies: somePolicies(),
    tableReader: {
      listTagged: async () => ({ items: [] }),
      listRecoveryPointsOf: async () => ({ items: [] }),
      listSystemBackups: async () => ({ items: [] }),
      listSystemBackupsOf: async () => ({ items: [] }),
      readTags: async (table) => {
        seen.push({ readsTagsOf: table });
        return tags;
      },
    },
    log: { info: () => undefined, warn: (_, fields) => void logged.push(fields), error: () => undefined },
    engines: {
      dynamodb: {
        list: async () => ({ items: [] }),
        apply: (action, window) => doing(action.kind)(action, window),
      },
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
      takeTurn: async ({ name }) => ({ name, token: 't' }),
      endTurn: async () => undefined,
      saveFindings: async () => undefined,
      readMemory: async () => ({ pitrBaselines: [] }),
      saveMemory: async () => undefined,
      readKept: async () => [],
      keepTable: async () => undefined,
      releaseTable: async () => undefined,
    },
    target: TARGET,
    drillStates: { list: async () => [] },
    restoresUnderWay: { list: async () => [] },
    inventory: {
      describeTable: async () => ({ kind: 'missing' }),
      listTableNames: async () => ({ items: [] }),
      listTaggedTables: async () => ({ items: [] }),
      readPitr: async () => ({ kind: 'missing' }),
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
  it.each<{ name: string; made: OutcomeStatus; seen: readonly unknown[] }>([
    { name: 'is kept when the copy was made', made: 'done', seen: [CLAIMED, 'create'] },
    {
      name: 'is given back when the copy was certainly not made',
      made: 'failed',
      seen: [CLAIMED, 'create', RELEASED],
    },
    {
      name: 'is given back when the copy was put off',
      made: 'deferred',
      seen: [CLAIMED, 'create', RELEASED],
    },
    {
      name: 'is given back when the copy was refused',
      made: 'refused',
      seen: [CLAIMED, 'create', RELEASED],
    },
  ])('$name', async ({ made, seen }) => {
    const given = handsThat({ made });
    const outcomes = await apply(given.hands, planOf(CREATE), BUDGET);
    expect(outcomes).toEqual([anOutcome(CREATE, made, 'create')]);
    expect(given.seen).toEqual(seen);
    expect(given.logged).toEqual([]);
  });

  it('that another run holds lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: async () => undefined });
    const reason = 'another run holds the claim on this slot';
    expect(asRead(await apply(hands, planOf(CREATE), BUDGET))).toEqual([
      { action: CREATE, status: 'deferred', reason },
    ]);
    expect(seen).toEqual([CLAIMED]);
  });

  it('that cannot be written lets nothing be made', async () => {
    const { hands, seen } = handsThat({ claim: throwing('no answer') });
    const reason = 'the claim could not be written: no answer';
    expect(asRead(await apply(hands, planOf(CREATE), BUDGET))).toEqual([
      { action: CREATE, status: 'failed', reason },
    ]);
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
    const outcomes = await apply(hands, planOf(CREATE), { ...BUDGET, ...(isWhole && { listedAt: NOW }) });
    expect(asRead(outcomes)).toEqual([
      made
        ? { action: CREATE, status: 'done', reason: 'create', unclaimed }
        : { action: CREATE, status: 'failed', reason: unclaimed },
    ]);
    expect(seen.includes('create')).toBe(made);
  });

  it('that cannot be given back is a line in the log', async () => {
    const { hands, logged } = handsThat({ made: 'failed', release: throwing('no answer') });
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
    await apply(hands, planOf(CREATE, anExpire()), BUDGET, () => TAGS);
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
    const outcomes = await apply(hands, planOf(...actions), BUDGET, () => TAGS);
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
    { name: 'are begun while half a minute is left', leftMs: 30 * SECOND_MS, status: 'done', calls: 4 },
    { name: 'wait for the next run after that', leftMs: 30 * SECOND_MS - 1, status: 'deferred', calls: 0 },
  ])('$name', async ({ leftMs, status, calls }) => {
    const { hands, seen } = handsThat({});
    const budget = { ...BUDGET, deadline: NOW + leftMs };
    const outcomes = await apply(hands, planOf(CREATE, anExpire()), budget, () => TAGS);
    expect(outcomes.map((one) => one.status)).toEqual([status, status]);
    expect(seen).toHaveLength(calls);
  });
});

describe('an expiry', () => {
  const expireOf = (tableName: string, name: string) => ({
    ...anExpire({ table: tableName, recoveryPoint: aRecoveryPoint({ tableName, name }) }),
  });
  const changed = (what: string) => `the tags of the table changed since they were listed: ${what}`;

  it('reads the own tags of each table once, before anything of it is deleted', async () => {
    const { hands, seen } = handsThat({});
    const actions = [expireOf('Orders', 'one'), expireOf('Orders', 'two'), expireOf('Users', 'one')];
    const outcomes = await apply(hands, planOf(...actions), BUDGET, () => TAGS);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(seen[0]).toEqual({ readsTagsOf: 'Orders' });
    expect(seen.filter((one) => one !== 'expire')).toEqual([
      { readsTagsOf: 'Orders' },
      { readsTagsOf: 'Users' },
    ]);
  });

  it.each<{ name: string; tags: Reading<TableTags>; status: string; reason: string }>([
    {
      name: 'whose table carries a hold by now',
      tags: { kind: 'found', value: { ...TAGS, 'backup:hold': 'true' } },
      status: 'deferred',
      reason: changed('it carries a hold'),
    },
    {
      name: 'whose table carries what may be meant as a hold',
      tags: { kind: 'found', value: { ...TAGS, 'Backup:Hold': 'yes' } },
      status: 'deferred',
      reason: changed('it carries a hold'),
    },
    {
      name: 'whose table is under another policy',
      tags: { kind: 'found', value: { 'backup:policy': 'archive' } },
      status: 'deferred',
      reason: changed('its tag backup:policy is another one'),
    },
    {
      name: 'whose table lost its tag',
      tags: { kind: 'found', value: {} },
      status: 'deferred',
      reason: changed('its tag backup:policy is another one'),
    },
    {
      name: 'whose table opts out',
      tags: { kind: 'found', value: { 'backup:policy': 'none' } },
      status: 'deferred',
      reason: changed('its tag backup:policy is another one'),
    },
    {
      name: 'whose table is gone',
      tags: { kind: 'missing' },
      status: 'deferred',
      reason: 'the table is not there any more',
    },
    {
      name: 'whose tags cannot be read',
      tags: { kind: 'unreadable', failure: aCallFailure('ListTagsOfResource', 'AccessDeniedException') },
      status: 'failed',
      reason: 'ListTagsOfResource: AccessDeniedException: no',
    },
  ])('$name is not carried out', async ({ tags, status, reason }) => {
    const { hands, seen } = handsThat({ tags });
    const outcomes = await apply(hands, planOf(anExpire()), BUDGET, () => TAGS);
    expect(asRead(outcomes)).toMatchObject([{ status, reason }]);
    expect(seen).not.toContain('expire');
  });

  it('is carried out whatever else the tags say', async () => {
    const value = { ...TAGS, 'backup:mute-until': '2026-12-01', 'backup:hold': 'false', team: 'shop' };
    const { hands } = handsThat({ tags: { kind: 'found', value } });
    const outcomes = await apply(hands, planOf(anExpire()), BUDGET, () => TAGS);
    expect(outcomes).toMatchObject([{ status: 'done' }]);
  });
});
