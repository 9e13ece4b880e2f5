import type {
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  LocalSecondaryIndexDescription,
  OnDemandThroughput,
  ProvisionedThroughputDescription,
  SSEDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Capacity, GlobalIndex, LocalIndex, TableShape } from '../../model/table-settings.ts';
import { statedList, statedText } from '../aws/reading.ts';

const capacityOf = (given: ProvisionedThroughputDescription | undefined): Capacity => ({
  reads: given?.ReadCapacityUnits ?? 0,
  writes: given?.WriteCapacityUnits ?? 0,
});

const maximumOf = (given: OnDemandThroughput | undefined): Capacity | undefined => {
  const [reads, writes] = [given?.MaxReadRequestUnits ?? -1, given?.MaxWriteRequestUnits ?? -1];
  return reads === -1 && writes === -1 ? undefined : { reads, writes };
};

type Warm = TableDescription['WarmThroughput'] | GlobalSecondaryIndexDescription['WarmThroughput'];

const warmOf = (given: Warm): Capacity | undefined => {
  const [reads, writes] = [given?.ReadUnitsPerSecond, given?.WriteUnitsPerSecond];
  return reads === undefined || writes === undefined ? undefined : { reads, writes };
};

/** Reads the parts of a key as AWS lists them. */
export const keysOf = (schema: readonly KeySchemaElement[] | undefined): TableShape['keys'] =>
  (statedList(schema) ?? []).flatMap(({ AttributeName: name, KeyType: role }) =>
    name !== undefined && (role === 'HASH' || role === 'RANGE') ? [{ name, role }] : [],
  );

type IndexDescription = LocalSecondaryIndexDescription | GlobalSecondaryIndexDescription;

const localIndexOf = (index: IndexDescription): LocalIndex => {
  const attributes = index.Projection?.NonKeyAttributes;
  return {
    name: index.IndexName ?? '',
    keys: keysOf(index.KeySchema),
    projection: {
      type: index.Projection?.ProjectionType ?? 'ALL',
      ...(attributes !== undefined && attributes.length > 0 && { attributes }),
    },
  };
};

const throughputOf = (
  isProvisioned: boolean,
  given: Pick<TableDescription, 'ProvisionedThroughput' | 'OnDemandThroughput'>,
  warmThroughput: Capacity | undefined,
) => {
  const onDemandMaximum = isProvisioned ? undefined : maximumOf(given.OnDemandThroughput);
  return {
    ...(isProvisioned && { capacity: capacityOf(given.ProvisionedThroughput) }),
    ...(onDemandMaximum !== undefined && { onDemandMaximum }),
    ...(warmThroughput !== undefined && { warmThroughput }),
  };
};

const globalIndexOf = (index: GlobalSecondaryIndexDescription, isProvisioned: boolean): GlobalIndex => ({
  ...localIndexOf(index),
  ...throughputOf(isProvisioned, index, warmOf(index.WarmThroughput)),
});

/** A table under its own key states it; one under a key that AWS owns states nothing, or that it is off. */
const encryptionOf = (given: SSEDescription | undefined): TableShape['encryption'] => {
  const keyArn = statedText(given?.KMSMasterKeyArn);
  const isOn = given?.Status !== 'DISABLED' && given?.Status !== 'DISABLING';
  return keyArn !== undefined && isOn ? { kind: 'kms', keyArn } : { kind: 'aws-owned' };
};

const streamOf = ({
  StreamSpecification: given,
  LatestStreamArn,
}: TableDescription): TableShape['stream'] => {
  const [viewType, arn] = [given?.StreamViewType, statedText(LatestStreamArn)];
  const isOn = given?.StreamEnabled === true && viewType !== undefined && arn !== undefined;
  return isOn ? { viewType, arn } : undefined;
};

const strongConsistencyOf = ({
  GlobalTableWitnesses,
  MultiRegionConsistency,
}: TableDescription): TableShape['strongConsistency'] =>
  MultiRegionConsistency === 'STRONG'
    ? {
        witnesses: (statedList(GlobalTableWitnesses) ?? [])
          .flatMap(({ RegionName }) => RegionName ?? [])
          .toSorted(),
      }
    : undefined;

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/**
 * Converts what DescribeTable says into a table's shape; indexes and attributes are sorted by name. A table without a billing mode is provisioned:
 * the service states it only of tables that are, or were, paid on demand. Returns what is wrong with an answer that has no keys.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-28)
 */
export const toTableShape = (table: TableDescription): TableShape | string => {
  const keys = keysOf(table.KeySchema);
  if (keys.length === 0) return 'the answer has no KeySchema';
  const billingMode = table.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const isProvisioned = billingMode === 'PROVISIONED';
  const stream = streamOf(table);
  const strongConsistency = strongConsistencyOf(table);
  return {
    keys,
    attributes: (statedList(table.AttributeDefinitions) ?? [])
      .flatMap(({ AttributeName: name, AttributeType: type }) =>
        name !== undefined && type !== undefined ? [{ name, type }] : [],
      )
      .toSorted(byName),
    globalIndexes: (table.GlobalSecondaryIndexes ?? [])
      .map((index) => globalIndexOf(index, isProvisioned))
      .toSorted(byName),
    localIndexes: (table.LocalSecondaryIndexes ?? []).map(localIndexOf).toSorted(byName),
    billingMode,
    ...throughputOf(isProvisioned, table, warmOf(table.WarmThroughput)),
    tableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
    deletionProtection: table.DeletionProtectionEnabled === true,
    encryption: encryptionOf(table.SSEDescription),
    ...(strongConsistency !== undefined && { strongConsistency }),
    ...(stream !== undefined && { stream }),
  };
};
