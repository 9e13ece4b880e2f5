import { describe, expect, it } from 'vitest';
import { nextDeferred } from '../../../shared/core/plan/deferred.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { type Failure, ownFailure } from '../../../shared/model/failure.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { DeferralMemory } from '../../../shared/model/memory.ts';
import type { Outcome, OutcomeStatus } from '../../../shared/model/outcome.ts';
import { aCreate, anExpire, anOutcome } from '../../support/attempts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { NOW } from '../../support/world.ts';

const RATE = aCallFailure('CreateBackup', 'ThrottlingException', 'Rate exceeded');
const CAUSE = 'CreateBackup: ThrottlingException';

const create = (table: string, status: OutcomeStatus, why: string | Failure): Outcome =>
  anOutcome(aCreate({ table }), status, why);

const causesAfter = (outcomes: readonly Outcome[], before?: DeferralMemory) =>
  nextDeferred(before, outcomes, NOW)?.deferrals.map(({ cause, backups, since }) => ({
    cause,
    backups,
    since,
  }));

describe('what the next run knows of backups that were put off', () => {
  it('is for what, how many, since when, and a mark for each', () => {
    const outcomes = [
      create('B', 'deferred', RATE),
      create('A', 'deferred', { ...RATE, message: `${RATE.message} for table A` }),
    ];
    expect(nextDeferred(undefined, outcomes, NOW)).toEqual({
      deferredAt: NOW,
      deferrals: [
        {
          kind: 'throttled',
          cause: CAUSE,
          errorName: 'ThrottlingException',
          backups: 2,
          since: NOW,
          marks: [shortHash('A', 'standard'), shortHash('B', 'standard')].toSorted(),
        },
      ],
    });
  });

  it.each([
    { name: 'is nothing of those that were made', outcome: create('A', 'done', 'made') },
    { name: 'is nothing of those that failed, which is a finding', outcome: create('A', 'failed', RATE) },
    {
      name: 'is nothing of those that another run makes',
      outcome: create('A', 'deferred', ownFailure('claim-held', 'another run holds it')),
    },
    { name: 'is nothing of other actions', outcome: anOutcome(anExpire(), 'deferred', RATE) },
  ])('$name', ({ outcome }) => {
    expect(nextDeferred(undefined, [outcome], NOW)).toBeUndefined();
  });

  it('is throttling for those, too, that had no turn because the throttled ones took the time', () => {
    const outOfTime = ownFailure('out-of-time', 'the time of this run ended before its turn');
    const causes = (...failures: readonly Failure[]) =>
      causesAfter(failures.map((failure, index) => create(`T${index}`, 'deferred', failure)));
    expect(causes(RATE, outOfTime, outOfTime)).toEqual([{ cause: CAUSE, backups: 3, since: NOW }]);
    expect(causes(outOfTime)).toEqual([{ cause: 'the run had no time left', backups: 1, since: NOW }]);
  });

  it('keeps since when a cause has been there, and forgets one that is over', () => {
    const earlier = { backups: 9, since: NOW - HOUR_MS, marks: [] };
    const before = {
      deferredAt: NOW - HOUR_MS / 2,
      deferrals: [
        { kind: 'throttled' as const, cause: CAUSE, ...earlier },
        { kind: 'throttled' as const, cause: 'CreateBackup: LimitExceededException', ...earlier },
      ],
    };
    const outcomes = [
      create('A', 'deferred', RATE),
      create('B', 'deferred', aCallFailure('CreateBackup', 'TableInUseException')),
    ];
    expect(causesAfter(outcomes, before)).toEqual([
      { cause: 'CreateBackup: TableInUseException', backups: 1, since: NOW },
      { cause: CAUSE, backups: 1, since: NOW - HOUR_MS },
    ]);
    expect(nextDeferred(before, [create('A', 'done', 'made')], NOW)).toBeUndefined();
  });

  const FAILURES = ['Throttling', 'LimitExceeded', 'TableInUse', 'BackupInUse'];
  it.each([1, 2, 4])(
    'fits into one item of the state table, however many they are, for %i causes',
    (causes) => {
      const failureAt = (at: number): Failure =>
        aCallFailure('CreateBackup', `${FAILURES[at % causes]}Exception`);
      const outcomes = Array.from({ length: 100_000 }, (_, at) =>
        create(`table-${at}`, 'deferred', failureAt(at)),
      );
      const memory = nextDeferred(undefined, outcomes, NOW);
      expect(memory?.deferrals.map(({ backups }) => backups)).toEqual(
        Array.from({ length: causes }, () => 100_000 / causes),
      );
      expect(Buffer.byteLength(JSON.stringify(memory))).toBeLessThan(400_000);
    },
  );
});

describe('a mark', () => {
  it('is short, and apart for tables and for what of them is meant', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `table-${at}`);
    const marks = new Set(names.map((name) => shortHash(name, 'standard')));
    expect(marks.size).toBe(names.length);
    expect(Math.max(...[...marks].map((mark) => mark.length))).toBeLessThanOrEqual(7);
    expect(shortHash('orders', 'standard')).not.toBe(shortHash('orders', 'critical'));
    expect(shortHash('orders')).toBe(shortHash('orders'));
  });
});
