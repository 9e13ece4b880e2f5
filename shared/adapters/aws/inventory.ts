import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Inventory } from '../../ports/inventory.ts';
import { readPitr } from './pitr-reading.ts';
import { describeTable } from './table-details.ts';
import { listTableNames } from './table-names.ts';
import { listTaggedTables } from './tagged-tables.ts';

/** What an inventory reads with, and the Region it reads. */
export interface InventoryOptions {
  readonly dynamodb: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly region: string;
}

/** Given clients, returns the inventory of their account and Region. */
export const createInventory = ({ dynamodb, tagging, region }: InventoryOptions): Inventory => ({
  listTaggedTables: (tagKey) => listTaggedTables({ tagging, region, tagKey }),
  listTableNames: () => listTableNames(dynamodb),
  describeTable: (table) => describeTable(dynamodb, table),
  readPitr: (table) => readPitr(dynamodb, table),
});
