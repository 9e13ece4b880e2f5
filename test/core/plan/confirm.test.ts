import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneFor, tablesToConfirm } from '../../../shared/core/plan/confirm.ts';
import { facetsOf } from '../../../shared/core/scene/reach.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTaggedTable,
  dailyRecoveryPoints,
  INSTANCE,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aWorld } from './random-worlds.ts';

const TABLES = [
  aTaggedTable({ name: 'Current' }),
  aTaggedTable({ name: 'Late' }),
  aTaggedTable({ name: 'Mistyped', tags: { 'backup:policy': 'standrad' } }),
  aTaggedTable({ name: 'New' }),
  aTaggedTable({ name: 'OptedOut', tags: { 'backup:policy': 'none' } }),
];

const confirmed = (mode: Mode, recoveryPoints: readonly RecoveryPoint[], openFindings = [] as never[]) =>
  tablesToConfirm({
    policies: somePolicies({ policies: [aPolicy({ retention: { last: 2 } })] }),
    instance: INSTANCE,
    memory: NO_MEMORY,
    mode,
    now: NOW,
    openFindings,
    observation: anObservation({ facets: facetsOf(mode), tables: TABLES.toReversed(), recoveryPoints }),
  });

const RECOVERY_POINTS = [
  aRecoveryPoint({ tableName: 'Current' }),
  aRecoveryPoint({ tableName: 'Late', slot: LATEST_SLOT - DAY_MS }),
];

describe('only the tables that something may be done to are described', () => {
  it.each([
    {
      mode: 'protect' as const,
      why: 'those that look due, and those mistyped',
      tables: ['Late', 'Mistyped', 'New'],
    },
    { mode: 'expire' as const, why: 'none while nothing would expire', tables: [] },
    {
      mode: 'audit' as const,
      why: 'all that did not opt out, also those whose tag is wrong',
      tables: ['Current', 'Late', 'Mistyped', 'New'],
    },
  ])('$mode: $why', ({ mode, tables }) => {
    expect(confirmed(mode, RECOVERY_POINTS)).toEqual(tables);
  });

  it('expire: those of which the rules would let something go', () => {
    const many = [
      ...dailyRecoveryPoints(3, { tableName: 'Current' }),
      ...dailyRecoveryPoints(2, { tableName: 'Late' }),
    ];
    expect(confirmed('expire', many)).toEqual(['Current']);
  });

  it("expire: others' recovery points are no reason to look", () => {
    expect(
      confirmed('expire', dailyRecoveryPoints(9, { tableName: 'Current', instance: 'staging' })),
    ).toEqual([]);
  });
});

describe('a table that was made again under its old name', () => {
  const lost = anOpenFinding({
    id: 'recovery-points-of-lost-table/Current',
    kind: 'recovery-points-of-lost-table',
    table: 'Current',
  });

  const confirmedWith = (open: readonly (typeof lost)[]) =>
    tablesToConfirm({
      policies: somePolicies(),
      instance: INSTANCE,
      memory: NO_MEMORY,
      mode: 'protect',
      now: NOW,
      openFindings: open,
      observation: anObservation({ tables: TABLES, recoveryPoints: RECOVERY_POINTS }),
    });

  it('is described although its recovery points look current', () => {
    expect(confirmedWith([lost])).toEqual(['Current', 'Late', 'Mistyped', 'New']);
  });

  it('is not described when it is tagged no more', () => {
    expect(confirmedWith([{ ...lost, table: 'Gone' }])).toEqual(['Late', 'Mistyped', 'New']);
  });
});

describe('a table whose tag is mistyped', () => {
  it.each([
    {
      name: 'is described no more by protect once people know of it',
      kind: 'unknown-policy',
      names: ['Late', 'New'],
    },
    {
      name: 'is described by protect while people know of something else',
      kind: 'pitr-off',
      names: ['Late', 'Mistyped', 'New'],
    },
  ] as const)('$name', ({ kind, names: expected }) => {
    const told = anOpenFinding({ id: `${kind}/Mistyped`, kind, table: 'Mistyped' });
    const names = tablesToConfirm({
      policies: somePolicies(),
      instance: INSTANCE,
      memory: NO_MEMORY,
      mode: 'protect',
      now: NOW,
      openFindings: [told],
      observation: anObservation({ tables: TABLES, recoveryPoints: RECOVERY_POINTS }),
    });
    expect(names).toEqual(expected);
  });
});

describe('describing fewer tables changes nothing that is done', () => {
  it.each<{ readonly mode: Mode }>([{ mode: 'protect' }, { mode: 'expire' }, { mode: 'audit' }])(
    '$mode',
    ({ mode }) => {
      fc.assert(
        fc.property(aWorld([mode]), (drawn) => {
          // Incarnations are told apart only by describing all, which the finding of an audit asks for.
          const recoveryPoints = drawn.observation.recoveryPoints.filter(
            ({ tableId }) => !tableId.startsWith('older-'),
          );
          const existing = drawn.observation.tables.filter(({ details }) => details !== undefined);
          const planFor = (tables: readonly TaggedTable[]) =>
            plan({ ...drawn, observation: { ...drawn.observation, tables, recoveryPoints } });
          const tagged = existing.map(({ name, tags }) => ({ name, tags }));
          const listed = { ...drawn.observation, tables: tagged, recoveryPoints };
          const names = tablesToConfirm({ ...drawn, observation: listed });
          const described = existing.map((table) =>
            names.includes(table.name) ? table : { name: table.name, tags: table.tags },
          );
          expect(planFor(described).actions).toEqual(planFor(existing).actions);
        }),
        { numRuns: 100 },
      );
    },
  );
});

it('a scene to which more was read is the scene that all of it builds', () => {
  fc.assert(
    fc.property(aWorld(['protect', 'expire']), fc.func(fc.boolean()), (drawn, isThere) => {
      const { observation } = drawn;
      const tagged = observation.tables.map(({ name, tags }) => ({ name, tags }));
      const listed = sceneFor({ ...drawn, observation: { ...observation, tables: tagged, gaps: [] } });
      const tables = observation.tables.filter(({ name }) => isThere(name));
      const read = { ...drawn, observation: { ...observation, tables } };
      expect(sceneFor(read, listed)).toEqual(sceneFor(read));
    }),
    { numRuns: 100 },
  );
});
