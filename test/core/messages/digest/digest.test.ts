import { describe, expect, it } from 'vitest';
import { type DigestInput, digestMemory, digestOf } from '../../../../shared/core/messages/digest/digest.ts';
import { sceneFor } from '../../../../shared/core/plan/confirm.ts';
import { shortHash } from '../../../../shared/core/text/digest.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/model/instant.ts';
import type { DigestMemory } from '../../../../shared/model/memory.ts';
import type { Observation } from '../../../../shared/model/observation.ts';
import { plan } from '../../../support/decide-plan.ts';
import { aDrill, aDrillState, drilledPolicies } from '../../../support/drills.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  dailyRecoveryPoints,
  INSTANCE,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  PITR_OFF,
  somePolicies,
} from '../../../support/world.ts';

const NO_PLAN = { plannedAt: NOW, retention: [], verdicts: [] };

const digestWith = (overrides: Partial<Observation> = {}, rest: Partial<DigestInput> = {}) => {
  const observation = anObservation(overrides);
  const policies = rest.policies ?? somePolicies();
  const input = {
    policies,
    instance: INSTANCE,
    observation,
    memory: NO_MEMORY,
    openFindings: [],
    mode: 'audit' as const,
    now: NOW,
  };
  return digestOf({ ...input, plan: plan(input), scene: sceneFor(input), findings: [], ...rest });
};

const lineWith = (overrides: Partial<Observation>, rest: Partial<DigestInput> = {}) =>
  digestWith(overrides, rest).tables[0];

describe('the line of a table in a digest', () => {
  it('tells its policies, its window, and its recovery points', () => {
    expect(lineWith({ recoveryPoints: dailyRecoveryPoints(5) })).toEqual({
      table: 'Orders',
      status: 'protected',
      policies: ['standard'],
      window: { kind: 'open', earliestAt: NOW - 35 * DAY_MS, latestAt: NOW - 5 * 60_000 },
      recoveryPoints: 5,
      lockedPoints: 0,
      recoveryPointBytes: 5_000_000,
      oldestAt: LATEST_SLOT - 4 * DAY_MS + 60_000,
      newestAt: LATEST_SLOT + 60_000,
      tableBytes: 1_000_000,
      ifLost: {
        back: { to: NOW - 5 * 60_000, from: 'point-in-time' },
        expected: { kind: 'unknown' },
        cost: expect.objectContaining({ kind: 'known', sizeBytes: 1_000_000 }),
      },
    });
  });

  it.each([
    { name: 'is off', table: aTable({ pitr: PITR_OFF }), kind: 'off' },
    {
      name: 'was switched off a moment ago',
      table: aTable({ pitr: aPitr({ enabled: false }) }),
      kind: 'off',
    },
    { name: 'was not read', table: aTaggedTable(), kind: 'not-read' },
    {
      name: 'is there before its first moment is known',
      table: aTable({ pitr: { enabled: true, latestRestorableAt: NOW } }),
      kind: 'off',
    },
    {
      name: 'is there before its last moment is known',
      table: aTable({ pitr: { enabled: true, earliestRestorableAt: NOW } }),
      kind: 'off',
    },
    { name: 'is open', table: aTable({ pitr: aPitr() }), kind: 'open' },
  ])('says of a window that it $name', ({ table, kind }) => {
    expect(lineWith({ tables: [table] })?.window.kind).toBe(kind);
  });

  it('says what would become of it, as a status does', () => {
    const drills = [aDrillState({ past: [aDrill()] })];
    const line = lineWith({ drills, tables: [aTable({ pitr: PITR_OFF })] }, { policies: drilledPolicies() });
    expect(line?.ifLost).toMatchObject({
      back: { from: 'recovery-point' },
      expected: { kind: 'own-table', count: 1 },
      cost: { kind: 'known' },
      proof: { level: 'restored', from: 'recovery-point' },
    });
  });

  it('says of a window that nobody promised it', () => {
    const policies = somePolicies({ policies: [aPolicyWithoutPitr()] });
    expect(lineWith({ tables: [aTaggedTable()] }, { policies })?.window.kind).toBe('not-promised');
  });

  it('says of a window that it was not read where one of two policies promises it', () => {
    const policies = somePolicies({ policies: [aPolicy(), aPolicyWithoutPitr({ name: 'offsite' })] });
    const table = aTaggedTable({ tags: { 'backup:policy': 'offsite+standard' } });
    expect(lineWith({ tables: [table] }, { policies })).toMatchObject({
      policies: ['offsite', 'standard'],
      window: { kind: 'not-read' },
    });
  });

  it.each([
    { name: 'those still being made', points: [aRecoveryPoint({ status: 'creating' })] },
    { name: "another deployment's", points: [aRecoveryPoint({ instance: 'test' })] },
    { name: "another table's", points: [aRecoveryPoint({ tableName: 'Users' })] },
    { name: "a former table's of that name", points: [aRecoveryPoint({ tableId: 'former' })] },
    { name: "a person's", points: [aRecoveryPoint({ name: 'by-hand' })] },
  ])('does not count $name', ({ points }) => {
    const line = lineWith({ recoveryPoints: points });
    expect(line?.recoveryPoints).toBe(0);
    expect(line).not.toHaveProperty('newestAt');
  });
});

describe('a digest', () => {
  it('tells the worst tables first, and which have no tag or opted out', () => {
    const digest = digestWith({
      tables: [
        aTable({ name: 'Fine' }),
        aTable({ name: 'Lost', pitr: PITR_OFF }),
        aTable({ name: 'Scratch', tags: { 'backup:policy': 'none' } }),
      ],
      tableNames: ['Fine', 'Forgotten', 'Lost', 'Scratch', 'awsbackup-restore-test-1'],
      recoveryPoints: [aRecoveryPoint({ tableName: 'Fine' })],
    });
    expect(digest.tables.map(({ table, status }) => [table, status])).toEqual([
      ['Lost', 'unprotected'],
      ['Fine', 'protected'],
    ]);
    expect(digest.untagged).toEqual(['Forgotten']);
    expect(digest.optedOut).toEqual(['Scratch']);
  });

  it('tells of tables that stand alike by name', () => {
    const standing = {
      D: 'protected',
      C: 'unknown',
      B: 'at-risk',
      A: 'protected',
      E: 'unprotected',
    } as const;
    const verdicts = Object.entries(standing).map(([table, status]) => ({ table, status, reason: '' }));
    const tables = Object.keys(standing).map((name) => aTable({ name }));
    const digest = digestWith({ tables }, { plan: { ...NO_PLAN, verdicts } });
    expect(digest.tables.map(({ table, status }) => `${table} ${status}`)).toEqual([
      'E unprotected',
      'B at-risk',
      'C unknown',
      'A protected',
      'D protected',
    ]);
  });

  it('says nothing of tables without a tag where nobody knows all names', () => {
    const { tableNames: _, ...observation } = anObservation();
    const input = { policies: somePolicies(), instance: INSTANCE, observation, memory: NO_MEMORY, now: NOW };
    const scene = sceneFor({ ...input, mode: 'audit', openFindings: [] });
    expect(digestOf({ ...input, scene, plan: NO_PLAN, findings: [] })).not.toHaveProperty('untagged');
  });

  it('sums the sizes of tables, unless one of them could not be read', () => {
    const tables = [aTable({ name: 'A' }), aTable({ name: 'B' })];
    expect(digestWith({ tables }).tableBytes).toBe(2_000_000);
    expect(digestWith({ tables: [...tables, aTaggedTable({ name: 'C' })] })).not.toHaveProperty('tableBytes');
  });

  const last: DigestMemory = {
    digestedSlot: NOW - 7 * DAY_MS,
    sentAt: NOW - 7 * DAY_MS,
    recoveryPointBytes: 0,
  };
  const failing = anOpenFinding({ id: 'backups-failing/A/standard', kind: 'backups-failing' });

  it.each([
    { name: 'of backups that is open', finding: failing, failures: 1 },
    { name: 'of expiries', finding: { ...failing, kind: 'expiries-failing' as const }, failures: 1 },
    { name: 'of repairs', finding: { ...failing, kind: 'pitr-repair-failing' as const }, failures: 1 },
    { name: 'that is over', finding: { ...failing, resolvedAt: NOW - HOUR_MS }, failures: 1 },
    {
      name: 'of before the last digest not',
      finding: { ...failing, openedAt: NOW - 8 * DAY_MS },
      failures: 0,
    },
    { name: 'that the last digest told not', finding: { ...failing, openedAt: last.sentAt }, failures: 0 },
    { name: 'is no finding of another kind', finding: anOpenFinding(), failures: 0 },
  ])('tells a failure $name', ({ finding, failures }) => {
    expect(digestWith({}, { findings: [finding], last }).failures).toHaveLength(failures);
  });

  it('tells failures and what is open by id', () => {
    const findings = ['C', 'A', 'B'].map((id) => ({ ...failing, id }));
    const { failures, openFindings } = digestWith({}, { findings });
    expect(failures.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(openFindings.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
  });

  it('tells what grew where the last one remembered sizes', () => {
    expect(digestWith({}, { last: { ...last, sizes: { [shortHash('Orders')]: 400_000 } } }).growth).toEqual({
      grown: [{ table: 'Orders', bytesBefore: 400_000, bytes: 1_000_000 }],
      shrunk: [],
      added: [],
    });
    expect(digestWith({}, { last })).not.toHaveProperty('growth');
  });

  it('counts as open what is not over', () => {
    const findings = [failing, { ...anOpenFinding(), resolvedAt: NOW }];
    expect(digestWith({}, { findings }).openFindings).toEqual([failing]);
  });

  it('leaves the next one what it measured', () => {
    expect(digestMemory(digestWith(), LATEST_SLOT, NOW)).toEqual({
      digestedSlot: LATEST_SLOT,
      sentAt: NOW,
      tableBytes: 1_000_000,
      recoveryPointBytes: 1_000_000,
      sizes: { [shortHash('Orders')]: 1_000_000 },
    });
    const unread = digestWith({ tables: [aTaggedTable()] });
    expect(digestMemory(unread, LATEST_SLOT, NOW)).toStrictEqual({
      digestedSlot: LATEST_SLOT,
      sentAt: NOW,
      recoveryPointBytes: 1_000_000,
      sizes: { [shortHash('Orders')]: null },
    });
  });

  it('is the same when the observation comes in another order', () => {
    const tables = ['A', 'B', 'C'].map((name) => aTable({ name }));
    const recoveryPoints = tables.map(({ name }) => aRecoveryPoint({ tableName: name }));
    expect(digestWith({ tables: tables.toReversed(), recoveryPoints: recoveryPoints.toReversed() })).toEqual(
      digestWith({ tables, recoveryPoints }),
    );
  });
});
