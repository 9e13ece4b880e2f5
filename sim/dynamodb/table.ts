import type {
  AttributeDefinition,
  BillingMode,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  OnDemandThroughput,
  ProvisionedThroughput,
  SSESpecification,
  StreamSpecification,
  TableClass,
  TableStatus,
} from '@aws-sdk/client-dynamodb';
import type { PitrSetting } from './pitr.ts';

/** What a backup records of its table. Never changed in place, so that a backup may share it. */
export interface Definition {
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly billingMode: BillingMode;
  readonly provisionedThroughput?: ProvisionedThroughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly globalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly localSecondaryIndexes?: readonly LocalSecondaryIndex[];
  readonly sse?: SSESpecification;
  readonly stream?: StreamSpecification;
  readonly tableClass?: TableClass;
}

export type Tags = Readonly<Record<string, string>>;

export interface RestoreOrigin {
  readonly sourceBackupArn?: string;
  readonly sourceTableArn: string;
  readonly restoreAt: number;
}

/** One incarnation of a table. Instants are epoch milliseconds. */
export interface Table {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly activeAt: number;
  readonly restoredFrom?: RestoreOrigin;
  definition: Definition;
  updatingUntil: number;
  deletingSince: number | undefined;
  deletionProtection: boolean;
  tags: Tags;
  /** What ListTagsOfResource says, which may be behind. */
  listedTags: Tags;
  tagsLockedUntil: number;
  timeToLive:
    | { readonly attributeName: string; readonly enabled: boolean; readonly changedAt: number }
    | undefined;
  pitr: PitrSetting | undefined;
  /** How far the newest restorable moment lies back. */
  pitrLagMs: number;
  backupsReadyAt: number;
  /** What DescribeTable says instead of the status that time gives. */
  shownStatus: TableStatus | undefined;
  sizeBytes: number;
  itemCount: number;
}

export type LiveStatus = 'ACTIVE' | 'CREATING' | 'DELETING' | 'UPDATING';

export const statusOf = (table: Table, now: number): LiveStatus => {
  if (table.deletingSince !== undefined) return 'DELETING';
  if (now < table.activeAt) return 'CREATING';
  return now < table.updatingUntil ? 'UPDATING' : 'ACTIVE';
};
