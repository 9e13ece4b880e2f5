import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasNews } from '../../../shared/core/alert/news.ts';
import { remindersOf } from '../../../shared/core/alert/reminders.ts';
import type { Severity } from '../../../shared/model/finding.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { decide } from '../../support/decide.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const WEEK_MS = 7 * DAY_MS;

const told = (severity: Severity, agoMs: number, id: string = severity): OpenFinding =>
  anOpenFinding({ id, severity, notifiedAt: NOW - agoMs });

describe('a reminder', () => {
  it.each<{ name: string; open: readonly OpenFinding[]; leaves?: boolean; ids: readonly string[] }>([
    { name: 'of what is critical comes after a day', open: [told('critical', DAY_MS)], ids: ['critical'] },
    { name: 'of what is critical not before', open: [told('critical', DAY_MS - HOUR_MS)], ids: [] },
    { name: 'of a warning not after a day', open: [told('warning', DAY_MS)], ids: [] },
    { name: 'of a warning not after six days', open: [told('warning', WEEK_MS - DAY_MS)], ids: [] },
    { name: 'of a warning comes after a week', open: [told('warning', WEEK_MS)], ids: ['warning'] },
    {
      name: 'of a warning comes also from a run that starts a little early',
      open: [told('warning', WEEK_MS - CLOCK_TOLERANCE_MS)],
      ids: ['warning'],
    },
    { name: 'of info never comes', open: [told('info', 52 * WEEK_MS)], leaves: true, ids: [] },
    {
      name: 'of a warning joins in the last seven hours of its week',
      open: [told('warning', WEEK_MS - 7 * HOUR_MS)],
      leaves: true,
      ids: ['warning'],
    },
    {
      name: 'of a warning does not join before',
      open: [told('warning', WEEK_MS - 7 * HOUR_MS - 1)],
      leaves: true,
      ids: [],
    },
    {
      name: 'of a warning joins one that is due',
      open: [told('critical', DAY_MS), told('warning', WEEK_MS - HOUR_MS)],
      ids: ['critical', 'warning'],
    },
    {
      name: 'of what is critical is not put off by a warning that waits',
      open: [told('critical', DAY_MS), told('warning', DAY_MS)],
      ids: ['critical'],
    },
    {
      name: 'is not hurried by a message from a clock that was ahead no further than clocks are',
      open: [told('critical', -CLOCK_TOLERANCE_MS)],
      leaves: true,
      ids: [],
    },
    {
      name: 'of what a clock far ahead told comes at once',
      open: [told('critical', -CLOCK_TOLERANCE_MS - 1)],
      ids: ['critical'],
    },
  ])('$name', ({ open, leaves = false, ids }) => {
    expect(remindersOf(open, NOW, leaves).map(({ id }) => id)).toEqual(ids);
  });

  it('of what nobody was told of does not wait', () => {
    const { notifiedAt: _never, ...untold } = told('critical', 0);
    expect(remindersOf([untold], NOW, false)).toEqual([untold]);
  });
});

describe('reminders, whenever runs happen', () => {
  const moments = fc
    .array(fc.integer({ min: MINUTE_MS, max: 6 * HOUR_MS }), { minLength: 1, maxLength: 200 })
    .map((waits) => waits.map((_, at) => NOW + waits.slice(0, at + 1).reduce((sum, wait) => sum + wait, 0)));

  const tellings = (severity: Severity, runs: readonly number[]): readonly number[] => {
    const { notifiedAt: _n, openedAt: _o, ...found } = anOpenFinding({ severity });
    let open: readonly OpenFinding[] = [];
    return runs.filter((now) => {
      const decision = decide({ openFindings: open, found: [found], judged: new Set(), now });
      open = decision.open;
      return hasNews(decision.news);
    });
  };

  it.each([
    { severity: 'critical' as const, mostMs: DAY_MS, leastMs: DAY_MS - HOUR_MS },
    { severity: 'warning' as const, mostMs: WEEK_MS, leastMs: WEEK_MS - 7 * HOUR_MS },
    { severity: 'info' as const, mostMs: Number.POSITIVE_INFINITY, leastMs: Number.POSITIVE_INFINITY },
  ])('of $severity keep to their rhythm', ({ severity, mostMs, leastMs }) => {
    fc.assert(
      fc.property(moments, (runs) => {
        const toldAt = tellings(severity, runs);
        expect(toldAt[0]).toBe(runs[0]);
        toldAt.slice(1).forEach((at, index) => {
          expect(at - (toldAt[index] ?? at)).toBeGreaterThanOrEqual(leastMs);
        });
        for (const now of runs) {
          const last = Math.max(...toldAt.filter((at) => at <= now));
          expect(now - last).toBeLessThan(mostMs);
        }
      }),
      { numRuns: 50 },
    );
  });
});
