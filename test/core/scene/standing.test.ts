import { describe, expect, it } from 'vitest';
import { rpoStatusOf } from '../../../shared/core/scene/due.ts';
import { HOUR_MS, type Instant } from '../../../shared/model/instant.ts';
import { aPolicy, NOW, someDetails } from '../../support/world.ts';
import { aPoint, aSeries } from '../retention/build.ts';

const series = (createdAt?: Instant) =>
  aSeries({
    policy: aPolicy({ rpoMs: 26 * HOUR_MS }),
    points: createdAt === undefined ? [] : [aPoint({ slot: createdAt, createdAt })],
  });

/** Of a table of that age, without any recovery point. */
const unsaved = (hours: number) => ({
  ...series(),
  confirmed: { ...someDetails('Orders'), createdAt: NOW - hours * HOUR_MS },
});

const WHOLE = { whole: true };
const BROKEN = { whole: false };
const OLD = NOW - 27 * HOUR_MS;

describe('how a table stands under a policy', () => {
  it.each([
    {
      name: 'kept, as young as promised',
      standing: rpoStatusOf(series(NOW - 26 * HOUR_MS), NOW, BROKEN),
      is: { kind: 'kept', text: 'the newest recovery point of standard is 26 h old' },
    },
    {
      name: 'late, older than promised',
      standing: rpoStatusOf(series(OLD), NOW, WHOLE),
      is: {
        kind: 'late',
        text: 'the newest recovery point of standard is 27 h old; at most 26 h is promised',
      },
    },
    {
      name: 'unseen, when a younger one may stand in the gap',
      standing: rpoStatusOf(series(OLD), NOW, BROKEN),
      is: { kind: 'unseen', text: 'the newest recovery point of standard is 27 h old, in a list with a gap' },
    },
    {
      name: 'none, in a whole list, of a table as young as that',
      standing: rpoStatusOf(unsaved(26), NOW, WHOLE),
      is: { kind: 'none', text: 'no recovery point of standard' },
    },
    {
      name: 'none, where nobody knows how old the table is',
      standing: rpoStatusOf({ ...series(), confirmed: undefined }, NOW, WHOLE),
      is: { kind: 'none', text: 'no recovery point of standard' },
    },
    {
      name: 'missing, in a whole list, of a table that is older',
      standing: rpoStatusOf(unsaved(27), NOW, WHOLE),
      is: {
        kind: 'missing',
        text: 'no recovery point of standard can be restored, and the table is 27 h old: the first one is due',
      },
    },
    {
      name: 'missing, while the first one is being made',
      standing: rpoStatusOf(
        { ...unsaved(27), points: [aPoint({ slot: OLD, createdAt: OLD, status: 'creating' })] },
        NOW,
        WHOLE,
      ),
      is: {
        kind: 'missing',
        text: 'no recovery point of standard can be restored, and the table is 27 h old: the first one is being made',
      },
    },
    {
      name: 'unseen, in a list with a gap that shows none',
      standing: rpoStatusOf(series(), NOW, BROKEN),
      is: { kind: 'unseen', text: 'recovery points of standard could not be listed whole' },
    },
    {
      name: 'late, when a list from before the promise shows none',
      standing: rpoStatusOf(series(), NOW, { whole: true, since: OLD }),
      is: {
        kind: 'late',
        text: 'no available recovery point of standard since 2026-11-22T02:00:00Z; at most 26 h is promised',
      },
    },
    {
      name: 'unseen, when the list begins where the promise does',
      standing: rpoStatusOf(series(), NOW, { whole: true, since: NOW - 26 * HOUR_MS }),
      is: {
        kind: 'unseen',
        text: 'no available recovery point of standard since 2026-11-22T03:00:00Z; this run did not look further back',
      },
    },
  ])('$name', ({ standing, is }) => {
    expect(standing).toEqual(is);
  });
});
