import { describe, expect, it } from 'vitest';
import { type Asking, askedBy, type Era } from '../../../shared/core/scene/asked.ts';
import type { SeriesPoint } from '../../../shared/core/scene/series.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { aRecoveryPoint } from '../../support/world.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const DAWN = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

const era = (schedule: string, from = DAWN, until = ALWAYS, timezone = 'UTC'): Era => ({
  schedule: { schedule, timezone },
  from,
  until,
});

const asking = (...eras: readonly Era[]): Asking => ({ eras, knownSince: DAWN });

const point = (
  slot: string,
  made: string,
  given: Parameters<typeof aRecoveryPoint>[0] = {},
): SeriesPoint => ({
  recoveryPoint: aRecoveryPoint({ slot: at(slot), createdAt: at(made), id: `${slot} ${made}`, ...given }),
  slot: at(slot),
});

const said = (points: readonly SeriesPoint[], by: Asking): readonly string[] =>
  askedBy(by)(points).map(({ unasked, trusted }) => unasked ?? (trusted === true ? 'trusted' : 'asked'));

const DAILY = asking(era('0 3 * * *'));

describe('one recovery point under one schedule', () => {
  it.each([
    {
      name: 'two minutes after its slot',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-20T03:02:00',
      is: 'asked',
    },
    {
      name: 'at the end of its period',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-21T02:59:00',
      is: 'asked',
    },
    {
      name: 'by a run under way as the next slot came',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-21T03:19:59',
      is: 'asked',
    },
    {
      name: 'once the next slot is well past',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-21T03:20:00',
      is: 'out-of-period',
    },
    { name: 'days later', slot: '2026-11-15T03:00:00', made: '2026-11-20T12:00:00', is: 'out-of-period' },
    {
      name: 'a minute off the schedule',
      slot: '2026-11-20T03:01:00',
      made: '2026-11-20T03:02:00',
      is: 'off-schedule',
    },
    {
      name: 'a second off the schedule',
      slot: '2026-11-20T03:00:01',
      made: '2026-11-20T03:02:00',
      is: 'off-schedule',
    },
    {
      name: 'by a clock a little ahead',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-20T02:56:00',
      is: 'asked',
    },
  ])('made $name is $is', ({ slot, made, is }) => {
    expect(said([point(slot, made)], DAILY)).toEqual([is]);
  });

  it('made for the first time long after its slot is asked for', () => {
    const monthly = asking(era('0 3 1 * *'));
    expect(said([point('2026-11-01T03:00:00', '2026-11-28T10:32:00')], monthly)).toEqual(['asked']);
  });

  it('is judged by the zone of the policy', () => {
    const seoul = asking(era('0 3 * * *', DAWN, ALWAYS, 'Asia/Seoul'));
    const made = point('2026-11-19T18:00:00', '2026-11-19T18:02:00');
    expect(said([made], seoul)).toEqual(['asked']);
    expect(said([made], DAILY)).toEqual(['off-schedule']);
  });

  it('from the future is left to the finding of that name', () => {
    expect(said([point('2026-11-25T03:00:00', '2026-11-20T03:00:00')], DAILY)).toEqual(['asked']);
  });
});

describe('two for one slot', () => {
  const first = point('2026-11-20T03:00:00', '2026-11-20T03:02:00');
  const second = point('2026-11-20T03:00:00', '2026-11-20T04:02:00');

  it('are one that was asked for, the first made, and one too many, in any order', () => {
    expect(said([first, second], DAILY)).toEqual(['asked', 'surplus']);
    expect(said([second, first], DAILY)).toEqual(['surplus', 'asked']);
  });

  it('are one that is available, and another that is still being made', () => {
    const creating = { ...first, recoveryPoint: { ...first.recoveryPoint, status: 'creating' as const } };
    expect(said([creating, second], DAILY)).toEqual(['surplus', 'asked']);
  });

  it('of two tables that had the name are asked for both', () => {
    const older = { ...second, recoveryPoint: { ...second.recoveryPoint, tableId: 'older' } };
    expect(said([first, older], DAILY)).toEqual(['asked', 'asked']);
  });
});

describe('an edited schedule', () => {
  const edit = at('2026-11-10T12:00:00');
  const edited: Asking = {
    eras: [era('0 3 * * *', DAWN, edit + HOUR_MS), era('0 4 * * *', edit - HOUR_MS)],
    knownSince: at('2026-10-01T00:00:00'),
  };

  it.each([
    { name: 'before it', slot: '2026-11-05T03:00:00', made: '2026-11-05T03:02:00', is: 'asked' },
    { name: 'after it', slot: '2026-11-20T04:00:00', made: '2026-11-20T04:02:00', is: 'asked' },
    {
      name: 'long after it for the schedule before',
      slot: '2026-11-20T03:00:00',
      made: '2026-11-20T03:02:00',
      is: 'off-schedule',
    },
    {
      name: 'long before it for the schedule after',
      slot: '2026-11-05T04:00:00',
      made: '2026-11-05T04:02:00',
      is: 'off-schedule',
    },
    {
      name: 'as it was deployed',
      slot: '2026-11-10T03:00:00',
      made: '2026-11-10T12:30:00',
      is: 'asked',
    },
  ])('what was made $name is $is', ({ slot, made, is }) => {
    expect(said([point(slot, made)], edited)).toEqual([is]);
  });
});

describe('what was made before anything was remembered', () => {
  const unknown: Asking = { eras: [era('0 3 1 * *')], knownSince: at('2026-12-01T00:00:00') };
  const daily = (day: number): SeriesPoint => point(`2026-11-${day}T05:00:00`, `2026-11-${day}T05:02:00`);

  it('is trusted as to its schedule where it fits in between', () => {
    expect(said([daily(20), daily(21), daily(22)], unknown)).toEqual(['trusted', 'trusted', 'trusted']);
  });

  it('is not trusted where it names a slot that others had passed by then', () => {
    const backdated = point('2026-11-20T06:00:00', '2026-11-23T12:00:00');
    expect(said([daily(20), daily(21), daily(22), backdated], unknown)).toEqual([
      'trusted',
      'trusted',
      'trusted',
      'off-schedule',
    ]);
  });

  it('is not trusted beside what its own schedule would have asked for instead', () => {
    const crowd = ['06', '07', '08'].map((hour) => point(`2026-11-22T${hour}:00:00`, '2026-11-22T12:00:00'));
    expect(said([daily(22), ...crowd], unknown)).toEqual([
      'trusted',
      'trusted',
      'off-schedule',
      'off-schedule',
    ]);
  });
});

it('a year of days is judged in little time, each slot looked up once', () => {
  const newest = at('2026-11-20T03:00:00');
  const points = Array.from({ length: 365 }, (_, day) => ({
    slot: newest - day * DAY_MS,
    recoveryPoint: aRecoveryPoint({
      slot: newest - day * DAY_MS,
      createdAt: newest - day * DAY_MS + MINUTE_MS,
    }),
  }));
  expect(askedBy(DAILY)(points)).toBe(points);
});

describe('what shows that another one was not asked for', () => {
  const BEFORE: Asking = { eras: [era('0 * * * *')], knownSince: at('2026-11-23T05:00:00') };
  const shows = (points: readonly SeriesPoint[]): readonly boolean[] =>
    askedBy(BEFORE)(points).map(({ disproves }) => disproves === true);
  const ODD = point('2026-11-22T20:00:00', '2026-11-22T23:00:00');

  it('is the one that was made between its slot and its making', () => {
    const points = [
      point('2026-11-22T23:00:00', '2026-11-22T23:01:00'),
      point('2026-11-22T22:00:00', '2026-11-22T22:01:00'),
      point('2026-11-22T21:00:00', '2026-11-22T21:01:00'),
      ODD,
    ];
    expect(said(points, BEFORE)).toEqual(['asked', 'asked', 'asked', 'out-of-period']);
    expect(shows(points)).toEqual([false, true, false, false]);
  });

  it('is the one whose slot had come when it was made, and that was made after it', () => {
    const points = [point('2026-11-22T22:00:00', '2026-11-22T23:01:00'), ODD];
    expect(said(points, BEFORE)).toEqual(['asked', 'out-of-period']);
    expect(shows(points)).toEqual([true, false]);
  });

  it('is also the first one of its slot, where it is one more for that slot', () => {
    const points = [
      point('2026-11-22T22:00:00', '2026-11-22T22:30:00'),
      point('2026-11-22T22:00:00', '2026-11-22T22:01:00'),
      ODD,
    ];
    expect(said(points, BEFORE)).toEqual(['surplus', 'asked', 'out-of-period']);
    expect(shows(points)).toEqual([true, true, false]);
  });

  it('is none where all may have been asked for', () => {
    expect(shows([point('2026-11-22T23:00:00', '2026-11-22T23:01:00'), ODD])).toEqual([false, false]);
    expect(said([point('2026-11-22T23:00:00', '2026-11-22T23:01:00'), ODD], BEFORE)).toEqual([
      'asked',
      'trusted',
    ]);
  });
});
