import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../shared/core/scene/scene.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Mode, Plan } from '../../../shared/model/plan.ts';
import { isCopy, type RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { parseRecoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { plan } from '../../support/decide-plan.ts';
import { aCallFailure } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  dailyRecoveryPoints,
  INSTANCE,
  LATEST_SLOT,
  NOW,
  someDetails,
  somePolicies,
  TARGET,
  tableIdOf,
} from '../../support/world.ts';
import { aPlanInput, applied, expiredIds, expiriesIn, NO_GUARDRAIL } from './plan-input.ts';
import { aWorld } from './random-worlds.ts';

const RUNS = { numRuns: 150 };

const ids = (points: readonly RecoveryPoint[]): readonly string[] => points.map(({ id }) => id);

const isAtHome = (point: RecoveryPoint): boolean => !isCopy(point, TARGET);

/** Of each table, incarnation and policy of ours: the id of the newest that can be restored, by its creation. */
const newestOfEach = (points: readonly RecoveryPoint[]): readonly string[] => {
  const newest = new Map<string, string>();
  const ours = points.filter(({ name }) => parseRecoveryPointName(name)?.instance === INSTANCE);
  const restorable = ours.filter((point) => point.status === 'available' && isAtHome(point));
  for (const { id, name, tableId } of restorable.toSorted((a, b) => a.createdAt - b.createdAt))
    newest.set(`${tableId} ${parseRecoveryPointName(name)?.policy}`, id);
  return [...newest.values()];
};

/** Three daily ones of which `last: 1` keeps the newest, so that two expire while nothing stands against it. */
const [OLDEST, MIDDLE, NEWEST] = dailyRecoveryPoints(3) as [RecoveryPoint, RecoveryPoint, RecoveryPoint];
const KEEPS_ONE = somePolicies({ guardrail: NO_GUARDRAIL, policies: [aPolicy({ retention: { last: 1 } })] });

const expiring = (
  observation: Partial<PlanInput['observation']> = {},
  overrides: Partial<PlanInput> = {},
): PlanInput =>
  aPlanInput({
    mode: 'expire',
    policies: KEEPS_ONE,
    observation: anObservation({ recoveryPoints: [OLDEST, MIDDLE, NEWEST], ...observation }),
    ...overrides,
  });

it('the world of these tests does expire something while nothing stands against it', () => {
  expect(expiredIds(expiring())).toEqual(ids([OLDEST, MIDDLE]));
});

it('the random worlds do expire something often enough to prove anything', () => {
  const worlds = fc.sample(aWorld(['expire']), { numRuns: 400, seed: 7 });
  const withExpiries = worlds.filter((world) => expiriesIn(plan(world)).length > 0);
  expect(withExpiries.length).toBeGreaterThan(40);
});

describe('1. The newest restorable recovery point of a table under a policy is never expired, whatever the policy says, and an empty retention is refused', () => {
  it.each([
    { name: 'last: 0 beside a bucket that is empty', retention: { last: 0, daily: 0 } },
    { name: 'no rule at all', retention: {} },
    { name: 'within alone', retention: { within: { years: 0, months: 0, days: 0, hours: 1 } } },
    { name: 'last: 1', retention: { last: 1 } },
  ])('$name', ({ retention }) => {
    const policies = somePolicies({ guardrail: NO_GUARDRAIL, policies: [aPolicy({ retention })] });
    expect(expiredIds(expiring({}, { policies }))).not.toContain(NEWEST.id);
  });

  it.each([{}, { last: 0 }, { daily: 0, weekly: 0 }])(
    'a retention that keeps nothing expires nothing: %o',
    (retention) => {
      const policies = somePolicies({ guardrail: NO_GUARDRAIL, policies: [aPolicy({ retention })] });
      expect(expiredIds(expiring({}, { policies }))).toEqual([]);
    },
  );

  it('in any world', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        const expired = new Set(expiredIds(world));
        for (const id of newestOfEach(world.observation.recoveryPoints)) expect(expired).not.toContain(id);
      }),
      RUNS,
    );
  });
});

describe("2. Only recovery points that this deployment made are ever deleted: an exact match on its own naming or tags. Manual, SYSTEM and AWS_BACKUP backups, and other deployments', are never touched", () => {
  it.each([
    { name: 'a manual one', point: { name: 'before-the-migration' } },
    { name: "another deployment's", point: { instance: 'staging' } },
    { name: 'one whose deployment begins like ours', point: { instance: 'prod2' } },
    { name: 'one with a longer name', point: { name: `${OLDEST.name}.copy` } },
    {
      name: 'one with a slot that is no moment',
      point: { name: 'tablekeeper.prod.standard.20261399T030000Z' },
    },
    { name: 'one in another case', point: { name: OLDEST.name.toUpperCase() } },
    { name: 'a SYSTEM one', point: { name: 'Orders$DeletedTableBackup' } },
    { name: 'one of a policy that is gone', point: { policy: 'retired' } },
    { name: 'one of a table that is not governed', point: { tableName: 'Users' } },
    { name: 'one of an older table of that name', point: { tableId: 'older' } },
  ])('$name', ({ point }) => {
    const theirs = aRecoveryPoint({ slot: LATEST_SLOT - 100 * DAY_MS, ...point });
    const input = expiring({ recoveryPoints: [theirs, OLDEST, MIDDLE, NEWEST] });
    expect(expiredIds(input)).toEqual(ids([OLDEST, MIDDLE]));
  });

  it('in any world', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        for (const { policy, recoveryPoint, table } of expiriesIn(plan(world))) {
          const origin = parseRecoveryPointName(recoveryPoint.name);
          const details = world.observation.tables.find(({ name }) => name === table)?.details;
          expect(origin).toMatchObject({ instance: INSTANCE, policy });
          expect(recoveryPoint.tableId).toBe(details?.tableId);
        }
      }),
      RUNS,
    );
  });
});

describe('3. An observation with gaps may start backups; it never deletes, and the gap is itself a finding', () => {
  const failure = aCallFailure('ListBackups', 'AccessDeniedException');

  it.each([
    { name: 'tags', gap: { facet: 'tags' as const, failure } },
    { name: 'recovery points', gap: { facet: 'recovery-points' as const, failure } },
    { name: 'memory', gap: { facet: 'memory' as const, failure } },
    { name: 'details of the table', gap: { facet: 'details' as const, table: 'Orders', failure } },
    { name: 'details of all tables', gap: { facet: 'details' as const, failure } },
  ])('a gap in $name deletes nothing and is told', ({ gap }) => {
    const input = expiring({ gaps: [gap] });
    expect(expiredIds(input)).toEqual([]);
    expect(plan(input).complete).toBe(false);
    expect(plan(input).findings.map(({ kind }) => kind)).toContain('observation-gap');
  });

  it.each(['tags', 'recovery-points', 'memory'] as const)(
    'what was never looked at is a gap: %s',
    (missing) => {
      const facets = anObservation().facets.filter((facet) => facet !== missing);
      expect(expiredIds(expiring({ facets }))).toEqual([]);
    },
  );

  it('a table that could not be read stops no other', () => {
    const users = dailyRecoveryPoints(2, { tableName: 'Users' });
    const input = expiring({
      tables: [aTable(), aTable({ name: 'Users' })],
      recoveryPoints: [OLDEST, NEWEST, ...users],
      gaps: [{ facet: 'details', table: 'Users', failure }],
    });
    expect(expiredIds(input)).toEqual([OLDEST.id]);
  });

  it('a backup starts all the same', () => {
    const gaps = [{ facet: 'recovery-points' as const, failure }];
    const input = aPlanInput({ mode: 'protect', observation: anObservation({ recoveryPoints: [], gaps }) });
    expect(plan(input).actions).toMatchObject([{ kind: 'create', table: 'Orders', slot: LATEST_SLOT }]);
  });

  it('in any world', () => {
    fc.assert(
      fc.property(
        aWorld(['expire']),
        fc.constantFrom('tags', 'recovery-points', 'memory'),
        (world, facet) => {
          const gaps = [...world.observation.gaps, { facet: facet as 'tags', failure }];
          const found = plan({ ...world, observation: { ...world.observation, gaps } });
          expect(found.actions).toEqual([]);
          expect(found.findings.map(({ kind }) => kind)).toContain('observation-gap');
        },
      ),
      RUNS,
    );
  });
});

describe('4. Only available recovery points count towards retention; one that is still being created displaces nothing', () => {
  it.each(['creating', 'deleted'] as const)('one that is %s counts for nothing', (status) => {
    const late = aRecoveryPoint({ slot: LATEST_SLOT + HOUR_MS, status });
    const policies = somePolicies({
      guardrail: NO_GUARDRAIL,
      policies: [aPolicy({ retention: { last: 3 } })],
    });
    const points = [OLDEST, MIDDLE, NEWEST, late];
    expect(expiredIds(expiring({ recoveryPoints: points }, { policies }))).toEqual([]);
  });

  it('in any world: taking away what is being created changes no expiry', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        const recoveryPoints = world.observation.recoveryPoints.filter(
          ({ createdAt, status }) => status !== 'creating' || createdAt > NOW + CLOCK_TOLERANCE_MS,
        );
        const without = { ...world, observation: { ...world.observation, recoveryPoints } };
        expect(expiredIds(world)).toEqual(expiredIds(without));
      }),
      RUNS,
    );
  });
});

describe('5. No expiry for a table whose newest backups fail or are overdue', () => {
  it('the latest slot has no recovery point', () => {
    const older = dailyRecoveryPoints(4).slice(0, 3);
    expect(expiredIds(expiring({ recoveryPoints: older }))).toEqual([]);
  });

  it('that of the latest slot is still being created', () => {
    const newest = { ...NEWEST, status: 'creating' as const };
    expect(expiredIds(expiring({ recoveryPoints: [OLDEST, MIDDLE, newest] }))).toEqual([]);
  });

  it.each([
    { kind: 'backups-failing' as const, policy: 'standard' },
    { kind: 'backups-failing' as const, policy: 'another-policy-of-the-table' },
    { kind: 'recovery-point-overdue' as const, policy: 'another-policy-of-the-table' },
  ])('$kind is open for $policy', ({ kind, policy }) => {
    const open = anOpenFinding({ id: `${kind}/Orders/${policy}`, kind, policy });
    expect(expiredIds(expiring({}, { openFindings: [open] }))).toEqual([]);
  });

  it('a finding of overdue holds nothing back once the recovery point is there: the next audit closes it', () => {
    const id = 'recovery-point-overdue/Orders/standard';
    const open = anOpenFinding({ id, kind: 'recovery-point-overdue', policy: 'standard' });
    expect(expiredIds(expiring({}, { openFindings: [open] }))).toEqual(ids([OLDEST, MIDDLE]));
  });

  it('failing backups of another table hold nothing back', () => {
    const open = anOpenFinding({
      id: 'backups-failing/Users/standard',
      kind: 'backups-failing',
      table: 'Users',
    });
    expect(expiredIds(expiring({}, { openFindings: [open] }))).toEqual(ids([OLDEST, MIDDLE]));
  });

  it('in any world', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        const { policies } = world.policies;
        const failing = new Set(world.openFindings.map(({ table }) => table));
        for (const { policy, table } of expiriesIn(plan(world))) {
          const newest = world.observation.recoveryPoints
            .filter(isAtHome)
            .filter(({ status, tableName }) => status === 'available' && tableName === table)
            .map(({ name }) => parseRecoveryPointName(name))
            .filter((origin) => origin?.instance === INSTANCE && origin.policy === policy)
            .reduce((latest, origin) => Math.max(latest, origin?.slot ?? 0), 0);
          const rpoMs = policies.find(({ name }) => name === policy)?.rpoMs ?? 0;
          expect(failing).not.toContain(table);
          expect(NOW - newest).toBeLessThanOrEqual(rpoMs);
        }
      }),
      RUNS,
    );
  });
});

describe('6. A plan that would delete more than its guardrail (a share and a floor) deletes nothing, and says what to do to approve it', () => {
  const guarded = (days: number, limits: { maxShare: number; floor: number }): PlanInput =>
    expiring(
      { recoveryPoints: dailyRecoveryPoints(days) },
      { policies: { ...KEEPS_ONE, guardrail: limits } },
    );

  it.each([
    { name: 'over the share', days: 10, limits: { maxShare: 0.5, floor: 5 }, expired: 0 },
    { name: 'over the share, of few', days: 6, limits: { maxShare: 0.5, floor: 5 }, expired: 0 },
    { name: 'exactly the share', days: 10, limits: { maxShare: 0.9, floor: 5 }, expired: 9 },
    {
      name: 'just over the share',
      days: 10,
      limits: { maxShare: 0.89, floor: 5 },
      expired: 0,
    },
  ])('$name', ({ days, limits, expired }) => {
    expect(expiredIds(guarded(days, limits))).toHaveLength(expired);
  });

  it('names the digest to approve, and passes once it is approved', () => {
    const input = guarded(10, { maxShare: 0.5, floor: 5 });
    const refused = plan(input);
    const finding = refused.findings.find(({ kind }) => kind === 'guardrail-refusal');
    expect(finding?.advice.commands.flat()).toContain(refused.expiryDigest);
    expect(refused.retention.filter(({ decision }) => decision === 'expire')).toHaveLength(9);
    const approved = plan({ ...input, approvedDigest: refused.expiryDigest });
    expect(expiriesIn(approved)).toHaveLength(9);
    expect(approved.findings.map(({ kind }) => kind)).not.toContain('guardrail-refusal');
  });

  it('two policies are over it, few as there are of each', () => {
    const both = ['first', 'second'].map((name) => aPolicy({ name, retention: { last: 1 } }));
    const policies = somePolicies({ guardrail: { maxShare: 0.5, floor: 5 }, policies: both });
    const tables = [aTable({ tags: { 'backup:policy': 'first+second' } })];
    const recoveryPoints = both.flatMap(({ name }) => dailyRecoveryPoints(5, { policy: name }));
    expect(expiredIds(expiring({ tables, recoveryPoints }, { policies }))).toEqual([]);
  });

  it.each([
    { name: 'being created', more: dailyRecoveryPoints(10, { tableName: 'Users', status: 'creating' }) },
    { name: 'deleted', more: dailyRecoveryPoints(10, { tableName: 'Users', status: 'deleted' }) },
    { name: "others'", more: dailyRecoveryPoints(10, { tableName: 'Users', instance: 'staging' }) },
    { name: 'listed twice', more: dailyRecoveryPoints(10) },
  ])('what is $name makes the share no smaller', ({ more }) => {
    const input = guarded(10, { maxShare: 0.5, floor: 5 });
    const recoveryPoints = [...input.observation.recoveryPoints, ...more];
    expect(expiredIds({ ...input, observation: { ...input.observation, recoveryPoints } })).toEqual([]);
  });

  it('an approval of another set is none', () => {
    const input = guarded(10, { maxShare: 0.5, floor: 5 });
    const { expiryDigest } = plan(guarded(11, { maxShare: 0.5, floor: 5 }));
    expect(expiredIds({ ...input, approvedDigest: expiryDigest })).toEqual([]);
  });

  it('one policy over it stops all', () => {
    const weekly = aPolicy({ name: 'weekly', retention: { last: 30 } });
    const policies = {
      ...KEEPS_ONE,
      guardrail: { maxShare: 0.5, floor: 5 },
      policies: [...KEEPS_ONE.policies, weekly],
    };
    const tables = [aTable({ tags: { 'backup:policy': 'standard+weekly' } })];
    const recoveryPoints = [...dailyRecoveryPoints(10), ...dailyRecoveryPoints(30, { policy: 'weekly' })];
    expect(expiredIds(expiring({ tables, recoveryPoints }, { policies }))).toEqual([]);
  });

  it('in any world', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        const { floor, maxShare } = world.policies.guardrail;
        const ofSeries = Map.groupBy(expiriesIn(plan(world)), ({ table, policy }) => `${table} ${policy}`);
        for (const [series, expired] of ofSeries) {
          const living = world.observation.recoveryPoints
            .filter(isAtHome)
            .filter(({ name, status, tableId, tableName }) => {
              const origin = parseRecoveryPointName(name);
              const isOurs = status === 'available' && origin?.instance === INSTANCE;
              return isOurs && `${tableName} ${origin.policy}` === series && tableId === tableIdOf(tableName);
            });
          const slots = new Set(expired.map(({ recoveryPoint }) => recoveryPoint.name));
          expect(slots.size).toBeLessThanOrEqual(floor + maxShare * living.length);
        }
      }),
      RUNS,
    );
  });
});

describe('7. One slot, one recovery point: a double-delivered event, a retry, or two runs at once make no second copy', () => {
  it('one that is on its way is not asked for again', () => {
    const input = aPlanInput({ mode: 'protect', observation: anObservation({ recoveryPoints: [] }) });
    const first = plan(input);
    expect(first.actions).toHaveLength(1);
    expect(plan(applied(input, first, 'creating')).actions).toEqual([]);
  });

  it('two runs that see the same ask for the same name, which is what the claim is on', () => {
    const input = aPlanInput({ mode: 'protect', observation: anObservation({ recoveryPoints: [] }) });
    const later = { ...input, now: NOW + 20 * MINUTE_MS };
    const name = 'tablekeeper.prod.standard.20261123T030000Z';
    expect(plan(input).actions).toMatchObject([{ name, tableId: 'id-of-Orders' }]);
    expect(plan(later).actions).toMatchObject([{ name, tableId: 'id-of-Orders' }]);
  });

  it('in any world: no name is asked for twice in one plan', () => {
    fc.assert(
      fc.property(aWorld(['protect']), (world) => {
        const names = plan(world).actions.map(
          (action) => action.kind === 'create' && `${action.tableId}/${action.name}`,
        );
        expect(new Set(names).size).toBe(names.length);
      }),
      RUNS,
    );
  });
});

describe('8. A crash between any two calls heals at the next run', () => {
  it('in any world: what was not carried out is planned again, and the rest is not', () => {
    fc.assert(
      fc.property(aWorld(), fc.nat(), (world, cut) => {
        const whole = plan(world);
        const carriedOut = whole.actions.slice(
          0,
          whole.actions.length === 0 ? 0 : cut % whole.actions.length,
        );
        const next = plan(applied(world, { ...whole, actions: carriedOut }));
        const rest = whole.actions.slice(carriedOut.length);
        expect(next.actions).toEqual(rest);
      }),
      RUNS,
    );
  });
});

describe('10. `now` never comes from an event alone: an event from the future deletes nothing', () => {
  it.each([
    {
      name: 'an event at the edge of the tolerance is believed',
      eventTime: NOW + CLOCK_TOLERANCE_MS,
      expired: 2,
    },
    { name: 'an event past the tolerance is not', eventTime: NOW + CLOCK_TOLERANCE_MS + 1, expired: 0 },
    { name: 'an event of long ago changes nothing', eventTime: NOW - 400 * DAY_MS, expired: 2 },
  ])('$name', ({ eventTime, expired }) => {
    expect(expiredIds(expiring({}, { eventTime }))).toHaveLength(expired);
  });

  it.each([
    { name: 'ours', point: {} },
    { name: "anyone's", point: { name: 'by-hand', tableName: 'Elsewhere' } },
  ])('a recovery point from the future, $name, deletes nothing either', ({ point }) => {
    const ahead = aRecoveryPoint({ createdAt: NOW + CLOCK_TOLERANCE_MS + 1, ...point });
    expect(expiredIds(expiring({ recoveryPoints: [OLDEST, MIDDLE, NEWEST, ahead] }))).toEqual([]);
  });

  it('a clock that runs ahead asks for one more backup and deletes nothing, as the latest slot has none', () => {
    const input = expiring({}, { now: NOW + 30 * DAY_MS });
    expect(expiredIds(input)).toEqual([]);
  });

  it('in any world: an event from the future deletes nothing, and no event changes what is made', () => {
    fc.assert(
      fc.property(aWorld(), fc.integer({ min: 1, max: 10_000 * DAY_MS }), (world, ahead) => {
        const hinted = plan({ ...world, eventTime: NOW + CLOCK_TOLERANCE_MS + ahead });
        const kept = plan(world).actions.filter(({ kind }) => kind !== 'expire');
        expect(hinted.actions).toEqual(kept);
      }),
      RUNS,
    );
  });
});

describe('11. Planning again straight after applying plans nothing; shuffling the inputs changes nothing; every governed table gets exactly one verdict', () => {
  it.each<{ readonly mode: Mode }>([{ mode: 'protect' }, { mode: 'expire' }, { mode: 'audit' }])(
    'planning again straight after applying plans nothing: $mode',
    ({ mode }) => {
      fc.assert(
        fc.property(aWorld([mode]), (world) => {
          expect(plan(applied(world, plan(world))).actions).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  it('planning again after applying plans nothing where much was made that no schedule asked for, and none of that goes', () => {
    const HOURLY = somePolicies({
      policies: [aPolicy({ schedule: '0 * * * *', retention: { daily: 2, weekly: 1 } })],
      guardrail: NO_GUARDRAIL,
    });
    const anHour = fc.integer({ min: 0, max: 80 });
    const aPoint = fc.record({
      hours: anHour,
      late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, anHour),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(aPoint, { maxLength: 12, selector: ({ hours, late }) => hours - late }),
        (made) => {
          const points = made.map(({ hours, late }) => {
            const slot = NOW - (hours + 1) * HOUR_MS;
            return aRecoveryPoint({
              slot,
              createdAt: Math.min(NOW, slot + late * HOUR_MS) + MINUTE_MS,
              id: `${hours} ${late}`,
            });
          });
          const recoveryPoints = [...points, aRecoveryPoint({ slot: NOW, id: 'newest' })];
          const observation = anObservation({ recoveryPoints });
          const input = aPlanInput({
            policies: HOURLY,
            mode: 'expire',
            now: NOW + 2 * MINUTE_MS,
            observation,
          });
          const first = plan(input);
          const again = plan(applied(input, first));
          expect(again.actions).toEqual([]);
          const uncounted = ({ retention }: Plan) =>
            retention.flatMap(({ reasons, recoveryPoint }) =>
              reasons.some((reason) => reason.startsWith('does not count')) ? [recoveryPoint.id] : [],
            );
          const before = uncounted(first);
          expect(uncounted(again).filter((id) => before.includes(id))).toEqual(before);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('shuffling the inputs changes nothing', () => {
    const shuffled = aWorld().chain((world) => {
      const { observation, openFindings, policies } = world;
      const any = <Item>(items: readonly Item[]) =>
        fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
      return fc
        .record({
          tables: any(observation.tables),
          points: any(observation.recoveryPoints),
          gaps: any(observation.gaps),
          open: any(openFindings),
          known: any(policies.policies),
        })
        .map(({ tables, points, gaps, open, known }): readonly [PlanInput, PlanInput] => [
          world,
          {
            ...world,
            policies: { ...policies, policies: known },
            openFindings: open,
            observation: { ...observation, tables, recoveryPoints: points, gaps },
          },
        ]);
    });
    fc.assert(
      fc.property(shuffled, ([world, other]) => {
        expect(plan(other)).toEqual(plan(world));
      }),
      RUNS,
    );
  });

  it('every governed table gets exactly one verdict', () => {
    fc.assert(
      fc.property(aWorld(), (world) => {
        const governed = world.observation.tables.filter(({ tags }) => tags['backup:policy'] !== 'none');
        expect(plan(world).verdicts.map(({ table }) => table)).toEqual(governed.map(({ name }) => name));
        for (const { reason } of plan(world).verdicts) expect(reason).not.toBe('');
      }),
      RUNS,
    );
  });

  it('also a table that is listed twice', () => {
    const observation = anObservation({ tables: [aTable(), aTable({ details: someDetails('Orders') })] });
    expect(plan(aPlanInput({ observation })).verdicts).toHaveLength(1);
  });
});

describe('15. A copy in another vault, Region or account never fills a slot at home, and is never deleted because the home one is gone', () => {
  const abroad = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };
  const copyOf = (point: RecoveryPoint, more: Partial<RecoveryPoint> = {}): RecoveryPoint => ({
    ...point,
    id: `copy of ${point.id}`,
    engine: 'aws-backup',
    location: abroad,
    copyOf: point.id,
    ...more,
  });

  const COPIES = [
    { name: 'in another Region', more: {} },
    {
      name: 'in another account',
      more: { location: { target: { ...TARGET, accountId: '444455556666' }, vault: 'dr' } },
    },
    { name: 'in another vault at home', more: { location: { target: TARGET, vault: 'second' } } },
    { name: 'that was copied back into the vault of its source', more: { location: { target: TARGET } } },
  ];

  it.each(COPIES)('one $name leaves its slot due, and the table as unprotected as without it', ({ more }) => {
    const recoveryPoints = [copyOf(NEWEST, more)];
    const due = plan(aPlanInput({ mode: 'protect', observation: anObservation({ recoveryPoints }) }));
    expect(due.actions).toMatchObject([
      { kind: 'create', slot: LATEST_SLOT, urgency: Number.POSITIVE_INFINITY },
    ]);
    const [verdict] = plan(aPlanInput({ observation: anObservation({ recoveryPoints }) })).verdicts;
    const [bare] = plan(aPlanInput({ observation: anObservation({ recoveryPoints: [] }) })).verdicts;
    expect(verdict?.status).not.toBe('protected');
    expect(verdict).toEqual(bare);
  });

  it.each(COPIES)('one $name pushes nothing out and changes no refusal', ({ more }) => {
    const later = { slot: LATEST_SLOT, createdAt: LATEST_SLOT + HOUR_MS };
    const copies = [copyOf(aRecoveryPoint(later), more), copyOf(MIDDLE, more), copyOf(OLDEST, more)];
    const only = expiring({ recoveryPoints: [MIDDLE, NEWEST, ...copies] });
    expect(expiredIds(only)).toEqual([MIDDLE.id]);
    const behind = expiring({ recoveryPoints: [OLDEST, MIDDLE, ...copies, copyOf(NEWEST, more)] });
    expect(expiredIds(behind)).toEqual([]);
  });

  it.each(COPIES)('one $name stays, and says where it is, when nothing is left at home', ({ more }) => {
    const copies = [OLDEST, MIDDLE, NEWEST].map((point) => copyOf(point, more));
    for (const recoveryPoints of [copies, [NEWEST, ...copies]]) {
      const { actions, retention } = plan(expiring({ recoveryPoints }));
      expect(actions).toEqual([]);
      const decided = retention.filter(({ recoveryPoint }) => recoveryPoint.copyOf !== undefined);
      expect(decided.map(({ decision }) => decision)).toEqual(['keep', 'keep', 'keep']);
      expect(decided[0]?.reasons[0]).toContain('a copy, in');
    }
  });

  it('copies make the share that a guardrail allows no larger', () => {
    const home = dailyRecoveryPoints(10);
    const policies = { ...KEEPS_ONE, guardrail: { maxShare: 0.5, floor: 5 } };
    const recoveryPoints = [...home, ...home.map((point) => copyOf(point))];
    expect(expiredIds(expiring({ recoveryPoints }, { policies }))).toEqual([]);
  });

  it('in any world: a plan with copies does what it does without them, and says no worse of a table', () => {
    fc.assert(
      fc.property(aWorld(), (world) => {
        const { observation } = world;
        const recoveryPoints = observation.recoveryPoints.filter(isAtHome);
        const without = plan({ ...world, observation: { ...observation, recoveryPoints } });
        fc.pre(observation.recoveryPoints.every(({ createdAt }) => createdAt <= NOW));
        const all = plan(world);
        expect(all.actions).toEqual(without.actions);
        const changed = all.verdicts.filter(
          (verdict, at) => !isDeepStrictEqual(verdict, without.verdicts[at]),
        );
        // A copy is what brings a table back of which nothing else is left.
        for (const { reason, status } of changed) {
          expect(status).toBe('at-risk');
          expect(reason).toMatch(
            /^no recovery point at home can be restored; \d+ cop(?:y|ies) of what there was/,
          );
        }
        const rest = ({ table }: { readonly table: string }) => !changed.some((one) => one.table === table);
        expect(all.verdicts.filter(rest)).toEqual(without.verdicts.filter(rest));
      }),
      RUNS,
    );
  });
});

describe('what a vault lock or a legal hold keeps is never tried', () => {
  it.each([
    { heldBy: [{ kind: 'vault-lock' as const }], because: ['its vault is locked'] },
    {
      heldBy: [
        { kind: 'vault-lock' as const, until: NOW + DAY_MS },
        { kind: 'legal-hold' as const, title: 'Case 7' },
      ],
      because: ['its vault is locked, until 2026-11-24T05:00:00Z', 'it is under the legal hold "Case 7"'],
    },
  ])('$because', ({ heldBy, because }) => {
    const held = { ...OLDEST, heldBy };
    const { actions, retention } = plan(expiring({ recoveryPoints: [held, MIDDLE, NEWEST] }));
    expect(actions).toMatchObject([{ kind: 'expire', recoveryPoint: { id: MIDDLE.id } }]);
    const decided = retention.find(({ recoveryPoint }) => recoveryPoint.id === OLDEST.id);
    expect(decided).toMatchObject({ decision: 'keep', heldBack: because });
  });

  it('in any world', () => {
    fc.assert(
      fc.property(aWorld(['expire']), (world) => {
        for (const { recoveryPoint } of expiriesIn(plan(world))) expect(recoveryPoint.heldBy).toBeUndefined();
      }),
      RUNS,
    );
  });
});
