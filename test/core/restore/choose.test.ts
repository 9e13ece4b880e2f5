import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../shared/core/restore/choice.ts';
import { choose, refusedMeanwhile } from '../../../shared/core/restore/choose.ts';
import { DAY_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { at, DENIED, type Life, pitrFrom, pointId, viewOf } from './history.ts';

const NOW = at('2026-11-20T10:58');

const STANDING: Life = {
  id: 'a1',
  from: at('2026-11-01T00:00'),
  pitr: pitrFrom(at('2026-11-10T00:00:00.500Z'), at('2026-11-20T10:52:57.900Z')),
  points: [
    { at: at('2026-11-05T03:00') },
    { at: at('2026-11-19T03:00:00.300Z') },
    { at: at('2026-11-20T10:57') },
  ],
};

const GONE: Life = {
  id: '77',
  from: at('2026-11-01T00:00'),
  until: at('2026-11-20T10:00'),
  hasSystemBackup: true,
  manifestUntil: at('2026-11-20T09:30'),
  points: [{ at: at('2026-11-19T03:00') }, { at: at('2026-11-20T03:00') }],
};

const second = (text: string) => ({ kind: 'second', at: at(text) }) as const;

/** A choice in short: the second or the backup that was taken, of which table and why; or why none was. */
const inShort = (choice: Choice): string => {
  if (choice.kind === 'refused') return choice.reason.kind;
  const { source, because, at: taken, lackedMs } = choice;
  const what = source.kind === 'point-in-time' ? 'second' : source.madeBy;
  const lacked = lackedMs === 0 ? '' : ` lacks ${lackedMs / MINUTE_MS} min`;
  return `${what} ${isoInstant(taken)} of ${source.tableId}, ${because}${lacked}`;
};

describe('a second of a table that exists', () => {
  it.each([
    ['2026-11-15T12:00:01Z', 'second 2026-11-15T12:00:01Z of a1, in-window'],
    ['2026-11-10T00:00:01Z', 'second 2026-11-10T00:00:01Z of a1, in-window'],
    ['2026-11-20T10:52:57Z', 'second 2026-11-20T10:52:57Z of a1, in-window'],
    ['2026-11-10T00:00:00Z', 'this-instance 2026-11-05T03:00:00Z of a1, closest-before lacks 7020 min'],
    ['2026-11-05T03:00:00Z', 'this-instance 2026-11-05T03:00:00Z of a1, closest-before'],
    ['2026-11-04T00:00:00Z', 'nothing-before'],
    ['2026-10-31T00:00:00Z', 'nothing-before'],
    ['2026-11-20T10:52:58Z', 'not-restorable-yet'],
    ['2026-11-20T10:58:00Z', 'not-restorable-yet'],
    ['2026-11-20T10:58:01Z', 'in-the-future'],
  ])('%s: %s', (asked, expected) => {
    expect(inShort(choose(viewOf([STANDING], NOW), second(asked)))).toBe(expected);
  });

  it('that is not restorable yet is refused with when it will be', () => {
    const choice = choose(viewOf([STANDING], NOW), second('2026-11-20T10:58'));
    expect(choice).toMatchObject({
      reason: { window: { to: at('2026-11-20T10:52:57Z') }, from: at('2026-11-20T11:03:03Z') },
      neighbours: { before: { at: at('2026-11-20T10:57') } },
    });
  });

  it('is taken from a backup for the second that it is shown with', () => {
    const without = { ...STANDING, pitr: { enabled: false } };
    expect(inShort(choose(viewOf([without], NOW), second('2026-11-19T03:00')))).toBe(
      'this-instance 2026-11-19T03:00:00Z of a1, closest-before',
    );
  });

  it('has what lies nearest beside it, with what each would lose', () => {
    const { neighbours } = choose(viewOf([STANDING], NOW), second('2026-11-15T12:00'));
    expect(neighbours).toMatchObject({
      before: { at: at('2026-11-05T03:00'), distanceMs: 10 * DAY_MS + 540 * MINUTE_MS },
      after: { at: at('2026-11-19T03:00'), point: { id: pointId('orders', 'a1', 1) } },
    });
  });

  it('counts a backup of that very second as before it', () => {
    const { neighbours } = choose(viewOf([STANDING], NOW), second('2026-11-19T03:00'));
    expect(neighbours.before).toMatchObject({ at: at('2026-11-19T03:00'), distanceMs: 0 });
    expect(neighbours.after).toMatchObject({ at: at('2026-11-20T10:57') });
  });

  it('in the latest second there is, when that is asked for', () => {
    expect(inShort(choose(viewOf([STANDING], NOW), { kind: 'latest' }))).toBe(
      'second 2026-11-20T10:52:57Z of a1, end-of-window',
    );
  });

  it.each(['CREATING', 'DELETING'] as const)(
    'has none by point-in-time recovery while it is %s',
    (status) => {
      expect(inShort(choose(viewOf([{ ...STANDING, status }], NOW), second('2026-11-19T12:00')))).toBe(
        'this-instance 2026-11-19T03:00:00Z of a1, closest-before lacks 540 min',
      );
    },
  );
});

describe('a deleted table', () => {
  it.each([
    // A wrong write at 09:00 was deleted with it at 10:00: what it held last has that write.
    ['2026-11-20T08:59', 'this-instance 2026-11-20T03:00:00Z of 77, closest-before lacks 359 min'],
    ['2026-11-20T10:00', 'system 2026-11-20T10:00:00Z of 77, after-deletion'],
    ['2026-11-20T10:30', 'system 2026-11-20T10:00:00Z of 77, after-deletion'],
    ['2026-11-19T02:59', 'nothing-before'],
  ])('asked for %s: %s', (asked, expected) => {
    expect(inShort(choose(viewOf([GONE], NOW), second(asked)))).toBe(expected);
  });

  it('shows its last second beside the recovery point that is taken, with what it has too much', () => {
    const { neighbours } = choose(viewOf([GONE], NOW), second('2026-11-20T08:59'));
    expect(neighbours.after).toMatchObject({ point: { madeBy: 'system' }, distanceMs: 61 * MINUTE_MS });
  });

  it('does not give its SYSTEM backup for an earlier second, even where it has nothing else', () => {
    const choice = choose(viewOf([{ ...GONE, points: [] }], NOW), second('2026-11-20T08:59'));
    expect(inShort(choice)).toBe('nothing-before');
    expect(choice.neighbours.after).toMatchObject({ point: { madeBy: 'system' } });
  });

  it('gives what it held last as the latest', () => {
    expect(inShort(choose(viewOf([GONE], NOW), { kind: 'latest' }))).toBe(
      'system 2026-11-20T10:00:00Z of 77, newest',
    );
  });

  it('has no SYSTEM backup any more after 35 days', () => {
    const later = GONE.until === undefined ? NOW : GONE.until + 35 * DAY_MS;
    expect(inShort(choose(viewOf([GONE], later), { kind: 'latest' }))).toBe(
      'this-instance 2026-11-20T03:00:00Z of 77, newest',
    );
  });
});

describe('a name that several tables had', () => {
  const lives: readonly Life[] = [
    { ...GONE, until: at('2026-11-19T08:10'), points: [{ at: at('2026-11-19T03:00') }] },
    { ...STANDING, from: at('2026-11-19T08:12'), points: [], pitr: pitrFrom(at('2026-11-19T08:20'), NOW) },
  ];

  it.each([
    ['2026-11-19T08:09', 'this-instance 2026-11-19T03:00:00Z of 77, closest-before lacks 309 min'],
    ['2026-11-19T08:11', 'system 2026-11-19T08:10:00Z of 77, after-deletion'],
    ['2026-11-19T08:12', 'nothing-before'],
    ['2026-11-19T08:20', 'second 2026-11-19T08:20:00Z of a1, in-window'],
  ])('%s: %s', (asked, expected) => {
    expect(inShort(choose(viewOf(lives, NOW), second(asked)))).toBe(expected);
  });

  it('shows to whoever asks for a second between two of them what lies on either side', () => {
    const { neighbours } = choose(viewOf(lives, NOW), second('2026-11-19T08:11'));
    expect(neighbours).toMatchObject({ before: { tableId: '77' }, after: { tableId: 'a1' } });
  });

  it('never gives the earlier one as the latest', () => {
    const [earlier, now] = lives;
    const bare = [earlier, { ...now, pitr: { enabled: false } }] as readonly Life[];
    expect(inShort(choose(viewOf(bare, NOW), { kind: 'latest' }))).toBe('nothing-before');
  });
});

describe("someone else's backups", () => {
  const others: Life = {
    ...STANDING,
    pitr: { enabled: false },
    points: [
      { at: at('2026-11-05T03:00') },
      { at: at('2026-11-06T03:00'), by: 'person' },
      { at: at('2026-11-07T03:00'), by: 'other-instance' },
    ],
  };

  it('are shown and not taken, however near', () => {
    const choice = choose(viewOf([others], NOW), second('2026-11-08T00:00'));
    expect(inShort(choice)).toMatch(/^this-instance 2026-11-05/);
    expect(choice.neighbours.before).toMatchObject({ point: { madeBy: 'someone-else' } });
  });

  it('are named where there is nothing else', () => {
    const only = { ...others, points: others.points?.slice(1) ?? [] };
    expect(inShort(choose(viewOf([only], NOW), second('2026-11-08T00:00')))).toBe('only-of-others');
  });

  it('are taken when a person names one', () => {
    const id = pointId('orders', 'a1', 1);
    expect(inShort(choose(viewOf([others], NOW), { kind: 'recovery-point', id, table: 'orders' }))).toBe(
      'someone-else 2026-11-06T03:00:00Z of a1, named',
    );
  });
});

describe('a backup that a person names', () => {
  const life: Life = {
    ...STANDING,
    points: [
      { at: at('2026-11-05T03:00') },
      { at: at('2026-11-06T03:00'), status: 'creating' },
      { at: at('2026-11-07T03:00'), status: 'deleted' },
    ],
  };
  const arn = (region: string, account: string, table: string) =>
    `arn:aws:dynamodb:${region}:${account}:table/${table}/backup/01`;

  it.each([
    [pointId('orders', 'a1', 0), 'this-instance 2026-11-05T03:00:00Z of a1, named'],
    [pointId('orders', 'a1', 1), 'point-creating'],
    [pointId('orders', 'a1', 2), 'point-deleted'],
    [pointId('orders', 'a1', 3), 'unknown-point'],
    [arn('eu-west-1', '111122223333', 'carts'), 'point-of-another-table'],
    [arn('us-east-1', '111122223333', 'orders'), 'elsewhere'],
    [arn('eu-west-1', '999999999999', 'orders'), 'elsewhere'],
  ])('%s: %s', (id, expected) => {
    const moment = { kind: 'recovery-point', id, table: 'orders' } as const;
    expect(inShort(choose(viewOf([life], NOW), moment))).toBe(expected);
  });

  it('may be of an earlier table, or the last second of a deleted one', () => {
    const id = pointId('orders', '77', 'system');
    const moment = { kind: 'recovery-point', id, table: 'orders' } as const;
    const before = { ...GONE, until: at('2026-10-30T00:00'), from: at('2026-10-01T00:00'), points: [] };
    expect(inShort(choose(viewOf([before, STANDING], NOW), moment))).toBe(
      'system 2026-10-30T00:00:00Z of 77, named',
    );
    const tooLate = before.until + 36 * DAY_MS;
    expect(inShort(choose(viewOf([before, STANDING], tooLate), moment))).toBe('point-expired');
  });
});

describe('a name that nobody knows', () => {
  const knownNames = ['orders', 'orders-archive', 'order', 'carts'];

  it('is refused with those it may mean', () => {
    const view = viewOf([], NOW, { table: 'ordrs', knownNames });
    expect(choose(view, { kind: 'latest' })).toMatchObject({
      reason: { kind: 'unknown-name', nearest: ['orders', 'order'] },
    });
  });

  it('is not called unknown where something could not be read', () => {
    const unseen = [{ part: 'table', failure: DENIED }] as const;
    const view = viewOf([], NOW, { table: 'ordrs', knownNames, unseen });
    expect(choose(view, { kind: 'latest' })).toMatchObject({ reason: { kind: 'nothing-restorable' } });
  });
});

describe('between the plan and the call', () => {
  const source = () => {
    const choice = choose(viewOf([STANDING], NOW), second('2026-11-10T00:00:01Z'));
    if (choice.kind === 'refused') throw new Error('a second of the window');
    return choice.source;
  };

  it('a source that is still there is not refused', () => {
    expect(refusedMeanwhile(viewOf([STANDING], NOW + 6 * MINUTE_MS), source())).toBeUndefined();
  });

  it.each<readonly [Life, string]>([
    [{ ...STANDING, pitr: pitrFrom(at('2026-11-10T00:06'), NOW) }, 'fell-out-of-window'],
    [
      { ...STANDING, id: 'b2', from: NOW - MINUTE_MS, pitr: pitrFrom(NOW, NOW), points: [] },
      'nothing-before',
    ],
    [{ ...STANDING, pitr: { enabled: false } }, 'fell-out-of-window'],
  ])('one that is not is refused %#', (life, reason) => {
    const refused = refusedMeanwhile(viewOf([life], NOW + 6 * MINUTE_MS), source());
    expect(refused?.reason.kind).toBe(reason);
  });
});
