import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../shared/core/plan/order.ts';
import { expiryDigest } from '../../../shared/core/text/digest.ts';
import type { CreateAction, EnablePitrAction, ExpireAction } from '../../../shared/model/action.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aPolicy,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  dailyRecoveryPoints,
  LATEST_SLOT,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
  TARGET,
} from '../../support/world.ts';
import { aPlanInput, expiredIds, NO_GUARDRAIL } from './plan-input.ts';

describe('a plan for a healthy table', () => {
  it('does nothing, finds nothing, and says so', () => {
    expect(plan(aPlanInput())).toMatchObject({
      target: TARGET,
      mode: 'audit',
      plannedAt: NOW,
      complete: true,
      actions: [],
      findings: [],
      verdicts: [{ table: 'Orders', status: 'protected' }],
      retention: [{ policy: 'standard', decision: 'keep' }],
    });
  });

  it('is the same for an empty account', () => {
    const observation = anObservation({ tables: [], recoveryPoints: [] });
    expect(plan(aPlanInput({ observation }))).toMatchObject({ actions: [], verdicts: [], retention: [] });
  });
});

describe('each mode carries out its own kind of action and no other', () => {
  const policies = somePolicies({
    guardrail: NO_GUARDRAIL,
    policies: [
      aPolicy({ retention: { last: 1 }, pitr: { recoveryPeriodDays: 35, onDrift: 'repair' } }),
      aPolicy({ name: 'weekly', schedule: '0 3 * * 1' }),
    ],
  });
  const tables = [aTable({ tags: { 'backup:policy': 'standard+weekly' }, pitr: PITR_OFF })];
  const observation = anObservation({ tables, recoveryPoints: dailyRecoveryPoints(2) });

  it.each([
    { mode: 'protect' as const, actions: [{ kind: 'create', policy: 'weekly' }] },
    { mode: 'expire' as const, actions: [{ kind: 'expire', policy: 'standard' }] },
    { mode: 'audit' as const, actions: [{ kind: 'enable-pitr', recoveryPeriodDays: 35 }] },
  ])('$mode', ({ mode, actions }) => {
    const planned = plan(aPlanInput({ policies, observation, mode }));
    expect(planned.actions).toHaveLength(1);
    expect(planned.actions).toMatchObject(actions);
  });
});

describe('a recovery point is made', () => {
  const creates = (table: Parameters<typeof aTable>[0]) =>
    plan(
      aPlanInput({
        mode: 'protect',
        observation: anObservation({ tables: [aTable(table)], recoveryPoints: [] }),
      }),
    ).actions;

  it('under a name that says whose it is and for which slot', () => {
    expect(creates({})).toEqual([
      {
        kind: 'create',
        engine: 'dynamodb',
        table: 'Orders',
        tableId: 'id-of-Orders',
        policy: 'standard',
        slot: LATEST_SLOT,
        name: 'tablekeeper.prod.standard.20261123T030000Z',
        urgency: Number.POSITIVE_INFINITY,
        reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
      },
    ]);
  });

  it('also of a table that is being updated', () => {
    expect(creates({ details: someDetails('Orders', { status: 'UPDATING' }) })).toHaveLength(1);
  });

  it.each(['ARCHIVED', 'ARCHIVING', 'CREATING', 'DELETING', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS'] as const)(
    'but not of a table that is %s',
    (status) => {
      expect(creates({ details: someDetails('Orders', { status }) })).toEqual([]);
    },
  );

  it('also of a table that may not replicate, for it is still there', () => {
    const details = someDetails('Orders', { status: 'REPLICATION_NOT_AUTHORIZED' });
    expect(creates({ details })).toHaveLength(1);
  });

  it('nor of one that was not confirmed', () => {
    const observation = anObservation({ tables: [aTaggedTable()], recoveryPoints: [] });
    expect(plan(aPlanInput({ mode: 'protect', observation })).actions).toEqual([]);
  });
});

describe('nothing expires', () => {
  const policies = somePolicies({ guardrail: NO_GUARDRAIL, policies: [aPolicy({ retention: { last: 1 } })] });
  const expired = (tags: Record<string, string>, more: Parameters<typeof anObservation>[0] = {}) =>
    expiredIds(
      aPlanInput({
        mode: 'expire',
        policies,
        observation: anObservation({
          tables: [aTable({ tags: { 'backup:policy': 'standard', ...tags } })],
          recoveryPoints: dailyRecoveryPoints(3),
          ...more,
        }),
      }),
    );

  it('but what no rule keeps', () => {
    expect(expired({})).toHaveLength(2);
  });

  it.each(['true', ' true ', 'True', 'TRUE'])('of a table whose tag backup:hold says "%s"', (hold) => {
    expect(expired({ 'backup:hold': hold })).toEqual([]);
  });

  it.each(['', 'yes', '1', 'on', 'treu', 'ｔｒｕｅ', 'true\u200b', 'false?'])(
    'nor of one whose tag backup:hold says "%s", for it may be meant so',
    (hold) => {
      expect(expired({ 'backup:hold': hold })).toEqual([]);
    },
  );

  it.each([
    'Backup:Hold',
    'BACKUP:HOLD',
    'backup:hold ',
    'backup: hold',
    'ｂackup:hold',
    'backup-hold',
    'Hold',
  ])('nor of one with the tag "%s"', (key) => {
    expect(expired({ [key]: 'true' })).toEqual([]);
  });

  it.each(['false', 'no', ' False '])('and a tag backup:hold that says "%s" holds nothing', (hold) => {
    expect(expired({ 'backup:hold': hold })).toHaveLength(2);
  });

  it('without every reason why no rule keeps it', () => {
    const twoRules = somePolicies({
      guardrail: NO_GUARDRAIL,
      policies: [aPolicy({ retention: { last: 1, daily: 1 } })],
    });
    const observation = anObservation({ recoveryPoints: dailyRecoveryPoints(2) });
    const planned = plan(aPlanInput({ mode: 'expire', policies: twoRules, observation }));
    expect(planned.actions.map(({ reason }) => reason)).toEqual([
      'not among the last 1; daily is filled: 1 of 1',
    ]);
  });

  it('but under a digest that names the very set', () => {
    const observation = anObservation({ recoveryPoints: dailyRecoveryPoints(3) });
    const planned = plan(aPlanInput({ mode: 'expire', policies, observation }));
    expect(planned.expiryDigest).toBe(
      expiryDigest(
        dailyRecoveryPoints(3)
          .slice(0, 2)
          .map(({ id }) => id),
      ),
    );
  });

  it('of a table that was not confirmed', () => {
    expect(expired({}, { tables: [aTaggedTable()] })).toEqual([]);
  });

  it('of a table whose tag is gone, mistyped, or opts out', () => {
    expect(expired({}, { tables: [] })).toEqual([]);
    expect(expired({ 'backup:policy': 'standrad' })).toEqual([]);
    expect(expired({ 'backup:policy': 'none' })).toEqual([]);
  });
});

describe('what is kept without a rule is kept with a reason', () => {
  const kept = (point: Parameters<typeof aRecoveryPoint>[0], tag = 'standard') => {
    const tables = [aTable({ tags: { 'backup:policy': tag } })];
    const recoveryPoints = [aRecoveryPoint(point)];
    return plan(aPlanInput({ observation: anObservation({ tables, recoveryPoints }) })).retention;
  };

  it.each([
    {
      name: 'a policy that is gone',
      point: { policy: 'retired' },
      reason: 'there is no policy retired any more to say for how long',
    },
    {
      name: 'a table that is gone',
      point: { tableName: 'Gone' },
      reason: 'no table Gone with the tag was seen',
    },
    {
      name: 'a policy that governs the table no more',
      point: {},
      tag: 'none',
      reason: 'the tag of Orders does not name standard any more',
    },
  ])('$name', ({ point, tag, reason }) => {
    expect(kept(point, tag)).toMatchObject([{ decision: 'keep', reasons: [reason] }]);
  });

  it("and others' recovery points are none of our decisions", () => {
    expect(kept({ instance: 'staging' })).toEqual([]);
  });
});

describe('retention is told', () => {
  it('sorted by table, policy, newest slot first', () => {
    const tables = ['a.b', 'a', 'a-b'].map((name) => aTable({ name }));
    const recoveryPoints = tables.flatMap(({ name }) => [
      ...dailyRecoveryPoints(2, { tableName: name }),
      ...dailyRecoveryPoints(2, { tableName: name, policy: 'retired' }),
    ]);
    const told = plan(aPlanInput({ observation: anObservation({ tables, recoveryPoints }) })).retention;
    const today = LATEST_SLOT + MINUTE_MS;
    const yesterday = today - DAY_MS;
    expect(told.map(({ policy, recoveryPoint }) => [recoveryPoint.tableName, policy])).toEqual(
      ['a', 'a-b', 'a.b'].flatMap((name) => [
        [name, 'retired'],
        [name, 'retired'],
        [name, 'standard'],
        [name, 'standard'],
      ]),
    );
    expect(told.map(({ recoveryPoint }) => recoveryPoint.createdAt).slice(0, 4)).toEqual([
      today,
      yesterday,
      today,
      yesterday,
    ]);
  });

  it('of no part of a list', () => {
    const facets = ['tags', 'recent-recovery-points', 'memory'] as const;
    expect(plan(aPlanInput({ observation: anObservation({ facets }) })).retention).toEqual([]);
  });

  it('once of a recovery point that is listed twice, and the status that counts for less is believed', () => {
    const point = aRecoveryPoint();
    const recoveryPoints = [{ ...point, status: 'creating' as const }, point];
    const told = plan(aPlanInput({ observation: anObservation({ recoveryPoints }) })).retention;
    expect(told.map(({ recoveryPoint }) => recoveryPoint.status)).toEqual(['creating']);
  });
});

describe('the checks are shown all that they look at', () => {
  const kinds = (overrides: Parameters<typeof aPlanInput>[0]) =>
    plan(aPlanInput(overrides)).findings.map(({ kind }) => kind);

  it('a recovery point that is stuck in its making', () => {
    const stuck = aRecoveryPoint({ status: 'creating', slot: LATEST_SLOT - 2 * DAY_MS });
    const observation = anObservation({ recoveryPoints: [stuck, aRecoveryPoint()] });
    expect(kinds({ observation })).toEqual(['backup-stuck']);
  });

  it('a first recovery point on its way, which keeps its table from being overdue', () => {
    const memory = { coverage: { tables: 1, seenAt: NOW }, pitrBaselines: [] };
    const on = (recoveryPoints: readonly RecoveryPoint[]) =>
      kinds({ memory, observation: anObservation({ recoveryPoints }) });
    expect(on([])).toEqual(['recovery-point-overdue']);
    expect(on([aRecoveryPoint({ status: 'creating' })])).toEqual([]);
  });

  it('an event from the future', () => {
    expect(kinds({ eventTime: NOW + DAY_MS })).toEqual(['from-the-future']);
  });

  it('the repairs that this run sets out to make', () => {
    const adviceWith = (onDrift: 'alert' | 'repair') => {
      const policies = somePolicies({ policies: [aPolicy({ pitr: { recoveryPeriodDays: 35, onDrift } })] });
      const observation = anObservation({ tables: [aTable({ pitr: PITR_OFF })] });
      return plan(aPlanInput({ policies, observation })).findings.map(({ advice }) => advice.say);
    };
    expect(adviceWith('repair')).toEqual([expect.stringContaining('this one switches it on.')]);
    expect(adviceWith('alert')).toEqual(['Switch it on and see who switched it off:']);
  });

  it('what was remembered', () => {
    const memory = { coverage: { tables: 20, seenAt: NOW - DAY_MS }, pitrBaselines: [] };
    expect(kinds({ memory })).toEqual(['coverage-dropped']);
  });
});

describe('actions stand in one order', () => {
  const create = (table: string, urgency: number): CreateAction => ({
    kind: 'create',
    engine: 'dynamodb',
    table,
    tableId: table,
    policy: 'standard',
    slot: LATEST_SLOT,
    name: 'name',
    urgency,
    reason: '',
  });
  const repair: EnablePitrAction = {
    kind: 'enable-pitr',
    table: 'a',
    tableId: 'a',
    recoveryPeriodDays: 35,
    reason: '',
  };
  const expire = (policy: string, hoursAgo: number): ExpireAction => ({
    kind: 'expire',
    engine: 'dynamodb',
    table: 'a',
    policy,
    recoveryPoint: aRecoveryPoint({ policy, slot: LATEST_SLOT - hoursAgo * HOUR_MS }),
    reason: '',
  });

  it('most urgent first, then by table, policy and slot, the oldest first', () => {
    const sorted = [
      create('never', Number.POSITIVE_INFINITY),
      create('never-too', Number.POSITIVE_INFINITY),
      create('late', 2),
      create('a', 1),
      create('b', 1),
      repair,
      expire('monthly', 1),
      expire('standard', 3),
      expire('standard', 2),
    ];
    expect(inOrder(sorted.toReversed())).toEqual(sorted);
  });
});
