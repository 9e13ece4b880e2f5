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
  WarmThroughput,
} from '@aws-sdk/client-dynamodb';
import { indexAfter } from '../sorted.ts';
import type { ItemCensus, TableSettings } from './table-settings.ts';

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
  /** Raised by someone, above what a new table has. */
  readonly warmThroughput?: WarmThroughput;
}

export type Tags = Readonly<Record<string, string>>;

export interface RestoreOrigin {
  readonly sourceBackupArn?: string;
  readonly sourceTableArn: string;
  readonly restoreAt: number;
}

/** Point-in-time recovery that is on. */
export interface PitrSetting {
  readonly enabledAt: number;
  readonly recoveryPeriodDays: number;
  /** History before this is lost: a shorter period dropped it, and a longer one does not bring it back. */
  readonly floor: number;
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
  /** What the definition was before, oldest first: each until that instant. */
  readonly formerDefinitions: { readonly until: number; readonly definition: Definition }[];
  readonly settings: TableSettings;
  /** Of the newest stream, on or off. */
  streamArn: string | undefined;
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
  /** The backup that it was archived into. */
  archive: { readonly backupArn: string; readonly at: number } | undefined;
  sizeBytes: number;
  itemCount: number;
  /** Of the items that were written through the API, which come on top of the figures above. */
  census: ItemCensus;
}

/** Changes the definition, and keeps what it was. */
export const changeDefinition = (table: Table, definition: Definition, now: number): void => {
  table.formerDefinitions.push({ until: now, definition: table.definition });
  table.definition = definition;
};

/** The definition that held at an instant. */
export const definitionAsOf = (table: Table, instant: number): Definition =>
  table.formerDefinitions.find(({ until }) => instant < until)?.definition ?? table.definition;

export type LiveStatus = 'ACTIVE' | 'CREATING' | 'DELETING' | 'UPDATING';

export const statusOf = (table: Table, now: number): LiveStatus => {
  if (table.deletingSince !== undefined) return 'DELETING';
  if (now < table.activeAt) return 'CREATING';
  return now < table.updatingUntil ? 'UPDATING' : 'ACTIVE';
};

/** The tables that exist, by name. */
export interface TableIndex {
  get(name: string): Table | undefined;
  add(table: Table): void;
  remove(table: Table): void;
  all(): Iterable<Table>;
  readonly size: number;
  /** The first names greater than the given one, in order. */
  namesAfter(name: string | undefined, count: number): string[];
}

export const createTableIndex = (): TableIndex => {
  const byName = new Map<string, Table>();
  let sorted: readonly string[] | undefined;
  const sortedNames = (): readonly string[] => {
    sorted ??= [...byName.keys()].sort();
    return sorted;
  };
  return {
    get: (name) => byName.get(name),
    add(table) {
      byName.set(table.name, table);
      sorted = undefined;
    },
    remove(table) {
      if (byName.get(table.name) !== table) return;
      byName.delete(table.name);
      sorted = undefined;
    },
    all: () => byName.values(),
    get size() {
      return byName.size;
    },
    namesAfter(name, count) {
      const names = sortedNames();
      const start = indexAfter(names, name);
      return names.slice(start, start + count);
    },
  };
};
