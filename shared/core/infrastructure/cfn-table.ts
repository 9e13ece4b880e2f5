import type { Capacity } from '../../model/table-settings.ts';
import {
  type Fields,
  indexFields,
  insightsFields,
  kinesisFields,
  pitrFields,
  resourcePolicy,
  shapeFields,
  tagFields,
  ttlFields,
} from './cfn-parts.ts';
import { capacityOf, indexCapacity, type KnownTable, onDemandMaximum } from './live.ts';

const provisioned = (capacity: Capacity | undefined): Fields =>
  capacity === undefined
    ? {}
    : { ProvisionedThroughput: { ReadCapacityUnits: capacity.reads, WriteCapacityUnits: capacity.writes } };

const maximum = (limit: Partial<Capacity> | undefined): Fields =>
  limit === undefined
    ? {}
    : {
        OnDemandThroughput: {
          ...(limit.reads !== undefined && { MaxReadRequestUnits: limit.reads }),
          ...(limit.writes !== undefined && { MaxWriteRequestUnits: limit.writes }),
        },
      };

const globalIndexes = (live: KnownTable): Fields => {
  const { shape } = live.settings;
  if (shape.globalIndexes.length === 0) return {};
  return {
    GlobalSecondaryIndexes: shape.globalIndexes.map((index) => ({
      ...indexFields(index),
      ...provisioned(indexCapacity(index, shape)),
      ...maximum(onDemandMaximum(shape, index.onDemandMaximum)),
      ...insightsFields(live, index.name),
    })),
  };
};

/** Writes encryption with a key of KMS; a key that AWS owns is what there is without a word. */
const encryption = ({ settings: { shape } }: KnownTable): Fields => {
  if (shape.encryption.kind === 'aws-owned') return {};
  const { keyArn, isAwsManaged } = shape.encryption;
  return {
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', ...(!isAwsManaged && { KMSMasterKeyId: keyArn }) },
  };
};

const stream = ({ settings }: KnownTable): Fields =>
  settings.shape.stream === undefined
    ? {}
    : {
        StreamSpecification: {
          StreamViewType: settings.shape.stream.viewType,
          ...resourcePolicy(settings['stream-policy']),
        },
      };

/**
 * Writes the properties of an AWS::DynamoDB::Table, each from a list of what the type takes.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html (schema of cfn-lint 1.51.0, read 2026-11-28)
 */
export const tableProperties = (live: KnownTable): Fields => {
  const { shape } = live.settings;
  return {
    TableName: live.table,
    ...shapeFields(shape),
    ...provisioned(capacityOf(shape)),
    ...maximum(onDemandMaximum(shape, shape.onDemandMaximum)),
    ...globalIndexes(live),
    TableClass: shape.tableClass,
    DeletionProtectionEnabled: shape.deletionProtection,
    ...encryption(live),
    ...stream(live),
    ...ttlFields(live),
    ...pitrFields(live.settings.pitr),
    ...kinesisFields(live),
    ...insightsFields(live),
    ...resourcePolicy(live.settings['resource-policy']),
    ...tagFields(live.settings.tags),
  };
};
