import { describe, expect, it } from 'vitest';
import { choose } from '../../../shared/core/restore/choose.ts';
import { expectedTime, pastRestores } from '../../../shared/core/restore/expected-time.ts';
import { nearLimits } from '../../../shared/core/restore/limits.ts';
import { manifestFor } from '../../../shared/core/restore/manifest-for.ts';
import { overridesOf } from '../../../shared/core/restore/overrides.ts';
import { restorePlan } from '../../../shared/core/restore/restore-plan.ts';
import { namesCollide, targetName, targetRefused } from '../../../shared/core/restore/target-name.ts';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { RestoreSource } from '../../../shared/model/restore.ts';
import { at, DENIED, type Life, pitrFrom, TARGET, viewOf } from './history.ts';
import {
  CHOICES,
  chosenAt,
  GONE,
  manifestAt,
  NOW,
  planInput,
  recordOf,
  SETTINGS,
  SHAPE,
  STANDING,
  useOf,
} from './plan-input.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

describe('the name of the table that is made', () => {
  const second = at('2026-11-20T09:05:59Z');
  const taken = { kind: 'taken', status: 'ACTIVE' } as const;

  it.each([
    [{ own: taken }, 'orders-restored-20261120-0905'],
    [{ own: { kind: 'unread' } as const }, 'orders-restored-20261120-0905'],
    [{ own: { kind: 'free' } as const }, 'orders'],
    [{ own: taken, given: 'orders_2.copy-1' }, 'orders_2.copy-1'],
  ])('%o: %s', (naming, name) => {
    expect(targetName({ table: 'orders', second, ...naming }).name).toBe(name);
  });

  it.each(['', 'ab', 'a b c', 'orders/2', 'x'.repeat(256), 'órdenes'])('cannot be %s', (given) => {
    expect(messageOf(() => targetName({ table: 'orders', second, own: taken, given }))).toContain(
      'cannot be the name of a table',
    );
  });

  it('has to be given where the date makes it too long', () => {
    const long = (length: number) => targetName({ table: 'x'.repeat(length), second, own: taken });
    expect(long(255 - '-restored-20261120-0905'.length).name).toHaveLength(255);
    expect(messageOf(() => long(240))).toContain('Give a name with --target.');
  });

  it.each([
    [{ kind: 'free' } as const, undefined],
    [{ kind: 'unread' } as const, 'target-unread'],
    [taken, 'target-exists'],
    [{ kind: 'taken', status: 'DELETING' } as const, 'target-exists'],
  ])('%o is refused as %s', (state, code) => {
    expect(targetRefused('copy', state, [])?.content.code).toBe(code);
  });

  it('is refused while a restore into it is under way, whatever stands there', () => {
    const { source } = chosenAt('2026-11-15T12:00');
    const record = recordOf(source, 'copy');
    expect(targetRefused('copy', { kind: 'free' }, [record])?.content.code).toBe('restore-under-way');
    const ended = recordOf(source, 'copy', { phase: 'ended' });
    expect(targetRefused('copy', { kind: 'free' }, [ended])).toBeUndefined();
  });

  it('is never given to two', () => {
    expect(namesCollide(['a1', 'b2', 'a1'])?.content.code).toBe('same-target-twice');
    expect(namesCollide(['a1', 'b2'])).toBeUndefined();
  });
});

describe('what is wanted otherwise than the source has it', () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  it.each([
    [{}, {}],
    [{ withoutIndexes: true }, { globalIndexes: [] }],
    [{ withoutLocalIndexes: true }, { localIndexes: [] }],
    [{ billing: 'on-demand' }, { billingMode: 'PAY_PER_REQUEST' }],
    [{ key: 'aws-owned' }, { encryption: { kind: 'aws-owned' } }],
    [{ toRegion: 'us-east-1', key }, { encryption: { kind: 'kms', keyArn: key } }],
    [
      { toRegion: 'us-east-1', key: 'aws-managed' },
      { encryption: { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true } },
    ],
    [{ toRegion: TARGET.region }, {}],
  ])('%o', (options, overrides) => {
    expect(overridesOf(options, TARGET)).toEqual(overrides);
  });

  it.each([
    [{ toRegion: 'us-east-1' }, 'needs a key of us-east-1'],
    [
      { toRegion: 'me-south-1', key: 'aws-owned' },
      'AWS restores neither from nor to another Region in me-south-1',
    ],
    [{ key }, 'is a key of us-east-1, and the table is made in eu-west-1'],
    [{ key: 'my-key' }, 'is not a key'],
    [{ billing: 'provisioned' }, 'is not possible'],
  ])('%o is refused', (options, message) => {
    expect(messageOf(() => overridesOf(options, TARGET))).toContain(message);
  });
});

describe('the manifest of a source', () => {
  const manifests: readonly Manifest[] = [
    manifestAt('2026-11-18T00:00'),
    manifestAt('2026-11-02T00:00'),
    manifestAt('2026-11-14T00:00', SETTINGS, 'another'),
    manifestAt('2026-11-10T00:00'),
  ];

  it.each([
    ['2026-11-15T12:00', '2026-11-10T00:00', 'that-second'],
    ['2026-11-18T00:00', '2026-11-18T00:00', 'that-second'],
    ['2026-11-05T03:00', '2026-11-02T00:00', 'that-second'],
  ])('at %s is the newest at or before: %s', (second, capturedAt, of) => {
    expect(manifestFor(manifests, chosenAt(second).source)).toMatchObject({
      of,
      manifest: { capturedAt: at(capturedAt), tableId: 'a1' },
    });
  });

  it('is the first one after it where none is older, and said so', () => {
    expect(manifestFor(manifests.slice(0, 1), chosenAt('2026-11-15T12:00').source)).toMatchObject({
      of: 'later',
    });
  });

  it('is never one of another table that had the name', () => {
    expect(manifestFor(manifests, chosenAt('2026-11-20T03:00', [GONE]).source)).toBeUndefined();
  });
});

describe('the expected time', () => {
  const past = (table: string, minutes: number, sizeBytes?: number) => ({
    table,
    tookMs: minutes * MINUTE_MS,
    ...(sizeBytes !== undefined && { sizeBytes }),
  });
  const orders = { table: 'orders', sizeBytes: 1_000 };

  it.each([
    ['without a history', [], { kind: 'unknown' }],
    [
      'from this table',
      [past('orders', 25), past('orders', 31, 1_500), past('carts', 5, 1_000)],
      { kind: 'own-table', count: 2, shortestMs: 25 * MINUTE_MS, longestMs: 31 * MINUTE_MS },
    ],
    [
      'from others of a like size',
      [past('carts', 22, 1_900), past('stock', 60, 5_000), past('users', 23)],
      { kind: 'like-size', count: 1, shortestMs: 22 * MINUTE_MS, longestMs: 22 * MINUTE_MS },
    ],
    ['from others of another size only', [past('stock', 60, 5_000)], { kind: 'unknown' }],
    ['from this table when it was another size', [past('orders', 60, 90_000)], { kind: 'unknown' }],
  ])('%s', (_name, history, expected) => {
    expect(expectedTime(orders, history)).toEqual(expected);
  });

  it('is read from records that reached ACTIVE', () => {
    const { source } = chosenAt('2026-11-05T03:00');
    const records = [
      recordOf(source, 'one', { activeAt: NOW + 25 * MINUTE_MS }),
      recordOf(source, 'two'),
      recordOf(chosenAt('2026-11-15T12:00').source, 'three', { activeAt: NOW + 30 * MINUTE_MS }),
    ];
    expect(pastRestores(records)).toEqual([
      { table: 'orders', tookMs: 25 * MINUTE_MS, sizeBytes: 12_000_000_000 },
      { table: 'orders', tookMs: 30 * MINUTE_MS },
    ]);
  });
});

describe('limits', () => {
  const second = chosenAt('2026-11-15T12:00').source;
  const backup = chosenAt('2026-11-05T03:00').source;
  const running = (count: number, source: RestoreSource = second) =>
    Array.from({ length: count }, (_, index) => recordOf(source, `copy-${index}`));

  it('are silent while they are far', () => {
    expect(nearLimits([second], running(38))).toEqual([]);
  });

  it.each([
    [39, 1, false],
    [49, 1, false],
    [50, 1, true],
    [30, 21, true],
  ])('%i under way and %i planned', (count, planned, isExceeded) => {
    const sources = Array.from({ length: planned }, () => second);
    expect(nearLimits(sources, running(count))).toEqual([
      { kind: 'restores-at-once', count: count + planned, most: 50, isExceeded },
    ]);
  });

  it('do not count what is ACTIVE, ended or not asked for', () => {
    const idle = { ...recordOf(second, 'x') };
    const { askedAt, ...planned } = idle;
    expect(askedAt).toBe(NOW);
    const records = Array.from({ length: 60 }, () => [
      { ...idle, activeAt: NOW },
      { ...idle, endedAt: NOW },
      planned,
    ]).flat();
    expect(nearLimits([second], records)).toEqual([]);
  });

  it('know that a backup is restored once at a time', () => {
    expect(nearLimits([backup], running(1, backup))).toEqual([
      expect.objectContaining({ kind: 'same-backup', by: 'copy-0' }),
    ]);
    expect(nearLimits([backup], [recordOf(backup, 'done', { activeAt: NOW })])).toEqual([]);
  });

  it('know the bytes', () => {
    const huge = { ...backup, id: 'other', sizeBytes: 45_000_000_000_000 } as RestoreSource;
    expect(nearLimits([huge], [])).toEqual([expect.objectContaining({ kind: 'bytes-at-once' })]);
  });
});

describe('a plan', () => {
  const kinds = (over: Parameters<typeof planInput>[0]) => {
    const { warnings, notReapplied } = restorePlan(planInput(over));
    return { warnings: warnings.map(({ kind }) => kind), left: notReapplied.map(({ kind }) => kind) };
  };

  it('lists what is not put back', () => {
    expect(restorePlan(planInput()).notReapplied).toMatchObject([
      { kind: 'ttl', attribute: 'expires' },
      { kind: 'warm-throughput', was: { reads: 31_000 }, startsAt: { reads: 12_000 } },
      { kind: 'stream-consumers', attachments: [{ id: '14e0db71' }, { id: 'orders-to-search' }] },
      { kind: 'alarms', names: ['orders-throttled'] },
      { kind: 'iam-policies' },
      { kind: 'never-looked-at' },
    ]);
  });

  it('under the own name keeps what names the table', () => {
    expect(kinds({ target: { name: 'orders', by: 'own' } }).left).toEqual([
      'ttl',
      'warm-throughput',
      'stream-consumers',
      'never-looked-at',
    ]);
  });

  it('leaves out global and local indexes, each for itself', () => {
    expect(restorePlan(planInput({ overrides: { globalIndexes: [] } })).notReapplied[0]).toEqual({
      kind: 'global-indexes',
      names: ['by-day'],
    });
    expect(restorePlan(planInput({ overrides: { localIndexes: [] } })).notReapplied[0]).toEqual({
      kind: 'local-indexes',
      names: ['by-size'],
    });
  });

  it('without settings makes no step, and says what is left', () => {
    const step = { kind: 'deletion-protection', on: true } as const;
    const bare = restorePlan(
      planInput({ steps: [step], choices: { ...CHOICES, settings: 'none', role: 'look-only' } }),
    );
    expect(bare.steps).toEqual([]);
    expect(bare.notReapplied[0]).toEqual({ kind: 'settings', facets: ['tags', 'ttl'] });
    expect(bare.notReapplied.map(({ kind }) => kind)).not.toContain('backup-policy');
    expect(restorePlan(planInput({ steps: [step] })).steps).toEqual([step]);
  });

  it('has warm throughput only where it is asked for, and only on-demand starts lower', () => {
    expect(kinds({ choices: { ...CHOICES, warm: 'as-was' } }).left).not.toContain('warm-throughput');
    const low = { ...SHAPE, warmThroughput: { reads: 12_000, writes: 4_000 } };
    expect(kinds({ manifest: useOf({ shape: low }) }).left).not.toContain('warm-throughput');
  });

  it('warns of what a provisioned copy costs, without the indexes that are left out', () => {
    const manifest = useOf({ shape: { ...SHAPE, billingMode: 'PROVISIONED' } });
    const of = (overrides: object) =>
      restorePlan(planInput({ manifest, overrides })).warnings.find(
        ({ kind }) => kind === 'provisioned-copy',
      );
    expect(of({})).toMatchObject({ capacity: { reads: 120, writes: 60 } });
    expect(of({ globalIndexes: [] })).toMatchObject({ capacity: { reads: 100, writes: 50 } });
    expect(of({ billingMode: 'PAY_PER_REQUEST' })).toBeUndefined();
  });

  it.each<readonly [string, Parameters<typeof planInput>[0], readonly string[]]>([
    ['nothing', {}, []],
    ['no manifest', { manifest: undefined }, ['no-manifest']],
    ['a later one', { manifest: { ...useOf(), of: 'later' } }, ['later-manifest']],
    [
      'a key',
      {
        manifest: useOf({
          shape: { ...SHAPE, encryption: { kind: 'kms', keyArn: 'arn:aws:kms:eu-west-1:1:key/k' } },
        }),
      },
      ['key-needed'],
    ],
    ['encrypted items', { clientSideEncrypted: true }, ['client-side-encrypted']],
    ['companions', { companions: { tag: 'app=shop', tables: [{ table: 'carts' }] } }, ['companions']],
    [
      'companions that could not be read',
      { companions: { tag: 'app=shop', tables: [], gap: DENIED } },
      ['companions-unread'],
    ],
    ['no companions', { companions: { tag: 'app=shop', tables: [] } }, []],
    [
      'another table under the name',
      {
        choice: chosenAt('2026-11-20T03:00', [
          GONE,
          { ...STANDING, id: 'b2', from: at('2026-11-20T10:30'), points: [] },
        ]),
      },
      ['other-incarnation'],
    ],
    [
      'its own name while it opts out of backups',
      { target: { name: 'orders', by: 'own' }, choices: { ...CHOICES, role: 'look-only' } },
      ['not-backed-up'],
    ],
    ['a copy that opts out under another name', { choices: { ...CHOICES, role: 'look-only' } }, []],
    [
      'a deletion that nobody saw',
      { choice: chosenAt('2026-11-20T05:00', [{ ...GONE, hasSystemBackup: false }]) },
      ['deletion-unknown'],
    ],
  ])('warns of %s', (_name, over, warnings) => {
    expect(kinds(over).warnings).toEqual(warnings);
  });

  it('under the own name is not warned of encrypted items', () => {
    expect(kinds({ clientSideEncrypted: true, target: { name: 'orders', by: 'own' } }).warnings).toEqual([]);
  });

  it('warns of what could not be read', () => {
    const unseen = [{ part: 'recovery-points', failure: DENIED }] as const;
    const choice = chosenAt('2026-11-15T12:00');
    const view = viewOf([STANDING], NOW, { unseen });
    expect(kinds({ choice: { ...choice, view } }).warnings).toEqual(['unseen']);
  });

  it('says what it costs by the size, at the price of the Region', () => {
    expect(restorePlan(planInput({ choice: chosenAt('2026-11-05T03:00') })).cost).toMatchObject({
      kind: 'known',
      sizeBytes: 12_000_000_000,
      usd: 12 * 0.17,
      priceRegion: 'eu-west-1',
      isWithoutIndexes: true,
    });
    const abroad = planInput({ targetRegion: 'sa-east-1', overrides: { globalIndexes: [] } });
    expect(restorePlan(abroad).cost).toMatchObject({ priceRegion: 'us-east-1', isWithoutIndexes: false });
  });

  it('names the gaps of the manifest', () => {
    const gaps = [{ facet: 'tags', failure: DENIED }] as const;
    const manifest = { ...useOf(), manifest: { ...useOf().manifest, gaps } };
    expect(restorePlan(planInput({ manifest })).gaps).toEqual(gaps);
  });
});

describe('a table that was made again under the name of a lost one', () => {
  const AGAIN: Life = {
    id: 'b2',
    from: at('2026-11-20T10:10'),
    pitr: pitrFrom(at('2026-11-20T10:20'), at('2026-11-20T10:50')),
  };
  const lives = [GONE, AGAIN];
  const chosenBy = (moment: Parameters<typeof choose>[1]) => {
    const choice = choose(viewOf(lives, NOW), moment);
    if (choice.kind === 'refused') throw new Error(choice.reason.kind);
    return restorePlan(planInput({ choice })).warnings;
  };

  it('is named where the newest is asked for: it may be empty', () => {
    expect(chosenBy({ kind: 'latest' })).toContainEqual({
      kind: 'earlier-incarnation',
      tableId: '77',
      until: GONE.until,
      isDeletionKnown: true,
    });
  });

  it('is not where a second of it was asked for', () => {
    const kinds = chosenBy({ kind: 'second', at: at('2026-11-20T10:40') }).map(({ kind }) => kind);
    expect(kinds).not.toContain('earlier-incarnation');
  });
});

describe('a Kinesis stream that the source sends its changes to', () => {
  const streamArn = `arn:aws:kinesis:${TARGET.region}:${TARGET.accountId}:stream/changes`;
  const settings = { ...SETTINGS, kinesis: [{ streamArn, status: 'ACTIVE' as const }] };
  const left = (over: Partial<Parameters<typeof planInput>[0]>) =>
    restorePlan(planInput({ manifest: useOf(settings), ...over })).notReapplied.filter(
      ({ kind }) => kind === 'kinesis',
    );

  it.each<[string, Partial<Parameters<typeof planInput>[0]>, string]>([
    ['is asked about', {}, 'asked'],
    ['is left when the person says so', { choices: { ...CHOICES, kinesis: 'leave' } }, 'left'],
    ['cannot be reached from another Region', { targetRegion: 'us-east-1' }, 'elsewhere'],
  ])('%s', (_name, over, why) => {
    expect(left(over)).toEqual([{ kind: 'kinesis', streamArn, why }]);
  });

  it('is not listed where it is put back, switched off, or a bare copy is made', () => {
    expect(left({ steps: [{ kind: 'kinesis', streamArn }] })).toEqual([]);
    expect(left({ choices: { ...CHOICES, settings: 'none' } })).toEqual([]);
    const off = { ...SETTINGS, kinesis: [{ streamArn, status: 'DISABLED' as const }] };
    expect(left({ manifest: useOf(off) })).toEqual([]);
  });
});
