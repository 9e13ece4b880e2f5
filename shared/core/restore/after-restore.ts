import type { Item, RestoreOverrides } from '../../model/restore.ts';
import type { GlobalIndex, LocalIndex, TableSettings, TableShape } from '../../model/table-settings.ts';

/**
 * What the AWS Database Encryption SDK and the DynamoDB Encryption Client before it add to each item that they encrypt.
 * @see https://docs.aws.amazon.com/database-encryption-sdk/latest/devguide/ddb-java-using.html (checked 2026-11-29)
 */
const ADDED = ['aws_dbe_head', 'aws_dbe_foot', '*amzn-ddb-map-desc*', '*amzn-ddb-map-sig*'];

/** Says whether an application encrypted an item, with the name of its table: it cannot be read under another one. */
export const isClientSideEncrypted = (item: Item): boolean => ADDED.some((name) => name in item);

/**
 * What every new on-demand table takes at once.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html (checked 2026-11-28)
 */
const NEW_WARM_THROUGHPUT = { reads: 12_000, writes: 4_000 };

const kept = <Index extends LocalIndex>(
  indexes: readonly Index[],
  chosen: readonly LocalIndex[] | undefined,
): readonly Index[] =>
  indexes.filter(({ name }) => chosen === undefined || chosen.some((one) => one.name === name));

const cool = ({ warmThroughput: _warm, ...index }: GlobalIndex): GlobalIndex => index;

const shapeOf = (source: TableShape, overrides: RestoreOverrides): TableShape => {
  const {
    strongConsistency: _consistency,
    stream: _stream,
    warmThroughput: _warm,
    capacity,
    onDemandMaximum,
    ...shape
  } = source;
  const billingMode = overrides.billingMode ?? source.billingMode;
  return {
    ...shape,
    billingMode,
    ...(billingMode === 'PROVISIONED' && capacity !== undefined && { capacity }),
    ...(billingMode === 'PAY_PER_REQUEST' && {
      warmThroughput: NEW_WARM_THROUGHPUT,
      ...(onDemandMaximum !== undefined && { onDemandMaximum }),
    }),
    globalIndexes: kept(source.globalIndexes, overrides.globalIndexes).map(cool),
    localIndexes: kept(source.localIndexes, overrides.localIndexes),
    encryption: overrides.encryption ?? source.encryption,
    tableClass: 'STANDARD',
    deletionProtection: false,
  };
};

/**
 * Predicts the settings of a table that was just restored, to show a plan before there is one. What it gets in truth is read once it is ACTIVE:
 * sources disagree about its throughput.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/pointintimerecovery_restores.html (checked 2026-11-28)
 */
export const settingsAfterRestore = (source: TableShape, overrides: RestoreOverrides): TableSettings => ({
  shape: shapeOf(source, overrides),
  tags: {},
  ttl: null,
  pitr: { enabled: false },
  'resource-policy': null,
  'stream-policy': null,
  insights: [],
  kinesis: [],
  'auto-scaling': { targets: [], rules: [] },
  replicas: [],
  attachments: [],
});
