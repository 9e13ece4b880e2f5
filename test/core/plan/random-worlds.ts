import fc from 'fast-check';
import { latestSlot } from '../../../shared/core/calendar/slots.ts';
import { facetsOf, recoveryPointsSince } from '../../../shared/core/scene/reach.ts';
import type { PlanInput } from '../../../shared/core/scene/scene.ts';
import { findingId } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Gap } from '../../../shared/model/observation.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import type { Policies, Policy } from '../../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  INSTANCE,
  NO_MEMORY,
  NOW,
  PITR_OFF,
  someDetails,
  TARGET,
  tableIdOf,
} from '../../support/world.ts';

const TABLES = ['Orders', 'Users', 'audit-log', 'a.b', 'a-b'];
const MODES: readonly Mode[] = ['protect', 'expire', 'audit'];

const STANDARD = aPolicy({ pitr: { recoveryPeriodDays: 35, onDrift: 'repair' } });
const HOURLY = aPolicyWithoutPitr({ name: 'hourly', schedule: '0 * * * *', rpoMs: 2 * HOUR_MS });
const SEOUL = aPolicy({ name: 'seoul', schedule: '30 4 * * 1', timezone: 'Asia/Seoul', rpoMs: 8 * DAY_MS });

const count = fc.integer({ min: 0, max: 4 });
const retention = fc.oneof(
  fc.record({ last: count, daily: count }),
  fc.record({ last: fc.constantFrom(1, 2) }),
  fc.record({ daily: count, weekly: fc.constant(1) }),
  fc.record({ hourly: count, weekly: count, monthly: count }),
  fc.record({ last: count, within: fc.constant({ years: 0, months: 0, days: 2, hours: 0 }) }),
  fc.constant({}),
);

const policies: fc.Arbitrary<Policies> = fc
  .record({
    retentions: fc.tuple(retention, retention, retention),
    guardrail: fc.constantFrom(
      { maxShare: 1, floor: 1_000 },
      { maxShare: 0.5, floor: 5 },
      { maxShare: 0.1, floor: 0 },
    ),
  })
  .map(({ retentions: [first, second, third], guardrail }) => ({
    tag: 'backup:policy',
    guardrail,
    policies: [
      { ...HOURLY, retention: first },
      { ...SEOUL, retention: second },
      { ...STANDARD, retention: third },
    ],
  }));

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 6, nil: undefined });

const tableOf = (name: string): fc.Arbitrary<TaggedTable> =>
  fc
    .record({
      tag: fc.oneof(
        { weight: 3, arbitrary: fc.constant('standard+hourly+seoul') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('standard', 'hourly', 'seoul', 'none', 'standrad', '', 'hourly+none'),
        },
      ),
      hold: fc.constantFrom('true', 'false', ...Array.from({ length: 8 }, () => undefined)),
      status: fc.constantFrom(
        'ACTIVE',
        'ACTIVE',
        'ACTIVE',
        'ACTIVE',
        'ACTIVE',
        'UPDATING',
        'DELETING',
        'ARCHIVED',
      ),
      isConfirmed: fc.constantFrom(true, true, true, true, true, true, true, false),
      pitr: optional(fc.constantFrom(PITR_OFF, aPitr(), aPitr({ recoveryPeriodDays: 7 }))),
    })
    .map(({ tag, hold, status, isConfirmed, pitr }) => ({
      name,
      tags: { 'backup:policy': tag, ...(hold !== undefined && { 'backup:hold': hold }) },
      ...(isConfirmed && { details: someDetails(name, { status: status as 'ACTIVE' }) }),
      ...(isConfirmed && pitr !== undefined && { pitr }),
    }));

/** Whose a recovery point is: mostly ours, sometimes another deployment's, a person's, or one whose name only looks like ours. */
const owner = fc.constantFrom('ours', 'ours', 'ours', 'ours', 'ours', 'other', 'manual', 'look-alike');

const nameFor = (whose: string, name: string): string => {
  const names: Readonly<Record<string, string>> = {
    ours: name,
    other: name.replace(`.${INSTANCE}.`, '.staging.'),
    manual: 'before-the-migration',
    'look-alike': `${name}.bak`,
  };
  return names[whose] ?? name;
};

const RHYTHM_MS: Readonly<Record<string, number>> = { hourly: HOUR_MS, seoul: 7 * DAY_MS };
const RETIRED = { ...STANDARD, name: 'retired' };

const ABROAD = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };

/** Where a copy is and what it says of its source: one abroad, one abroad that does not say it, one that was copied back. */
const COPIED: Readonly<Record<string, Partial<RecoveryPoint>>> = {
  abroad: { engine: 'aws-backup', copyOf: 'its source', location: ABROAD },
  unsaid: { engine: 'aws-backup', location: ABROAD },
  back: { engine: 'aws-backup', copyOf: 'abroad', location: { target: TARGET, vault: 'tablekeeper' } },
};

const HELD: RecoveryPoint['heldBy'] = [
  { kind: 'vault-lock', until: NOW + DAY_MS },
  { kind: 'legal-hold', title: 'Case 7' },
];

/** Generates any recovery point that a list may hold; up to two slots ahead where the world has some from the future. */
const strayOf = (all: readonly Policy[], slotsAhead: number): fc.Arbitrary<RecoveryPoint> =>
  fc
    .record({
      tableName: fc.constantFrom(...TABLES, 'Gone'),
      policy: fc.constantFrom(...all, RETIRED),
      back: fc.integer({ min: -slotsAhead, max: 40 }),
      delayMs: fc.constantFrom(0, MINUTE_MS, 3 * HOUR_MS, -DAY_MS),
      isOfOlderIncarnation: fc.boolean(),
      status: fc.constantFrom('available', 'available', 'creating', 'deleted'),
      whose: owner,
      copied: fc.constantFrom(...Array.from({ length: 8 }, () => 'no'), 'abroad', 'unsaid', 'back'),
      held: fc.constantFrom(...Array.from({ length: 8 }, () => undefined), HELD),
    })
    .map(({ tableName, policy, back, delayMs, isOfOlderIncarnation, status, whose, copied, held }) => {
      const slot = latestSlot(policy, NOW) - back * (RHYTHM_MS[policy.name] ?? DAY_MS);
      const createdAt = slotsAhead === 0 ? Math.min(NOW, slot + delayMs) : slot + delayMs;
      const { name } = aRecoveryPoint({ tableName, policy: policy.name, slot, createdAt });
      const tableId = isOfOlderIncarnation ? `older-${tableIdOf(tableName)}` : tableIdOf(tableName);
      return aRecoveryPoint({
        name: nameFor(whose, name),
        tableName,
        tableId,
        createdAt,
        status: status as 'available',
        ...COPIED[copied],
        ...(held !== undefined && { heldBy: held }),
      });
    });

/** What a policy left of one table: one for each slot, except those that were missed or have expired. */
const historyOf = (all: readonly Policy[]): fc.Arbitrary<readonly RecoveryPoint[]> =>
  fc
    .record({
      tableName: fc.constantFrom(...TABLES),
      policy: fc.constantFrom(...all, RETIRED),
      backs: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 12 }),
      newest: fc.constantFrom('available', 'available', 'available', 'available', 'creating', undefined),
    })
    .map(({ tableName, policy, backs, newest }) => {
      const slotBack = (back: number) => latestSlot(policy, NOW) - back * (RHYTHM_MS[policy.name] ?? DAY_MS);
      const made = { tableName, policy: policy.name };
      const older = backs.map((back) => aRecoveryPoint({ ...made, slot: slotBack(back) }));
      if (newest === undefined) return older;
      return [...older, aRecoveryPoint({ ...made, slot: slotBack(0), status: newest as 'available' })];
    });

const pointsOf = (all: readonly Policy[]): fc.Arbitrary<readonly RecoveryPoint[]> =>
  fc
    .record({
      histories: fc.array(historyOf(all), { minLength: 3, maxLength: 12 }),
      strays: fc.oneof(
        { weight: 8, arbitrary: fc.array(strayOf(all, 0), { maxLength: 12 }) },
        { weight: 1, arbitrary: fc.array(strayOf(all, 2), { maxLength: 12 }) },
      ),
    })
    .map(({ histories, strays }) => {
      const byId = new Map([...histories.flat(), ...strays].map((point) => [point.id, point]));
      return [...byId.values()];
    });

const gap: fc.Arbitrary<Gap> = fc
  .record({
    facet: fc.constantFrom('tags', 'details', 'recovery-points', 'recent-recovery-points', 'pitr', 'memory'),
    table: fc.constantFrom(undefined, ...TABLES),
  })
  .map(({ facet, table }) => ({
    facet: facet as Gap['facet'],
    ...(facet === 'details' || facet === 'pitr' ? { table: table ?? 'Orders' } : {}),
    failure: aFailure(),
  }));

const failing: fc.Arbitrary<OpenFinding> = fc.constantFrom(...TABLES).map((table) =>
  anOpenFinding({
    id: findingId('backups-failing', table, 'standard'),
    kind: 'backups-failing',
    table,
    policy: 'standard',
  }),
);

interface Drawn extends Omit<PlanInput, 'observation' | 'instance' | 'memory' | 'now'> {
  readonly tables: readonly TaggedTable[];
  readonly points: readonly RecoveryPoint[];
  readonly gaps: readonly Gap[];
  readonly looksAsAudit: boolean;
}

/** What the drawn world shows to a run of the drawn mode. */
const inputOf = ({ tables, points, gaps, looksAsAudit, ...drawn }: Drawn): PlanInput => {
  const looksAs = looksAsAudit ? 'audit' : drawn.mode;
  const since = recoveryPointsSince(drawn.policies, looksAs, NOW);
  const observation = {
    target: TARGET,
    observedAt: NOW,
    facets: facetsOf(looksAs),
    tables,
    ...(looksAs === 'audit' && { tableNames: tables.map(({ name }) => name) }),
    recoveryPoints: points.filter(({ createdAt }) => createdAt >= (since ?? 0)),
    ...(since !== undefined && { recoveryPointsSince: since }),
    gaps,
  };
  return { ...drawn, instance: INSTANCE, memory: NO_MEMORY, now: NOW, observation };
};

/**
 * Worlds of a handful of tables and up to ninety recovery points: ours and others', of all ages and statuses, of tables and policies that
 * are there and that are gone; sometimes with gaps, failing backups, or an event from another time.
 */
export const aWorld = (modes: readonly Mode[] = MODES): fc.Arbitrary<PlanInput> =>
  policies.chain((chosen) =>
    fc
      .record({
        policies: fc.constant(chosen),
        mode: fc.constantFrom(...modes),
        looksAsAudit: fc.boolean(),
        tables: fc
          .subarray(TABLES, { minLength: 2 })
          .chain((names) => fc.tuple(...names.map(tableOf)))
          .map((tables) => tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
        points: pointsOf(chosen.policies),
        gaps: fc.oneof(
          { weight: 5, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(gap, { maxLength: 2 }) },
        ),
        openFindings: fc.oneof(
          { weight: 5, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: failing.map((finding) => [finding]) },
        ),
      })
      .map(inputOf),
  );
