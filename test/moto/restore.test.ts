import { CreateBackupCommand, CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { createItemReader } from '../../shared/adapters/restore/item-reader.ts';
import { createRestorer } from '../../shared/adapters/restore/restorer.ts';
import { createSettingsReader } from '../../shared/adapters/restore/settings-reader.ts';
import { createSettingsWriter } from '../../shared/adapters/restore/settings-writer.ts';
import { systemClock } from '../../shared/adapters/system/time.ts';
import { compareSettings } from '../../shared/core/restore/compare.ts';
import { stepsFor } from '../../shared/core/restore/steps.ts';
import type { RestoreSource, SettingStep } from '../../shared/model/restore.ts';
import { contractClients } from '../contract/clients.ts';
import { startMoto } from '../support/moto.ts';

// The adapters of a restore on a server that nobody here wrote. It has no Kinesis destinations, no Contributor Insights and no policies of streams: those stay gaps.

const TARGET = { accountId: '123456789012', region: 'us-east-1' };
const moto = await startMoto();
afterAll(() => moto.stop());
const { dynamodb } = contractClients({ endpoint: moto.url });

const options = {
  region: TARGET.region,
  endpoint: moto.url,
  credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  clock: systemClock,
  recorder: createCallRecorder(),
  limiter: createLimiter({ clock: systemClock, limits: {} }),
};
const writer = createSettingsWriter(options, TARGET);
const restorer = createRestorer(options, TARGET);
const items = createItemReader(options);

const place = { resourceId: 'table/orders', dimension: 'dynamodb:table:WriteCapacityUnits' };

/** What the source has, put there by the writer itself. */
const SETTINGS: readonly SettingStep[] = [
  { kind: 'tags', tags: { app: 'shop', 'backup:policy': 'standard' } },
  { kind: 'pitr', recoveryPeriodDays: 14 },
  { kind: 'stream', viewType: 'NEW_AND_OLD_IMAGES' },
  { kind: 'scalable-target', target: { ...place, min: 5, max: 50 } },
  {
    kind: 'scaling-rule',
    rule: {
      kind: 'policy',
      name: 'half-full',
      ...place,
      content: {
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 50,
          PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBWriteCapacityUtilization' },
        },
      },
    },
  },
  { kind: 'ttl', attribute: 'expires' },
];

beforeEach(async () => {
  await moto.reset();
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 20 },
    }),
  );
  for (let at = 0; at < 12; at += 1)
    await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: `pk-${at}` } } }));
});

const sourceOf = async (): Promise<RestoreSource> => {
  const { BackupDetails } = await dynamodb.send(
    new CreateBackupCommand({ TableName: 'orders', BackupName: 'one' }),
  );
  return {
    kind: 'recovery-point',
    table: 'orders',
    tableId: 'any',
    id: BackupDetails?.BackupArn ?? '',
    createdAt: 0,
    madeBy: 'someone-else',
    sizeBytes: 0,
  };
};

describe('a restore on moto', () => {
  it('brings the items back, and the settings that moto has', async () => {
    for (const step of SETTINGS) expect(await writer.apply('orders', step)).toEqual({ kind: 'done' });
    const wanted = await createSettingsReader(options, TARGET).read('orders');
    expect(wanted.gaps.map(({ facet }) => facet)).toEqual(['stream-policy', 'insights', 'kinesis']);

    expect(await restorer.start(await sourceOf(), 'back', {})).toMatchObject({ kind: 'accepted' });
    expect(await restorer.look('back')).toMatchObject({ kind: 'found', value: { status: 'ACTIVE' } });
    const context = {
      names: {
        from: { ...TARGET, table: 'orders' },
        to: { ...TARGET, table: 'back' },
        policyTag: 'backup:policy',
        sourceExists: true,
      },
      choices: { settings: 'all', ttl: 'on', warm: 'leave', role: 'replacement' },
      overrides: {},
    } as const;
    const bare = await createSettingsReader(options, TARGET).read('back');
    for (const step of stepsFor(wanted.settings, bare.settings, context))
      expect([step.kind, await writer.apply('back', step)]).toEqual([step.kind, { kind: 'done' }]);
    const live = await createSettingsReader(options, TARGET).read('back');
    const open = compareSettings(wanted, live, context).filter(
      ({ verdict }) => verdict.kind === 'differs' && verdict.why === 'not-set',
    );
    expect(open).toEqual([]);

    const sample = await items.sample('back', 100);
    if (sample.kind !== 'found') throw new Error(sample.kind);
    expect(sample.value).toHaveLength(12);
    expect(await items.byKeys('orders', sample.value)).toEqual(sample);
  });

  it('is refused for a name that is taken', async () => {
    expect(await restorer.start(await sourceOf(), 'orders', {})).toMatchObject({ kind: 'refused' });
  });
});

it.each(SETTINGS.filter(({ kind }) => kind !== 'scaling-rule'))(
  'the step $kind made twice is as it was',
  async (step) => {
    expect(await writer.apply('orders', step)).toEqual({ kind: 'done' });
    expect(await writer.apply('orders', step)).toEqual({ kind: 'as-it-was' });
  },
);
