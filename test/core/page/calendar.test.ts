import { describe, expect, it } from 'vitest';
import { calendarOf, WIDTH } from '../../../shared/core/page/draw/calendar.ts';
import { axis, marks, span } from '../../../shared/core/page/draw/shapes.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';

const NOW = Date.UTC(2026, 10, 20, 16);

const aCalendar = (days: number, offsetMs = 0) =>
  calendarOf({ from: NOW - days * DAY_MS, to: NOW, offsetMs });

describe('a calendar', () => {
  it('lays a short span out evenly', () => {
    const { x, bend } = aCalendar(40);
    expect([40, 20, 10, 0].map((days) => x(NOW - days * DAY_MS))).toEqual([0, 500, 750, WIDTH]);
    expect(bend).toBeUndefined();
  });

  it('gives the last six weeks of a long one the larger part, and never goes backwards', () => {
    const { x, bend } = aCalendar(400);
    expect(x(NOW - 42 * DAY_MS)).toBe(bend);
    expect(bend).toBe(400);
    const places = Array.from({ length: 401 }, (_, day) => x(NOW - day * DAY_MS));
    expect(places).toEqual(places.toSorted((a, b) => b - a));
    expect(new Set(places).size).toBe(401);
  });

  it('keeps what lies outside at its edges', () => {
    const { x } = aCalendar(40);
    expect([x(NOW + DAY_MS), x(NOW - 99 * DAY_MS)]).toEqual([WIDTH, 0]);
  });

  it.each([2, 20, 40, 100, 400, 2000, 9000])('has a few marks and no more on %d days', (days) => {
    const { ticks } = aCalendar(days);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThan(12);
    expect(ticks.map(({ x }) => x)).toEqual(ticks.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  it('begins days as the clocks of the reader have them', () => {
    const hours = (offsetMs: number) =>
      new Set(aCalendar(40, offsetMs).ticks.map(({ at }) => new Date(at).getUTCHours()));
    expect(hours(0)).toEqual(new Set([0]));
    expect(hours(9 * HOUR_MS)).toEqual(new Set([15]));
  });
});

describe('shapes', () => {
  const calendar = aCalendar(40);

  it('are one path for many marks, and one mark for those in one place', () => {
    const times = [NOW, NOW - 20 * DAY_MS, NOW - 20 * DAY_MS + 1];
    expect(marks(calendar, times, { top: 2, bottom: 9 }, 'p-daily')?.text).toBe(
      '<path class="p-daily" d="M1000 2V9M500 2V9"/>',
    );
    expect(marks(calendar, [], { top: 2, bottom: 9 }, 'p-daily')).toBeUndefined();
  });

  it('show a span that is too short to be seen', () => {
    expect(span(calendar, { from: NOW - 1, to: NOW }, { top: 1, bottom: 4 }, 'late').text).toBe(
      '<rect class="late" x="998.5" y="1" width="1.5" height="3"/>',
    );
  });

  it('have labels that do not stand in each other', () => {
    const places = [...axis(aCalendar(400)).text.matchAll(/<text x="([\d.]+)%"/g)].map(([, x]) => Number(x));
    expect(places.length).toBeGreaterThan(3);
    for (const [at, x] of places.entries())
      if (at > 0) expect(x - (places[at - 1] ?? 0)).toBeGreaterThanOrEqual(7.5);
  });
});
