import { describe, expect, it } from 'vitest';
import { type DrillPlanInput, drillTableName, planDrill } from '../../../shared/core/restore/drill-plan.ts';
import { incarnationsOf } from '../../../shared/core/restore/incarnations.ts';
import type { Drill } from '../../../shared/model/drill.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { DrillRule } from '../../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import type { Pitr } from '../../../shared/model/table.ts';
import { aDrill, aDrillRule, aDrillState } from '../../support/drills.ts';
import { aPitr, aRecoveryPoint, INSTANCE, NOW, PITR_OFF, someDetails } from '../../support/world.ts';

const TARGET = { accountId: '111122223333', region: 'us-east-1' };
const GB = 1_000_000_000;

interface World {
  readonly points?: readonly RecoveryPoint[];
  readonly pitr?: Pitr;
  readonly sizeBytes?: number;
  readonly rule?: Partial<DrillRule>;
  readonly past?: readonly Drill[];
  readonly input?: Partial<DrillPlanInput>;
}

const SHAPE = {
  billingMode: 'PAY_PER_REQUEST',
  globalIndexes: [],
  localIndexes: [],
  itemCount: 5_000,
} as const;

/** Orders with a backup of last night and the whole window, of ten gigabytes, never drilled. */
const planOf = ({ points, pitr = aPitr(), sizeBytes = 10 * GB, rule, past = [], input }: World = {}) => {
  const recoveryPoints = points ?? [aRecoveryPoint({ sizeBytes })];
  const standing = { details: someDetails('Orders', { sizeBytes }), arn: 'arn:orders', pitr };
  const known = {
    table: 'Orders',
    target: TARGET,
    standing,
    recoveryPoints,
    systemBackups: [],
    manifests: [],
    unseen: [],
  };
  return planDrill({
    wanted: { table: 'Orders', policy: 'standard', rule: aDrillRule(rule) },
    view: {
      ...{ table: 'Orders', target: TARGET, now: NOW, unseen: [], knownNames: [] },
      incarnations: incarnationsOf(known, INSTANCE),
    },
    table: SHAPE,
    state: aDrillState({ past }),
    instance: INSTANCE,
    lot: '1f2e3d4c',
    spentUsd: 0,
    capUsd: 20,
    ...input,
  });
};

const begunIn = (world?: World): Drill => {
  const plan = planOf(world);
  if (plan.kind !== 'begin') throw new Error(`it is ${plan.kind}`);
  return plan.drill;
};

const SECOND = aDrill({ source: { ...aDrill().source, kind: 'point-in-time' } as Drill['source'] });

describe('what is restored', () => {
  it.each<{ name: string; world: World; kind: Drill['source']['kind'] }>([
    { name: 'the newest backup first', world: {}, kind: 'recovery-point' },
    { name: 'a second after a backup', world: { past: [aDrill()] }, kind: 'point-in-time' },
    {
      name: 'a backup after a second',
      world: { past: [SECOND, aDrill({ plannedAt: NOW - 9 * DAY_MS })] },
      kind: 'recovery-point',
    },
    {
      name: 'a backup again without a window',
      world: { past: [aDrill()], pitr: PITR_OFF },
      kind: 'recovery-point',
    },
    { name: 'a second again without a backup', world: { past: [SECOND], points: [] }, kind: 'point-in-time' },
  ])('is $name', ({ world, kind }) => {
    expect(begunIn(world).source.kind).toBe(kind);
  });

  it('is never someone else’s backup, nor one that is being made or of a former table', () => {
    const points = [
      aRecoveryPoint({ name: 'by-hand', createdAt: NOW - HOUR_MS }),
      aRecoveryPoint({ instance: 'staging', createdAt: NOW - HOUR_MS }),
      aRecoveryPoint({ status: 'creating', createdAt: NOW - HOUR_MS }),
      aRecoveryPoint({ tableId: 'former', createdAt: NOW - HOUR_MS }),
    ];
    expect(planOf({ points, pitr: PITR_OFF })).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'nothing-to-restore', usd: 0 },
    });
  });

  it('is decided by a later run where something could not be read', () => {
    const unseen = [{ part: 'pitr', failure: ownFailure('thrown', 'no') }] as const;
    const { view } = { view: { ...planInputView(), unseen } };
    expect(planOf({ input: { view } })).toEqual({ kind: 'not-seen' });
    const { table: _, ...without } = { table: SHAPE };
    expect(planOf({ input: { ...without, table: undefined as never } })).toEqual({ kind: 'not-seen' });
  });
});

describe('the level sampled', () => {
  const rule = { level: 'sampled' } as const;
  const bucket = { input: { bucket: 'exports' } };

  it('exports the latest second to a prefix of its own, and makes no table', () => {
    const drill = begunIn({ rule, ...bucket, past: [SECOND] });
    expect(drill).toMatchObject({ level: 'sampled', source: { kind: 'point-in-time' }, sizeBytes: 10 * GB });
    expect(drill.export).toEqual({
      bucket: 'exports',
      prefix: expect.stringMatching(/^drills\/prod\/Orders\..*\/$/),
    });
    expect(drill.drillTable).toBeUndefined();
  });

  it('is counted with its local indexes, at the price of exports', () => {
    const index = { name: 'byAge', keys: [], projection: { type: 'ALL' } } as const;
    const table = { ...SHAPE, localIndexes: [index] };
    expect(begunIn({ rule, ...bucket }).usd).toBeCloseTo(1);
    expect(begunIn({ rule, input: { bucket: 'exports', table } }).usd).toBeCloseTo(2);
    expect(planOf({ rule, input: { bucket: 'exports', spentUsd: 19.5 } })).toMatchObject({
      refusal: { reason: 'cap' },
    });
  });

  it.each([
    { name: 'without a window', world: { pitr: PITR_OFF } },
    { name: 'of what is too large', world: { sizeBytes: 51 * GB } },
  ])('goes no further than described $name', ({ world }) => {
    const drill = begunIn({ ...world, rule, ...bucket });
    expect(drill).toMatchObject({ level: 'described', askedLevel: 'sampled', usd: 0 });
    expect(drill.export).toBeUndefined();
  });

  it('is refused where there is no bucket', () => {
    expect(planOf({ rule })).toMatchObject({ kind: 'refused', refusal: { reason: 'no-bucket' } });
  });
});

const planInputView = (): DrillPlanInput['view'] => ({
  ...{ table: 'Orders', target: TARGET, now: NOW, unseen: [], knownNames: [], incarnations: [] },
});

describe('how far it goes', () => {
  it.each<{ name: string; world: World; level: Drill['level']; asked?: Drill['level'] }>([
    { name: 'as far as the policy says', world: {}, level: 'restored' },
    { name: 'no further', world: { rule: { level: 'listed' } }, level: 'listed' },
    { name: 'to the limit of size', world: { sizeBytes: 50 * GB }, level: 'restored' },
    { name: 'not over it', world: { sizeBytes: 50 * GB + 1 }, level: 'described', asked: 'restored' },
    {
      name: 'a backup is described where a second is not',
      world: { rule: { level: 'described' }, past: [aDrill()] },
      level: 'described',
    },
    {
      name: 'a second is listed where there is nothing else',
      world: { rule: { level: 'described' }, points: [] },
      level: 'listed',
      asked: 'described',
    },
  ])('$name', ({ world, level, asked }) => {
    expect(begunIn(world)).toMatchObject({ level, usd: level === 'restored' ? expect.any(Number) : 0 });
    expect(begunIn(world).askedLevel).toBe(asked);
    expect(begunIn(world).drillTable !== undefined).toBe(level === 'restored');
  });

  it('is restored on demand, whatever capacity its source pays for', () => {
    const table = { ...SHAPE, billingMode: 'PROVISIONED' } as const;
    expect(begunIn({ input: { table } }).overrides).toEqual({ billingMode: 'PAY_PER_REQUEST' });
    expect(begunIn().overrides).toEqual({});
  });
});

describe('what it costs', () => {
  const index = { name: 'byAge', keys: [], projection: { type: 'ALL' } } as const;

  it('is the price of its size, and as much again for each global index', () => {
    expect(begunIn().usd).toBeCloseTo(1.5);
    expect(begunIn({ input: { table: { ...SHAPE, globalIndexes: [index, index] } } }).usd).toBeCloseTo(4.5);
  });

  it.each([
    { spentUsd: 18.5, kind: 'begin' },
    { spentUsd: 18.51, kind: 'refused' },
    { spentUsd: 500, kind: 'refused' },
  ])('with $spentUsd of 20 dollars spent: $kind', ({ spentUsd, kind }) => {
    expect(planOf({ input: { spentUsd } }).kind).toBe(kind);
  });

  it('never stops what costs nothing', () => {
    expect(planOf({ rule: { level: 'described' }, input: { spentUsd: 500, capUsd: 0 } }).kind).toBe('begin');
  });

  it('is refused since it was first, as long as it is for the same reason', () => {
    const refused = {
      ...{ policy: 'standard', since: NOW - 9 * DAY_MS, at: NOW - DAY_MS },
      ...{ usd: 1, spentUsd: 20, capUsd: 20 },
    };
    const since = (reason: 'cap' | 'nothing-to-restore') => {
      const plan = planOf({
        input: { spentUsd: 20, state: aDrillState({ refused: { ...refused, reason } }) },
      });
      return plan.kind === 'refused' ? plan.refusal.since : undefined;
    };
    expect(since('cap')).toBe(NOW - 9 * DAY_MS);
    expect(since('nothing-to-restore')).toBe(NOW);
  });
});

describe('the name of its table', () => {
  it('is that of the instance, the table and the second, with a lot', () => {
    expect(drillTableName('prod', 'Orders', NOW, '1f2e3d4c')).toMatch(
      /^tablekeeper-drill\.prod\.Orders\.[0-9a-z]{1,7}\.20261123-050000\.1f2e3d4c$/,
    );
  });

  it('fits for the longest names, and tells apart what begins alike', () => {
    const [one, other] = ['a', 'b'].map((end) =>
      drillTableName('i'.repeat(41), `${'t'.repeat(254)}${end}`, NOW, '1f2e3d4c'),
    );
    expect(one?.length).toBeLessThanOrEqual(255);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^[a-zA-Z0-9_.-]+$/);
  });
});
