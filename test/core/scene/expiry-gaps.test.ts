import { describe, expect, it } from 'vitest';
import { expiryGaps, facetsOf } from '../../../shared/core/scene/reach.ts';
import type { Gap } from '../../../shared/model/observation.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation } from '../../support/world.ts';

const gapsOf = (table: string, gaps: readonly Gap[], facets = facetsOf('expire')) =>
  expiryGaps(anObservation({ facets, gaps }))(table);

describe('what stands against the expiries of a table', () => {
  it('is nothing in a whole observation', () => {
    expect(gapsOf('Orders', [])).toEqual([]);
  });

  it.each(['tags', 'recovery-points', 'memory'] as const)('is a gap in %s, of whichever table', (facet) => {
    const says = [`${facet} could not be read whole: denied`];
    expect(gapsOf('Orders', [{ facet, failure: aFailure('denied') }])).toEqual(says);
    expect(gapsOf('Orders', [{ facet, table: 'Orders', failure: aFailure('denied') }])).toEqual(says);
    expect(gapsOf('Orders', [{ facet, table: 'Users', failure: aFailure('denied') }])).toEqual(says);
  });

  it('is a gap in the details of that table, and of no other', () => {
    const gaps: Gap[] = [{ facet: 'details', table: 'Orders', failure: aFailure('denied') }];
    expect(gapsOf('Orders', gaps)).toEqual(['details could not be read whole: denied']);
    expect(gapsOf('Users', gaps)).toEqual([]);
  });

  it('is a gap in the details of all', () => {
    const gaps: Gap[] = [{ facet: 'details', failure: aFailure('throttled') }];
    expect(gapsOf('Orders', gaps)).toEqual(['details could not be read whole: throttled']);
  });

  it('is not a gap in what no expiry needs', () => {
    const gaps: Gap[] = [
      { facet: 'pitr', table: 'Orders', failure: aFailure('denied') },
      { facet: 'subscriptions', failure: aFailure('denied') },
      { facet: 'table-names', failure: aFailure('denied') },
    ];
    expect(gapsOf('Orders', gaps)).toEqual([]);
  });

  it('is what the run did not look at', () => {
    expect(gapsOf('Orders', [], facetsOf('protect'))).toEqual(['recovery-points were not looked at']);
    expect(gapsOf('Orders', [], [])).toEqual([
      'memory were not looked at',
      'recovery-points were not looked at',
      'tags were not looked at',
    ]);
  });

  it('is told once and in one order, what is of all first', () => {
    const gaps: Gap[] = [
      { facet: 'details', table: 'Orders', failure: aFailure('denied') },
      { facet: 'details', table: 'Orders', failure: aFailure('cut off') },
      { facet: 'tags', failure: aFailure('throttled') },
      { facet: 'memory', failure: aFailure('denied') },
      { facet: 'tags', table: 'Users', failure: aFailure('throttled') },
    ];
    expect(gapsOf('Orders', gaps)).toEqual([
      'memory could not be read whole: denied',
      'tags could not be read whole: throttled',
      'details could not be read whole: cut off',
      'details could not be read whole: denied',
    ]);
  });

  it('is one list for all tables that have nothing of their own', () => {
    const gapsOfTable = expiryGaps(anObservation({ gaps: [{ facet: 'tags', failure: aFailure('denied') }] }));
    expect(gapsOfTable('Orders')).toBe(gapsOfTable('Users'));
  });
});
