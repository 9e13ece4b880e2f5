import { describe, expect, it } from 'vitest';
import { chooseTogether } from '../../../shared/core/restore/choose-together.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { at, type Life, pitrFrom, viewOf } from './history.ts';

const NOW = at('2026-11-20T10:58');

const withPitr = (from: string, to: string): Life => ({
  id: 'a1',
  from: at('2026-11-01T00:00'),
  pitr: pitrFrom(at(from), at(to)),
});

const A = viewOf([withPitr('2026-11-10T00:00', '2026-11-20T10:53')], NOW, { table: 'orders' });
const B = viewOf([withPitr('2026-11-15T00:00', '2026-11-20T10:52')], NOW, { table: 'carts' });
const POINTS_ONLY = viewOf(
  [{ id: 'a2', from: at('2026-11-01T00:00'), points: [{ at: at('2026-11-19T03:00') }] }],
  NOW,
  { table: 'stock' },
);
const second = (text: string) => ({ kind: 'second', at: at(text) }) as const;

describe('several tables', () => {
  it('go to one second that is in the window of each', () => {
    expect(chooseTogether([A, B], second('2026-11-16T09:00'))).toMatchObject({
      kind: 'together',
      at: at('2026-11-16T09:00'),
      choices: [{ because: 'in-window' }, { because: 'in-window' }],
    });
  });

  it('go to the newest second that all windows hold, as the latest', () => {
    const choice = chooseTogether([A, B], { kind: 'latest' });
    expect(choice).toMatchObject({ kind: 'together', at: at('2026-11-20T10:52') });
    expect(choice.choices.map((one) => one.kind === 'chosen' && one.at)).toEqual([
      at('2026-11-20T10:52'),
      at('2026-11-20T10:52'),
    ]);
  });

  it('are apart where one has only recovery points, with the largest gap between them', () => {
    expect(chooseTogether([A, POINTS_ONLY], second('2026-11-19T09:00'))).toMatchObject({
      kind: 'apart',
      largestGapMs: 6 * HOUR_MS,
    });
    expect(chooseTogether([A, POINTS_ONLY], { kind: 'latest' })).toMatchObject({ kind: 'apart' });
  });

  it('share their newest second as the latest also where another has only recovery points, of which the newest is taken', () => {
    const gone = viewOf(
      [
        {
          id: 'g',
          from: at('2026-11-01T00:00'),
          until: at('2026-11-20T10:57'),
          hasSystemBackup: true,
          points: [{ at: at('2026-11-19T03:00') }],
        },
      ],
      NOW,
      { table: 'gone' },
    );
    const { choices, kind } = chooseTogether([A, B, POINTS_ONLY, gone], { kind: 'latest' });
    expect(kind).toBe('apart');
    expect(choices.map((one) => one.kind === 'chosen' && one.at)).toEqual([
      at('2026-11-20T10:52'),
      at('2026-11-20T10:52'),
      at('2026-11-19T03:00'),
      at('2026-11-20T10:57'),
    ]);
  });

  it('are apart as the latest where no second is in every window', () => {
    const justOn = viewOf([{ ...withPitr('2026-11-20T10:54', '2026-11-20T10:56'), id: 'j' }], NOW, {
      table: 'just-on',
    });
    expect(chooseTogether([A, justOn], { kind: 'latest' })).toMatchObject({
      kind: 'apart',
      choices: [{ at: at('2026-11-20T10:53') }, { at: at('2026-11-20T10:56') }],
    });
  });

  it('are together where their closest recovery points are of one second, which each plan says is not the asked one', () => {
    const choice = chooseTogether([POINTS_ONLY, { ...POINTS_ONLY }], second('2026-11-19T09:00'));
    expect(choice).toMatchObject({
      kind: 'together',
      at: at('2026-11-19T03:00'),
      choices: [{ lackedMs: 6 * HOUR_MS }, { lackedMs: 6 * HOUR_MS }],
    });
  });

  it('are together also where one was deleted before that second: it held nothing else then', () => {
    const gone = viewOf(
      [{ id: 'g', from: at('2026-11-01T00:00'), until: at('2026-11-18T00:00'), hasSystemBackup: true }],
      NOW,
      { table: 'gone' },
    );
    expect(chooseTogether([A, gone], second('2026-11-19T09:00'))).toMatchObject({
      kind: 'together',
      at: at('2026-11-19T09:00'),
    });
  });

  it('are refused together if one of them has nothing, each with its reason', () => {
    const choice = chooseTogether([A, B, POINTS_ONLY], second('2026-11-12T00:00'));
    expect(choice).toMatchObject({
      kind: 'refused',
      refusals: [{ view: { table: 'carts' } }, { view: { table: 'stock' } }],
    });
    expect(choice.choices).toHaveLength(3);
  });
});
