import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../../shared/core/messages/digest/digest.ts';
import { renderDigest } from '../../../../shared/core/messages/digest/mail.ts';
import type { TableLine } from '../../../../shared/core/messages/digest/table-line.ts';
import { DAY_MS } from '../../../../shared/model/instant.ts';
import type { VerdictStatus } from '../../../../shared/model/plan.ts';
import { anyText } from '../../../support/any-text.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../../support/world.ts';
import { aDigest, aLine, LAST_WEEK } from './world.ts';

const SNS_BYTES = 262_144;

const mailOf = (overrides: Partial<Digest> = {}) =>
  renderDigest({ digest: aDigest(overrides), instance: INSTANCE, target: TARGET, now: NOW, runId: '7f2c' });

describe('a digest mail', () => {
  it.each(['a', '汉', '😀'])('is measured in bytes, whatever it is written in: %s', (letter) => {
    const tables = Array.from({ length: 2_000 }, (_, at) =>
      aLine({ table: `T${at}`, policies: [letter.repeat(60), letter.repeat(61)] }),
    );
    const { body } = mailOf({ tables });
    expect(Buffer.byteLength(body)).toBeLessThan(SNS_BYTES);
    expect(Buffer.byteLength(body)).toBeGreaterThan(190_000);
    expect(body).toContain('more tables that this mail has no room for');
  });

  const { back, cost } = aLine().ifLost;
  const proof = { at: NOW - 2 * DAY_MS, level: 'restored', from: 'recovery-point' } as const;
  const [createdAt, hour] = [NOW - DAY_MS, 3_600_000];
  const copies = { count: 3, createdAt, vault: 'dr', region: 'eu-west-1' };

  it.each<{ readonly line: Partial<TableLine>; readonly says: string }>([
    {
      line: {},
      says: 'If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is not known, for about $0.18; never proved',
    },
    {
      line: {
        ifLost: {
          back: { to: createdAt, from: 'recovery-point' },
          expected: { kind: 'own-table', count: 3, shortestMs: hour, longestMs: 3 * hour },
          ...{ cost, proof },
        },
      },
      says: 'back to 2026-11-22 05:00 UTC from a backup, in about 1 h to 3 h (3 restores), for about $0.18; last proved 2026-11-21 05:00 UTC (48 h ago), restored from a backup',
    },
    {
      line: {
        ifLost: {
          ...(back !== undefined && { back: { ...back, copyIn: 'eu-west-1' } }),
          expected: { kind: 'like-size', count: 1, shortestMs: hour, longestMs: hour },
          cost: { kind: 'unknown' },
        },
      },
      says: 'from a copy in eu-west-1, in about 1 h (1 restore of tables of such size), at a price that is not known; never proved',
    },
    {
      line: { ifLost: { expected: { kind: 'unknown' }, cost: { kind: 'unknown' } } },
      says: 'If lost now: nothing comes back; never proved',
    },
    {
      line: { ifLost: { isUnread: true, expected: { kind: 'unknown' }, cost: { kind: 'unknown' } } },
      says: 'If lost now: not known what comes back; never proved',
    },
    {
      line: { lockedPoints: 2 },
      says: 'Recovery points: 24, 2 under a key that cannot be used (29 GB), newest 2026-11-23 03:00 UTC',
    },
    {
      line: { window: { kind: 'withheld', why: 'key' } },
      says: 'PITR: on, and no second can be restored, because the key that the table is encrypted with cannot be used',
    },
    {
      line: { copies },
      says: '; 3 copies in other vaults, newest 2026-11-22 05:00 UTC (24 h ago) in dr in eu-west-1',
    },
  ])('says what can be had of a table: $says', ({ line, says }) => {
    const { body } = mailOf({ tables: [aLine(line)] });
    expect(body.replaceAll(/\s+/g, ' ')).toContain(says);
  });

  it('counts what a key keeps from being restored, and does not count its window as on', () => {
    const { oldestAt: _, newestAt: _newest, ...none } = aLine();
    const { body } = mailOf({
      tables: [{ ...none, recoveryPoints: 0, lockedPoints: 4, window: { kind: 'withheld', why: 'key' } }],
    });
    const said = body.replaceAll(/\s+/g, ' ');
    expect(said).toContain('on for 0 of the 1 table that is promised it.');
    expect(said).toContain('4 recovery points: 29 GB, 4 of them under a key that cannot be used.');
    expect(said).toContain(
      'Recovery points: none that can be restored, 4 under a key that cannot be used (29 GB)',
    );
  });

  it('reads well on a Monday morning', () => {
    const failing = anOpenFinding({
      id: 'backups-failing/Carts/standard',
      kind: 'backups-failing',
      table: 'Carts',
      policy: 'standard',
      severity: 'warning',
    });
    const carts = aLine({ table: 'Carts', status: 'at-risk', window: { kind: 'off' }, recoveryPoints: 3 });
    const { oldestAt: _, newestAt: _newest, tableBytes: _bytes, ...none } = aLine();
    const { subject, body } = mailOf({
      last: { ...LAST_WEEK, tableBytes: 1_000_000_000 },
      tables: [
        {
          ...none,
          table: 'Archive',
          status: 'unprotected',
          recoveryPoints: 0,
          window: { kind: 'not-promised' },
        },
        carts,
        aLine({ policies: ['archive', 'standard'] }),
      ],
      failures: [failing, { ...failing, id: 'x', table: 'Users', resolvedAt: NOW - DAY_MS }],
      openFindings: [failing],
      optedOut: ['Scratch'],
      untagged: ['Sessions', 'Tmp'],
    });
    expect(`${subject}\n\n${body}`).toMatchInlineSnapshot(`
      "[Tablekeeper prod] Digest: 3 tables opted in: 1 protected, 1 at risk, 1 unprotected.

      IN SHORT

      3 tables opted in: 1 protected, 1 at risk, 1 unprotected.
      Point-in-time recovery is on for 1 of the 2 tables that are promised it; the
      shortest window, of Orders, reaches back 35 days.
      The oldest recovery point is of 2026-01-27 05:00 UTC (300 days ago), of
      Carts.
      Furthest behind is Carts: its newest recovery point is of 2026-11-23 03:00
      UTC (2 h ago).
      Tables: 1.2 GB, 200 MB more than on 2026-11-16.
      27 recovery points: 29 GB, 1.2 GB less than on 2026-11-16.
      1 finding open: 1 warning.

      FAILURES

      2 failures since 2026-11-16:
      * backups failing on Carts (standard)
      * backups failing on Users (standard), over

      TAGS

      2 tables without a tag: Sessions, Tmp.
      1 table opted out: Scratch.

      TABLES, WORST FIRST

      * Archive: unprotected (standard, size not read)
        Recovery points: none
        PITR: not promised
        If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is
        not known, for about $0.18; never proved

      * Carts: at risk (standard, 1.2 GB)
        Recovery points: 3 (29 GB), newest 2026-11-23 03:00 UTC (2 h ago), oldest
        2026-01-27 05:00 UTC (300 days ago)
        PITR: off
        If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is
        not known, for about $0.18; never proved

      * Orders: protected (archive+standard, 1.2 GB)
        Recovery points: 24 (29 GB), newest 2026-11-23 03:00 UTC (2 h ago), oldest
        2026-01-27 05:00 UTC (300 days ago)
        PITR: any second from 2026-10-19 05:00 UTC to 2026-11-23 04:55 UTC (5 min
        ago)
        If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is
        not known, for about $0.18; never proved

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      Run: 7f2c
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it.each([
    { name: 'without a last one compares nothing', digest: {}, has: 'Tables: 1.2 GB.', not: 'than on' },
    {
      name: 'says when nothing has grown',
      digest: {
        last: { digestedSlot: NOW, sentAt: NOW, tableBytes: 1_200_000_000, recoveryPointBytes: 0 },
      },
      has: 'Tables: 1.2 GB, as on 2026-11-23.',
      not: 'Tables: 1.2 GB, 0 B',
    },
    {
      name: 'of no table says so',
      digest: { tables: [], tableBytes: 0, recoveryPointBytes: 0 },
      has: 'No table has opted in by its tag.\nTables: 0 B.\n0 recovery points: 0 B.\nNo finding is open.\n\nFAILURES\n\nNo failure.\n\nTAGS\n\nNo table is without a tag.\n\n--\n',
      not: '* ',
    },
  ])('$name', ({ digest, has, not }) => {
    const { body } = mailOf(digest);
    expect(body).toContain(has);
    expect(body).not.toContain(not);
  });

  it('tells how far back one could go, by the table that can least', () => {
    const window = (days: number) => ({
      kind: 'open' as const,
      earliestAt: NOW - days * DAY_MS,
      latestAt: NOW,
    });
    const { body } = mailOf({
      tables: [
        aLine({ table: 'C', window: window(9), oldestAt: NOW - 20 * DAY_MS, newestAt: NOW - DAY_MS }),
        aLine({ table: 'B', window: window(5), oldestAt: NOW - 30 * DAY_MS, newestAt: NOW - 2 * DAY_MS }),
        aLine({ table: 'A', window: window(5), oldestAt: NOW - 30 * DAY_MS, newestAt: NOW - 2 * DAY_MS }),
        aLine({ table: 'D', window: { kind: 'not-read' } }),
      ],
    });
    expect(body.replaceAll(/\s+/g, ' ')).toContain(
      'Point-in-time recovery is on for 3 of the 4 tables that are promised it; the shortest window, of A, reaches back 5 days. ' +
        'The oldest recovery point is of 2026-01-27 05:00 UTC (300 days ago), of D. ' +
        'Furthest behind is A: its newest recovery point is of 2026-11-21 05:00 UTC (48 h ago). ',
    );
  });

  it('tells of tables without a window, a recovery point or a policy, and what is open', () => {
    const { oldestAt: _, newestAt: _newest, ...none } = aLine();
    const { body } = mailOf({
      tables: [
        { ...none, recoveryPoints: 0, recoveryPointBytes: 0, policies: [], window: { kind: 'not-read' } },
      ],
      recoveryPointBytes: 0,
      openFindings: [anOpenFinding({ severity: 'info' }), anOpenFinding(), anOpenFinding()],
      last: LAST_WEEK,
    });
    expect(body).toMatchInlineSnapshot(`
      "IN SHORT

      1 table opted in: 1 protected.
      Point-in-time recovery is on for 0 of the 1 table that is promised it.
      Tables: 1.2 GB.
      0 recovery points: 0 B, 30 GB less than on 2026-11-16.
      3 findings open: 2 critical, 1 info.

      FAILURES

      No failure since 2026-11-16.

      TAGS

      No table is without a tag.

      TABLES, WORST FIRST

      * Orders: protected (no policy, 1.2 GB)
        Recovery points: none
        PITR: not read this time
        If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is
        not known, for about $0.18; never proved

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      Run: 7f2c
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it('says what could not be read', () => {
    const { untagged: _, tableBytes: _bytes, ...partial } = aDigest();
    const { body } = renderDigest({ digest: partial, instance: INSTANCE, target: TARGET, now: NOW });
    expect(body).toContain('Tables: not all sizes could be read.');
    expect(body).toContain('The list of all tables could not be read.');
  });

  it('counts the tables and failures that it has no room for', () => {
    const tables = Array.from({ length: 5_000 }, (_, at) => aLine({ table: `T${at}` }));
    const failures = Array.from({ length: 50 }, (_, at) =>
      anOpenFinding({ id: `backups-failing/T${at}`, kind: 'backups-failing', table: `T${at}` }),
    );
    const { body, subject } = mailOf({ tables, failures });
    const shown = body.match(/^\* T\d+: protected/gm)?.length ?? 0;
    const rest = Number(/And ([\d,]+) more tables/.exec(body)?.[1]?.replace(',', ''));
    expect(Buffer.byteLength(body)).toBeLessThan(SNS_BYTES);
    expect(shown).toBeGreaterThan(500);
    expect(shown + rest).toBe(5_000);
    expect(body).toContain('And 30 more.');
    expect(subject).toBe('[Tablekeeper prod] Digest: 5,000 tables opted in: 5000 protected.');
  });

  it('always stays under the limits and shows or counts every table', () => {
    const status = fc.constantFrom<VerdictStatus>('protected', 'at-risk', 'unprotected', 'unknown');
    const line = fc
      .record({ table: anyText({ maxLength: 255 }), status })
      .map((given) => aLine({ ...given, policies: Array(20).fill('a-policy') }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), anyText(), (tables, instance) => {
        const { subject, body } = renderDigest({
          digest: aDigest({ tables }),
          instance,
          target: TARGET,
          now: NOW,
        });
        expect(subject).toMatch(/^[ -~]{1,99}$/);
        expect(Buffer.byteLength(body)).toBeLessThan(SNS_BYTES);
        expect(body.match(/^ {2}PITR: /gm)?.length ?? 0).toBe(tables.length);
      }),
    );
  });
});
