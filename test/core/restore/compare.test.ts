import { describe, expect, it } from 'vitest';
import { settingsAfterRestore } from '../../../shared/core/restore/after-restore.ts';
import { compareSettings } from '../../../shared/core/restore/compare.ts';
import type { RestoreContext } from '../../../shared/core/restore/context.ts';
import { stepsFor } from '../../../shared/core/restore/steps.ts';
import { isNotBack } from '../../../shared/core/restore/verdict.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { SettingsReading } from '../../../shared/model/manifest.ts';
import type { SettingComparison } from '../../../shared/model/setting-comparison.ts';
import type { TableSettings } from '../../../shared/model/table-settings.ts';
import { afterStep } from '../../support/table-model.ts';
import { aContext, aShape, everySetting, NEW_STREAM, OLD_STREAM } from '../../support/table-settings.ts';

const read = (settings: Partial<TableSettings>): SettingsReading => ({ settings, gaps: [] });

const restored = (wanted: TableSettings, context: RestoreContext): TableSettings => {
  const bare = settingsAfterRestore(wanted.shape, context.overrides);
  return stepsFor(wanted, bare, context).reduce(afterStep, bare);
};

const compared = (wanted: TableSettings, live: Partial<TableSettings>, context = aContext()) =>
  compareSettings(read(wanted), read(live), context);

const notSame = (comparisons: readonly SettingComparison[]) =>
  comparisons.filter(({ verdict }) => verdict.kind !== 'same');

const verdictOn = (
  comparisons: readonly SettingComparison[],
  setting: SettingComparison['setting'],
  part?: string,
) => comparisons.find((one) => one.setting === setting && one.part === part)?.verdict;

describe('a table with every setting on', () => {
  it('comes back with nothing different that could be the same', () => {
    const wanted = everySetting();
    expect(notSame(compared(wanted, restored(wanted, aContext())))).toEqual([
      {
        setting: 'stream-arn',
        verdict: { kind: 'differs', wanted: OLD_STREAM, live: NEW_STREAM, why: 'new-each-time' },
      },
      {
        setting: 'alarm',
        part: 'orders-throttled',
        verdict: expect.objectContaining({ why: 'points-at-source' }),
      },
      {
        setting: 'event-source-mapping',
        part: 'uuid-1',
        verdict: expect.objectContaining({ kind: 'in-hand' }),
      },
      { setting: 'pipe', part: 'orders-pipe', verdict: expect.objectContaining({ kind: 'in-hand' }) },
    ]);
  });

  it('right after the restore lacks what no backup carries, each setting by itself', () => {
    const wanted = everySetting();
    const lacking = compared(wanted, settingsAfterRestore(wanted.shape, {})).filter(
      ({ verdict }) => verdict.kind === 'differs' && verdict.why === 'not-set',
    );
    expect(lacking.map(({ setting, part }) => [setting, part].filter(Boolean).join(' '))).toEqual([
      'deletion-protection',
      'stream',
      'table-class',
      'warm-throughput',
      'warm-throughput by-day',
      'tags app',
      'tags backup:policy',
      'pitr',
      'resource-policy',
      'stream-policy',
      'insights',
      'insights by-day',
      'kinesis arn:aws:kinesis:us-east-1:111122223333:stream/changes',
      'scalable-target table/orders-restored dynamodb:table:WriteCapacityUnits',
      'scalable-target table/orders-restored/index/by-day dynamodb:index:WriteCapacityUnits',
      'scaling-policy table/orders-restored dynamodb:table:WriteCapacityUnits half-full',
      'replica eu-west-1',
      'ttl',
    ]);
  });
});

describe('strong consistency over Regions', () => {
  const strongConsistency = { witnesses: ['us-east-2'] };

  it('is not back, and neither is a replica: both need a table without items', () => {
    const wanted = everySetting({ shape: aShape({ strongConsistency }) });
    const comparisons = compared(wanted, restored(wanted, aContext()));
    const why = 'needs-empty-table';
    expect(verdictOn(comparisons, 'strong-consistency')).toMatchObject({ wanted: strongConsistency, why });
    expect(verdictOn(comparisons, 'replica', 'eu-west-1')).toMatchObject({ kind: 'differs', why });
    expect(comparisons.filter(({ verdict }) => isNotBack(verdict))).toHaveLength(2);
  });

  it('is the same where it stands so, and no setting of a table without it', () => {
    const strong = everySetting({ shape: aShape({ strongConsistency }) });
    expect(verdictOn(compared(strong, strong), 'strong-consistency')).toEqual({ kind: 'same' });
    expect(verdictOn(compared(everySetting(), everySetting()), 'strong-consistency')).toBeUndefined();
  });
});

it('the key comes first, whatever else differs', () => {
  const shape = aShape({ encryption: { kind: 'aws-owned' }, deletionProtection: false });
  expect(compared(everySetting(), { ...everySetting(), shape })[0]).toMatchObject({
    setting: 'encryption',
    verdict: { kind: 'differs', wanted: { kind: 'kms' }, live: { kind: 'aws-owned' }, why: 'not-set' },
  });
});

describe('encryption', () => {
  const KEY = 'arn:aws:kms:us-east-1:111122223333:key/other';
  const verdict = (
    asked: TableSettings['shape']['encryption'],
    live: TableSettings['shape']['encryption'],
  ) => {
    const context = aContext({}, { overrides: { encryption: asked } });
    const wanted = everySetting();
    const has = { ...wanted, shape: aShape({ encryption: live }) };
    const steps = stepsFor(wanted, has, context).filter(({ kind }) => kind === 'encryption');
    return [compared(wanted, has, context)[0]?.verdict.kind, steps.length];
  };

  it.each([
    { name: 'by an alias', asked: { kind: 'kms', keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/app' } },
    {
      name: 'as the key that AWS manages',
      asked: { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true },
    },
  ] as const)('that was asked for $name is not changed again', ({ asked }) => {
    expect(verdict(asked, { kind: 'kms', keyArn: KEY })[1]).toBe(0);
    expect(verdict(asked, { kind: 'aws-owned' })).toEqual(['differs', 1]);
  });

  it('with another key is changed', () => {
    expect(verdict({ kind: 'kms', keyArn: `${KEY}-2` }, { kind: 'kms', keyArn: KEY })).toEqual([
      'differs',
      1,
    ]);
  });
});

describe('what differs on purpose', () => {
  const wanted = everySetting();

  it.each([
    {
      name: 'a copy to look at opts out',
      context: aContext({ role: 'look-only' }),
      setting: 'tags',
      part: 'backup:policy',
      verdict: { kind: 'differs', wanted: 'standard', live: 'none', why: 'chosen' },
    },
    {
      name: 'TTL waits to be asked for',
      context: aContext({ ttl: 'later' }),
      setting: 'ttl',
      verdict: { kind: 'in-hand', why: 'ttl-asked-for' },
    },
    {
      name: 'warm throughput waits to be asked for',
      context: aContext({ warm: 'leave' }),
      setting: 'warm-throughput',
      verdict: { kind: 'in-hand', why: 'warm-asked-for' },
    },
    {
      name: 'on demand was chosen',
      context: aContext({}, { overrides: { billingMode: 'PAY_PER_REQUEST' } }),
      setting: 'billing-mode',
      verdict: { kind: 'differs', why: 'chosen' },
    },
    {
      name: 'another key was chosen',
      context: aContext({}, { overrides: { encryption: { kind: 'aws-owned' } } }),
      setting: 'encryption',
      verdict: { kind: 'differs', why: 'chosen' },
    },
    {
      name: 'an index is built later',
      context: aContext({}, { overrides: { globalIndexes: [] } }),
      setting: 'global-index',
      part: 'by-day',
      verdict: { kind: 'in-hand', why: 'index-to-build' },
    },
    {
      name: 'a bare copy lacks its settings',
      context: aContext({ settings: 'none' }),
      setting: 'pitr',
      verdict: { kind: 'differs', why: 'chosen' },
    },
  ] as const)('$name', ({ context, setting, verdict, ...more }) => {
    const part = 'part' in more ? more.part : undefined;
    const comparisons = compared(wanted, restored(wanted, context), context);
    expect(verdictOn(comparisons, setting, part)).toMatchObject(verdict);
    const notSet = notSame(comparisons).filter(
      ({ verdict: { kind, ...one } }) => 'why' in one && one.why === 'not-set' && kind === 'differs',
    );
    expect(notSet).toEqual([]);
  });
});

describe('what is more than was asked', () => {
  it.each([
    {
      setting: 'warm-throughput',
      live: { shape: aShape({ warmThroughput: { reads: 40_000, writes: 4_000 } }) },
    },
    { setting: 'pitr', live: { pitr: { enabled: true, recoveryPeriodDays: 35 } } },
    { setting: 'deletion-protection', live: {}, wanted: { shape: aShape({ deletionProtection: false }) } },
  ] as const)('is better: $setting', ({ setting, live, ...more }) => {
    const wanted = everySetting('wanted' in more ? more.wanted : {});
    const context = aContext();
    const comparisons = compared(wanted, { ...restored(wanted, context), ...live }, context);
    expect(verdictOn(comparisons, setting)).toMatchObject({ kind: 'better' });
  });
});

describe('what is for life', () => {
  it.each([
    { setting: 'keys', part: undefined, live: { attributes: [{ name: 'pk', type: 'N' }] } },
    {
      setting: 'global-index',
      part: 'by-day',
      live: {
        globalIndexes: aShape().globalIndexes.map((index) => ({
          ...index,
          projection: { type: 'KEYS_ONLY' },
        })),
      },
    },
    { setting: 'local-index', part: 'by-hour', live: { localIndexes: [] } },
  ] as const)('differs for ever: $setting', ({ setting, part, live }) => {
    const local = { name: 'by-hour', keys: [], projection: { type: 'ALL' } } as const;
    const wanted = everySetting({ shape: aShape({ localIndexes: [local] }) });
    const table = restored(wanted, aContext());
    const shape = { ...table.shape, ...live } as TableSettings['shape'];
    expect(verdictOn(compared(wanted, { ...table, shape }), setting, part)).toMatchObject({
      why: 'for-life',
    });
  });
});

describe('what was not read', () => {
  const denied = ownFailure('not-there', 'nobody may read it');

  it('is a gap of the manifest, and never the same', () => {
    const { tags: _tags, shape: _shape, ...known } = everySetting();
    const gaps = [
      { facet: 'tags', failure: denied },
      { facet: 'shape', failure: denied },
    ] as const;
    const comparisons = compareSettings({ settings: known, gaps }, read(everySetting()), aContext());
    expect(comparisons.filter(({ verdict }) => verdict.kind === 'gap')).toEqual([
      { setting: 'shape', verdict: { kind: 'gap', of: 'manifest', failure: denied } },
      { setting: 'tags', verdict: { kind: 'gap', of: 'manifest', failure: denied } },
    ]);
  });

  it('is a gap of the table, and what points at the source is named all the same', () => {
    const live: SettingsReading = { settings: {}, gaps: [{ facet: 'ttl', failure: denied }] };
    const comparisons = compareSettings(read(everySetting()), live, aContext());
    expect(verdictOn(comparisons, 'ttl')).toEqual({ kind: 'gap', of: 'table', failure: denied });
    expect(verdictOn(comparisons, 'alarm', 'orders-throttled')).toMatchObject({ kind: 'in-hand' });
    expect(comparisons.filter(({ verdict }) => verdict.kind === 'same')).toEqual([]);
  });
});

it('under the old name alarms are there again, and what reads the stream is not', () => {
  const { names } = aContext();
  const context = aContext({}, { names: { ...names, to: names.from } });
  const comparisons = compared(everySetting(), restored(everySetting(), context), context);
  expect(verdictOn(comparisons, 'alarm', 'orders-throttled')).toEqual({ kind: 'same' });
  expect(verdictOn(comparisons, 'pipe', 'orders-pipe')).toMatchObject({ kind: 'in-hand' });
});

it('what only the restored table has is named, and nothing takes it away', () => {
  const wanted = everySetting({ ttl: null, kinesis: [], replicas: [], 'resource-policy': null });
  const live = {
    ...restored(wanted, aContext()),
    ...everySetting(),
    tags: { ...everySetting().tags, janitor: 'yes' },
  };
  const addedOnes = compared(wanted, live).filter(
    ({ verdict }) => 'why' in verdict && verdict.why === 'added',
  );
  expect(addedOnes.map(({ setting }) => setting)).toEqual(
    expect.arrayContaining(['ttl', 'kinesis', 'replica', 'resource-policy', 'tags']),
  );
  expect(stepsFor(wanted, live, aContext()).map(({ kind }) => kind)).not.toContain('ttl');
});
