import { describe, expect, it } from 'vitest';
import type { PolicySpec } from '../../prove/story/file-spec.ts';
import { originOf } from '../../prove/truth/names.ts';
import { keptMoments } from '../../prove/truth/retention.ts';
import { latestSlotOf } from '../../prove/truth/slots.ts';

const at = (text: string): number => Date.parse(text);
const DAY_MS = 86_400_000;

const policy = (overrides: Partial<PolicySpec>): PolicySpec => ({
  name: 'gold',
  rhythm: { minute: 0, hour: 3 },
  retention: {},
  rpoHours: 26,
  ...overrides,
});

describe('the bench reckons for itself', () => {
  it.each([
    {
      name: 'a daily slot',
      rhythm: { minute: 0, hour: 3 },
      zone: 'UTC',
      now: '2026-03-10T10:00:00Z',
      slot: '2026-03-10T03:00:00Z',
    },
    {
      name: 'exactly now',
      rhythm: { minute: 0, hour: 3 },
      zone: 'UTC',
      now: '2026-03-10T03:00:00Z',
      slot: '2026-03-10T03:00:00Z',
    },
    {
      name: 'one that spring skips',
      rhythm: { minute: 30, hour: 2 },
      zone: 'Europe/Berlin',
      now: '2026-03-29T10:00:00Z',
      slot: '2026-03-29T01:00:00Z',
    },
    {
      name: 'one that autumn repeats',
      rhythm: { minute: 30, hour: 2 },
      zone: 'Europe/Berlin',
      now: '2026-10-25T10:00:00Z',
      slot: '2026-10-25T00:30:00Z',
    },
    {
      name: 'a Sunday',
      rhythm: { minute: 0, hour: 0, weekday: 0 },
      zone: 'Asia/Seoul',
      now: '2026-03-10T10:00:00Z',
      slot: '2026-03-07T15:00:00Z',
    },
    {
      name: 'a day of the month',
      rhythm: { minute: 0, hour: 0, dayOfMonth: 28 },
      zone: 'UTC',
      now: '2026-03-10T10:00:00Z',
      slot: '2026-02-28T00:00:00Z',
    },
  ])('knows $name', ({ rhythm, zone, now, slot }) => {
    expect(new Date(latestSlotOf(rhythm, zone, at(now)))).toEqual(new Date(slot));
  });

  const days = Array.from({ length: 10 }, (_, index) => at('2026-03-10T03:00:00Z') - index * DAY_MS);

  it.each([
    { name: 'the last two', spec: policy({ retention: { last: 2 } }), kept: [0, 1] },
    { name: 'two weeks', spec: policy({ retention: { weekly: 2 } }), kept: [0, 2] },
    {
      name: 'and the oldest while a month is missing',
      spec: policy({ retention: { monthly: 2 } }),
      kept: [0, 9],
    },
    { name: 'within two days, not at them', spec: policy({ withinHours: 48 }), kept: [0, 1] },
  ])('keeps $name', ({ spec, kept }) => {
    expect(keptMoments(days, spec, 'UTC')).toEqual(new Set(kept.map((index) => days[index])));
  });

  it.each([
    ['tablekeeper.prod.gold.20260105T030000Z', true],
    ['tablekeeper.prod.gold.20260230T030000Z', false],
    ['tablekeeper.stage.gold.20260105T030000Z', false],
    ['tablekeeper.prod.gold.20260105T030000Z.bak', false],
  ])('takes %s for ours: %s', (name, isOurs) => {
    expect(originOf(name) !== undefined).toBe(isOurs);
  });
});
