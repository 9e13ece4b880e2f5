import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsAfterRestore } from '../../../shared/core/restore/after-restore.ts';
import { compareSettings } from '../../../shared/core/restore/compare.ts';
import type { RestoreContext } from '../../../shared/core/restore/context.ts';
import { stepsFor } from '../../../shared/core/restore/steps.ts';
import type { SettingStep } from '../../../shared/model/restore.ts';
import type {
  GlobalIndex,
  ReplicaSettings,
  TableSettings,
  TableShape,
} from '../../../shared/model/table-settings.ts';
import { afterStep } from '../../support/table-model.ts';
import {
  ACCOUNT,
  aContext,
  aShape,
  everySetting,
  KINESIS,
  OLD_STREAM,
} from '../../support/table-settings.ts';

// For any source, under each account of what a restore carries over: after all steps every setting that can be restored is the same.

const capacity = fc.record({
  reads: fc.integer({ min: 1, max: 50 }),
  writes: fc.integer({ min: 1, max: 50 }),
});
const warm = fc.record({
  reads: fc.integer({ min: 1, max: 40_000 }),
  writes: fc.integer({ min: 1, max: 40_000 }),
});
const maximum = fc.record({ reads: fc.constantFrom(-1, 5), writes: fc.constantFrom(-1, 5) });
const viewType = fc.constantFrom<NonNullable<TableShape['stream']>['viewType']>(
  'KEYS_ONLY',
  'NEW_IMAGE',
  'NEW_AND_OLD_IMAGES',
);
const encryption = fc.constantFrom<TableShape['encryption']>(
  { kind: 'aws-owned' },
  { kind: 'kms', keyArn: 'arn:aws:kms:us-east-1:111122223333:key/0123' },
);

const index = (name: string): GlobalIndex => ({
  name,
  keys: [{ name: 'day', role: 'HASH' }],
  projection: { type: 'ALL' },
});

const indexes = (isProvisioned: boolean): fc.Arbitrary<readonly GlobalIndex[]> =>
  fc.subarray(['by-day', 'by-hour']).chain(
    (names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            ...Object.fromEntries(
              Object.entries(index(name)).map(([key, value]) => [key, fc.constant(value)]),
            ),
            ...(isProvisioned && { capacity }),
          }),
        ),
      ) as fc.Arbitrary<unknown> as fc.Arbitrary<readonly GlobalIndex[]>,
  );

const shape: fc.Arbitrary<TableShape> = fc.boolean().chain((isProvisioned) =>
  fc
    .record({
      globalIndexes: indexes(isProvisioned),
      billingMode: fc.constant<TableShape['billingMode']>(isProvisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST'),
      tableClass: fc.constantFrom<TableShape['tableClass']>('STANDARD', 'STANDARD_INFREQUENT_ACCESS'),
      deletionProtection: fc.boolean(),
      encryption,
      own: capacity,
      most: fc.option(maximum),
      warm: fc.option(warm),
      viewType: fc.option(viewType),
    })
    .map(({ own, most, warm: warmed, viewType: type, ...part }) => {
      const { stream: _stream, warmThroughput: _warm, capacity: _capacity, ...base } = aShape();
      return {
        ...base,
        ...part,
        ...(isProvisioned && { capacity: own }),
        ...(!isProvisioned && most !== null && { onDemandMaximum: most }),
        ...(warmed !== null && { warmThroughput: warmed }),
        ...(type !== null && { stream: { viewType: type, arn: OLD_STREAM } }),
      };
    }),
);

const tags = fc.dictionary(
  fc.constantFrom('backup:policy', 'app', 'backup:hold', 'aws:x'),
  fc.constantFrom('a', 'b'),
);
const pitr = fc.integer({ min: 0, max: 35 }).map((recoveryPeriodDays) => ({
  enabled: recoveryPeriodDays > 0,
  ...(recoveryPeriodDays > 0 && { recoveryPeriodDays }),
}));

const source: fc.Arbitrary<TableSettings> = fc
  .record({
    shape,
    tags,
    pitr,
    ttl: fc.option(fc.record({ attribute: fc.constantFrom('a', 'b') })),
    'resource-policy': fc.constantFrom(null, everySetting()['resource-policy']),
    insights: fc.subarray([...everySetting().insights]),
    kinesis: fc.subarray([
      ...everySetting().kinesis,
      { streamArn: `${KINESIS}-off`, status: 'DISABLED' } as const,
    ]),
    replicas: fc.subarray<ReplicaSettings>([
      {
        region: 'eu-west-1',
        tags: { 'backup:policy': 'a' },
        pitr: { enabled: true },
        deletionProtection: true,
        insights: [{ status: 'ENABLED' }, { index: 'by-day', status: 'ENABLED', mode: 'THROTTLED_KEYS' }],
      },
      { region: 'ap-south-1', tableClass: 'STANDARD_INFREQUENT_ACCESS' } as const,
    ]),
  })
  .map((part) => ({
    ...everySetting(),
    ...part,
    // The policy of a stream is there only with the stream.
    'stream-policy': part.shape.stream === undefined ? null : everySetting()['stream-policy'],
  }));

/** What AWS is said to give a restored table: what the source had, the least, or another way to pay. */
const story = fc.constantFrom<(shape: TableShape) => TableShape>(
  (as) => as,
  (as) => ({
    ...as,
    ...(as.capacity && { capacity: { reads: 1, writes: 1 } }),
    globalIndexes: as.globalIndexes.map((one) => ({
      ...one,
      ...(one.capacity && { capacity: { reads: 1, writes: 1 } }),
    })),
  }),
  ({ capacity: _capacity, ...as }) => ({
    ...as,
    billingMode: 'PAY_PER_REQUEST',
    globalIndexes: as.globalIndexes.map(({ capacity: _own, ...one }) => one),
  }),
  (as) => ({ ...as, encryption: { kind: 'aws-owned' }, stream: { viewType: 'OLD_IMAGE', arn: OLD_STREAM } }),
);

const context: fc.Arbitrary<RestoreContext> = fc
  .record({
    ttl: fc.constantFrom('on', 'later'),
    warm: fc.constantFrom('as-was', 'leave'),
    role: fc.constantFrom('replacement', 'look-only'),
    settings: fc.constantFrom('all', 'all', 'none'),
    kinesis: fc.constantFrom('share', 'leave'),
    sameName: fc.boolean(),
  } as const)
  .map(({ sameName, ...choices }) => {
    const made = aContext(choices);
    const { from, to } = made.names;
    return {
      ...made,
      names: { ...made.names, to: sameName ? from : to, sourceExists: !sameName },
      overrides: {},
    };
  });

const read = (settings: TableSettings) => ({ settings, gaps: [] });

const world = fc.tuple(source, story, context).map(([wanted, tell, about]) => {
  const bare = settingsAfterRestore(wanted.shape, about.overrides);
  return { wanted, about, bare: { ...bare, shape: tell(bare.shape) } };
});

describe('putting settings back', () => {
  it('leaves nothing that could be the same', () => {
    fc.assert(
      fc.property(world, ({ wanted, about, bare }) => {
        const live = stepsFor(wanted, bare, about).reduce(afterStep, bare);
        const open = compareSettings(read(wanted), read(live), about).filter(
          ({ verdict }) =>
            verdict.kind === 'gap' || (verdict.kind === 'differs' && verdict.why === 'not-set'),
        );
        expect(open).toEqual([]);
      }),
    );
  });

  it('again changes nothing, wherever it was interrupted', () => {
    fc.assert(
      fc.property(world, fc.nat(30), ({ wanted, about, bare }, stop) => {
        const half = stepsFor(wanted, bare, about).slice(0, stop).reduce(afterStep, bare);
        const live = stepsFor(wanted, half, about).reduce(afterStep, half);
        expect(stepsFor(wanted, live, about)).toEqual([]);
      }),
    );
  });

  it('protects first, switches TTL on last, and each step names only the restored table', () => {
    fc.assert(
      fc.property(world, ({ wanted, about, bare }) => {
        const steps = stepsFor(wanted, bare, about);
        expect(steps[0]).toEqual({ kind: 'deletion-protection', on: true });
        const ttl = steps.findIndex(({ kind }) => kind === 'ttl');
        expect(ttl === -1 || ttl === steps.length - 1).toBe(true);
        const text = JSON.stringify(steps);
        if (about.names.to.table !== 'orders')
          expect(text).not.toMatch(new RegExp(`${ACCOUNT}:table/orders["/]|"table/orders["/]`));
      }),
    );
  });

  it('takes nothing away that the table has', () => {
    const lessens = (step: SettingStep, has: TableSettings): boolean =>
      (step.kind === 'deletion-protection' && !step.on) ||
      (step.kind === 'pitr' &&
        step.region === undefined &&
        has.pitr.enabled &&
        (has.pitr.recoveryPeriodDays ?? 35) > step.recoveryPeriodDays);
    fc.assert(
      fc.property(world, pitr, ({ wanted, about, bare }, recovery) => {
        const has = { ...bare, pitr: recovery, tags: { own: 'x' } };
        expect(stepsFor(wanted, has, about).filter((step) => lessens(step, has))).toEqual([]);
      }),
    );
  });
});
