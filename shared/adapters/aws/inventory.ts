import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Target } from '../../model/target.ts';
import type { Inventory, TableReader } from '../../ports/inventory.ts';
import type { Log } from '../../ports/log.ts';
import { listBackups, listSystemBackups } from '../engines/list-backups.ts';
import { readPitr } from './pitr.ts';
import { describeTable } from './table-details.ts';
import { listNamedTables, listTableNames } from './table-names.ts';
import { readTableTags } from './table-tags.ts';
import { listTaggedTables } from './tagged-tables.ts';

/** What a close look reads with, and where. */
export interface CloseLookOptions {
  readonly dynamodb: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly target: Target;
  readonly log: Log;
}

/** Creates a reader of single tables in the account and Region of its clients. */
export const createTableReader = ({ dynamodb, tagging, target, log }: CloseLookOptions): TableReader => ({
  listTagged: (tagKey, tables) => listNamedTables({ tagging, target, tagKey }, tables),
  listRecoveryPointsOf: (table) => listBackups({ dynamodb, log, target }, { table }),
  listSystemBackups: () => listSystemBackups(dynamodb),
  listSystemBackupsOf: (table) => listSystemBackups(dynamodb, table),
  readTags: (table) => readTableTags(dynamodb, table, target),
});

/** What an inventory reads with, and the Region it reads. */
export interface InventoryOptions {
  readonly dynamodb: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly region: string;
}

/** Creates the inventory of the account and Region of its clients. */
export const createInventory = ({ dynamodb, tagging, region }: InventoryOptions): Inventory => ({
  listTaggedTables: (tagKey) => listTaggedTables({ tagging, region, tagKey }),
  listTableNames: () => listTableNames(dynamodb),
  describeTable: (table) => describeTable(dynamodb, table),
  readPitr: (table) => readPitr(dynamodb, table),
});
