import { describe, expect, it } from 'vitest';
import { clockSuspicion } from '../../../shared/core/scene/reach.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { anObservation, aRecoveryPoint, NOW } from '../../support/world.ts';

const suspicion = (eventTime: Instant | undefined, createdAt = NOW - DAY_MS) =>
  clockSuspicion({
    now: NOW,
    observation: anObservation({ recoveryPoints: [aRecoveryPoint({ createdAt }), aRecoveryPoint()] }),
    ...(eventTime !== undefined && { eventTime }),
  });

const AHEAD = NOW + 5 * MINUTE_MS;

describe('what speaks against the clock', () => {
  it.each([
    { name: 'is nothing without an event', eventTime: undefined },
    { name: 'is not an event of yesterday', eventTime: NOW - DAY_MS },
    { name: 'is not an event as far ahead as clocks may be', eventTime: AHEAD },
    { name: 'is not a recovery point as far ahead as clocks may be', eventTime: NOW, createdAt: AHEAD },
  ])('$name', ({ eventTime, createdAt }) => {
    expect(suspicion(eventTime, createdAt)).toBeUndefined();
  });

  it('is nothing in an empty account', () => {
    const observation = anObservation({ recoveryPoints: [] });
    expect(clockSuspicion({ now: NOW, observation })).toBeUndefined();
  });

  it('is an event further ahead', () => {
    expect(suspicion(AHEAD + 1_000)).toBe(
      'the event that started this run is of 2026-11-23T05:05:01Z, and it is 2026-11-23T05:00:00Z here',
    );
    expect(suspicion(AHEAD + 1)).toBeDefined();
  });

  it('is a recovery point further ahead', () => {
    expect(suspicion(NOW, AHEAD + 1_000)).toBe(
      'a recovery point was created at 2026-11-23T05:05:01Z, and it is 2026-11-23T05:00:00Z here',
    );
    expect(suspicion(undefined, AHEAD + 1)).toBeDefined();
  });
});
