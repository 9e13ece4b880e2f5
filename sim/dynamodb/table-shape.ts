import { keyArn } from '../arn.ts';
import type { Settings } from '../settings.ts';
import { describeIndexes, throughputOf, warmOf } from './index-shape.ts';
import { type LiveStatus, statusOf, type Table } from './table.ts';

/** The wire's instants: seconds, with milliseconds behind the point. */
export const seconds = (instant: number): number => instant / 1000;

/** Decreases are counted by the day of UTC. */
const decreasesToday = ({ settings }: Table, now: number): number => {
  const today = now - (now % 86_400_000);
  return (settings.changes.get('decrease') ?? []).filter((at) => at >= today).length;
};

/** The key's ARN as the table shows it; without a key of one's own, AWS's for DynamoDB. */
const keyOf = (arn: string, key = 'alias/aws/dynamodb'): string => {
  const [, , , region = '', accountId = ''] = arn.split(':');
  return keyArn({ accountId, region }, key);
};

const describeExtras = ({ arn, definition, streamArn }: Table) => {
  const { billingMode, onDemandThroughput, sse, stream, tableClass } = definition;
  return {
    ...(billingMode === 'PAY_PER_REQUEST' ? { BillingModeSummary: { BillingMode: billingMode } } : {}),
    ...(onDemandThroughput ? { OnDemandThroughput: onDemandThroughput } : {}),
    ...(sse?.Enabled
      ? {
          SSEDescription: {
            Status: 'ENABLED',
            SSEType: 'KMS',
            KMSMasterKeyArn: keyOf(arn, sse.KMSMasterKeyId),
          },
        }
      : {}),
    ...(stream?.StreamEnabled ? { StreamSpecification: stream } : {}),
    ...(streamArn === undefined
      ? {}
      : { LatestStreamLabel: streamArn.split('/').at(-1), LatestStreamArn: streamArn }),
    ...(tableClass ? { TableClassSummary: { TableClass: tableClass } } : {}),
  };
};

/** The origin of a restored table shows while the restore runs, and later only where the account says so. */
const describeRestore = (table: Table, status: LiveStatus, stays: boolean) => {
  const origin = table.restoredFrom;
  if (!origin || (status !== 'CREATING' && !stays)) return {};
  return {
    RestoreSummary: {
      ...(origin.sourceBackupArn ? { SourceBackupArn: origin.sourceBackupArn } : {}),
      SourceTableArn: origin.sourceTableArn,
      RestoreDateTime: seconds(origin.restoreAt),
      RestoreInProgress: status === 'CREATING',
    },
  };
};

const describeReplicas = (table: Table, now: number) => {
  const { consistency = 'EVENTUAL', replicas, witnesses } = table.settings;
  if (replicas.length === 0) return {};
  return {
    GlobalTableVersion: '2019.11.21',
    MultiRegionConsistency: consistency,
    ...(witnesses.length > 0 && {
      GlobalTableWitnesses: witnesses.map((RegionName) => ({ RegionName, WitnessStatus: 'ACTIVE' })),
    }),
    Replicas: replicas.map(({ region, activeAt }) => ({
      RegionName: region,
      ReplicaStatus: now < activeAt ? 'CREATING' : 'ACTIVE',
    })),
  };
};

const describeArchive = ({ archive }: Table) =>
  archive === undefined
    ? {}
    : {
        ArchivalSummary: {
          ArchivalBackupArn: archive.backupArn,
          ArchivalDateTime: seconds(archive.at),
          ArchivalReason: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
        },
      };

/** A restored table shows no figures until they are counted for the first time. */
const figuresOf = (table: Table, now: number, everyMs: number) => {
  if (table.restoredFrom !== undefined && now < table.activeAt + everyMs) return { items: 0, bytes: 0 };
  const { sizeBytes, itemCount, census } = table;
  return { items: itemCount + census.items, bytes: sizeBytes + census.bytes };
};

type Shown = Pick<Settings, 'countEveryMs' | 'restoreSummaryStays'>;

export const tableShape = (table: Table, now: number, shown: Shown): object => {
  const status = statusOf(table, now);
  const { items, bytes } = figuresOf(table, now, shown.countEveryMs);
  const { billingMode, provisionedThroughput, warmThroughput } = table.definition;
  return {
    AttributeDefinitions: table.definition.attributeDefinitions,
    TableName: table.name,
    KeySchema: table.definition.keySchema,
    TableStatus: table.shownStatus ?? status,
    CreationDateTime: seconds(table.createdAt),
    ProvisionedThroughput: throughputOf(provisionedThroughput, decreasesToday(table, now)),
    WarmThroughput: {
      ...warmOf(billingMode, {
        ...(provisionedThroughput && { ProvisionedThroughput: provisionedThroughput }),
        ...(warmThroughput && { WarmThroughput: warmThroughput }),
      }),
      Status: status === 'UPDATING' ? 'UPDATING' : 'ACTIVE',
    },
    TableSizeBytes: bytes,
    ItemCount: items,
    TableArn: table.arn,
    TableId: table.id,
    DeletionProtectionEnabled: table.deletionProtection,
    ...describeExtras(table),
    ...describeIndexes(table, now),
    ...describeReplicas(table, now),
    ...describeArchive(table),
    ...describeRestore(table, status, shown.restoreSummaryStays),
  };
};
