import { describe, expect, it } from 'vitest';
import { STOPPING_EXPIRY } from '../../../shared/core/findings/catalogue.ts';
import { judgedTables } from '../../../shared/core/plan/seen-tables.ts';
import { type Evidence, verdictsOf } from '../../../shared/core/plan/verdicts.ts';
import { facetsOf } from '../../../shared/core/scene/reach.ts';
import { type Scene, sceneOf } from '../../../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { plan } from '../../support/decide-plan.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  LATEST_SLOT,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput } from './plan-input.ts';

const policies = somePolicies({ policies: [aPolicy(), aPolicyWithoutPitr({ name: 'unpromised' })] });
const UNPROMISED = { 'backup:policy': 'unpromised' };
const OLD = aRecoveryPoint({ slot: LATEST_SLOT - 3 * DAY_MS });
const DENIED = 'AccessDeniedException';

const verdicts = (observation: Partial<Observation>, openFindings: readonly OpenFinding[] = []) =>
  plan(aPlanInput({ policies, openFindings, observation: anObservation(observation) })).verdicts;

describe('a table is protected', () => {
  it('when all its promises are kept, and the reason says which', () => {
    expect(verdicts({})).toEqual([
      {
        table: 'Orders',
        status: 'protected',
        reason:
          'the newest recovery point of standard is 1 h old; point-in-time recovery reaches back to 2026-10-19 05:00Z',
      },
    ]);
  });

  it('with a recovery point of exactly the promised age', () => {
    const { rpoMs } = aPolicy();
    const aged = (ageMs: number) =>
      verdicts({
        recoveryPoints: [aRecoveryPoint({ slot: LATEST_SLOT - 2 * DAY_MS, createdAt: NOW - ageMs })],
      });
    expect(aged(rpoMs)[0]).toMatchObject({
      status: 'protected',
      reason: expect.stringContaining('newest recovery point of standard is 26 h old'),
    });
    expect(aged(rpoMs + 1)[0]?.status).toBe('at-risk');
  });

  it('without PITR where none is promised', () => {
    const tables = [aTable({ tags: UNPROMISED, pitr: PITR_OFF })];
    const recoveryPoints = [aRecoveryPoint({ policy: 'unpromised' })];
    expect(verdicts({ tables, recoveryPoints })[0]).toMatchObject({
      status: 'protected',
      reason: 'the newest recovery point of unpromised is 1 h old',
    });
  });

  it('only where the run looked: protect sees recovery points, and nobody knows of the PITR that is promised', () => {
    const facets = facetsOf('protect');
    const recoveryPointsSince = LATEST_SLOT - HOUR_MS;
    expect(verdicts({ facets, recoveryPointsSince, tables: [aTaggedTable()] })[0]).toMatchObject({
      status: 'unknown',
      reason: 'the newest recovery point of standard is 1 h old; point-in-time recovery was not looked at',
    });
  });

  it('without PITR where none is promised and nobody looked, and the reason says so', () => {
    const tables = [aTaggedTable({ tags: UNPROMISED, details: someDetails('Orders') })];
    const recoveryPoints = [aRecoveryPoint({ policy: 'unpromised' })];
    expect(verdicts({ tables, recoveryPoints })[0]).toMatchObject({
      status: 'protected',
      reason: 'the newest recovery point of unpromised is 1 h old; point-in-time recovery was not looked at',
    });
  });
});

describe('a table is at risk', () => {
  it.each([
    {
      name: 'with PITR off',
      seen: { tables: [aTable({ pitr: PITR_OFF })] },
      says: 'recovery of Orders is off',
    },
    { name: 'with recovery points that are too old', seen: { recoveryPoints: [OLD] }, says: '3 days old' },
    {
      name: 'with a PITR window shorter than promised',
      seen: { tables: [aTable({ pitr: aPitr({ recoveryPeriodDays: 7 }) })] },
      says: '7',
    },
    {
      name: 'with a tag that names no policy any more',
      seen: { tables: [aTable({ tags: { 'backup:policy': 'standrad' } })] },
      says: 'standrad',
    },
    {
      name: 'with PITR alone, when the only recovery points are of an older table of that name',
      seen: { recoveryPoints: [aRecoveryPoint({ tableId: 'older' })] },
      says: 'Orders',
    },
  ])('$name', ({ seen, says }) => {
    const remembered = { coverage: { tables: 1, seenAt: NOW }, pitrBaselines: [] };
    const observation = anObservation(seen);
    const [verdict] = plan(aPlanInput({ policies, observation, memory: remembered })).verdicts;
    expect(verdict?.status).toBe('at-risk');
    expect(verdict?.reason).toMatch(new RegExp(says, 'i'));
  });

  it('when no policy governs it, although recovery points of one that did are there', () => {
    const tables = [aTaggedTable({ tags: { 'backup:policy': '' } })];
    for (const mode of ['protect', 'expire', 'audit'] as const)
      expect(verdicts({ facets: facetsOf(mode), tables })[0]?.status).toBe('at-risk');
  });

  it('while its backups fail, although the last one is young enough still', () => {
    const failing = anOpenFinding({
      id: 'backups-failing/Orders/standard',
      kind: 'backups-failing',
      severity: 'warning',
      fact: 'Backups of Orders fail.',
    });
    expect(verdicts({}, [failing])[0]).toMatchObject({
      status: 'at-risk',
      reason: 'Backups of Orders fail',
    });
  });

  it('when a list of recent recovery points reaches back past the promise and shows none', () => {
    const facets = facetsOf('protect');
    const recoveryPointsSince = NOW - 27 * HOUR_MS;
    const seen = { facets, recoveryPointsSince, recoveryPoints: [], tables: [aTaggedTable()] };
    expect(verdicts(seen)[0]).toMatchObject({
      status: 'at-risk',
      reason: 'no available recovery point of standard since 2026-11-22T02:00:00Z; at most 26 h is promised',
    });
  });
});

describe('a table is unprotected', () => {
  it.each([
    {
      name: 'with no recovery point and PITR off',
      seen: { tables: [aTable({ pitr: PITR_OFF })], recoveryPoints: [] },
    },
    {
      name: 'with one that is only being created',
      seen: {
        tables: [aTable({ pitr: PITR_OFF })],
        recoveryPoints: [aRecoveryPoint({ status: 'creating' })],
      },
    },
    {
      name: 'with those of an older table of that name',
      seen: { tables: [aTable({ pitr: PITR_OFF })], recoveryPoints: [aRecoveryPoint({ tableId: 'older' })] },
    },
    {
      name: 'when PITR was not looked at and there is no recovery point',
      seen: { facets: facetsOf('expire'), tables: [aTaggedTable()], recoveryPoints: [] },
    },
    {
      name: 'with a tag that names no policy',
      seen: { tables: [aTable({ tags: { 'backup:policy': '' }, pitr: PITR_OFF })], recoveryPoints: [] },
    },
  ])('$name', ({ seen }) => {
    const [verdict] = verdicts(seen);
    expect(verdict?.status).toBe('unprotected');
    expect(verdict?.reason).toMatch(
      seen.tables[0]?.pitr === undefined
        ? /^no recovery point can be restored; point-in-time recovery was not looked at/
        : /^nothing restorable exists/,
    );
  });
});

describe('of a table nothing is known', () => {
  it.each([
    {
      name: 'when it could not be described',
      seen: {
        tables: [aTaggedTable()],
        gaps: [{ facet: 'details' as const, table: 'Orders', failure: aFailure(DENIED) }],
      },
      reason: `details could not be read: ${DENIED}`,
    },
    {
      name: 'when its PITR is promised and could not be read',
      seen: {
        tables: [aTaggedTable({ details: someDetails('Orders') })],
        gaps: [{ facet: 'pitr' as const, table: 'Orders', failure: aFailure(DENIED) }],
      },
      reason: `pitr could not be read: ${DENIED}`,
    },
    {
      name: 'when recovery points could not be listed whole, and none of it were seen',
      seen: { recoveryPoints: [], gaps: [{ facet: 'recovery-points' as const, failure: aFailure(DENIED) }] },
      reason: 'recovery points of standard could not be listed whole',
    },
    {
      name: 'when a list with a gap shows only old ones',
      seen: {
        recoveryPoints: [OLD],
        gaps: [{ facet: 'recovery-points' as const, failure: aFailure(DENIED) }],
      },
      reason: 'the newest recovery point of standard is 3 days old, in a list with a gap',
    },
    {
      name: 'when a list of recent ones does not reach back as far as the promise',
      seen: {
        facets: facetsOf('protect'),
        recoveryPointsSince: LATEST_SLOT,
        recoveryPoints: [],
        tables: [aTaggedTable()],
      },
      reason:
        'no available recovery point of standard since 2026-11-23T03:00:00Z; this run did not look further back',
    },
  ])('$name', ({ seen, reason }) => {
    expect(verdicts(seen)).toEqual([{ table: 'Orders', status: 'unknown', reason }]);
  });

  it('and a gap elsewhere takes nothing away from it', () => {
    const gaps = [{ facet: 'details' as const, table: 'Users', failure: aFailure(DENIED) }];
    expect(verdicts({ gaps })[0]?.status).toBe('protected');
  });
});

describe('the reason of a verdict', () => {
  const finding = (kind: OpenFinding['kind'], overrides: Partial<OpenFinding> = {}) =>
    anOpenFinding({ id: `${kind}/Orders`, kind, fact: `${kind} says v1.2.`, ...overrides });

  const judged = (seen: Scene, given: Partial<Evidence>) => {
    const evidence = { findings: [], gaps: [], openFindings: [], now: NOW, ...given };
    return verdictsOf(judgedTables(seen, evidence), evidence);
  };

  const scene = (seen: Partial<Observation> = {}) =>
    sceneOf(aPlanInput({ policies, observation: anObservation(seen) }), STOPPING_EXPIRY);

  it('names every promise that is broken, in one order, without the last full stop', () => {
    const findings = [finding('pitr-off'), finding('backup-stuck')];
    expect(judged(scene(), { findings })).toEqual([
      { table: 'Orders', status: 'at-risk', reason: 'backup-stuck says v1.2; pitr-off says v1.2' },
    ]);
    expect(judged(scene(), { findings: findings.toReversed() })[0]?.reason).toBe(
      'backup-stuck says v1.2; pitr-off says v1.2',
    );
  });

  it('is the finding alone where it and the list say that the newest is too old', () => {
    const findings = [finding('recovery-point-overdue', { severity: 'warning' })];
    expect(judged(scene({ recoveryPoints: [OLD] }), { findings })[0]).toMatchObject({
      status: 'at-risk',
      reason: 'recovery-point-overdue says v1.2',
    });
    expect(judged(scene({ recoveryPoints: [OLD] }), { findings: [finding('pitr-off')] })[0]?.reason).toBe(
      'pitr-off says v1.2; the newest recovery point of standard is 3 days old; at most 26 h is promised',
    );
  });

  it.each(['observation-gap', 'expiries-failing', 'guardrail-refusal'] as const)(
    'is not that there is a finding of the kind %s',
    (kind) => {
      expect(judged(scene(), { findings: [finding(kind)] })[0]?.status).toBe('protected');
    },
  );

  it('is not what is only worth knowing', () => {
    const findings = [finding('untagged-tables', { severity: 'info' })];
    expect(judged(scene(), { findings })[0]?.status).toBe('protected');
  });

  it('is, of what is open from before, what only attempts can show', () => {
    const of = (kind: OpenFinding['kind']) => judged(scene(), { openFindings: [finding(kind)] })[0];
    expect(of('backups-failing')).toMatchObject({ status: 'at-risk', reason: 'backups-failing says v1.2' });
    expect(of('pitr-repair-failing')).toMatchObject({ status: 'at-risk' });
    expect(of('pitr-off')).toMatchObject({ status: 'protected' });
  });

  it('is not what is wrong with another table', () => {
    const findings = [finding('pitr-off', { table: 'Users' })];
    expect(judged(scene(), { findings })[0]?.status).toBe('protected');
  });

  it('says what tag names no policy only where no finding does', () => {
    const tables = [aTable({ tags: { 'backup:policy': 'standrad' } })];
    const nameless = scene({ tables });
    expect(judged(nameless, {})[0]).toMatchObject({
      status: 'at-risk',
      reason: 'its tag names no policy that exists',
    });
    expect(judged(nameless, { findings: [finding('unknown-policy')] })[0]?.reason).toBe(
      'unknown-policy says v1.2',
    );
  });

  it('says that nothing can be restored, and what else is broken', () => {
    const tables = [
      aTable({ pitr: PITR_OFF, details: { ...someDetails('Orders'), createdAt: NOW - HOUR_MS } }),
    ];
    const bare = scene({ tables, recoveryPoints: [] });
    expect(judged(bare, { findings: [finding('pitr-off')] })[0]?.reason).toBe(
      'nothing restorable exists; pitr-off says v1.2',
    );
    expect(judged(bare, {})[0]?.reason).toBe('nothing restorable exists');
  });

  it('says that there is no recovery point yet where a new table has its window', () => {
    const tables = [aTable({ details: { ...someDetails('Orders'), createdAt: NOW - HOUR_MS } })];
    expect(judged(scene({ tables, recoveryPoints: [] }), {})[0]).toEqual({
      table: 'Orders',
      status: 'protected',
      reason: 'no recovery point of standard; point-in-time recovery reaches back to 2026-10-19 05:00Z',
    });
  });

  it('calls no table protected that is older than the promise and has no recovery point, found or not', () => {
    const without = judged(scene({ recoveryPoints: [] }), {})[0];
    expect(without?.status).toBe('at-risk');
    expect(without?.reason).toMatch(
      /^no recovery point of standard can be restored, and the table is \d+ days old: the first one is due$/,
    );
    const bare = judged(scene({ tables: [aTable({ pitr: PITR_OFF })], recoveryPoints: [] }), {})[0];
    expect(bare?.status).toBe('unprotected');
    expect(bare?.reason).toMatch(/^nothing restorable exists; no recovery point of standard .+ is due$/);
  });

  it('says that the window is on where nobody knows how far it reaches', () => {
    expect(judged(scene({ tables: [aTable({ pitr: { enabled: true } })] }), {})[0]?.reason).toBe(
      'the newest recovery point of standard is 1 h old; point-in-time recovery is on',
    );
  });

  it('names everything that was not seen', () => {
    const gaps = [
      { facet: 'details' as const, table: 'Orders', failure: aFailure(DENIED) },
      { facet: 'pitr' as const, table: 'Orders', failure: aFailure(DENIED) },
    ];
    const reason = `details could not be read: ${DENIED}; pitr could not be read: ${DENIED}`;
    const unseen = { table: 'Orders', status: 'unknown', reason };
    expect(judged(scene({ tables: [aTaggedTable()] }), { gaps })).toEqual([unseen]);
    expect(judged(scene({ tables: [aTaggedTable()], recoveryPoints: [] }), { gaps })).toEqual([unseen]);
  });

  it('names no gap of another table', () => {
    const gaps = [{ facet: 'details' as const, table: 'Users', failure: aFailure(DENIED) }];
    const unconfirmed = judged(scene({ tables: [aTaggedTable({ tags: UNPROMISED })] }), { gaps })[0];
    expect(unconfirmed).toEqual(judged(scene({ tables: [aTaggedTable({ tags: UNPROMISED })] }), {})[0]);
  });

  it('does not miss what was seen, or what nobody promised', () => {
    const gaps = [
      { facet: 'details' as const, failure: aFailure(DENIED) },
      { facet: 'pitr' as const, failure: aFailure(DENIED) },
    ];
    expect(judged(scene(), { gaps })[0]?.status).toBe('protected');
    const { pitr: _, ...unread } = aTable({ tags: UNPROMISED });
    const recoveryPoints = [aRecoveryPoint({ policy: 'unpromised' })];
    expect(judged(scene({ tables: [unread], recoveryPoints }), { gaps })[0]?.status).toBe('protected');
    const both = { ...unread, tags: { 'backup:policy': 'standard+unpromised' } };
    const points = [...recoveryPoints, aRecoveryPoint()];
    expect(judged(scene({ tables: [both], recoveryPoints: points }), { gaps })[0]).toMatchObject({
      status: 'unknown',
      reason: `pitr could not be read: ${DENIED}`,
    });
  });
});

it('a table that opted out has no verdict', () => {
  expect(verdicts({ tables: [aTable({ tags: { 'backup:policy': 'none' } })] })).toEqual([]);
});
