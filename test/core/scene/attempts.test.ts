import { describe, expect, it } from 'vitest';
import { type Attempt, retryWait, waitsFor } from '../../../shared/core/scene/attempts.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { aCopyJob, aVaultJob } from '../../support/vaults.ts';
import { NOW } from '../../support/world.ts';

const lost = (given: Partial<Attempt> = {}): Attempt => ({
  state: 'failed',
  createdAt: NOW - 2 * HOUR_MS,
  endedAt: NOW - HOUR_MS,
  cause: 'internal',
  message: 'An internal error occurred.',
  ...given,
});

describe('the next attempt', () => {
  it.each<{ name: string; attempts: readonly Attempt[]; waits: boolean }>([
    { name: 'after none', attempts: [], waits: false },
    { name: 'after one that failed by itself', attempts: [lost()], waits: false },
    { name: 'after two', attempts: [lost(), lost()], waits: false },
    { name: 'after three', attempts: [lost(), lost(), lost()], waits: true },
    {
      name: 'after three, a day later',
      attempts: [lost(), lost(), lost({ endedAt: NOW - DAY_MS })],
      waits: false,
    },
    { name: 'after one that is not permitted', attempts: [lost({ cause: 'permission' })], waits: true },
    {
      name: 'after one that is not permitted, a day later',
      attempts: [lost({ cause: 'permission', endedAt: NOW - DAY_MS })],
      waits: false,
    },
    {
      name: 'after one that is not permitted and has no end, a day after it was begun',
      attempts: [lost({ cause: 'permission', endedAt: undefined, createdAt: NOW - DAY_MS })],
      waits: false,
    },
    {
      name: 'after one that a person stopped',
      attempts: [lost({ state: 'aborted', cause: 'stopped' })],
      waits: true,
    },
    {
      name: 'after one that left something out',
      attempts: [lost({ state: 'partial', cause: 'unclassified' })],
      waits: false,
    },
    { name: 'after one that completed', attempts: [lost({ state: 'completed' })], waits: false },
    { name: 'after one in a state that nobody knows', attempts: [lost({ state: 'unknown' })], waits: false },
  ])('$name: waits $waits', ({ attempts, waits }) => {
    expect(retryWait(attempts, NOW) !== undefined).toBe(waits);
  });

  it('says what failed, and when it is due', () => {
    expect(retryWait([lost({ cause: 'key' })], NOW)?.message).toBe(
      '1 attempt failed (An internal error occurred.); the next one is due at 2026-11-24T04:00:00Z',
    );
  });
});

describe('what has a table', () => {
  it.each([
    { job: aVaultJob(), says: 'the job job-1 is backing it up since 2026-11-23T03:01:00Z' },
    {
      job: aVaultJob({ isOwn: false }),
      says: 'the on-demand job job-1 is backing it up since 2026-11-23T03:01:00Z',
    },
    {
      job: aVaultJob({ isOwn: false, plan: 'plan-a' }),
      says: 'the backup plan plan-a is backing it up since 2026-11-23T03:01:00Z',
    },
    { job: aCopyJob(), says: 'the job copy-1 copies a recovery point of it since 2026-11-23T03:10:00Z' },
  ])('is named: $says', ({ job, says }) => {
    expect(waitsFor(job)).toMatchObject({ code: 'job-going-on', message: says });
  });
});
