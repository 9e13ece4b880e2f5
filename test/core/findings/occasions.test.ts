import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../shared/core/findings/context.ts';
import { findingsOf, keptByFindings } from '../../../shared/core/findings/find.ts';
import type { Finder } from '../../../shared/core/findings/kind.ts';
import { OBSERVED_KINDS } from '../../../shared/core/findings/kinds.ts';
import type { FindingKind } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Memory, Protection } from '../../../shared/model/memory.ts';
import { contextOf } from '../../messages/examples.ts';
import { aContext } from '../../support/check-context.ts';
import { FINDERS } from '../../support/find.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aRecoveryPoint,
  aTable,
  LATEST_SLOT,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aWorld } from '../plan/random-worlds.ts';

const WITH = { kinds: FINDERS };

/** The same finders, each of which is asked in every run. */
const ALWAYS = {
  kinds: FINDERS.map(({ occasion: _, ...finder }): Finder => finder),
};

const OCCASIONAL = FINDERS.filter(({ occasion }) => occasion !== undefined);

const promised = (table: string, pitrDays?: number): Protection => ({
  table,
  promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, ...(pitrDays !== undefined && { pitrDays }) }],
});

const remembering = (...protections: readonly Protection[]): Memory => ({ pitrBaselines: [], protections });

const lagging = (ms: number): CheckContext =>
  aContext({
    observation: anObservation({ tables: [aTable({ pitr: aPitr({ latestRestorableAt: NOW - ms }) })] }),
  });

/** Of a slot that comes only tomorrow, and made then. */
const NAMED_AHEAD = aContext({
  observation: anObservation({
    recoveryPoints: [aRecoveryPoint({ slot: NOW + DAY_MS, createdAt: NOW + DAY_MS })],
  }),
});

/** Other reasons of the same kinds than those of the examples. */
const FOR_ANOTHER_REASON: readonly (readonly [FindingKind, CheckContext])[] = [
  [
    'coverage-dropped',
    aContext({ memory: remembering(...['A', 'B', 'C', 'D', 'E', 'Orders'].map((name) => promised(name))) }),
  ],
  ['coverage-dropped', aContext({ observation: anObservation({ tables: [] }) })],
  ['from-the-future', { ...aContext(), eventTime: NOW + DAY_MS }],
  ['from-the-future', { ...NAMED_AHEAD, clockSuspicious: undefined }],
  [
    'recovery-points-of-lost-table',
    aContext({
      observation: anObservation({
        recoveryPoints: [
          aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS, tableId: 'made-before' }),
          aRecoveryPoint({ slot: LATEST_SLOT }),
        ],
      }),
    }),
  ],
  ['recovery-points-without-policy', { ...aContext(), policies: somePolicies({ policies: [] }) }],
  ['restorable-lag', lagging(15 * MINUTE_MS + 1)],
  ['protection-changed', aContext({ memory: remembering(promised('Orders', 36)) })],
];

/** What an audit saw in the worlds in which one kind is found, and in one in which nothing is wrong. */
const EXAMPLES: readonly CheckContext[] = [
  aContext(),
  ...OBSERVED_KINDS.flatMap(({ kind }) => contextOf(kind) ?? []),
  ...FOR_ANOTHER_REASON.map(([, context]) => context),
];

const FIELDS = [...new Set(EXAMPLES.flatMap((one) => Object.keys(one)))].toSorted();

/** Draws parts of a context from other worlds, whether or not they go together. */
const aMixture: fc.Arbitrary<CheckContext> = fc
  .record({
    world: fc.oneof(
      aWorld().map((drawn) => aContext(drawn)),
      fc.constantFrom(...EXAMPLES),
    ),
    picks: fc.array(fc.record({ field: fc.constantFrom(...FIELDS), from: fc.constantFrom(...EXAMPLES) }), {
      maxLength: 8,
    }),
  })
  .map(({ world, picks }) => {
    const sources = new Map(picks.map(({ field, from }) => [field, from]));
    const parts = [...sources].map(([field, from]) =>
      Object.fromEntries(Object.entries(from).filter(([name]) => name === field)),
    );
    return Object.assign({ ...world }, ...parts);
  });

/** Names the kinds that are asked, whatever they find. */
const askedIn = (context: CheckContext): ReadonlySet<string> => {
  const asked = new Set<string>();
  const kinds = FINDERS.map(
    (finder): Finder => ({
      ...finder,
      find: () => {
        asked.add(finder.kind);
        return [];
      },
    }),
  );
  findingsOf({ kinds }, context);
  return asked;
};

describe('a kind that is asked only where there is an occasion', () => {
  it.each(OCCASIONAL)('finds $kind where it is', ({ kind }) => {
    const context = contextOf(kind);
    if (context === undefined) throw new Error(`no look alone shows ${kind}`);
    expect(findingsOf(WITH, context).map((one) => one.kind)).toContain(kind);
    expect(findingsOf(WITH, context)).toEqual(findingsOf(ALWAYS, context));
  });

  it.each(FOR_ANOTHER_REASON)('finds %s for another reason', (kind, context) => {
    expect(findingsOf(WITH, context).map((one) => one.kind)).toContain(kind);
    expect(findingsOf(WITH, context)).toEqual(findingsOf(ALWAYS, context));
  });

  it('finds and keeps what it would if it were always asked, in any world', () => {
    fc.assert(
      fc.property(aMixture, (context) => {
        expect(findingsOf(WITH, context)).toEqual(findingsOf(ALWAYS, context));
        expect(keptByFindings(WITH, context)).toEqual(keptByFindings(ALWAYS, context));
      }),
      { numRuns: 600 },
    );
  });

  it('is not asked where nothing is wrong, whatever was looked at', () => {
    const facets = [...new Set(FINDERS.flatMap(({ findsFrom = [] }) => findsFrom))];
    const asked = askedIn(aContext({ observation: anObservation({ facets }) }));
    expect(OCCASIONAL.map(({ kind }) => kind).filter((kind) => asked.has(kind))).toEqual([]);
  });

  it.each(OCCASIONAL)('is asked while a finding of it is open: $kind', (finder) => {
    const { findsFrom = [], kind } = finder;
    const { observation } = aContext();
    const context = aContext({
      observation: { ...observation, facets: [...new Set([...observation.facets, ...findsFrom])] },
      openFindings: [anOpenFinding({ kind, id: kind })],
    });
    expect(askedIn(context)).toContain(kind);
  });
});
