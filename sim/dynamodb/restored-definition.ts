import type { RestoreTableFromBackupInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import { usedAttributes } from './attributes.ts';
import type { Definition } from './table.ts';

/** What a restore is asked to make otherwise. */
export type Overrides = Omit<RestoreTableFromBackupInput, 'BackupArn' | 'TargetTableName'>;

interface Named {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly unknown[] | undefined;
  readonly Projection?: object | undefined;
}

const sortedText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(sortedText).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${name}:${sortedText(each)}`).join()}}`;
};

const isSameIndex = (a: Named, b: Named): boolean =>
  sortedText([a.KeySchema, a.Projection]) === sortedText([b.KeySchema, b.Projection]);

/** Some of the indexes, none, or all, with the capacity that is given for each; never a new one. */
const chosen = <I extends Named>(
  recorded: readonly I[],
  override: readonly Named[] | undefined,
): readonly I[] => {
  if (!override) return recorded;
  return override.map((asked) => {
    const index = recorded.find(({ IndexName }) => IndexName === asked.IndexName);
    if (index && isSameIndex(index, asked)) return { ...index, ...asked } as I;
    throw validationFailure(
      'One or more parameter values were invalid: an index override names an index that the source does not have',
    );
  });
};

/** Capacity is for provisioned tables alone, and each index of one has its own: that of the table where nothing else is known. */
const withCapacity = (
  indexes: NonNullable<Definition['globalSecondaryIndexes']>,
  { billingMode, provisionedThroughput }: Pick<Definition, 'billingMode' | 'provisionedThroughput'>,
) =>
  indexes.map(({ ProvisionedThroughput: own, ...index }) => {
    if (billingMode !== 'PROVISIONED') return index;
    const throughput = own ?? provisionedThroughput;
    return { ...index, ...(throughput && { ProvisionedThroughput: throughput }) };
  });

const refuseSurplus = (billingMode: string, overrides: Overrides): void => {
  const surplus = overrides.GlobalSecondaryIndexOverride?.find(
    ({ ProvisionedThroughput }) => ProvisionedThroughput,
  );
  if (billingMode !== 'PAY_PER_REQUEST' || !surplus) return;
  throw validationFailure(
    `One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: ${surplus.IndexName} when BillingMode is PAY_PER_REQUEST`,
  );
};

const throughputOf = (
  source: Definition,
  overrides: Overrides,
): Pick<Definition, 'billingMode' | 'provisionedThroughput'> => {
  const billingMode = overrides.BillingModeOverride ?? source.billingMode;
  const asked = overrides.ProvisionedThroughputOverride;
  if (asked && billingMode !== 'PROVISIONED') {
    throw validationFailure(
      'ProvisionedThroughputOverride can only be specified when the billing mode is PROVISIONED',
    );
  }
  const throughput = asked ?? source.provisionedThroughput;
  if (billingMode === 'PROVISIONED' && !throughput) {
    throw validationFailure(
      'ProvisionedThroughputOverride must be specified when the billing mode is PROVISIONED',
    );
  }
  return {
    billingMode,
    ...(throughput && billingMode === 'PROVISIONED' ? { provisionedThroughput: throughput } : {}),
  };
};

/** What a restored table is: streams, table class and what it was warm for are not brought back. */
export const restoredDefinition = (source: Definition, overrides: Overrides): Definition => {
  const {
    stream: _stream,
    tableClass: _tableClass,
    warmThroughput: _warm,
    provisionedThroughput: _throughput,
    onDemandThroughput: _onDemand,
    ...kept
  } = source;
  const sse = overrides.SSESpecificationOverride ?? source.sse;
  const capacity = throughputOf(source, overrides);
  refuseSurplus(capacity.billingMode, overrides);
  const onDemand = overrides.OnDemandThroughputOverride ?? source.onDemandThroughput;
  const global = chosen(source.globalSecondaryIndexes ?? [], overrides.GlobalSecondaryIndexOverride);
  return usedAttributes({
    ...kept,
    ...capacity,
    globalSecondaryIndexes: withCapacity(global, capacity),
    localSecondaryIndexes: chosen(source.localSecondaryIndexes ?? [], overrides.LocalSecondaryIndexOverride),
    ...(sse ? { sse } : {}),
    ...(onDemand && capacity.billingMode === 'PAY_PER_REQUEST' ? { onDemandThroughput: onDemand } : {}),
  });
};
