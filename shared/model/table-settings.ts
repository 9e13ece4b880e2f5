/** One part of a key: `pk`, HASH. */
export interface KeyPart {
  readonly name: string;
  readonly role: 'HASH' | 'RANGE';
}

/** Reads and writes a second; zero of both stands for none, as DescribeTable writes it for on-demand tables. */
export interface Capacity {
  readonly reads: number;
  readonly writes: number;
}

/** Which attributes an index holds. */
export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly attributes?: readonly string[];
}

/** A local index: it is made with its table and can never be added later. */
export interface LocalIndex {
  readonly name: string;
  readonly keys: readonly KeyPart[];
  readonly projection: Projection;
}

/** A global index. What is absent follows the table. */
export interface GlobalIndex extends LocalIndex {
  /** Only of provisioned tables. */
  readonly capacity?: Capacity;
  /** Only of on-demand tables; -1 means no limit. */
  readonly onDemandMaximum?: Capacity;
  readonly warmThroughput?: Capacity;
}

/** Keys, indexes and how the table is paid for: what DescribeTable says and most of what a backup carries. */
export interface TableShape {
  readonly keys: readonly KeyPart[];
  readonly attributes: readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[];
  readonly globalIndexes: readonly GlobalIndex[];
  readonly localIndexes: readonly LocalIndex[];
  readonly billingMode: 'PAY_PER_REQUEST' | 'PROVISIONED';
  /** Only of provisioned tables. */
  readonly capacity?: Capacity;
  /** Only of on-demand tables; -1 means no limit. */
  readonly onDemandMaximum?: Capacity;
  /** Cannot go down again and costs money to raise. */
  readonly warmThroughput?: Capacity;
  readonly tableClass: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  readonly deletionProtection: boolean;
  /** `aws-owned`: no key of the account. The ARN of the key otherwise. */
  readonly encryption:
    | { readonly kind: 'aws-owned' }
    | { readonly kind: 'kms'; readonly keyArn: string; readonly isAwsManaged?: true };
  /** Only of a global table whose reads are consistent over all its Regions: AWS gives it to a table without items, and for good. */
  readonly strongConsistency?: {
    /** The Regions that hold no replica and only witness writes. */
    readonly witnesses: readonly string[];
  };
  /** Absent while it is off. */
  readonly stream?: {
    readonly viewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
    readonly arn: string;
  };
}

/** Where changes are sent by DynamoDB itself. */
export interface KinesisDestination {
  readonly streamArn: string;
  readonly status: 'ACTIVE' | 'DISABLED' | 'DISABLING' | 'ENABLE_FAILED' | 'ENABLING' | 'UPDATING';
  readonly precision?: 'MILLISECOND' | 'MICROSECOND';
}

/** Contributor Insights of the table, or of one index. */
export interface Insights {
  readonly index?: string;
  readonly status: 'DISABLED' | 'DISABLING' | 'ENABLED' | 'ENABLING' | 'FAILED';
  /** `ACCESSED_AND_THROTTLED_KEYS` or `THROTTLED_KEYS`; absent where the service does not say. */
  readonly mode?: string;
  /** Why it is FAILED, in the service's words. */
  readonly reason?: string;
}

/** What JSON can hold: a setting that is kept as the service wrote it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One scalable target of Application Auto Scaling; its role is neither kept nor compared, the service chooses it. */
export interface ScalableTarget {
  /** `table/orders`, `table/orders/index/by-day`. */
  readonly resourceId: string;
  /** `dynamodb:table:ReadCapacityUnits`. */
  readonly dimension: string;
  readonly min: number;
  readonly max: number;
  /** Present where something is suspended. */
  readonly suspended?: { readonly [key: string]: Json };
}

/** A policy or a scheduled action on a target; `content` holds all other members of the request as the service wrote them. */
export interface ScalingRule {
  readonly kind: 'policy' | 'scheduled-action';
  readonly name: string;
  readonly resourceId: string;
  readonly dimension: string;
  readonly content: { readonly [key: string]: Json };
}

/** Auto scaling of a table and its global indexes. */
export interface AutoScaling {
  readonly targets: readonly ScalableTarget[];
  readonly rules: readonly ScalingRule[];
}

/** What points at a table by its name or its stream. It is named for people, and `content` is what the service wrote. */
export interface Attachment {
  readonly kind: 'alarm' | 'event-source-mapping' | 'pipe';
  /** The alarm's or the pipe's name, the mapping's UUID. */
  readonly id: string;
  readonly content: { readonly [key: string]: Json };
}

/** A replica of a global table, with the settings that each Region has for itself. */
export interface ReplicaSettings {
  readonly region: string;
  readonly keyArn?: string;
  readonly tableClass?: TableShape['tableClass'];
  /** Each absent where it was not read. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly pitr?: PitrSetting;
  readonly deletionProtection?: boolean;
  readonly insights?: readonly Insights[];
}

/** Point-in-time recovery as it was promised; the period is absent while it is off. */
export interface PitrSetting {
  readonly enabled: boolean;
  readonly recoveryPeriodDays?: number;
}

/** All settings of one table that can be read. */
export interface TableSettings {
  readonly shape: TableShape;
  readonly tags: Readonly<Record<string, string>>;
  /** Null while it is off. */
  readonly ttl: { readonly attribute: string } | null;
  readonly pitr: PitrSetting;
  /** The JSON text; null where there is none. */
  readonly 'resource-policy': string | null;
  readonly 'stream-policy': string | null;
  readonly insights: readonly Insights[];
  readonly kinesis: readonly KinesisDestination[];
  readonly 'auto-scaling': AutoScaling;
  readonly replicas: readonly ReplicaSettings[];
  readonly attachments: readonly Attachment[];
}

/** One group of settings that is read, kept, set and compared together. */
export type SettingFacet = keyof TableSettings;

/** In the order in which they are read and shown. */
export const SETTING_FACETS: readonly SettingFacet[] = [
  'shape',
  'tags',
  'ttl',
  'pitr',
  'resource-policy',
  'stream-policy',
  'insights',
  'kinesis',
  'auto-scaling',
  'replicas',
  'attachments',
];
