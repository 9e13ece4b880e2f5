import { describe, expect, it } from 'vitest';
import { isAgreed, MOST_OFFERED, menuAnswer, menuOptions } from '../../../shared/core/restore/menu.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { at, type Life, pointId, viewOf } from './history.ts';
import { GONE, NOW, STANDING } from './plan-input.ts';

const LIVES: readonly Life[] = [
  { ...GONE, until: at('2026-10-30T00:00'), points: [] },
  {
    ...STANDING,
    points: [
      { at: at('2026-11-05T03:00') },
      { at: at('2026-11-19T03:00'), by: 'person' },
      { at: at('2026-11-19T04:00'), status: 'creating' },
    ],
  },
];
const view = viewOf(LIVES, NOW);
const where = { now: NOW, machineZone: 'Asia/Tokyo' };

describe('the menu', () => {
  it('offers the newest second, then what can be restored of every table, newest first', () => {
    expect(menuOptions(view).map((option) => (option.kind === 'point' ? option.point.id : 'latest'))).toEqual(
      ['latest', pointId('orders', 'a1', 1), pointId('orders', 'a1', 0), pointId('orders', '77', 'system')],
    );
  });

  it.each([
    ['1', { kind: 'latest' }],
    [' 2 ', { kind: 'recovery-point', id: pointId('orders', 'a1', 1), table: 'orders' }],
    ['4', { kind: 'recovery-point', id: pointId('orders', '77', 'system'), table: 'orders' }],
    ['latest', { kind: 'latest' }],
    ['2026-11-15T12:00Z', { kind: 'second', at: at('2026-11-15T12:00') }],
    ['2h', { kind: 'second', at: NOW - 2 * HOUR_MS }],
    ['2 h 30 min ago', { kind: 'second', at: NOW - 2.5 * HOUR_MS }],
    [pointId('orders', 'a1', 0), { kind: 'recovery-point', id: pointId('orders', 'a1', 0), table: 'orders' }],
  ])('takes %s', (answer, moment) => {
    expect(menuAnswer(answer, view, where)).toEqual({ kind: 'moment', moment });
  });

  it('reads wall time by --tz', () => {
    expect(menuAnswer('2026-11-15T12:00', view, { ...where, tz: 'Europe/Zurich' })).toEqual({
      kind: 'moment',
      moment: { kind: 'second', at: at('2026-11-15T11:00') },
    });
  });

  it.each(['', '  ', 'q', 'Quit', 'n'])('stops at %j', (answer) => {
    expect(menuAnswer(answer, view, where)).toEqual({ kind: 'stop' });
  });

  it.each([
    ['0', 'no-such-number'],
    ['5', 'no-such-number'],
    ['2026-11-15T12:00', 'time-without-zone'],
    ['30m', 'not-a-span'],
    ['yes', 'not-a-time'],
    ['arn:aws:dynamodb:x', 'not-a-recovery-point'],
  ])('asks again after %s', (answer, code) => {
    expect(menuAnswer(answer, view, where)).toMatchObject({ kind: 'again', error: { content: { code } } });
  });

  it('takes only numbers that are shown', () => {
    const points = Array.from({ length: 30 }, (_, index) => ({ at: NOW - (index + 2) * HOUR_MS }));
    const long = viewOf([{ ...STANDING, points }], NOW);
    expect(menuAnswer(String(MOST_OFFERED), long, where)).toMatchObject({ kind: 'moment' });
    expect(menuAnswer(String(MOST_OFFERED + 1), long, where)).toMatchObject({ kind: 'again' });
  });
});

it.each([
  ['y', true],
  ['YES ', true],
  ['', false],
  ['n', false],
  ['yeah', false],
  ['1', false],
])('%j agrees: %s', (answer, isYes) => {
  expect(isAgreed(answer)).toBe(isYes);
});
