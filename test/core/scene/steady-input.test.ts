import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeInput } from '../../../shared/core/scene/ordered.ts';
import type { Gap } from '../../../shared/model/observation.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput } from '../plan/plan-input.ts';

const named = (...names: readonly string[]) => names.map((name) => ({ name }));

const GAPS: readonly Gap[] = [
  { facet: 'details', failure: aFailure('of all') },
  { facet: 'details', table: 'a', failure: aFailure('one') },
  { facet: 'details', table: 'a', failure: aFailure('two') },
  { facet: 'details', table: 'b', failure: aFailure('a') },
  { facet: 'pitr', table: 'a', failure: aFailure('a') },
  { facet: 'tags', failure: aFailure('a') },
];

const POINTS: readonly RecoveryPoint[] = [
  aRecoveryPoint({ id: 'z', createdAt: NOW - 3 }),
  aRecoveryPoint({ id: 'a', createdAt: NOW - 2 }),
  aRecoveryPoint({ id: 'b', createdAt: NOW - 2 }),
  aRecoveryPoint({ id: 'a-later', createdAt: NOW - 1 }),
];

const IN_ORDER = aPlanInput({
  policies: somePolicies({ policies: named('a', 'b', 'c').map(aPolicy) }),
  openFindings: ['a', 'b', 'c'].map((id) => anOpenFinding({ id })),
  observation: anObservation({
    tables: named('a', 'a-b', 'a.b').map(aTable),
    tableNames: ['a', 'a-b', 'a.b', 'other'],
    recoveryPoints: POINTS,
    gaps: GAPS,
  }),
});

const shuffled = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length });

it('every list has one order, however the services answered', () => {
  const { observation, openFindings, policies } = IN_ORDER;
  const orders = fc.record({
    policies: shuffled(policies.policies),
    openFindings: shuffled(openFindings),
    tables: shuffled(observation.tables),
    tableNames: shuffled(observation.tableNames ?? []),
    recoveryPoints: shuffled(POINTS),
    gaps: shuffled(GAPS),
  });
  fc.assert(
    fc.property(orders, ({ policies: some, openFindings: findings, ...lists }) => {
      const given = {
        ...IN_ORDER,
        policies: { ...policies, policies: some },
        openFindings: findings,
        observation: { ...observation, ...lists },
      };
      expect(normalizeInput(given)).toEqual(IN_ORDER);
    }),
  );
});

it('what was not listed stays unknown', () => {
  const { tableNames: _, ...observation } = IN_ORDER.observation;
  expect(normalizeInput({ ...IN_ORDER, observation }).observation).toStrictEqual(observation);
});

it('of one that was listed twice, the one that counts for less stands', () => {
  const [point = aRecoveryPoint()] = POINTS;
  const creating = { ...point, status: 'creating' as const };
  for (const recoveryPoints of [
    [point, creating],
    [creating, point],
  ])
    expect(
      normalizeInput({ ...IN_ORDER, observation: anObservation({ recoveryPoints }) }).observation
        .recoveryPoints,
    ).toEqual([creating]);
});
