import type { Backup } from './backup-index.ts';
import { throughputOf } from './index-shape.ts';
import { seconds } from './table-shape.ts';

const statusOfBackup = (backup: Backup, now: number): string => {
  if (backup.isGone) return 'DELETED';
  return now < backup.availableAt ? 'CREATING' : 'AVAILABLE';
};

export const backupDetailsShape = (backup: Backup, now: number): object => ({
  BackupArn: backup.arn,
  BackupName: backup.name,
  BackupSizeBytes: backup.sizeBytes + backup.census.bytes,
  BackupStatus: statusOfBackup(backup, now),
  BackupType: backup.type,
  BackupCreationDateTime: seconds(backup.createdAt),
  ...(backup.expiresAt === undefined ? {} : { BackupExpiryDateTime: seconds(backup.expiresAt) }),
});

export const backupSummaryShape = (backup: Backup, now: number): object => ({
  TableName: backup.table.name,
  TableId: backup.table.id,
  TableArn: backup.table.arn,
  ...backupDetailsShape(backup, now),
});

const describeSource = ({ table, definition, sizeBytes, itemCount, census }: Backup): object => ({
  TableName: table.name,
  TableId: table.id,
  TableArn: table.arn,
  TableSizeBytes: sizeBytes + census.bytes,
  KeySchema: definition.keySchema,
  TableCreationDateTime: seconds(table.createdAt),
  ProvisionedThroughput: throughputOf(definition.provisionedThroughput),
  ...(definition.onDemandThroughput ? { OnDemandThroughput: definition.onDemandThroughput } : {}),
  ItemCount: itemCount + census.items,
  BillingMode: definition.billingMode,
});

const describeFeatures = ({ table, definition }: Backup): object => {
  const { globalSecondaryIndexes, localSecondaryIndexes, stream, sse } = definition;
  const ttl = table.timeToLive;
  return {
    ...(globalSecondaryIndexes?.length ? { GlobalSecondaryIndexes: globalSecondaryIndexes } : {}),
    ...(localSecondaryIndexes?.length ? { LocalSecondaryIndexes: localSecondaryIndexes } : {}),
    ...(stream?.StreamEnabled ? { StreamDescription: stream } : {}),
    ...(ttl?.enabled
      ? { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: ttl.attributeName } }
      : {}),
    ...(sse?.Enabled ? { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } } : {}),
  };
};

export const backupShape = (backup: Backup, now: number): object => ({
  BackupDetails: backupDetailsShape(backup, now),
  SourceTableDetails: describeSource(backup),
  SourceTableFeatureDetails: describeFeatures(backup),
});
