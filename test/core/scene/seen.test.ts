import { describe, expect, it } from 'vitest';
import { noConfirmedSubscriptionFinder } from '../../../shared/core/findings/no-confirmed-subscription.ts';
import { unknownPolicyFinder } from '../../../shared/core/findings/unknown-policy.ts';
import { isSeenWhole } from '../../../shared/core/scene/reach.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aContext } from '../../support/check-context.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation, aPolicy, aTable, somePolicies } from '../../support/world.ts';

describe('a list is seen whole', () => {
  it.each<{ name: string; seen: Partial<Observation>; is: boolean }>([
    { name: 'when it was read without a gap', seen: {}, is: true },
    { name: 'not when nobody read it', seen: { facets: ['table-names'] }, is: false },
    { name: 'not with a gap', seen: { gaps: [{ facet: 'tags', failure: aFailure('denied') }] }, is: false },
    {
      name: 'with a gap in another',
      seen: { gaps: [{ facet: 'pitr', failure: aFailure('denied') }] },
      is: true,
    },
    {
      name: 'with a gap that concerns one table',
      seen: { gaps: [{ facet: 'tags', table: 'Orders', failure: aFailure('denied') }] },
      is: true,
    },
  ])('$name', ({ seen, is }) => {
    expect(isSeenWhole(anObservation(seen), 'tags', 'table-names')).toBe(is);
  });
});

it('one confirmed subscription is enough, and a topic that was not read is no finding', () => {
  const found = (seen: Partial<Observation>) =>
    noConfirmedSubscriptionFinder.find(aContext({ observation: anObservation(seen) }));
  expect(found({ topic: { confirmed: 1, pending: 3 } })).toEqual([]);
  expect(found({})).toEqual([]);
});

it('all policies that govern beside a mistyped name are named', () => {
  const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'weekly' })] });
  const tables = [aTable({ tags: { 'backup:policy': 'standard+weekly+gold' } })];
  const [finding] = unknownPolicyFinder.find(aContext({ policies, observation: anObservation({ tables }) }));
  expect(finding?.fact).toMatch(/ Only standard and weekly govern it\.$/);
});
