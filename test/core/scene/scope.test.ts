import { describe, expect, it } from 'vitest';
import {
  facetsOf,
  listAlike,
  policiesInUse,
  recoveryPointsSince,
  tablesPromisedPitr,
} from '../../../shared/core/scene/reach.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Gap } from '../../../shared/model/observation.ts';
import { aFailure } from '../../support/failures.ts';
import {
  anObservation,
  aPolicy,
  aPolicyWithoutPitr,
  aTable,
  aTaggedTable,
  LATEST_SLOT,
  NOW,
  somePolicies,
} from '../../support/world.ts';

describe('what a run looks at', () => {
  it.each([
    { mode: 'protect', facets: ['memory', 'tags', 'recent-recovery-points'] },
    { mode: 'expire', facets: ['memory', 'tags', 'recovery-points'] },
    {
      mode: 'audit',
      facets: ['memory', 'tags', 'table-names', 'recovery-points', 'details', 'pitr', 'subscriptions'],
    },
  ] as const)('in the mode $mode', ({ mode, facets }) => {
    expect(facetsOf(mode)).toEqual(facets);
  });
});

describe('recovery points are listed', () => {
  const policies = somePolicies({
    policies: [aPolicy(), aPolicy({ name: 'weekly', schedule: '0 3 * * SUN' })],
  });

  it('by protect, from just before the oldest of the latest slots', () => {
    const sunday = LATEST_SLOT - DAY_MS;
    expect(recoveryPointsSince(policies, 'protect', NOW)).toBe(sunday - 5 * MINUTE_MS);
  });

  it('by protect without a policy, from just before now', () => {
    expect(recoveryPointsSince(somePolicies({ policies: [] }), 'protect', NOW)).toBe(NOW - 5 * MINUTE_MS);
  });

  it.each(['expire', 'audit'] as const)('by %s, all there are', (mode) => {
    expect(recoveryPointsSince(policies, mode, NOW)).toBeUndefined();
  });
});

describe('a policy is in use', () => {
  const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'unused' })] });
  const usedAmid = (gaps: readonly Gap[]) =>
    policiesInUse(policies, anObservation({ gaps })).policies.map(({ name }) => name);

  it('when a table names it', () => {
    expect(policiesInUse(policies, anObservation())).toEqual({ ...policies, policies: [aPolicy()] });
  });

  it('when tables may have been missed', () => {
    expect(usedAmid([{ facet: 'tags', failure: aFailure('denied') }])).toEqual(['standard', 'unused']);
    expect(
      usedAmid([
        { facet: 'pitr', failure: aFailure('denied') },
        { facet: 'tags', failure: aFailure('denied') },
      ]),
    ).toEqual(['standard', 'unused']);
  });

  it('not for a gap in anything else', () => {
    expect(usedAmid([{ facet: 'recovery-points', failure: aFailure('denied') }])).toEqual(['standard']);
  });
});

describe('point-in-time recovery is read', () => {
  const policies = somePolicies({ policies: [aPolicy(), aPolicyWithoutPitr({ name: 'plain' })] });
  const tagged = (name: string, tag: string) => aTaggedTable({ name, tags: { 'backup:policy': tag } });

  it('of tables to which any of their policies promises it, confirmed or not', () => {
    const tables = [
      tagged('d', 'plain'),
      tagged('c', 'standard+plain'),
      aTable({ name: 'b' }),
      tagged('a', 'none'),
      tagged('e', 'standrad'),
    ];
    expect(tablesPromisedPitr(policies, anObservation({ tables }))).toEqual(['b', 'c']);
  });
});

describe('whether policies list alike', () => {
  const of = (...schedules: readonly string[]) =>
    somePolicies({ policies: schedules.map((schedule, at) => aPolicy({ name: `p${at}`, schedule })) });

  it.each([
    { name: 'one does', policies: of('0 3 * * *'), is: true },
    { name: 'none does', policies: of(), is: true },
    { name: 'two of one schedule do', policies: of('0 3 * * *', '0 3 * * *'), is: true },
    {
      name: 'two whose latest slot is the same moment do',
      policies: of('0 3 * * *', '0 3 23 * *'),
      is: true,
    },
    {
      name: 'two whose latest slots are a day apart do not',
      policies: of('0 3 * * *', '0 3 22 * *'),
      is: false,
    },
  ])('$name', ({ policies, is }) => {
    expect(listAlike(policies, NOW)).toBe(is);
  });
});
