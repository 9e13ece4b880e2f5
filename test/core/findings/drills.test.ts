import { describe, expect, it } from 'vitest';
import { strongestProof } from '../../../shared/core/drill/proof.ts';
import { DRILL_KINDS } from '../../../shared/core/findings/catalogue.ts';
import { utcText } from '../../../shared/core/text/time.ts';
import type { Drill, DrillRefusal, DrillState } from '../../../shared/model/drill.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { DrillRule } from '../../../shared/model/policy.ts';
import { aDrill, aDrillState, drillContext, drilledPolicies } from '../../support/drills.ts';
import { findingsOf } from '../../support/find.ts';
import { aRecoveryPoint, aTable, NO_MEMORY, NOW, tableIdOf } from '../../support/world.ts';

const found = (
  drills: readonly DrillState[],
  observation: Partial<Observation> = {},
  given: Parameters<typeof drillContext>[2] = {},
) =>
  findingsOf(drillContext(drills, observation, given))
    .filter(({ kind }) => DRILL_KINDS.has(kind) || kind === 'drill-name-tagged')
    .map(({ kind, severity }) => `${kind} ${severity}`);

const WRONG = [{ name: 'items', verdict: 'failed' }] as const;
const LEFT = 'tablekeeper-drill.prod.Orders.1x2y3z.20261121-050000';
const CAP: DrillRefusal = {
  policy: 'standard',
  reason: 'cap',
  since: NOW - DAY_MS,
  at: NOW - HOUR_MS,
  usd: 6,
  spentUsd: 17,
  capUsd: 20,
};

/** Began that long ago, and its table is not there yet. */
const underWay = (ms: number): Drill => {
  const {
    activeAt: _a,
    checkedAt: _c,
    goneAt: _g,
    endedAt: _e,
    result: _r,
    ...begun
  } = aDrill({ plannedAt: NOW - ms });
  return { ...begun, phase: 'started' };
};

describe('what proves more', () => {
  it('counts more than what is newer', () => {
    const restored = aDrill({ plannedAt: NOW - 8 * DAY_MS });
    const past = [aDrill({ level: 'listed' }), aDrill({ level: 'restored', result: 'failed' }), restored];
    expect(strongestProof(aDrillState({ past }))).toBe(restored);
  });

  it('is the newest of those that prove as much', () => {
    const newest = aDrill();
    const past = [newest, aDrill({ plannedAt: NOW - 8 * DAY_MS })];
    expect(strongestProof(aDrillState({ past }))).toBe(newest);
  });
});

describe('why a drill proves less than asked', () => {
  const GB = 1_000_000_000;
  const POINT_IN_TIME: Drill['source'] = {
    ...{ kind: 'point-in-time', table: 'Orders', tableId: tableIdOf('Orders') },
    ...{ tableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders', second: NOW - 2 * DAY_MS },
  };
  it.each<{ name: string; drill: Partial<Drill>; rule?: Partial<DrillRule>; says: string }>([
    {
      name: 'it is too large',
      drill: { sizeBytes: 120 * GB },
      says: 'it has 120 GB, and maxSizeGb allows 50 GB.',
    },
    {
      name: 'the level sampled had nothing to export from',
      drill: { askedLevel: 'sampled' },
      rule: { level: 'sampled' },
      says: 'only point-in-time recovery can be exported, and the last one had none.',
    },
    {
      name: 'the limit was raised since',
      drill: { sizeBytes: 120 * GB },
      rule: { maxSizeBytes: 200 * GB },
      says: 'the last one, of 120 GB, was made under another limit than maxSizeGb is now, 200 GB.',
    },
    {
      name: 'the limit was raised since, and what is sampled is a second',
      drill: { askedLevel: 'sampled', level: 'listed', source: POINT_IN_TIME, sizeBytes: 120 * GB },
      rule: { level: 'sampled', maxSizeBytes: 200 * GB },
      says: 'the last one, of 120 GB, was made under another limit than maxSizeGb is now, 200 GB.',
    },
  ])('$name', ({ drill, rule = {}, says }) => {
    const past = [aDrill({ level: 'described', askedLevel: 'restored', ...drill })];
    const [finding] = findingsOf(
      drillContext([aDrillState({ past })], {}, { policies: drilledPolicies(rule) }),
    ).filter(({ kind }) => kind === 'drill-proves-less');
    expect(finding?.fact).toContain(says);
    expect(finding?.fact).toContain(`The next one is due ${utcText(NOW + 5 * DAY_MS)}.`);
  });
});

describe('a tagged table with the name of a drill', () => {
  const kindsFor = (tag: string) =>
    found([aDrillState({ past: [aDrill()] })], {
      tables: [aTable(), aTable({ name: 'tablekeeper-drill.invoices', tags: { 'backup:policy': tag } })],
    });

  it.each([
    { name: 'that asks for backups is reported, because it gets none', tag: 'standard', isFound: true },
    { name: 'that names a policy that is gone asks for them, too', tag: 'gone', isFound: true },
    { name: 'that is tagged as drills tag theirs is not', tag: 'none', isFound: false },
  ])('$name', ({ tag, isFound }) => {
    expect(kindsFor(tag).includes('drill-name-tagged warning')).toBe(isFound);
  });
});

describe('what drills came to', () => {
  it.each<{ name: string; state: Partial<DrillState>; kinds: readonly string[] }>([
    { name: 'a proof is nothing wrong', state: { past: [aDrill()] }, kinds: [] },
    {
      name: 'a drill under way is nothing wrong while the last proof is young',
      state: { current: underWay(HOUR_MS), past: [aDrill()] },
      kinds: [],
    },
    {
      name: 'what was restored and is wrong is critical',
      state: { past: [aDrill({ result: 'failed', checks: WRONG }), aDrill({ plannedAt: NOW - 8 * DAY_MS })] },
      kinds: ['drill-failed critical'],
    },
    {
      name: 'what was not restored is a warning',
      state: { past: [aDrill({ result: 'failed' }), aDrill({ plannedAt: NOW - 8 * DAY_MS })] },
      kinds: ['drill-failed warning'],
    },
    {
      name: 'a failure is over with the next proof',
      state: { past: [aDrill(), aDrill({ plannedAt: NOW - 8 * DAY_MS, result: 'failed', checks: WRONG })] },
      kinds: [],
    },
    {
      name: 'one that read no item of a table that is too large proves less than asked',
      state: { past: [aDrill({ level: 'described', askedLevel: 'restored' })] },
      kinds: ['drill-proves-less warning'],
    },
    { name: 'none in a month is overdue', state: {}, kinds: ['drill-overdue warning'] },
    {
      name: 'eight days are not overdue for a week',
      state: { past: [aDrill({ checkedAt: NOW - 8 * DAY_MS })] },
      kinds: [],
    },
    {
      name: 'more are',
      state: { past: [aDrill({ checkedAt: NOW - 8 * DAY_MS - 1 })] },
      kinds: ['drill-overdue warning'],
    },
    {
      name: 'a restore of five hours is slower than four',
      state: {
        past: [
          aDrill({
            unreadyAt: NOW - 2 * DAY_MS + 4.9 * HOUR_MS,
            activeAt: NOW - 2 * DAY_MS + 5 * HOUR_MS,
          }),
        ],
      },
      kinds: ['restore-slower-than-rto warning'],
    },
    {
      name: 'one that was looked at late may have been in time',
      state: {
        past: [
          aDrill({
            unreadyAt: NOW - 2 * DAY_MS + 3.9 * HOUR_MS,
            activeAt: NOW - 2 * DAY_MS + 5 * HOUR_MS,
          }),
        ],
      },
      kinds: [],
    },
    {
      name: 'one that nobody looked at before it was ready may have been in time',
      state: { past: [aDrill({ activeAt: NOW - 2 * DAY_MS + 5 * HOUR_MS })] },
      kinds: [],
    },
    {
      name: 'one that was not ready after five hours is slower already',
      state: { current: { ...underWay(6 * HOUR_MS), unreadyAt: NOW - HOUR_MS }, past: [aDrill()] },
      kinds: ['restore-slower-than-rto warning'],
    },
    {
      name: 'one that goes on for five hours and was not looked at since may be ready',
      state: { current: underWay(5 * HOUR_MS), past: [aDrill()] },
      kinds: [],
    },
    {
      name: 'a cap that was reached today',
      state: { past: [aDrill()], refused: CAP },
      kinds: ['drill-cap-reached warning'],
    },
    {
      name: 'a cap that was reached once is over',
      state: { past: [aDrill()], refused: { ...CAP, at: NOW - 3 * DAY_MS } },
      kinds: [],
    },
  ])('$name', ({ state, kinds }) => {
    expect(found([aDrillState(state)])).toEqual(kinds);
  });

  it.each([
    { region: 'us-east-1', says: false },
    { region: 'ap-northeast-1', says: true },
  ])('says by whose prices a cap is reached in $region', ({ region, says }) => {
    const context = drillContext([aDrillState({ past: [aDrill()], refused: CAP })]);
    const observation = { ...context.observation, target: { ...context.observation.target, region } };
    const [finding] = findingsOf({ ...context, observation }).filter(
      ({ kind }) => kind === 'drill-cap-reached',
    );
    expect(finding?.fact.includes(`by the prices of us-east-1, because those of ${region} are not`)).toBe(
      says,
    );
  });

  it('is nothing to a table whose policy asks for no drills', () => {
    const policies = drilledPolicies();
    const [policy] = policies.policies;
    if (policy === undefined) throw new Error('no policy');
    const { drill: _, ...without } = policy;
    const state = aDrillState({ past: [aDrill({ result: 'failed' })], refused: CAP });
    expect(found([state], {}, { policies: { ...policies, policies: [without] } })).toEqual([]);
  });

  it('is not overdue before the policy has asked for so long', () => {
    const memory = { ...NO_MEMORY, drillsAsked: [{ policy: 'standard', since: NOW - 5 * DAY_MS }] };
    expect(found([], {}, { memory })).toEqual([]);
    expect(found([], {}, { memory: NO_MEMORY })).toEqual([]);
  });

  const promised = (drillsSince: number, table = 'Orders') => ({
    ...NO_MEMORY,
    drillsAsked: [{ policy: 'standard', since: NOW - 300 * DAY_MS }],
    protections: [
      { table, promises: [{ name: 'standard', rpoMs: DAY_MS, drillsSince }], tableId: tableIdOf(table) },
    ],
  });

  it.each([
    { name: 'eight days after the policy began to govern the table it may still come', days: 8, kinds: [] },
    { name: 'after nine it is overdue', days: 9, kinds: ['drill-overdue warning'] },
  ])('$name', ({ days, kinds }) => {
    expect(found([], {}, { memory: promised(NOW - days * DAY_MS) })).toEqual(kinds);
  });

  it('stays overdue until a drill was, though what can be restored is young or gone for a while', () => {
    const memory = promised(NOW - 30 * DAY_MS);
    const [open] = findingsOf(drillContext([], {}, { memory })).filter(
      ({ kind }) => kind === 'drill-overdue',
    );
    if (open === undefined) throw new Error('not found');
    const openFindings = [{ ...open, openedAt: NOW - DAY_MS }];
    const young = aRecoveryPoint({ tableName: 'Orders', createdAt: NOW - HOUR_MS });
    expect(found([], { recoveryPoints: [young] }, { memory })).toEqual(['drill-overdue warning']);
    expect(found([], { recoveryPoints: [] }, { memory, openFindings })).toEqual(['drill-overdue warning']);
  });

  it('is of the table that has the name now, and of no former one', () => {
    const former = aDrill({ tableId: 'former' });
    expect(found([aDrillState({ past: [former] })])).toEqual(['drill-overdue warning']);
    expect(found([aDrillState({ past: [{ ...former, result: 'failed', checks: WRONG }] })])).toEqual([
      'drill-overdue warning',
    ]);
    expect(found([aDrillState({ past: [former, aDrill()] })])).toEqual([]);
  });

  it('is not overdue where nothing can be restored', () => {
    expect(found([], { recoveryPoints: [], tables: [] })).toEqual([]);
  });
});

describe('a table with the name of a drill', () => {
  const tableNames = ['Orders', LEFT];

  it('is left over where no drill is at work on it', () => {
    expect(found([aDrillState({ past: [aDrill()] })], { tableNames })).toEqual([
      'drill-table-left-over warning',
    ]);
  });

  it.each([
    { days: 1, kinds: [] },
    { days: 3, kinds: ['drill-table-left-over warning'] },
  ])('of a drill that began $days days ago', ({ days, kinds }) => {
    const current = aDrill({ phase: 'deleting', plannedAt: NOW - days * DAY_MS });
    expect(found([aDrillState({ current })], { tableNames })).toEqual(kinds);
  });

  it('of another instance is nothing to this one', () => {
    const others = ['Orders', 'tablekeeper-drill.prod-2.Orders.1x2y3z.20261121-050000'];
    expect(found([aDrillState({ past: [aDrill()] })], { tableNames: others })).toEqual([]);
  });

  it('is never said to be left over while the drills could not be read', () => {
    const gaps = [{ facet: 'drills', failure: { kind: 'own', code: 'thrown', message: 'gone' } }] as const;
    expect(found([], { tableNames, gaps })).not.toContain('drill-table-left-over warning');
  });
});
