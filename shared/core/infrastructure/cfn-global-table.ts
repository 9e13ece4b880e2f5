import type { ReplicaSettings } from '../../model/table-settings.ts';
import { readFields, writeFields } from './cfn-global-capacity.ts';
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
import { type KnownTable, otherReplicas } from './live.ts';

/** The key has a place in each Region, and that it is one of KMS in all. */
const replicaKey = (keyArn: string | undefined): Fields =>
  keyArn === undefined ? {} : { SSESpecification: { KMSMasterKeyId: keyArn } };

const ownKey = ({ settings: { shape } }: KnownTable): string | undefined =>
  shape.encryption.kind === 'kms' && !shape.encryption.isAwsManaged ? shape.encryption.keyArn : undefined;

const ownReplica = (live: KnownTable): Fields => {
  const { settings, target } = live;
  const { shape } = settings;
  const indexes = shape.globalIndexes
    .map(({ name }) => ({ IndexName: name, ...readFields(live, name), ...insightsFields(live, name) }))
    .filter((index) => Object.keys(index).length > 1);
  const stream = shape.stream === undefined ? {} : resourcePolicy(settings['stream-policy']);
  return {
    Region: target.region,
    TableClass: shape.tableClass,
    DeletionProtectionEnabled: shape.deletionProtection,
    ...readFields(live),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...replicaKey(ownKey(live)),
    ...(Object.keys(stream).length > 0 && { ReplicaStreamSpecification: stream }),
    ...pitrFields(settings.pitr),
    ...kinesisFields(live),
    ...insightsFields(live),
    ...resourcePolicy(settings['resource-policy']),
    ...tagFields(settings.tags),
  };
};

/** Reads are paid for in each Region; those of the own Region stand for what was not read elsewhere. */
const otherReplica = (live: KnownTable, replica: ReplicaSettings): Fields => {
  const indexes = live.settings.shape.globalIndexes
    .map(({ name }) => ({ IndexName: name, ...readFields(live, name) }))
    .filter((index) => Object.keys(index).length > 1);
  return {
    Region: replica.region,
    ...(replica.tableClass && { TableClass: replica.tableClass }),
    ...(replica.deletionProtection !== undefined && {
      DeletionProtectionEnabled: replica.deletionProtection,
    }),
    ...readFields(live),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...replicaKey(ownKey(live) === undefined ? undefined : replica.keyArn),
    ...pitrFields(replica.pitr),
    ...tagFields(replica.tags),
  };
};

const globalIndexes = (live: KnownTable): readonly Fields[] | undefined => {
  const indexes = live.settings.shape.globalIndexes.map((index) => {
    const writes = writeFields(live, index.name);
    return writes && { ...indexFields(index), ...writes };
  });
  return indexes.every((index) => index !== undefined) ? indexes : undefined;
};

/**
 * Writes the properties of an AWS::DynamoDB::GlobalTable with the replica of its own Region alone, or with all. Undefined where its
 * provisioned writes do not scale.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html (schema of cfn-lint 1.51.0, read 2026-11-28)
 */
export const globalTableProperties = (live: KnownTable, replicas: 'own' | 'all'): Fields | undefined => {
  const { shape } = live.settings;
  const writes = writeFields(live);
  const indexes = globalIndexes(live);
  if (writes === undefined || indexes === undefined) return undefined;
  const others = replicas === 'all' ? otherReplicas(live).map((one) => otherReplica(live, one)) : [];
  return {
    TableName: live.table,
    ...shapeFields(shape),
    ...writes,
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...(shape.encryption.kind === 'kms' && { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } }),
    ...(shape.stream && { StreamSpecification: { StreamViewType: shape.stream.viewType } }),
    ...ttlFields(live),
    Replicas: [ownReplica(live), ...others],
  };
};
