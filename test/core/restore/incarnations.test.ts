import { describe, expect, it } from 'vitest';
import { incarnationAt, incarnationsOf } from '../../../shared/core/restore/incarnations.ts';
import { isoInstant } from '../../../shared/model/instant.ts';
import { at, DENIED, INSTANCE, incarnationsOfLives, knownOf, type Life, pitrFrom } from './history.ts';

const LIVES: readonly Life[] = [
  {
    id: 'first',
    from: at('2026-11-01T00:00'),
    until: at('2026-11-05T00:00'),
    points: [{ at: at('2026-11-02T03:00') }, { at: at('2026-11-03T03:00'), by: 'person' }],
  },
  {
    id: 'second',
    from: at('2026-11-06T00:00'),
    until: at('2026-11-19T08:10'),
    hasSystemBackup: true,
    manifestUntil: at('2026-11-19T08:00'),
  },
  {
    id: 'third',
    from: at('2026-11-19T08:12'),
    pitr: pitrFrom(at('2026-11-19T08:12:00.200Z'), at('2026-11-20T10:52:57.900Z')),
  },
];

describe('the tables that had a name', () => {
  it('are told apart by their id, oldest first, each with what is possible of it', () => {
    expect(incarnationsOfLives(LIVES)).toMatchObject([
      {
        tableId: 'first',
        state: 'deleted',
        pitr: 'deleted',
        firstSeenAt: at('2026-11-02T03:00'),
        lastSeenAt: at('2026-11-03T03:00'),
        points: [{ madeBy: 'this-instance' }, { madeBy: 'someone-else' }],
      },
      {
        tableId: 'second',
        state: 'deleted',
        createdAt: at('2026-11-06T00:00'),
        deletedAt: at('2026-11-19T08:10'),
        points: [{ madeBy: 'system', sizeBytes: 5_000 }],
      },
      {
        tableId: 'third',
        state: 'standing',
        pitr: 'on',
        createdAt: at('2026-11-19T08:12'),
        window: { from: at('2026-11-19T08:12:01Z'), to: at('2026-11-20T10:52:57Z') },
      },
    ]);
  });

  it('are known by a manifest alone', () => {
    const [, second] = LIVES;
    const known = knownOf([{ ...(second as Life), hasSystemBackup: false }]);
    expect(incarnationsOf(known, INSTANCE)).toMatchObject([
      { tableId: 'second', state: 'deleted', points: [], lastSeenAt: at('2026-11-19T08:00') },
    ]);
  });

  it('are not called deleted where it could not be read whether they exist', () => {
    const known = knownOf(LIVES.slice(0, 2));
    const unseen = [{ part: 'table', failure: DENIED }] as const;
    expect(incarnationsOf({ ...known, unseen }, INSTANCE).map(({ state }) => state)).toEqual([
      'unseen',
      'deleted',
    ]);
  });

  it('have no window that is not whole seconds wide, as right after it was switched on', () => {
    const [, , third] = LIVES;
    const moment = at('2026-11-19T08:12:00.200Z');
    const [one] = incarnationsOfLives([{ ...(third as Life), pitr: pitrFrom(moment, moment) }]);
    expect(one?.pitr).toBe('on');
    expect(one?.window).toBeUndefined();
  });

  it('do not count points of another name, as lists of an emulator have them', () => {
    const known = knownOf(LIVES);
    expect(incarnationsOf({ ...known, table: 'carts' }, INSTANCE).flatMap(({ points }) => points)).toEqual(
      [],
    );
  });

  it('are deleted once their SYSTEM backup is there, also while they are still shown', () => {
    const [, second] = LIVES;
    const known = knownOf([second as Life]);
    const { standing } = knownOf([{ ...(LIVES[2] as Life), id: 'second', status: 'DELETING' }]);
    expect(incarnationsOf({ ...known, ...(standing && { standing }) }, INSTANCE)).toMatchObject([
      { state: 'deleted', deletedAt: at('2026-11-19T08:10') },
    ]);
  });
});

describe('which of them had the name at a second', () => {
  it.each([
    ['2026-11-02T02:59', 'none'],
    ['2026-11-02T03:00', 'stood first'],
    ['2026-11-03T03:00', 'stood first'],
    ['2026-11-04T00:00', 'maybe-deleted-by-then first'],
    ['2026-11-05T23:59', 'maybe-deleted-by-then first'],
    ['2026-11-06T00:00', 'stood second'],
    ['2026-11-19T08:10', 'stood second'],
    ['2026-11-19T08:11', 'deleted-by-then second'],
    ['2026-11-19T08:12', 'stood third'],
    ['2030-01-01T00:00', 'stood third'],
  ])('%s: %s', (asked, expected) => {
    const then = incarnationAt(incarnationsOfLives(LIVES), at(asked));
    const id = then.kind === 'none' ? [] : [then.incarnation.tableId];
    expect([then.kind, ...id].join(' ')).toBe(expected);
  });
});

it('a window in whole seconds is inside of the service’s own', () => {
  const [one] = incarnationsOfLives(LIVES.slice(2));
  expect([one?.window?.from ?? 0, one?.window?.to ?? 0].map(isoInstant)).toEqual([
    '2026-11-19T08:12:01Z',
    '2026-11-20T10:52:57Z',
  ]);
});
