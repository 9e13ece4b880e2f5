import { describe, expect, it } from 'vitest';
import { plainPaint, type Screen } from '../../../cli/view/colour.ts';
import { menuLines } from '../../../cli/view/restore-menu-text.ts';
import { restorePlanLines } from '../../../cli/view/restore-plan-text.ts';
import { possibleLines } from '../../../cli/view/restore-possible-text.ts';
import { refusalError } from '../../../cli/view/restore-refusal-text.ts';
import { stepText } from '../../../cli/view/restore-step-text.ts';
import { apartLines } from '../../../cli/view/restore-together-text.ts';
import type { AskedMoment } from '../../../shared/core/restore/asked.ts';
import { choose } from '../../../shared/core/restore/choose.ts';
import { chooseTogether } from '../../../shared/core/restore/choose-together.ts';
import { restorePlan } from '../../../shared/core/restore/restore-plan.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { SettingStep } from '../../../shared/model/restore.ts';
import { at, DENIED, type Life, pointId, viewOf } from '../../core/restore/history.ts';
import {
  CHOICES,
  chosenAt,
  GONE,
  NOW,
  planInput,
  SHAPE,
  STANDING,
  useOf,
} from '../../core/restore/plan-input.ts';

const screen: Screen = { paint: plainPaint };
const reader = { zone: 'Asia/Tokyo', now: NOW };
const inUtc = { zone: 'UTC', now: NOW };

const textOf = (lines: readonly string[]): string => lines.join('\n');

describe('a plan reads', () => {
  it('what comes back and why, then the settings in their order, then what is left', () => {
    const steps: readonly SettingStep[] = [
      { kind: 'deletion-protection', on: true },
      { kind: 'tags', tags: { app: 'shop' } },
      { kind: 'pitr', recoveryPeriodDays: 35 },
    ];
    expect(
      textOf(restorePlanLines(restorePlan(planInput({ steps })), reader, screen)),
    ).toBe(`Restore orders to orders-restored-20261115-1200
  asked      2026-11-15T12:00:00Z (2026-11-15T21:00:00+09:00 in Asia/Tokyo, 4 days 22 h ago)
  from       point-in-time recovery of orders (id a1)
  gives      2026-11-15T12:00:00Z (2026-11-15T21:00:00+09:00 in Asia/Tokyo, 4 days 22 h ago)
  why        it lies in the restorable window, so that the very second comes back
  beside it  the recovery point of 2026-11-05T03:00:00Z lacks what was written in the 10 days 9 h after it
  beside it  the recovery point of 2026-11-19T03:00:00Z also has everything of the 3 days 15 h after the asked second, wrong writes included
  to         a new table orders-restored-20261115-1200 in eu-west-1
  expected   AWS says at least 20 minutes, and not how many at the most; empty tables took 1 to 13. --without-indexes is faster
  cost       less than $0.01 for 2.0 kB, at $0.17 a GB in eu-west-1 (public price tables, not read from AWS, 2026-11-29); global indexes come on top

Put back once it is ACTIVE, in this order, as they stood at 2026-11-12T00:00:00Z
  1.  deletion protection on
  2.  1 tag: app=shop
  3.  point-in-time recovery on, for 35 days

Not put back, and what to do
  -  TTL on expires, because it deletes what has run out: --ttl on switches it on last. Later:
       aws dynamodb update-time-to-live --table-name orders-restored-20261115-1200 --time-to-live-specification Enabled=true,AttributeName=expires --region eu-west-1
  -  Warm throughput: orders-restored-20261115-1200 starts at 12,000 reads and 4,000 writes a second; orders was ready for 31,000 reads and 4,000 writes a second. --warm as-was raises it, which AWS charges for once and which cannot go down again.
  -  2 readers of the old stream (14e0db71, orders-to-search): none can be pointed at another stream. To make new ones, disabled, and be told when to switch:
       tablekeeper cutover orders orders-restored-20261115-1200
  -  1 alarm on orders (orders-throttled). To move it to orders-restored-20261115-1200:
       tablekeeper cutover orders orders-restored-20261115-1200
  -  IAM policies and configuration that name orders: allow and use orders-restored-20261115-1200, or swap it under the old name:
       tablekeeper cutover --swap orders orders-restored-20261115-1200
  -  Not looked at: AppSync data sources, zero-ETL, DAX, search indexes, caches, exports. What was derived from the table still shows what it showed before.`);
  });

  it('both losses where another second is taken than the asked one', () => {
    const plan = restorePlan(
      planInput({
        choice: chosenAt('2026-11-20T08:59', [GONE]),
        target: { name: 'orders', by: 'own' },
        manifest: undefined,
        past: [{ table: 'orders', tookMs: 25 * MINUTE_MS }],
      }),
    );
    const text = textOf(restorePlanLines(plan, inUtc, screen));
    expect(text).toContain(`  asked      2026-11-20T08:59:00Z (1 h 59 min ago)
  from       the recovery point of 2026-11-20T03:00:00Z of orders (id 77)
  gives      2026-11-20T03:00:00Z (7 h 58 min ago)
  why        it is the closest at or before the asked second; orders was deleted, so that only backups of it can be restored
  lacks      what was written in the 5 h 59 min before the asked second is not in it
  beside it  the SYSTEM backup of its last second before it was deleted, 2026-11-20T10:00:00Z also has everything of the 1 h 1 min after the asked second, wrong writes included
  to         a new table orders in eu-west-1, its own name, which is free
  expected   25 min, as 1 earlier restore of orders took. --without-indexes is faster
  cost       about $2.04 for 12 GB, at $0.17 a GB in eu-west-1`);
    expect(text).toContain('No manifest of this table was kept');
    const replacement = { ...plan, choices: { ...plan.choices, role: 'replacement' as const } };
    expect(textOf(restorePlanLines(replacement, inUtc, screen)).replaceAll(/\s+/g, ' ')).toContain(
      'Nothing backs orders up until you set its policy tag: what it was is not known.',
    );
  });

  it('what is left out for ever first, and each warning, limit and gap', () => {
    const plan = restorePlan(
      planInput({
        overrides: { localIndexes: [], globalIndexes: [] },
        choices: { ...CHOICES, role: 'look-only' },
        clientSideEncrypted: true,
        companions: {
          tag: 'app=shop',
          tables: [{ table: 'stock' }, { table: 'carts', asOf: at('2026-11-15T11:00') }],
          gap: DENIED,
        },
        manifest: {
          ...useOf(),
          manifest: { ...useOf().manifest, gaps: [{ facet: 'tags', failure: DENIED }] },
        },
      }),
    );
    const text = textOf(restorePlanLines(plan, inUtc, screen));
    for (const part of [
      'Local index by-size, left out for ever: a local index cannot be added to this table ever again.',
      'To build it later:\n       tablekeeper restore --indexes orders-restored-20261115-1200\n',
      'encrypted by your application',
      'Tables with the tag app=shop do not all come back as of one second. Not restored: stock. Restored before: carts as of 2026-11-15T11:00:00Z; orders is as of 2026-11-15T12:00:00Z. If they belong together, name them in one command.',
      'Which other tables have the tag app=shop could not be read',
      'Not known, because it could not be read when the settings were kept\n  tags  DescribeTable: AccessDeniedException',
      'tagged to opt out of backups',
    ])
      expect(text).toContain(part);
    expect(text.indexOf('by-size')).toBeLessThan(text.indexOf('by-day'));
  });

  it('with an offer to leave indexes out only where there may be some', () => {
    const textFor = (over: Parameters<typeof planInput>[0]) =>
      textOf(restorePlanLines(restorePlan(planInput(over)), inUtc, screen));
    const without = useOf({ shape: { ...SHAPE, globalIndexes: [] } });
    expect(textFor({ manifest: undefined })).toContain('--without-indexes is faster');
    expect(textFor({ manifest: without })).not.toContain('--without-indexes');
    expect(textFor({ overrides: { globalIndexes: [] } })).not.toContain('--without-indexes is faster');
  });

  it('in the width of its terminal', () => {
    const lines = restorePlanLines(restorePlan(planInput()), reader, { paint: plainPaint, width: 80 });
    const isCommand = (line: string) => /^ +(?:aws|tablekeeper) /.test(line);
    expect(lines.filter((line) => line.length > 80 && !isCommand(line))).toEqual([]);
  });
});

describe('what is possible reads', () => {
  it('by the table that had the name, the newest first, with every recovery point', () => {
    const lives: readonly Life[] = [
      { ...GONE, until: at('2026-11-19T08:10'), points: [{ at: at('2026-11-19T03:00'), by: 'person' }] },
      { ...STANDING, from: at('2026-11-19T08:12'), points: [] },
    ];
    expect(
      textOf(possibleLines(viewOf(lives, NOW), reader, screen)),
    ).toBe(`2 tables had the name orders, one after another. Each second and each backup is of one of them.

orders (id a1): made 2026-11-19T08:12:00Z (2026-11-19T17:12:00+09:00), ACTIVE
  Any second from 2026-11-10T00:00:00Z (2026-11-10T09:00:00+09:00) to 2026-11-20T10:52:57Z (2026-11-20T19:52:57+09:00), which is 5 min 3 s behind.
  No recovery points.

orders (id 77): deleted 2026-11-19T08:10:00Z (2026-11-19T17:10:00+09:00), 1 day 2 h ago
  Point-in-time recovery ended with the table: only backups can be restored.
  MADE                       AGE   SIZE    BY               STATUS        ARN
  2026-11-19T17:10:00+09:00  26 h  5.0 kB  AWS at deletion  33 days left  ${pointId('orders', '77', 'system')}
  2026-11-19T12:00:00+09:00  31 h  1.0 kB  someone else     available     ${pointId('orders', '77', 0)}`);
  });

  it('folded where it is long', () => {
    const points = Array.from({ length: 40 }, (_, index) => ({ at: NOW - (40 - index) * HOUR_MS }));
    const lines = possibleLines(viewOf([{ ...STANDING, points }], NOW), inUtc, screen);
    expect(lines).toHaveLength(16);
    expect(lines.at(-1)).toBe('  and 28 older ones, back to 2026-11-18T18:58:00Z');
  });

  it('with what could not be read', () => {
    const view = viewOf([STANDING], NOW, { unseen: [{ part: 'system-backups', failure: DENIED }] });
    expect(possibleLines(view, inUtc, screen).at(-1)).toContain(
      'Could not be read: the list of SYSTEM backups (DescribeTable: AccessDeniedException',
    );
  });
});

it('the menu numbers the newest second and the backups of each table', () => {
  expect(
    textOf(
      menuLines(
        viewOf([{ ...GONE, until: at('2026-10-30T00:00'), points: [] }, STANDING], NOW),
        inUtc,
        screen,
      ),
    ),
  ).toBe(`  1.  2026-11-20T10:52:57Z  5 min 3 s ago     point in time            the newest second; any one since 2026-11-10T00:00:00Z can be typed
  2.  2026-11-19T03:00:00Z  1 day 7 h ago     this instance    1.0 kB
  3.  2026-11-05T03:00:00Z  15 days 7 h ago   this instance    12 GB
  4.  2026-10-30T00:00:00Z  21 days 10 h ago  AWS at deletion  5.0 kB  13 days left, of the earlier table 77`);
});

describe('a refusal is one clear sentence with what there is', () => {
  const second = (text: string): AskedMoment => ({ kind: 'second', at: at(text) });

  const refusal = (moment: AskedMoment, lives: readonly Life[], table = 'orders'): string => {
    const view = viewOf(lives, NOW, { table, knownNames: ['orders', 'carts'] });
    const choice = moment.kind === 'open' ? undefined : choose(view, moment);
    return choice?.kind === 'refused' ? refusalError(choice, inUtc).message : 'chosen';
  };

  it.each<readonly [AskedMoment, readonly Life[], string, string]>([
    [
      second('2026-11-20T10:58'),
      [STANDING],
      'orders',
      '2026-11-20T10:58:00Z is not restorable yet: the newest second is 2026-11-20T10:52:57Z (5 min 3 s behind), the oldest 2026-11-10T00:00:00Z. It will be at about 2026-11-20T11:03:03Z. --at latest takes 2026-11-20T10:52:57Z and lacks what was written since; --wait waits.',
    ],
    [
      second('2026-11-21T10:58'),
      [STANDING],
      'orders',
      '2026-11-21T10:58:00Z (in 1 day) is in the future. Any second from 2026-11-10T00:00:00Z to 2026-11-20T10:52:57Z can be restored. --at latest takes the newest second.',
    ],
    [
      second('2026-11-04T00:00'),
      [STANDING],
      'orders',
      `Nothing of orders (id a1) can be restored at or before 2026-11-04T00:00:00Z (16 days 10 h ago). Any second from 2026-11-10T00:00:00Z to 2026-11-20T10:52:57Z can be restored. Nearest after: the recovery point of 2026-11-05T03:00:00Z also has everything of the 1 day 3 h after the asked second, wrong writes included. To take one of them: --recovery-point ${pointId('orders', 'a1', 0)}.`,
    ],
    [
      second('2026-11-20T08:59'),
      [{ ...GONE, points: [] }],
      'orders',
      `Nothing of orders can be restored at or before 2026-11-20T08:59:00Z (1 h 59 min ago). When orders (id 77) was made is not known. Nearest after: the SYSTEM backup of its last second before it was deleted, 2026-11-20T10:00:00Z also has everything of the 1 h 1 min after the asked second, wrong writes included. To take one of them: --recovery-point ${pointId('orders', '77', 'system')}.`,
    ],
    [
      { kind: 'latest' },
      [],
      'ordrs',
      'No table "ordrs" is known in eu-west-1: none exists, and no backup and no manifest is of one. Did you mean orders?',
    ],
    [
      { kind: 'recovery-point', id: pointId('carts', 'x', 1), table: 'carts' },
      [STANDING],
      'orders',
      `${pointId('carts', 'x', 1)} is a backup of carts, not of orders. Name the table that it is of: tablekeeper restore carts --recovery-point ${pointId('carts', 'x', 1)}`,
    ],
  ])('%o', (moment, lives, table, message) => {
    expect(refusal(moment, lives, table)).toBe(message);
  });

  it('also of a second before the oldest table that had the name', () => {
    expect(refusal(second('2026-10-31T00:00'), [STANDING])).toContain(
      'No table orders is known of that time: orders (id a1) was made 2026-11-01T00:00:00Z.',
    );
  });

  it('also of what only others made', () => {
    const only: Life = {
      ...STANDING,
      pitr: { enabled: false },
      points: [{ at: at('2026-11-05T03:00'), by: 'person' }],
    };
    expect(refusal(second('2026-11-06T00:00'), [only])).toBe(
      `Of orders only backups of someone else are at or before 2026-11-06T00:00:00Z (14 days 10 h ago), and those are taken only when they are named. Nearest before: someone else's backup of 2026-11-05T03:00:00Z lacks what was written in the 21 h after it. To take one of them: --recovery-point ${pointId('orders', 'a1', 0)}.`,
    );
  });
});

it('several tables that are not of one second read with the gap between them', () => {
  const choice = chooseTogether(
    [viewOf([STANDING], NOW), viewOf([{ ...STANDING, pitr: { enabled: false } }], NOW, { table: 'carts' })],
    { kind: 'second', at: at('2026-11-19T09:00') },
  );
  if (choice.kind !== 'apart') throw new Error(choice.kind);
  expect(textOf(apartLines(choice, screen))).toBe(
    `2 tables that cannot come back as of one second; the largest gap between them is 6 h:
  orders  2026-11-19T09:00:00Z  it lies in the restorable window, so that the very second comes back
  carts   2026-11-19T03:00:00Z  it is the closest at or before the asked second; point-in-time recovery is off`,
  );
});

it.each<readonly [SettingStep, string]>([
  [{ kind: 'stream', viewType: 'NEW_IMAGE' }, 'stream on (NEW_IMAGE), with a new ARN'],
  [
    { kind: 'insights', index: 'by-day', mode: 'THROTTLED_KEYS' },
    'Contributor Insights of index by-day (THROTTLED_KEYS)',
  ],
  [
    {
      kind: 'throughput',
      billingMode: 'PROVISIONED',
      capacity: { reads: 100, writes: 1 },
      indexes: [{ name: 'by-day' }],
    },
    'throughput: provisioned, 100 reads and 1 write a second, also of index by-day',
  ],
  [
    {
      kind: 'throughput',
      billingMode: 'PAY_PER_REQUEST',
      onDemandMaximum: { reads: 1_000, writes: -1 },
      indexes: [],
    },
    'throughput: on-demand, at most 1,000 reads, writes without a limit',
  ],
  [{ kind: 'encryption', encryption: { kind: 'aws-owned' } }, 'encryption with a key that AWS owns'],
  [{ kind: 'ttl', attribute: 'expires' }, 'TTL on expires, last: it deletes what has run out'],
])('a step reads %#', (step, text) => {
  expect(stepText(step)).toBe(text);
});
