import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  carriedOver,
  dueTables,
  goneIncarnations,
  hintsFollowed,
  incarnationsToForget,
  versionsToForget,
} from '../../../shared/core/restore/capture.ts';
import { manifestFor } from '../../../shared/core/restore/manifest-for.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Manifest, ManifestHead } from '../../../shared/model/manifest.ts';
import { SETTING_FACETS } from '../../../shared/model/table-settings.ts';
import { everySetting } from '../../support/table-settings.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const TARGET = { accountId: '111122223333', region: 'us-east-1' };

const head = (
  table: string,
  tableId: string,
  ago: number,
  more: Partial<ManifestHead> = {},
): ManifestHead => ({
  table,
  tableId,
  tableCreatedAt: 0,
  capturedAt: NOW - ago,
  confirmedAt: NOW - ago,
  digest: 'd',
  ...more,
});

const version = (capturedAt: Instant): Manifest => ({
  target: TARGET,
  table: 'orders',
  tableId: 'one',
  tableCreatedAt: 0,
  capturedAt,
  confirmedAt: capturedAt,
  settings: {},
  gaps: [],
});

const orders = { table: 'orders', tableId: 'one' };

describe('settings are read', () => {
  it.each([
    { of: 'a table without a manifest', heads: [], hints: [], due: true },
    {
      of: 'a table made again under its name',
      heads: [head('orders', 'before', HOUR_MS)],
      hints: [],
      due: true,
    },
    { of: 'one confirmed this morning', heads: [head('orders', 'one', 6 * HOUR_MS)], hints: [], due: false },
    {
      of: 'one confirmed by yesterday’s audit',
      heads: [head('orders', 'one', 23 * HOUR_MS)],
      hints: [],
      due: true,
    },
    {
      of: 'one that a hint named since',
      heads: [head('orders', 'one', 6 * HOUR_MS)],
      hints: [{ table: 'orders', hintedAt: NOW - HOUR_MS }],
      due: true,
    },
    {
      of: 'one that a hint named before',
      heads: [head('orders', 'one', HOUR_MS)],
      hints: [{ table: 'orders', hintedAt: NOW - 6 * HOUR_MS }],
      due: false,
    },
    {
      of: 'one confirmed by a clock that was ahead',
      heads: [head('orders', 'one', -DAY_MS)],
      hints: [],
      due: true,
    },
  ])('of $of: $due', ({ heads, hints, due }) => {
    expect(dueTables([orders], heads, hints, NOW)).toEqual(due ? [orders] : []);
  });

  it('longest unconfirmed first, those without a manifest before all', () => {
    const tables = ['a', 'b', 'c', 'd'].map((table) => ({ table, tableId: table }));
    const heads = [head('a', 'a', 30 * HOUR_MS), head('b', 'b', 50 * HOUR_MS), head('d', 'd', 26 * HOUR_MS)];
    expect(dueTables(tables, heads, [], NOW).map(({ table }) => table)).toEqual(['c', 'b', 'a', 'd']);
  });

  it('of every table within a day, however few an audit has time for as long as the day has time for all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), (count, each) => {
        const tables = Array.from({ length: count }, (_, at) => ({ table: `t${at}`, tableId: `${at}` }));
        let heads: readonly ManifestHead[] = [];
        const rounds = Math.ceil(count / each);
        for (let round = 0; round < rounds; round += 1) {
          const now = NOW + round * 6 * HOUR_MS;
          const done = dueTables(tables, heads, [], now).slice(0, each);
          const names = new Set(done.map(({ table }) => table));
          const confirmed = done.map(({ table, tableId }) => head(table, tableId, NOW - now));
          heads = [...heads.filter(({ table }) => !names.has(table)), ...confirmed];
          if (now - NOW >= 18 * HOUR_MS) break;
        }
        expect(heads).toHaveLength(Math.min(count, each * Math.min(4, rounds)));
      }),
    );
  });
});

it('a hint goes once the table was read after it, or is not governed', () => {
  const hints = ['orders', 'carts', 'gone'].map((table) => ({ table, hintedAt: NOW - HOUR_MS }));
  const tables = [orders, { table: 'carts', tableId: 'c' }];
  const heads = [head('orders', 'one', MINUTE_MS), head('carts', 'c', 2 * HOUR_MS)];
  expect(hintsFollowed(hints, tables, heads).map(({ table }) => table)).toEqual(['orders', 'gone']);
});

describe('what could not be read again', () => {
  const failure = ownFailure('not-there', 'denied');
  const whole = { settings: everySetting(), gaps: [] };

  it.each(SETTING_FACETS)('stays as it was: %s', (facet) => {
    const { [facet]: _, ...settings } = everySetting();
    const kept = carriedOver({ settings, gaps: [{ facet, failure }] }, whole);
    expect(kept).toEqual({ settings: everySetting(), gaps: [{ facet, failure }] });
  });

  it('is a gap alone where it was never read', () => {
    const reading = { settings: {}, gaps: [{ facet: 'ttl' as const, failure }] };
    expect(carriedOver(reading, undefined)).toEqual(reading);
  });

  it('does not bring back what was switched off', () => {
    const settings = everySetting({ ttl: null, attachments: [], replicas: [], kinesis: [] });
    expect(carriedOver({ settings, gaps: [] }, whole)).toEqual({ settings, gaps: [] });
  });

  it('of what points at the table, and of what a replica’s Region says', () => {
    const attachments = everySetting().attachments.slice(1);
    const settings = everySetting({ attachments, replicas: [{ region: 'eu-west-1' }] });
    const kept = carriedOver({ settings, gaps: [{ facet: 'attachments', failure }] }, whole);
    expect(kept.settings.attachments).toHaveLength(everySetting().attachments.length);
    expect(kept.settings.replicas).toEqual(everySetting().replicas);
  });
});

describe('a version', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 90 * 24 }), { maxLength: 12 });
  const ago = (hours: number): Instant => NOW - hours * HOUR_MS;

  it('stays as long as a restore of any recovery point or second would take it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 90 * 24 }), { minLength: 1, maxLength: 12 }),
        instants,
        fc.integer({ min: 0, max: 35 * 24 }),
        (captured, points, window) => {
          const versions = captured.map((hours) => version(ago(hours)));
          const gone = versionsToForget(versions, points.map(ago), NOW);
          const left = versions.filter((one) => !gone.includes(one));
          const seconds = [...points, window].map(ago);
          for (const second of seconds) {
            const source = {
              kind: 'point-in-time',
              table: 'orders',
              tableId: 'one',
              tableArn: 'a',
              second,
            } as const;
            expect(manifestFor(left, source)).toEqual(manifestFor(versions, source));
          }
          expect(left).toContain(versions.toSorted((a, b) => a.capturedAt - b.capturedAt).at(-1));
        },
      ),
    );
  });

  it('goes once no point and no second needs it', () => {
    const versions = [80, 60, 50, 40, 1].map((days) => version(NOW - days * DAY_MS));
    const gone = versionsToForget(versions, [NOW - 55 * DAY_MS], NOW);
    expect(gone.map(({ capturedAt }) => (NOW - capturedAt) / DAY_MS)).toEqual([80, 50]);
  });
});

describe('an incarnation', () => {
  const heads = [head('orders', 'one', DAY_MS), head('orders', 'two', HOUR_MS), head('carts', 'c', HOUR_MS)];
  const goneOf = (names: readonly string[], standing: readonly { table: string; tableId: string }[]) =>
    goneIncarnations(heads, { names: new Set(names), standing }).map(({ tableId }) => tableId);

  it('is gone where its name is free or has another table, and not where nobody described the table', () => {
    expect(goneOf(['carts'], [])).toEqual(['one', 'two']);
    expect(goneOf(['orders', 'carts'], [{ table: 'orders', tableId: 'two' }])).toEqual(['one']);
    expect(goneOf(['orders', 'carts'], [])).toEqual([]);
  });

  it.each([
    { of: 'one gone for 37 days', goneAt: NOW - 37 * DAY_MS, points: [], forgotten: true },
    {
      of: 'one gone for 35 days, of which there may be a SYSTEM backup',
      goneAt: NOW - 35 * DAY_MS,
      points: [],
      forgotten: false,
    },
    { of: 'one gone for long, with a recovery point', goneAt: 0, points: ['one'], forgotten: false },
    { of: 'one that is first seen gone', goneAt: undefined, points: [], forgotten: false },
  ])('may be forgotten: $of: $forgotten', ({ goneAt, points, forgotten }) => {
    const gone = [head('orders', 'one', DAY_MS, goneAt === undefined ? {} : { goneAt })];
    expect(incarnationsToForget(gone, new Set(points), NOW)).toEqual(forgotten ? gone : []);
  });
});
