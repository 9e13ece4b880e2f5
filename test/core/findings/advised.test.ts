import { describe, expect, it } from 'vitest';
import { toldNews } from '../../../shared/core/alert/groups.ts';
import { findingsOfOutcomes } from '../../../shared/core/findings/find.ts';
import { tablesDeleted } from '../../../shared/core/findings/table-deleted-finding.ts';
import type { ToldFinding } from '../../../shared/model/alert-message.ts';
import type { Finding, FindingKind } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Memory, Protection } from '../../../shared/model/memory.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { exampleOf } from '../../messages/examples.ts';
import { adviceText } from '../../support/advice-text.ts';
import { aCreate, anOutcome, aRepair } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { aCallFailure } from '../../support/failures.ts';
import { findingsOf } from '../../support/find.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import {
  anObservation,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  NO_MEMORY,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
  TARGET,
  tableIdOf,
} from '../../support/world.ts';

// What is advised for one table is said of another only where it is the same but for the name. Each kind that advises a table is found on
// 24 tables here: four for each of six tags.

const POLICIES = somePolicies({
  policies: [
    aPolicyWithoutPitr({ name: 'archive' }),
    aPolicy({ name: 'critical' }),
    aPolicy({ name: 'mended', pitr: { recoveryPeriodDays: 35, onDrift: 'repair' } }),
    aPolicy({ name: 'standard', pitr: { recoveryPeriodDays: 7, onDrift: 'alert' } }),
  ],
});

const TAGS = ['archive', 'archive+critical', 'critical', 'mended', 'standard', 'archive+standard'] as const;

interface Place {
  readonly name: string;
  readonly names: readonly string[];
}

const PLACES: readonly Place[] = Array.from({ length: 24 }, (_, at) => ({
  name: `Table-${String(at).padStart(2, '0')}`,
  names: (TAGS[at % TAGS.length] ?? '').split('+'),
}));

const promisesPitr = ({ names }: Place): boolean => names.join() !== 'archive';

type Made = (place: Place) => Partial<TaggedTable>;

const tagOf = ({ names }: Place): string => names.join('+');

const pointsOf = ({ name, names }: Place, ageMs: number) =>
  names.map((policy) =>
    aRecoveryPoint({ tableName: name, policy, createdAt: NOW - ageMs, slot: NOW - ageMs }),
  );

type More = Parameters<typeof aContext>[0];

const seen = (made: Made, more: More & { readonly ageMs?: number } = {}): readonly Finding[] => {
  const { ageMs = HOUR_MS, ...given } = more;
  const tables = PLACES.map((place) =>
    aTable({ name: place.name, tags: { 'backup:policy': tagOf(place) }, ...made(place) }),
  );
  return findingsOf(
    aContext({
      policies: POLICIES,
      observation: anObservation({
        tables,
        recoveryPoints: PLACES.flatMap((place) => pointsOf(place, ageMs)),
      }),
      ...given,
    }),
  );
};

const repairs = PLACES.filter(({ names }) => names.includes('mended')).map(({ name }) =>
  aRepair({ table: name }),
);

const remembered = (extra: Partial<Protection['promises'][number]>): Memory => ({
  coverage: { tables: PLACES.length, seenAt: NOW - HOUR_MS },
  pitrBaselines: [],
  protections: PLACES.map(({ name, names }) => ({
    table: name,
    promises: names.map((policy) => ({
      name: policy,
      rpoMs: 26 * HOUR_MS,
      ...(policy !== 'archive' && { pitrDays: policy === 'standard' ? 7 : 35 }),
      ...extra,
    })),
  })),
});

const lost = (): readonly Finding[] =>
  findingsOf(
    aContext({
      policies: POLICIES,
      observation: anObservation({
        tables: [aTable({ name: 'Other', tags: { 'backup:policy': 'archive' } })],
        tableNames: [...PLACES.map(({ name }) => name), 'Other'].toSorted(),
        recoveryPoints: [],
        formerTables: PLACES.map(({ name }, at) => ({
          name,
          tags: {},
          details: someDetails(name),
          pitr: at < 12 ? PITR_OFF : aPitr(),
        })),
      }),
      memory: remembered({}),
    }),
  );

const deleted = (): readonly Finding[] =>
  tablesDeleted(
    PLACES.map((place, at) => ({
      name: place.name,
      wasGoverned: true,
      points: [aRecoveryPoint({ tableName: place.name, id: `arn:aws:dynamodb:backup/${at}` })],
      systemBackups: [],
      policies: place.names,
    })),
    [],
    { target: TARGET, now: NOW, memory: NO_MEMORY, policies: POLICIES },
  );

const attempted = (): readonly Finding[] =>
  findingsOfOutcomes({
    outcomes: PLACES.flatMap(({ name }) => [
      anOutcome(aCreate({ table: name }), 'failed', aCallFailure('CreateBackup', 'LimitExceededException')),
      anOutcome(
        aRepair({ table: name }),
        'failed',
        aCallFailure('UpdateContinuousBackups', 'InternalServerError'),
      ),
    ]),
    openFindings: [],
    policies: POLICIES,
    now: NOW,
  });

const baselines: Memory = {
  pitrBaselines: PLACES.map(({ name }) => ({
    table: name,
    tableId: tableIdOf(name),
    earliestRestorableAt: NOW - 40 * DAY_MS,
    recoveryPeriodDays: 35,
  })),
};

const all = (): readonly Place[] => PLACES;
const promised = (): readonly Place[] => PLACES.filter(promisesPitr);

/** Kinds that are of a table, and whose advice names it. */
const OF_A_TABLE: Readonly<
  Partial<Record<FindingKind, readonly [() => readonly Finding[], () => readonly Place[]]>>
> = {
  'backup-stuck': [
    () =>
      findingsOf(
        aContext({
          policies: POLICIES,
          observation: anObservation({
            tables: PLACES.map(({ name, names }) =>
              aTable({ name, tags: { 'backup:policy': names.join('+') } }),
            ),
            recoveryPoints: PLACES.flatMap((place) => pointsOf(place, 8 * HOUR_MS)).map((point) => ({
              ...point,
              status: 'creating' as const,
            })),
          }),
        }),
      ),
    all,
  ],
  'backups-failing': [attempted, all],
  'hold-unclear': [
    () => seen((place) => ({ tags: { 'backup:policy': tagOf(place), 'backup:hold': 'please' } })),
    all,
  ],
  'mute-refused': [
    () => seen((place) => ({ tags: { 'backup:policy': tagOf(place), 'backup:mute-until': 'soon' } })),
    all,
  ],
  muted: [
    () => seen((place) => ({ tags: { 'backup:policy': tagOf(place), 'backup:mute-until': '2026-12-01' } })),
    all,
  ],
  'no-longer-protected': [lost, all],
  'pitr-off': [() => seen(() => ({ pitr: PITR_OFF }), { plannedRepairs: repairs }), promised],
  'pitr-repair-failing': [attempted, all],
  'pitr-window-restarted': [
    () => seen(() => ({ pitr: aPitr({ earliestRestorableAt: NOW - HOUR_MS }) }), { memory: baselines }),
    promised,
  ],
  'pitr-window-short': [
    () => seen(() => ({ pitr: aPitr({ recoveryPeriodDays: 5 }) }), { plannedRepairs: repairs }),
    promised,
  ],
  'protection-changed': [
    () => seen(() => ({ tags: { 'backup:policy': 'none' } }), { memory: remembered({}) }),
    all,
  ],
  'recovery-point-overdue': [() => seen(() => ({}), { ageMs: 40 * HOUR_MS }), all],
  'recovery-points-of-lost-table': [
    () =>
      findingsOf(
        aContext({
          policies: POLICIES,
          observation: anObservation({
            tableNames: ['Orders'],
            recoveryPoints: PLACES.flatMap((place) => pointsOf(place, HOUR_MS)),
          }),
        }),
      ),
    all,
  ],
  'restorable-lag': [
    () => seen(() => ({ pitr: aPitr({ latestRestorableAt: NOW - 50 * MINUTE_MS }) })),
    promised,
  ],
  'table-deleted': [deleted, all],
  'table-inaccessible': [
    () =>
      seen(({ name }) => ({
        details: someDetails(name, { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }),
      })),
    all,
  ],
  'unknown-policy': [() => seen((place) => ({ tags: { 'backup:policy': `${tagOf(place)}+gold` } })), all],
};

/** What it says of a table of another name: in this world no name is part of a word. */
const template = ({ advice, table = '-' }: Finding): string => adviceText(advice).replaceAll(table, 'NAME');

const told = (findings: readonly Finding[]): readonly ToldFinding[] =>
  toldNews({
    opened: findings.map((finding) => ({ ...finding, openedAt: NOW })),
    worsened: [],
    reminders: [],
    resolved: [],
  }).opened;

const tablesIn = ({ fact }: ToldFinding): readonly string[] => fact.split('. ')[0]?.split(/, /) ?? [];

describe.each(FINDING_KINDS)('%s', (kind) => {
  const world = OF_A_TABLE[kind];

  if (world === undefined) {
    it('advises nothing that depends on a table, or marks what it advises', () => {
      const { advice, table, remedy } = exampleOf(kind);
      const isMarked = table === undefined || !adviceText(advice).includes(table) || remedy !== undefined;
      expect(isMarked, 'its advice names its table: write it with advisedFor, as its neighbours do').toBe(
        true,
      );
    });
    return;
  }

  const [find, places] = world;
  const findings = find().filter((finding) => finding.kind === kind);

  it('is found on each table of its world', () => {
    expect([...new Set(findings.map(({ table }) => table))].toSorted()).toEqual(
      places()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('has one remedy where the advice is the same but for the name, and there alone', () => {
    for (const one of findings) {
      expect(one.remedy).toBeDefined();
      for (const other of findings)
        expect(one.remedy === other.remedy).toBe(template(one) === template(other));
    }
  });

  it('says of each that it needs the same only where it does', () => {
    const claims = told(findings).filter(({ advice }) =>
      adviceText(advice).includes('each of the others needs the same'),
    );
    for (const claim of claims) {
      const named = new Set(tablesIn(claim));
      const [first] = adviceText(claim.advice).split('\nThis is for ');
      const alike = findings.filter(({ table = '' }) => named.has(table)).map(template);
      expect(named.size).toBeGreaterThan(0);
      const example = /This is for (\S+), as/.exec(adviceText(claim.advice))?.[1] ?? '-';
      expect(new Set(alike)).toEqual(new Set([first?.replaceAll(example, 'NAME')]));
    }
  });
});

describe('what is told of tables that need different things', () => {
  it('is an entry for each tag that was lost', () => {
    const entries = told(lost().filter(({ kind }) => kind === 'no-longer-protected'));
    expect(entries.length).toBeLessThanOrEqual(10);
  });

  it('is one entry where each needs its own, with what each needs', () => {
    const entries = told(deleted());
    expect(entries).toHaveLength(1);
    const [entry] = entries;
    expect(adviceText(entry?.advice)).not.toContain('each of the others needs the same');
    for (const { name } of PLACES.slice(0, 20)) expect(adviceText(entry?.advice)).toContain(`${name}=arn:`);
    expect(adviceText(entry?.advice)).toContain('and 4 more');
  });

  it('says of PITR which is switched on by the run, and to how many days the rest is to be set', () => {
    const off = seen(() => ({ pitr: PITR_OFF }), { plannedRepairs: repairs });
    const entries = told(off.filter(({ kind }) => kind === 'pitr-off'));
    expect(entries.map(({ count }) => count)).toEqual(expect.arrayContaining([4, 8, 8]));
    const repaired = entries.filter(({ advice }) => advice.say.includes('this one switches it on'));
    expect(repaired.flatMap(tablesIn)).toEqual(repairs.map(({ table }) => table));
    expect(adviceText(repaired[0]?.advice)).not.toContain('update-continuous-backups');
  });
});

describe('what an older version wrote down', () => {
  it('is never said to need the same', () => {
    const older = lost()
      .filter(({ kind }) => kind === 'no-longer-protected')
      .map(({ remedy: _, needs: _needs, ...finding }) => finding);
    const entries = told(older);
    expect(entries.map(({ advice }) => adviceText(advice)).join()).not.toContain('needs the same');
    expect(entries.length).toBeLessThanOrEqual(10 * new Set(older.map(({ severity }) => severity)).size);
  });
});

describe('the tag that a table had', () => {
  const changedTo = (now: string, protection: Omit<Protection, 'table'>): string => {
    const findings = findingsOf(
      aContext({
        policies: POLICIES,
        observation: anObservation({ tables: [aTable({ tags: { 'backup:policy': now } })] }),
        memory: {
          coverage: { tables: 1, seenAt: NOW - HOUR_MS },
          pitrBaselines: [],
          protections: [{ table: 'Orders', ...protection }],
        },
      }),
    );
    return adviceText(findings.find(({ kind }) => kind === 'protection-changed')?.advice);
  };
  const critical = { name: 'critical', rpoMs: 26 * HOUR_MS };
  const archive = { name: 'archive', rpoMs: 26 * HOUR_MS };
  const gone = { until: NOW - HOUR_MS, replaced: true as const };

  it.each([
    { name: 'alone', now: 'archive', was: { promises: [critical] }, value: 'critical' },
    {
      name: 'beside what stayed',
      now: 'archive+standard',
      was: { promises: [archive, critical] },
      value: 'archive+critical',
    },
    {
      name: 'as an earlier run wrote it down',
      now: 'archive',
      was: { promises: [archive, { ...critical, ...gone }], namedBefore: ['critical'] },
      value: 'critical',
    },
    {
      name: 'without what is no policy any more',
      now: 'archive',
      was: { promises: [critical, { ...critical, name: 'gold' }] },
      value: 'critical',
    },
  ])('is what is advised: $name', ({ now, was, value }) => {
    const advice = changedTo(now, was);
    expect(advice).toContain('set the tag to what it named before:');
    expect(advice).toMatch(new RegExp(`Value=${value.replace('+', '\\+')}$`));
  });

  it('is not claimed where an older version saw it go', () => {
    const advice = changedTo('archive', { promises: [archive, { ...critical, ...gone }] });
    expect(advice).toContain('name in it what the table needs; it named critical:');
    expect(advice).toMatch(/Value=POLICY$/);
  });
});

describe('a table that lost two policies', () => {
  const advices = (names: readonly string[], tags: Readonly<Record<string, string>>): readonly string[] => {
    const isTagged = Object.keys(tags).length > 0;
    const former = { name: 'Orders', tags: {}, details: someDetails('Orders'), pitr: PITR_OFF };
    const findings = findingsOf(
      aContext({
        policies: POLICIES,
        observation: anObservation({
          tables: isTagged ? [aTable({ tags })] : [],
          tableNames: ['Orders'],
          ...(!isTagged && { formerTables: [former] }),
        }),
        memory: {
          coverage: { tables: 1, seenAt: NOW - HOUR_MS },
          pitrBaselines: [],
          protections: [
            {
              table: 'Orders',
              promises: names.map((name) => ({
                name,
                rpoMs: 26 * HOUR_MS,
                pitrDays: name === 'standard' ? 7 : 35,
              })),
            },
          ],
        },
      }),
    );
    return findings
      .filter(({ kind }) => kind === 'no-longer-protected')
      .map(({ advice }) => adviceText(advice));
  };

  it('gets one tag and the longest period from both findings', () => {
    const both = advices(['critical', 'standard'], {});
    expect(both).toHaveLength(2);
    for (const advice of both) {
      expect(advice).toContain('Value=critical+standard');
      expect(advice).toContain('RecoveryPeriodInDays=35');
    }
  });

  it('keeps what its tag gives up, and may give both up', () => {
    const both = advices(['archive', 'critical', 'standard'], { 'backup:policy': 'archive+mended=none' });
    expect(both).toHaveLength(2);
    for (const advice of both) {
      expect(advice).toContain('Value=archive+critical+mended=none+standard');
      expect(advice).toContain('Value=archive+critical=none+mended=none+standard=none');
    }
  });
});
