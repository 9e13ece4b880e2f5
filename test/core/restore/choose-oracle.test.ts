import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { choose } from '../../../shared/core/restore/choose.ts';
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import { always } from '../calendar/always.ts';
import { type Life, type Point, pitrFrom, pointId, viewOf } from './history.ts';

// Random histories of one name, and what is right for any second, said from the history as it really was.

const BEGIN = Date.UTC(2026, 9, 1);

interface History {
  readonly lives: readonly Life[];
  readonly now: Instant;
  readonly asked: Instant;
}

const aPoint = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  by: fc.constantFrom('us' as const, 'us' as const, 'person' as const, 'other-instance' as const),
  status: fc.constantFrom(
    'available' as const,
    'available' as const,
    'creating' as const,
    'deleted' as const,
  ),
});

const aLife = fc.record({
  gapMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
  lengthMs: fc.integer({ min: MINUTE_MS, max: 30 * DAY_MS }),
  hasSystemBackup: fc.boolean(),
  hasPitr: fc.boolean(),
  windowShare: fc.double({ min: 0, max: 1, noNaN: true }),
  lagMs: fc.integer({ min: 0, max: 10 * MINUTE_MS }),
  points: fc.array(aPoint, { maxLength: 5 }),
});

const pointsIn = (
  points: readonly { share: number; by: Point['by']; status: Point['status'] }[],
  from: number,
  span: number,
) =>
  points
    .map(({ share, by, status }) => ({ at: Math.floor(from + share * span), by, status }) as Point)
    .toSorted((a, b) => a.at - b.at);

const aHistory: fc.Arbitrary<History> = fc
  .record({
    drawn: fc.array(aLife, { minLength: 1, maxLength: 3 }),
    isStanding: fc.boolean(),
    askedShare: fc.double({ min: -0.05, max: 1.02, noNaN: true }),
    agoMs: fc.option(fc.integer({ min: -MINUTE_MS, max: 12 * MINUTE_MS }), { freq: 2 }),
    nearPoint: fc.option(
      fc.record({ life: fc.nat(2), point: fc.nat(4), shiftMs: fc.integer({ min: -2_000, max: 2_000 }) }),
    ),
  })
  .map(({ drawn, isStanding, askedShare, agoMs, nearPoint }) => {
    let moment = BEGIN;
    const lives = drawn.map((one, index): Life => {
      const from = moment + one.gapMs + SECOND_MS;
      const end = from + one.lengthMs;
      moment = end;
      const isLast = index === drawn.length - 1;
      const stands = isLast && isStanding;
      const latest = Math.max(from, end - one.lagMs);
      return {
        id: `life-${index}`,
        from,
        manifestUntil: end,
        points: pointsIn(one.points, from, one.lengthMs),
        hasSystemBackup: one.hasSystemBackup,
        ...(!stands && { until: end }),
        ...(stands && one.hasPitr && { pitr: pitrFrom(from + one.windowShare * (latest - from), latest) }),
      };
    });
    const now = moment;
    const near = nearPoint === null ? undefined : lives[nearPoint.life]?.points?.[nearPoint.point];
    const anywhere = agoMs === null ? BEGIN + askedShare * (now - BEGIN) : now - agoMs;
    const raw = near === undefined ? anywhere : near.at + (nearPoint?.shiftMs ?? 0);
    return { lives, now, asked: Math.floor(raw / SECOND_MS) * SECOND_MS };
  });

const floor = (at: Instant): Instant => Math.floor(at / SECOND_MS) * SECOND_MS;

/** By the window of a table that exists; undefined where it has none or the second is before it. */
const byWindow = ({ id, pitr }: Life, asked: Instant): string | undefined => {
  const { earliestRestorableAt: earliest, latestRestorableAt: latest } = pitr ?? {};
  if (earliest === undefined || latest === undefined) return undefined;
  if (Math.ceil(earliest / SECOND_MS) * SECOND_MS > floor(latest) || asked < earliest) return undefined;
  return asked > latest ? 'refused not-restorable-yet' : `second of ${id}`;
};

const systemCopies = ({ id, until, hasSystemBackup }: Life, now: Instant) =>
  until !== undefined && hasSystemBackup === true && now < until + 35 * DAY_MS
    ? [{ at: until, by: 'us', status: 'available', id: pointId('orders', id, 'system') }]
    : [];

const byCopies = (life: Life, { now, asked }: History): string => {
  const copies = [
    ...(life.points ?? []).map((point, index) => ({ ...point, id: pointId('orders', life.id, index) })),
    ...systemCopies(life, now),
  ].filter(({ status, at }) => status === 'available' && floor(at) <= asked);
  const usable = copies.filter(({ by }) => by === 'us');
  if (usable.length === 0) return copies.length === 0 ? 'refused nothing-before' : 'refused only-of-others';
  const newest = Math.max(...usable.map(({ at }) => at));
  const [last = ''] = usable
    .filter(({ at }) => at === newest)
    .map(({ id }) => id)
    .toSorted()
    .toReversed();
  return last;
};

/** What is right, in one word or the backup: by looking at every copy there is. */
const right = (history: History): string => {
  const { lives, now, asked } = history;
  if (asked > now) return 'refused in-the-future';
  const life = lives.findLast(({ from }) => floor(from) <= asked);
  if (life === undefined) return 'refused nothing-before';
  return byWindow(life, asked) ?? byCopies(life, history);
};

it('what is chosen for any second of any history is what is right', () => {
  const seen = new Set<string>();
  always({ from: aHistory, runs: 3_000 }, (history) => {
    const choice = choose(viewOf(history.lives, history.now), { kind: 'second', at: history.asked });
    const expected = right(history);
    seen.add(expected.replace(/-?\d.*/, '').replace(/^arn.*/, 'backup'));
    if (choice.kind === 'refused') {
      expect(`refused ${choice.reason.kind}`).toBe(expected);
      return;
    }
    const { source, asked, at, lackedMs } = choice;
    expect(source.kind === 'recovery-point' ? source.id : `second of ${source.tableId}`).toBe(expected);
    expect(asked).toBe(history.asked);
    expect(at).toBeLessThanOrEqual(history.asked);
    if (source.kind === 'point-in-time') expect(source.second).toBe(history.asked);
    expect(lackedMs).toBe(choice.because === 'after-deletion' ? 0 : history.asked - at);
  });
  // Draws that never meet one of the answers prove nothing of it.
  expect([...seen].toSorted()).toEqual(
    [
      'backup',
      'refused in-the-future',
      'refused not-restorable-yet',
      'refused nothing-before',
      'refused only-of-others',
      'second of life',
    ].toSorted(),
  );
});
