import { describe, expect, it } from 'vitest';
import { coverageDroppedFinder } from '../../../shared/core/findings/coverage-dropped.ts';
import { fromTheFutureFinder } from '../../../shared/core/findings/from-the-future.ts';
import { guardrailRefusalFinder } from '../../../shared/core/findings/guardrail-refusal.ts';
import { observationGapFinder } from '../../../shared/core/findings/observation-gap.ts';
import { tableInaccessibleFinder } from '../../../shared/core/findings/table-inaccessible.ts';
import { unknownPolicyFinder } from '../../../shared/core/findings/unknown-policy.ts';
import { untaggedTablesFinder } from '../../../shared/core/findings/untagged-tables.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Facet, Gap, Observation } from '../../../shared/model/observation.ts';
import type { TableStatus } from '../../../shared/model/table.ts';
import { aContext } from '../../support/check-context.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  NOW,
  someDetails,
  somePolicies,
} from '../../support/world.ts';

const seeing = (observation: Partial<Observation>) => ({ observation: anObservation(observation) });
const someTables = (count: number) =>
  Array.from({ length: count }, (_, at) => aTaggedTable({ name: `T${at}` }));
const gap = (facet: Facet, table?: string): Gap => ({
  facet,
  failure: aFailure('denied'),
  ...(table && { table }),
});

describe('coverage-dropped', () => {
  const remembering = (tables: number) => ({ coverage: { tables, seenAt: NOW - DAY_MS }, pitrBaselines: [] });

  it.each([
    { name: 'no table at all is critical', before: 40, tables: 0, severities: ['critical'] },
    { name: 'exactly half is enough', before: 40, tables: 20, severities: [] },
    { name: 'fewer than half is a warning', before: 40, tables: 19, severities: ['warning'] },
    { name: 'four of six missing is too few to tell', before: 6, tables: 2, severities: [] },
    { name: 'five of seven missing is told', before: 7, tables: 2, severities: ['warning'] },
    { name: 'none after none is critical, too', before: 0, tables: 0, severities: ['critical'] },
    { name: 'more than before is fine', before: 3, tables: 9, severities: [] },
  ])('$name', ({ before, tables, severities }) => {
    const context = aContext({ ...seeing({ tables: someTables(tables) }), memory: remembering(before) });
    expect(coverageDroppedFinder.find(context).map(({ severity }) => severity)).toEqual(severities);
  });

  it('is critical at the very first run when nothing is tagged, and silent when anything is', () => {
    expect(coverageDroppedFinder.find(aContext(seeing({ tables: [] })))[0]).toMatchObject({
      severity: 'critical',
      fact: 'No table opts in by the tag backup:policy, so nothing is backed up.',
      promised: 'at least one',
    });
    expect(coverageDroppedFinder.find(aContext(seeing({ tables: someTables(1) })))).toEqual([]);
  });

  it('is critical when every tagged table opts out, as the state table of this deployment does', () => {
    const tables = [aTaggedTable({ name: 'tablekeeper-prod-state', tags: { 'backup:policy': 'none' } })];
    expect(coverageDroppedFinder.find(aContext(seeing({ tables })))[0]).toMatchObject({
      severity: 'critical',
      measured: '0 tagged tables',
    });
  });

  it('promises one table at least where there was none before', () => {
    const context = aContext({ ...seeing({ tables: [] }), memory: remembering(0) });
    expect(coverageDroppedFinder.find(context)[0]?.promised).toBe('at least one');
  });

  it('is never concluded from a list with a gap', () => {
    expect(coverageDroppedFinder.find(aContext(seeing({ tables: [], gaps: [gap('tags')] })))).toEqual([]);
  });
});

describe('from-the-future', () => {
  const limit = NOW + CLOCK_TOLERANCE_MS;
  it.each([
    { name: 'an event of now is fine', given: { eventTime: NOW }, ids: [] },
    { name: 'an event a tolerance ahead is fine', given: { eventTime: limit }, ids: [] },
    { name: 'an event beyond is found', given: { eventTime: limit + 1 }, ids: ['from-the-future/event'] },
    {
      name: 'a recovery point created a tolerance ahead is fine',
      given: seeing({ recoveryPoints: [aRecoveryPoint({ createdAt: limit })] }),
      ids: [],
    },
    {
      name: "anyone's recovery point created beyond is found",
      given: seeing({ recoveryPoints: [aRecoveryPoint({ createdAt: limit + 1, name: 'mine' })] }),
      ids: ['from-the-future/recovery-points'],
    },
    {
      name: 'a name whose slot comes after its making is found',
      given: seeing({ recoveryPoints: [aRecoveryPoint({ slot: NOW - HOUR_MS, createdAt: NOW - DAY_MS })] }),
      ids: ['from-the-future/names'],
    },
    {
      name: 'a name whose slot comes a tolerance after its making is fine',
      given: seeing({ recoveryPoints: [aRecoveryPoint({ slot: NOW, createdAt: NOW - CLOCK_TOLERANCE_MS })] }),
      ids: [],
    },
    {
      name: "another instance's names are its own affair",
      given: seeing({
        recoveryPoints: [
          aRecoveryPoint({ slot: NOW + DAY_MS, createdAt: NOW - DAY_MS, instance: 'staging' }),
        ],
      }),
      ids: [],
    },
  ])('$name', ({ given, ids }) => {
    expect(fromTheFutureFinder.find(aContext(given)).map(({ id }) => id)).toEqual(ids);
  });
});

describe('from-the-future, of several', () => {
  it('measures by the one that is farthest ahead', () => {
    const ahead = [2, 3, 1].map((hours) =>
      aRecoveryPoint({ id: `${hours}`, name: 'mine', createdAt: NOW + hours * HOUR_MS }),
    );
    const named = [2, 3, 1].map((hours) =>
      aRecoveryPoint({ id: `named ${hours}`, slot: NOW - DAY_MS, createdAt: NOW - DAY_MS - hours * HOUR_MS }),
    );
    const found = fromTheFutureFinder.find(aContext(seeing({ recoveryPoints: [...ahead, ...named] })));
    expect(found.map(({ measured }) => measured)).toEqual(['3 h ahead', 'named 3 h ahead']);
  });

  const named = (tableName: string, nth: number) =>
    aRecoveryPoint({
      id: `${tableName} ${nth}`,
      tableName,
      slot: NOW - DAY_MS + nth * HOUR_MS,
      createdAt: NOW - 3 * DAY_MS,
    });
  const many = Array.from({ length: 25 }, (_, nth) => named('Orders', nth));

  it('names every table, however many names one of them has', () => {
    const recoveryPoints = [...many, named('Parcels', 0)];
    const [found] = fromTheFutureFinder.find(aContext(seeing({ recoveryPoints })));
    expect(found?.fact).toMatch(/kept: Orders: \S+ \(one of 25\)(, | and )Parcels: [^ ]+\.$/);
  });

  it('names the tables whose names people were not told of', () => {
    const told = anOpenFinding({
      id: 'from-the-future/names',
      kind: 'from-the-future',
      toldSubjects: many.map(({ id }) => shortHash(id)),
    });
    const recoveryPoints = [...many, named('Parcels', 0), named('Parcels', 1)];
    const [found] = fromTheFutureFinder.find(
      aContext({ ...seeing({ recoveryPoints }), openFindings: [told] }),
    );
    expect(found?.fact).toMatch(
      / New since the last message: 2 recovery points, Parcels: \S+ \(one of 2\)\.$/,
    );
  });
});

describe('guardrail-refusal', () => {
  it('names counts, shares, limits and the way out', () => {
    const guardrail = {
      digest: 'abc123def456',
      expiries: 45,
      tables: ['Carts', 'Orders', 'Parcels', 'Users'],
      limits: { maxShare: 0.5, floor: 5 },
      excesses: [
        {
          policy: 'standard',
          tables: ['Carts', 'Orders'],
          expiries: 28,
          worst: { table: 'Orders', lost: 20, available: 30 },
        },
        {
          policy: 'weekly',
          tables: ['Users'],
          expiries: 6,
          worst: { table: 'Users', lost: 6, available: 40, reach: 0.834 },
        },
      ],
    };
    expect(guardrailRefusalFinder.find(aContext({ guardrail }))[0]).toMatchObject({
      id: 'guardrail-refusal',
      severity: 'warning',
      fact:
        'The rules would delete 45 recovery points of 4 tables. Over the limit: 20 of 30 recovery points of Orders under standard (67 %), the worst of 2 tables over the limit ' +
        '(28 recovery points in all); 6 of 40 recovery points of Users under weekly, and with them 83 % of how far back they reach; ' +
        "the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted. " +
        'Tables over the limit: Carts, Orders, Users.',
      advice: {
        commands: [
          ['tablekeeper', 'plan'],
          ['tablekeeper', 'run', 'prune', '--approve', 'abc123def456'],
        ],
      },
    });
  });

  it('is of a policy where it is of that one alone', () => {
    const of = (...policies: readonly string[]) => {
      const excesses = policies.map((policy) => ({
        policy,
        tables: ['Orders'],
        expiries: 9,
        worst: { table: 'Orders', lost: 9, available: 9 },
      }));
      const refusal = {
        digest: 'd',
        expiries: 9,
        tables: ['Orders'],
        limits: { maxShare: 0.5, floor: 5 },
        excesses,
      };
      return guardrailRefusalFinder.find(aContext({ guardrail: refusal }))[0];
    };
    expect(of('standard')).toHaveProperty('policy', 'standard');
    expect(of('standard', 'weekly')).not.toHaveProperty('policy');
  });

  it('is not found while nothing is refused', () => {
    expect(guardrailRefusalFinder.find(aContext())).toEqual([]);
  });
});

describe('observation-gap', () => {
  it.each([
    { name: 'a whole list is critical', gaps: [gap('tags')], found: ['observation-gap/tags critical'] },
    {
      name: 'one table is a warning',
      gaps: [gap('pitr', 'Orders')],
      found: ['observation-gap/pitr/Orders warning'],
    },
    {
      name: 'a whole list says more than its tables',
      gaps: [gap('details'), gap('details', 'Orders')],
      found: ['observation-gap/details critical'],
    },
    {
      name: 'over twenty tables are one failure',
      gaps: Array.from({ length: 21 }, (_, at) => gap('details', `T${at}`)),
      found: ['observation-gap/details critical'],
    },
    {
      name: 'exactly twenty are told one by one',
      gaps: Array.from({ length: 20 }, (_, at) => gap('details', `T${at}`)),
      found: Array.from({ length: 20 }, (_, at) => `observation-gap/details/T${at} warning`),
    },
    { name: 'no gap is no finding', gaps: [], found: [] },
    {
      name: 'what waits for its turn in the next run is none',
      gaps: [{ ...gap('pitr', 'Orders'), deferred: true as const }],
      found: [],
    },
  ])('$name', ({ gaps, found }) => {
    const findings = observationGapFinder.find(aContext(seeing({ gaps })));
    expect(findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual(found);
  });

  it("carries the service's own words on one line and cut", () => {
    const gaps = [
      {
        facet: 'tags' as const,
        failure: aFailure(`AccessDenied:\u001b[31m not\nauthorized ${'x'.repeat(500)}`),
      },
    ];
    const [finding] = observationGapFinder.find(aContext(seeing({ gaps })));
    expect(finding?.fact).toMatch(
      /^The list of tagged tables could not be read: AccessDenied: \[31m not authorized x+\.\.\.$/,
    );
    expect(finding?.fact.length).toBeLessThan(600);
  });
});

describe('unknown-policy', () => {
  const tagged = (value: string) => seeing({ tables: [aTable({ tags: { 'backup:policy': value } })] });

  it.each([
    {
      name: 'a slip of the pen gets the nearest name',
      value: 'standrad',
      severity: 'critical',
      fact: 'The tag backup:policy of Orders names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs Orders: it is not backed up.',
    },
    {
      name: 'an empty tag names nothing',
      value: ' ',
      severity: 'critical',
      fact: 'The tag backup:policy of Orders names nothing. No policy governs Orders: it is not backed up.',
    },
    {
      name: 'beside a policy that is known it is a warning',
      value: 'standard+zzzzzzzz',
      severity: 'warning',
      fact: 'The tag backup:policy of Orders names "zzzzzzzz", and no policy is called so. Only standard governs it.',
    },
    {
      name: 'none beside a policy is a contradiction',
      value: 'standard+none',
      severity: 'warning',
      fact: 'The tag backup:policy of Orders says "none" beside other names, which contradict it. Only standard governs it.',
    },
  ])('$name', ({ value, severity, fact }) => {
    expect(unknownPolicyFinder.find(aContext(tagged(value)))[0]).toMatchObject({ severity, fact });
  });

  it.each(['standard', 'none', ' standard '])('%j is no finding', (value) => {
    expect(unknownPolicyFinder.find(aContext(tagged(value)))).toEqual([]);
  });

  it('is not found of a table that was not confirmed, which may be gone', () => {
    const tables = [aTaggedTable({ tags: { 'backup:policy': 'standrad' } })];
    expect(unknownPolicyFinder.find(aContext(seeing({ tables })))).toEqual([]);
  });

  it('quotes and caps what a stranger wrote', () => {
    const [finding] = unknownPolicyFinder.find(aContext(tagged(`say "hi"\n${'y'.repeat(250)}`)));
    expect(finding?.measured).toMatch(/^"say 'hi' y+\.\.\."$/);
    expect(finding?.measured.length).toBeLessThanOrEqual(82);
  });
});

describe('untagged-tables', () => {
  it.each([
    {
      name: 'is found and lists them',
      names: ['Orders', 'B', 'A'],
      found: ['2 tables of 3 are without the tag backup:policy: A, B.'],
    },
    { name: 'is not found when all are tagged', names: ['Orders'], found: [] },
    { name: 'ignores the tables of restore tests', names: ['Orders', 'awsbackup-restore-test-x'], found: [] },
  ])('$name', ({ names, found }) => {
    expect(
      untaggedTablesFinder.find(aContext(seeing({ tableNames: names }))).map(({ fact }) => fact),
    ).toEqual(found);
  });

  it('lists twenty and counts the rest truthfully', () => {
    const tableNames = Array.from({ length: 1_234 }, (_, at) => `T${String(at).padStart(4, '0')}`);
    const [finding] = untaggedTablesFinder.find(aContext(seeing({ tableNames })));
    expect(finding?.fact).toMatch(/^1,234 tables of 1,234 are without .*T0019 and 1,214 more\.$/);
  });

  it.each(['tags', 'table-names'] as const)('is never concluded when %s have a gap', (facet) => {
    expect(untaggedTablesFinder.find(aContext(seeing({ tableNames: ['A'], gaps: [gap(facet)] })))).toEqual(
      [],
    );
  });

  it('counts a table that opted out as tagged', () => {
    const tables = [aTable({ tags: { 'backup:policy': 'none' } })];
    expect(untaggedTablesFinder.find(aContext(seeing({ tables, tableNames: ['Orders'] })))).toEqual([]);
  });
});

describe('table-inaccessible', () => {
  const inState = (status: TableStatus) =>
    seeing({ tables: [aTable({ details: someDetails('Orders', { status }) })] });

  it.each<{ status: TableStatus; found: number }>([
    { status: 'ACTIVE', found: 0 },
    { status: 'ARCHIVED', found: 1 },
    { status: 'ARCHIVING', found: 1 },
    { status: 'CREATING', found: 0 },
    { status: 'DELETING', found: 0 },
    { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', found: 1 },
    { status: 'REPLICATION_NOT_AUTHORIZED', found: 1 },
    { status: 'UPDATING', found: 0 },
  ])('$status: $found', ({ status, found }) => {
    expect(tableInaccessibleFinder.find(aContext(inState(status)))).toHaveLength(found);
  });

  it('is not found of a table that no policy governs', () => {
    const policies = somePolicies({ policies: [aPolicy({ name: 'other' })] });
    expect(tableInaccessibleFinder.find(aContext({ ...inState('ARCHIVED'), policies }))).toEqual([]);
  });
});
