import { describe, expect, it } from 'vitest';
import { createsOf } from '../../../shared/core/plan/actions.ts';
import { listReach } from '../../../shared/core/scene/due.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { TableStatus } from '../../../shared/model/table.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation, INSTANCE, NOW, someDetails, TARGET } from '../../support/world.ts';
import { aSeries } from '../retention/build.ts';

const SCOPE = { instance: INSTANCE, now: NOW, reach: { whole: true }, target: TARGET, tagsOf: () => ({}) };

describe('of the allSeries', () => {
  const inStatus = (status: TableStatus) =>
    aSeries({ points: [], confirmed: someDetails('Orders', { status }) });

  it('only those make something that are due, confirmed and in service', () => {
    const allSeries = [
      aSeries(),
      aSeries({ points: [], confirmed: undefined }),
      inStatus('DELETING'),
      inStatus('ACTIVE'),
      inStatus('UPDATING'),
    ];
    const made = createsOf(allSeries, SCOPE);
    expect(made).toHaveLength(2);
    expect(made[0]).toMatchObject({ kind: 'create', table: 'Orders', tableId: 'id-of-Orders' });
  });
});

describe('the list of recovery points', () => {
  it.each<{ name: string; seen: Partial<Observation>; whole: boolean }>([
    { name: 'is whole when all were listed', seen: {}, whole: true },
    { name: 'is whole when the recent ones were', seen: { facets: ['recent-recovery-points'] }, whole: true },
    { name: 'is not when nobody asked', seen: { facets: ['tags'] }, whole: false },
    {
      name: 'is not with a gap',
      seen: { gaps: [{ facet: 'recovery-points', failure: aFailure('denied') }] },
      whole: false,
    },
    {
      name: 'is not with a gap in the recent ones',
      seen: { gaps: [{ facet: 'recent-recovery-points', failure: aFailure('denied') }] },
      whole: false,
    },
    {
      name: 'is, for a gap elsewhere',
      seen: { gaps: [{ facet: 'pitr', failure: aFailure('denied') }] },
      whole: true,
    },
  ])('$name', ({ seen, whole }) => {
    expect(listReach(anObservation(seen))).toEqual({ whole, since: undefined });
  });

  it('reaches back to where it was asked from', () => {
    expect(listReach(anObservation({ recoveryPointsSince: NOW - 1 })).since).toBe(NOW - 1);
  });
});
