import { describe, expect, it } from 'vitest';
import { dueOf, newestOf } from '../../../shared/core/scene/due.ts';
import type { Series } from '../../../shared/core/scene/series.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { parseRecoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { aPolicy, aRecoveryPoint, LATEST_SLOT, NOW, someDetails } from '../../support/world.ts';

const seriesOf = (recoveryPoints: readonly RecoveryPoint[], overrides: Partial<Series> = {}): Series => ({
  table: 'Orders',
  policy: aPolicy({ rpoMs: 26 * HOUR_MS }),
  confirmed: someDetails('Orders'),
  hold: false,
  gaps: [],
  points: recoveryPoints.map((recoveryPoint) => ({
    recoveryPoint,
    slot: parseRecoveryPointName(recoveryPoint.name)?.slot ?? 0,
  })),
  latestSlot: LATEST_SLOT,
  backupsFailing: false,
  ...overrides,
});

const WHOLE = { whole: true };
const YESTERDAY = LATEST_SLOT - DAY_MS;

describe('a recovery point is due', () => {
  it.each([
    {
      name: 'at once where there is none',
      points: [],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the newest is of an older slot',
      points: [aRecoveryPoint({ slot: YESTERDAY, createdAt: NOW - 26 * HOUR_MS })],
      urgency: 1,
      reason: 'newest recovery point is 26 h old, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'once, for the latest slot, however many were missed',
      points: [aRecoveryPoint({ slot: LATEST_SLOT - 11 * DAY_MS, createdAt: NOW - 260 * HOUR_MS })],
      urgency: 10,
      reason: 'newest recovery point is 10 days old, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the one of the latest slot is of a table that was deleted since',
      points: [aRecoveryPoint({ tableId: 'an-older-incarnation' })],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the one of the latest slot is deleted',
      points: [aRecoveryPoint({ status: 'deleted' })],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the only one states a slot that is still to come',
      points: [aRecoveryPoint({ slot: NOW + MINUTE_MS, createdAt: NOW - HOUR_MS })],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the only one was made by a clock that is ahead',
      points: [aRecoveryPoint({ slot: NOW + MINUTE_MS, createdAt: NOW + MINUTE_MS })],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'when the only one states a slot long after its own making',
      points: [aRecoveryPoint({ createdAt: LATEST_SLOT - 6 * MINUTE_MS })],
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
  ])('$name', ({ points, urgency, reason }) => {
    expect(dueOf(seriesOf(points), NOW, WHOLE)).toEqual({ due: true, slot: LATEST_SLOT, urgency, reason });
  });
});

describe('a recovery point is not due', () => {
  it.each([
    { name: 'when the latest slot has one', points: [aRecoveryPoint()] },
    {
      name: 'while that of the latest slot is being created',
      points: [aRecoveryPoint({ status: 'creating' })],
    },
    {
      name: 'when one of a later slot exists, by an earlier schedule',
      points: [aRecoveryPoint({ slot: NOW })],
    },
    {
      name: 'when its maker had a clock within the tolerance',
      points: [aRecoveryPoint({ createdAt: LATEST_SLOT - 5 * MINUTE_MS })],
    },
    {
      name: 'whatever the order of the list',
      points: [aRecoveryPoint(), aRecoveryPoint({ slot: YESTERDAY })],
    },
  ])('$name', ({ points }) => {
    expect(dueOf(seriesOf(points), NOW, WHOLE).due).toBe(false);
  });

  it('and says so in numbers', () => {
    expect(dueOf(seriesOf([aRecoveryPoint({ createdAt: NOW - 2 * HOUR_MS })]), NOW, WHOLE)).toEqual({
      due: false,
      reason: 'newest recovery point is 2 h old and is of the latest slot, 2026-11-23T03:00:00Z',
    });
  });

  it('for a table that is not confirmed, whichever incarnation it is of', () => {
    const series = seriesOf([aRecoveryPoint({ tableId: 'some-incarnation' })], { confirmed: undefined });
    expect(dueOf(series, NOW, WHOLE).due).toBe(false);
  });
});

describe('urgency says no more than the list can tell', () => {
  const since = NOW - 13 * HOUR_MS;

  it.each([
    {
      name: 'a list that begins late gives the least age there can be',
      reach: { whole: true, since },
      confirmed: someDetails('Orders'),
      urgency: 0.5,
      reason: 'no recovery point since 2026-11-22T16:00:00Z, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'a table younger than the list has none',
      reach: { whole: true, since },
      confirmed: someDetails('Orders', { createdAt: since }),
      urgency: Number.POSITIVE_INFINITY,
      reason: 'no recovery point yet, slot 2026-11-23T03:00:00Z asks for one',
    },
    {
      name: 'a list with a gap gives no age at all',
      reach: { whole: false },
      confirmed: someDetails('Orders'),
      urgency: 1,
      reason: 'no recovery point was seen in a list with a gap, slot 2026-11-23T03:00:00Z asks for one',
    },
  ])('$name', ({ reach, confirmed, urgency, reason }) => {
    expect(dueOf(seriesOf([], { confirmed }), NOW, reach)).toEqual({
      due: true,
      slot: LATEST_SLOT,
      urgency,
      reason,
    });
  });
});

describe('the newest recovery point', () => {
  it('is the one of the newest slot, of the statuses asked for', () => {
    const creating = aRecoveryPoint({ status: 'creating' });
    const available = aRecoveryPoint({ slot: YESTERDAY });
    const series = seriesOf([available, creating]);
    expect(newestOf(series, NOW, ['available'])?.recoveryPoint).toBe(available);
    expect(newestOf(series, NOW, ['available', 'creating'])?.recoveryPoint).toBe(creating);
  });

  it('is the one that was made last of two for one slot, which the list has first', () => {
    const [last, first] = [aRecoveryPoint({ id: 'last', createdAt: NOW }), aRecoveryPoint({ id: 'first' })];
    expect(newestOf(seriesOf([last, first]), NOW, ['available'])?.recoveryPoint).toBe(last);
  });
});
