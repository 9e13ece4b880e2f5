import { describe, expect, it } from 'vitest';
import { backupStuckFinder } from '../../../shared/core/findings/backup-stuck.ts';
import { recoveryPointOverdueFinder } from '../../../shared/core/findings/recovery-point-overdue.ts';
import { recoveryPointsOfLostTableFinder } from '../../../shared/core/findings/recovery-points-of-lost-table.ts';
import { recoveryPointsWithoutPolicyFinder } from '../../../shared/core/findings/recovery-points-without-policy.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { DeferralKind, Memory } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { adviceText } from '../../support/advice-text.ts';
import { aContext } from '../../support/check-context.ts';
import { aFailure } from '../../support/failures.ts';
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
const THROTTLED = 'CreateBackup: ThrottlingException';
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
    expect(recoveryPointOverdueFinder.find(context).map(({ severity }) => severity)).toEqual(severities);
  });

  it('is measured by the age of the data and not by its slot', () => {
    const recoveryPoints = [aRecoveryPoint({ slot: NOW - 3 * DAY_MS, createdAt: NOW - HOUR_MS })];
    expect(recoveryPointOverdueFinder.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
  });

  it('tells since when, how old it is, and what was promised', () => {
    const context = aContext(seeing({ recoveryPoints: aged(30 * HOUR_MS) }));
    expect(recoveryPointOverdueFinder.find(context)[0]).toMatchObject({
      id: 'recovery-point-overdue/Orders/standard',
      table: 'Orders',
      policy: 'standard',
      fact: 'The newest recovery point of Orders under standard is of 2026-11-21 23:00 UTC, 30 h old; the policy promises at most 26 h.',
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
      given: { ...none, gaps: [{ facet: 'recovery-points' as const, failure: aFailure('throttled') }] },
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
    expect(recoveryPointOverdueFinder.find(context).map(({ severity }) => severity)).toEqual(severities);
  });

  it('is not found for want of any at the very first run, which comes before any backup could', () => {
    expect(recoveryPointOverdueFinder.find(aContext(seeing(none)))).toEqual([]);
  });
});

describe('why a recovery point is overdue', () => {
  const old = aRecoveryPoint({ slot: NOW - 30 * HOUR_MS, createdAt: NOW - 30 * HOUR_MS });
  const making = aRecoveryPoint({ status: 'creating', createdAt: NOW - MINUTE_MS });
  const failing = anOpenFinding({
    id: 'backups-failing/Orders/standard',
    kind: 'backups-failing',
    cause: 'CreateBackup: AccessDeniedException',
  });
  const before = anOpenFinding({
    id: 'recovery-point-overdue/Orders/standard',
    kind: 'recovery-point-overdue',
    cause: THROTTLED,
  });
  const putOff = (
    cause: string,
    kind: DeferralKind = 'throttled',
    agoMs = HOUR_MS,
    table = 'Orders',
  ): Memory => ({
    ...REMEMBERED,
    deferred: {
      deferredAt: NOW - agoMs,
      deferrals: [
        { kind, cause, backups: 300, since: NOW - agoMs - HOUR_MS, marks: [shortHash(table, 'standard')] },
      ],
    },
  });

  it.each([
    {
      name: 'is not known',
      given: {},
      cause: 'no backup was made',
      says: /at most 26 h\.$/,
      advises: 'run backup',
    },
    {
      name: 'is that AWS throttled the last backup run',
      given: { memory: putOff(THROTTLED) },
      cause: THROTTLED,
      says: /The backup run of 2026-11-23 04:00 UTC had to put off 300 backups: CreateBackup: ThrottlingException\. So did every run since 2026-11-23 03:00 UTC\.$/,
      advises: 'AttributeKey=EventName,AttributeValue=CreateBackup',
    },
    {
      name: 'is that the last backup run had no time left for it',
      given: { memory: putOff('the run had no time left', 'out-of-time') },
      cause: 'the run had no time left',
      says: /put off 300 backups: the run had no time left\./,
      advises: 'backupRate',
    },
    {
      name: 'is that AWS put it off for the state of the table',
      given: { memory: putOff('CreateBackup: TableInUseException', 'other') },
      cause: 'CreateBackup: TableInUseException',
      says: /put off 300 backups: CreateBackup: TableInUseException\./,
      advises: 'describe-table',
    },
    {
      name: 'is not what another table was put off for',
      given: { memory: putOff(THROTTLED, 'throttled', HOUR_MS, 'Users') },
      cause: 'no backup was made',
      says: /at most 26 h\.$/,
      advises: 'run backup',
    },
    {
      name: 'is not what a run of more than a day ago was told',
      given: { memory: putOff(THROTTLED, 'throttled', DAY_MS + 1) },
      cause: 'no backup was made',
      says: /at most 26 h\.$/,
      advises: 'run backup',
    },
    {
      name: 'is that its backups fail, whatever was put off',
      given: { memory: putOff(THROTTLED), openFindings: [failing] },
      cause: 'CreateBackup: AccessDeniedException',
      says: /Its backups fail: CreateBackup: AccessDeniedException\.$/,
      advises: 'run backup',
    },
    {
      name: 'stays what it was while one is being made',
      given: { recoveryPoints: [old, making], openFindings: [before] },
      cause: THROTTLED,
      says: /One is being made since 2026-11-23 04:59 UTC\.$/,
      advises: 'Nothing has to be done',
    },
    {
      name: 'is that one is only now being made',
      given: { recoveryPoints: [old, making] },
      cause: 'one is being made',
      says: /One is being made since/,
      advises: 'Nothing has to be done',
    },
  ])('$name', ({ given, cause, says, advises }) => {
    const { recoveryPoints = [old], memory = REMEMBERED, openFindings = [] } = given;
    const context = aContext({ ...seeing({ recoveryPoints }), memory, openFindings });
    const [finding] = recoveryPointOverdueFinder.find(context);
    expect(finding?.cause).toBe(cause);
    expect(finding?.fact).toMatch(says);
    expect(adviceText(finding?.advice)).toContain(advises);
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
      name: 'is one finding for each table and for each policy',
      points: [
        making(7 * HOUR_MS),
        making(7 * HOUR_MS, { policy: 'retired' }),
        making(7 * HOUR_MS, { tableName: 'Users' }),
      ],
      found: ['backup-stuck/Orders/retired', 'backup-stuck/Orders/standard', 'backup-stuck/Users/standard'],
    },
    {
      name: 'is not found of an available one',
      points: [making(7 * HOUR_MS, { status: 'available' })],
      found: [],
    },
    { name: "is not found of a person's own", points: [making(7 * HOUR_MS, { name: 'mine' })], found: [] },
  ])('$name', ({ points, found }) => {
    expect(backupStuckFinder.find(aContext(seeing({ recoveryPoints: points }))).map(({ id }) => id)).toEqual(
      found,
    );
  });

  it('is told since the oldest of them', () => {
    const recoveryPoints = [making(7 * HOUR_MS), making(31 * HOUR_MS)];
    expect(backupStuckFinder.find(aContext(seeing({ recoveryPoints })))[0]).toMatchObject({
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
      given: { gaps: [{ facet: 'table-names' as const, failure: aFailure('denied') }] },
      found: [],
    },
    {
      name: 'is not found when the list of recovery points has a gap',
      given: { gaps: [{ facet: 'recovery-points' as const, failure: aFailure('denied') }] },
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
    expect(recoveryPointsOfLostTableFinder.find(context).map(({ id }) => id)).toEqual(found);
  });

  it('does not speak of the tables of restore tests', () => {
    const recoveryPoints = [aRecoveryPoint({ tableName: 'awsbackup-restore-test-1' })];
    expect(recoveryPointsOfLostTableFinder.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
  });

  it('names the newest three, which somebody may want to restore, and counts them all', () => {
    const recoveryPoints = dailyRecoveryPoints(27, {
      tableName: 'Users',
      tableId: 'former',
      sizeBytes: 1_500_000,
    });
    const [finding] = recoveryPointsOfLostTableFinder.find(aContext(seeing({ recoveryPoints })));
    expect(finding?.fact).toBe(
      'Users was deleted; 27 recovery points of the former table (41 MB) are kept, the newest: ' +
        'tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, ' +
        'tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC, ' +
        'tablekeeper.prod.standard.20261121T030000Z of 2026-11-21 03:01 UTC.',
    );
  });
});

describe('recovery-points-without-policy', () => {
  const old = dailyRecoveryPoints(3, { policy: 'old' });

  it.each([
    { name: 'is found of a policy that is gone', given: { recoveryPoints: old }, found: ['old'] },
    {
      name: 'is found of a policy that the table opted out of',
      given: { tables: [aTable({ tags: { 'backup:policy': 'none' } })] },
      found: ['standard'],
    },
    {
      name: 'is not found of a table that lost the policy, which is reported as that',
      given: { tables: [], tableNames: ['Orders'] },
      found: [],
    },
    { name: 'is not found while the policy governs the table', given: {}, found: [] },
    {
      name: 'is not found of a table that is gone, which is told as lost',
      given: { tables: [], tableNames: [] },
      found: [],
    },
    {
      name: 'is not found when the tags could not be read whole',
      given: { recoveryPoints: old, gaps: [{ facet: 'tags' as const, failure: aFailure('denied') }] },
      found: [],
    },
    {
      name: 'is not found of other instances',
      given: { recoveryPoints: dailyRecoveryPoints(3, { policy: 'old', instance: `${INSTANCE}2` }) },
      found: [],
    },
  ])('$name', ({ given, found }) => {
    const context = aContext(seeing({ recoveryPoints: dailyRecoveryPoints(2), ...given }));
    expect(recoveryPointsWithoutPolicyFinder.find(context).map(({ policy }) => policy)).toEqual(found);
  });

  it('names the policy, the number, the size and the tables', () => {
    const [finding] = recoveryPointsWithoutPolicyFinder.find(aContext(seeing({ recoveryPoints: old })));
    expect(finding?.fact).toBe(
      'The policy file has no policy old; 3 recovery points with its name (3.0 MB) are kept, of Orders.',
    );
  });

  it('claims of a policy that is there neither that it governed before nor that it should', () => {
    const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'old' })] });
    const [finding] = recoveryPointsWithoutPolicyFinder.find(
      aContext({ ...seeing({ recoveryPoints: old }), policies }),
    );
    expect(finding?.fact).toMatch(/^1 table is not governed by the policy old; 3 recovery points/);
    expect(adviceText(finding?.advice)).not.toMatch(/bring|tag-resource/i);
  });

  it('is not found for the latest slot of a healthy table', () => {
    const recoveryPoints = [aRecoveryPoint({ slot: LATEST_SLOT })];
    expect(recoveryPointsWithoutPolicyFinder.find(aContext(seeing({ recoveryPoints })))).toEqual([]);
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
    expect(recoveryPointsOfLostTableFinder.find(context)).toEqual([]);
    expect(recoveryPointsWithoutPolicyFinder.find(context)).toEqual([]);
  });
});
