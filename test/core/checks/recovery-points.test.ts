import { describe, expect, it } from 'vitest';
import { backupStuck } from '../../../shared/core/checks/backup-stuck.ts';
import { recoveryPointOverdue } from '../../../shared/core/checks/recovery-point-overdue.ts';
import { recoveryPointsOfLostTable } from '../../../shared/core/checks/recovery-points-of-lost-table.ts';
import { recoveryPointsWithoutPolicy } from '../../../shared/core/checks/recovery-points-without-policy.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aContext } from '../../support/check-context.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  dailyRecoveryPoints,
  INSTANCE,
  LATEST_SLOT,
  NOW,
  someDetails,
  somePolicies,
} from '../../support/world.ts';

const RPO_MS = aPolicy().rpoMs;
const REMEMBERED: Memory = { coverage: { tables: 1, seenAt: NOW - HOUR_MS }, pitrBaselines: [] };
const seeing = (observation: Partial<Observation>) => ({ observation: anObservation(observation) });

describe('recovery-point-overdue', () => {
  const aged = (ageMs: number) => [aRecoveryPoint({ slot: NOW - ageMs, createdAt: NOW - ageMs })];

  it.each([
    { name: 'is not found at exactly the promised age', ageMs: RPO_MS, severities: [] },
    { name: 'is a warning a moment later', ageMs: RPO_MS + 1, severities: ['warning'] },
    { name: 'is a warning at exactly twice that age', ageMs: 2 * RPO_MS, severities: ['warning'] },
    { name: 'is critical beyond', ageMs: 2 * RPO_MS + 1, severities: ['critical'] },
  ])('$name', ({ ageMs, severities }) => {
    const context = aContext({ ...seeing({ recoveryPoints: aged(ageMs) }), memory: REMEMBERED });
    expect(recoveryPointOverdue.find(context).map(({ severity }) => severity)).toEqual(severities);
  });

  it('is measured by the age of the data and not by its slot', () => {
    const recoveryPoints = [aRecoveryPoint({ slot: NOW - 3 * DAY_MS, createdAt: NOW - HOUR_MS })];
    expect(recoveryPointOverdue.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
  });

  it('tells since when, how old it is, and what was promised', () => {
    const context = aContext(seeing({ recoveryPoints: aged(30 * HOUR_MS) }));
    expect(recoveryPointOverdue.find(context)[0]).toMatchObject({
      id: 'recovery-point-overdue/Orders/standard',
      table: 'Orders',
      policy: 'standard',
      fact: 'The newest recovery point of Orders under standard is of 2026-11-21T23:00:00Z, 30 h old; 26 h are promised.',
      measured: '30 h old',
      promised: 'at most 26 h old',
      since: NOW - 30 * HOUR_MS + RPO_MS,
    });
  });

  const none = { recoveryPoints: [], tables: [aTable()] };
  const made = (agoMs: number) => aTable({ details: someDetails('Orders', { createdAt: NOW - agoMs }) });
  const seenBefore = (agoMs: number) => [
    anOpenFinding({
      id: 'recovery-point-overdue/Orders/standard',
      kind: 'recovery-point-overdue',
      openedAt: NOW - agoMs,
    }),
  ];

  it.each([
    { name: 'a table without any is a warning at first sight', given: none, severities: ['warning'] },
    {
      name: 'and a warning until backups had an hour',
      given: none,
      openMs: HOUR_MS - 1,
      severities: ['warning'],
    },
    { name: 'and critical from then on', given: none, openMs: HOUR_MS, severities: ['critical'] },
    {
      name: 'a new table has as long as the RPO',
      given: { ...none, tables: [made(RPO_MS)] },
      severities: [],
    },
    { name: 'and no moment longer', given: { ...none, tables: [made(RPO_MS + 1)] }, severities: ['warning'] },
    {
      name: 'the first one may be in the making',
      given: { ...none, recoveryPoints: [aRecoveryPoint({ status: 'creating' })] },
      severities: [],
    },
    {
      name: 'but not for over six hours',
      given: {
        ...none,
        recoveryPoints: [
          aRecoveryPoint({ status: 'creating', slot: NOW - 7 * HOUR_MS, createdAt: NOW - 6 * HOUR_MS - 1 }),
        ],
      },
      severities: ['warning'],
    },
    {
      name: "another instance's, a person's and a former table's do not count",
      given: {
        ...none,
        recoveryPoints: [
          aRecoveryPoint({ instance: 'staging' }),
          aRecoveryPoint({ name: 'before-migration' }),
          aRecoveryPoint({ tableId: 'former' }),
        ],
      },
      severities: ['warning'],
    },
    {
      name: 'a list with a gap proves nothing',
      given: { ...none, gaps: [{ facet: 'recovery-points' as const, reason: 'throttled' }] },
      severities: [],
    },
    {
      name: 'a list with a lower bound proves nothing',
      given: { ...none, facets: ['tags', 'memory', 'recent-recovery-points'] as const },
      severities: [],
    },
    {
      name: 'a table that was not confirmed is not judged',
      given: { ...none, tables: [aTaggedTable()] },
      severities: [],
    },
    {
      name: 'the first one may be in the making for six hours',
      given: {
        ...none,
        recoveryPoints: [
          aRecoveryPoint({ status: 'creating', slot: NOW - 7 * HOUR_MS, createdAt: NOW - 6 * HOUR_MS }),
        ],
      },
      severities: [],
    },
    {
      name: 'a table that is not there yet needs none',
      given: { ...none, tables: [aTable({ details: someDetails('Orders', { status: 'CREATING' }) })] },
      severities: [],
    },
    {
      name: 'a table on its way out needs none',
      given: { ...none, tables: [aTable({ details: someDetails('Orders', { status: 'DELETING' }) })] },
      severities: [],
    },
  ])('$name', ({ given, openMs, severities }) => {
    const openFindings = openMs === undefined ? [] : seenBefore(openMs);
    const context = aContext({ ...seeing(given), memory: REMEMBERED, openFindings });
    expect(recoveryPointOverdue.find(context).map(({ severity }) => severity)).toEqual(severities);
  });

  it('is not found for want of any at the very first run, which comes before any backup could', () => {
    expect(recoveryPointOverdue.find(aContext(seeing(none)))).toEqual([]);
  });
});

describe('backup-stuck', () => {
  const making = (ageMs: number, given = {}) =>
    aRecoveryPoint({ status: 'creating', slot: NOW - ageMs, createdAt: NOW - ageMs, ...given });

  it.each([
    { name: 'is not found at exactly six hours', points: [making(6 * HOUR_MS)], found: [] },
    {
      name: 'is found a moment later',
      points: [making(6 * HOUR_MS + 1)],
      found: ['backup-stuck/Orders/standard'],
    },
    {
      name: 'is one finding for all of a table and policy',
      points: [making(7 * HOUR_MS), making(31 * HOUR_MS)],
      found: ['backup-stuck/Orders/standard'],
    },
    {
      name: 'is not found of an available one',
      points: [making(7 * HOUR_MS, { status: 'available' })],
      found: [],
    },
    { name: "is not found of a person's own", points: [making(7 * HOUR_MS, { name: 'mine' })], found: [] },
  ])('$name', ({ points, found }) => {
    expect(backupStuck.find(aContext(seeing({ recoveryPoints: points }))).map(({ id }) => id)).toEqual(found);
  });

  it('is told since the oldest of them', () => {
    const recoveryPoints = [making(7 * HOUR_MS), making(31 * HOUR_MS)];
    expect(backupStuck.find(aContext(seeing({ recoveryPoints })))[0]).toMatchObject({
      measured: 'CREATING for 31 h',
      since: NOW - 31 * HOUR_MS,
    });
  });
});

describe('recovery-points-of-lost-table', () => {
  const ofUsers = dailyRecoveryPoints(3, { tableName: 'Users' });

  it.each([
    { name: 'is found when the table is gone', given: {}, found: ['recovery-points-of-lost-table/Users'] },
    {
      name: 'is not found while the table exists without its tag',
      given: { tableNames: ['Orders', 'Users'] },
      found: [],
    },
    {
      name: 'is not found when the list of tables has a gap',
      given: { gaps: [{ facet: 'table-names' as const, reason: 'denied' }] },
      found: [],
    },
    {
      name: 'is not found when the list of recovery points has a gap',
      given: { gaps: [{ facet: 'recovery-points' as const, reason: 'denied' }] },
      found: [],
    },
    {
      name: 'is found when the table was made again under its name',
      given: {
        tables: [aTable(), aTable({ name: 'Users', details: someDetails('Users', { tableId: 'second' }) })],
        tableNames: ['Orders', 'Users'],
      },
      found: ['recovery-points-of-lost-table/Users'],
    },
    {
      name: 'is not found of a table that was not confirmed',
      given: { tables: [aTable(), aTaggedTable({ name: 'Users' })], tableNames: ['Orders', 'Users'] },
      found: [],
    },
  ])('$name', ({ given, found }) => {
    const context = aContext(seeing({ recoveryPoints: [aRecoveryPoint(), ...ofUsers], ...given }));
    expect(recoveryPointsOfLostTable.find(context).map(({ id }) => id)).toEqual(found);
  });

  it('does not speak of the tables of restore tests', () => {
    const recoveryPoints = [aRecoveryPoint({ tableName: 'awsbackup-restore-test-1' })];
    expect(recoveryPointsOfLostTable.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
  });

  it('lists twenty and counts the rest truthfully', () => {
    const recoveryPoints = dailyRecoveryPoints(27, {
      tableName: 'Users',
      tableId: 'former',
      sizeBytes: 1_500_000,
    });
    const [finding] = recoveryPointsOfLostTable.find(aContext(seeing({ recoveryPoints })));
    expect(finding?.fact).toMatch(
      /^Users was deleted; 27 recovery points of the former table \(41 MB\) are kept: .* and 7 more\.$/,
    );
    expect(finding?.fact.match(/tablekeeper\.prod/g)).toHaveLength(20);
  });
});

describe('recovery-points-without-policy', () => {
  const old = dailyRecoveryPoints(3, { policy: 'old' });

  it.each([
    { name: 'is found of a policy that is gone', given: { recoveryPoints: old }, found: ['old'] },
    {
      name: 'is found of a policy that no longer governs the table',
      given: { tables: [], tableNames: ['Orders'] },
      found: ['standard'],
    },
    { name: 'is not found while the policy governs the table', given: {}, found: [] },
    {
      name: 'is not found of a table that is gone, which is told as lost',
      given: { tables: [], tableNames: [] },
      found: [],
    },
    {
      name: 'is not found when the tags could not be read whole',
      given: { recoveryPoints: old, gaps: [{ facet: 'tags' as const, reason: 'denied' }] },
      found: [],
    },
    {
      name: 'is not found of other instances',
      given: { recoveryPoints: dailyRecoveryPoints(3, { policy: 'old', instance: `${INSTANCE}2` }) },
      found: [],
    },
  ])('$name', ({ given, found }) => {
    const context = aContext(seeing({ recoveryPoints: dailyRecoveryPoints(2), ...given }));
    expect(recoveryPointsWithoutPolicy.find(context).map(({ policy }) => policy)).toEqual(found);
  });

  it('names the policy, the number, the size and the tables', () => {
    const [finding] = recoveryPointsWithoutPolicy.find(aContext(seeing({ recoveryPoints: old })));
    expect(finding?.fact).toBe(
      'There is no policy old any more; 3 recovery points of it (3.0 MB) are kept, of Orders.',
    );
  });

  it('speaks of a policy that is there as one that no longer governs', () => {
    const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'old' })] });
    const [finding] = recoveryPointsWithoutPolicy.find(
      aContext({ ...seeing({ recoveryPoints: old }), policies }),
    );
    expect(finding?.fact).toMatch(/^The policy old no longer governs 1 table; 3 recovery points/);
  });

  it('is not found for the latest slot of a healthy table', () => {
    const recoveryPoints = [aRecoveryPoint({ slot: LATEST_SLOT })];
    expect(recoveryPointsWithoutPolicy.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
  });
});

describe('recovery points that the service has deleted already', () => {
  it('are neither of a lost table nor without a policy', () => {
    const gone = { status: 'deleted', tableId: 'former' } as const;
    const recoveryPoints = [
      aRecoveryPoint(gone),
      aRecoveryPoint({ ...gone, tableName: 'Gone' }),
      aRecoveryPoint({ ...gone, policy: 'retired' }),
    ];
    const context = aContext(seeing({ recoveryPoints }));
    expect(recoveryPointsOfLostTable.find(context)).toEqual([]);
    expect(recoveryPointsWithoutPolicy.find(context)).toEqual([]);
  });
});
