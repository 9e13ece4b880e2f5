import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Target } from '../../model/target.ts';
import type { CloseLook } from '../../ports/close-look.ts';
import type { Log } from '../../ports/log.ts';
import { listBackups } from '../engines/list-backups.ts';
import { listSystemBackups } from '../engines/list-system-backups.ts';
import { listNamedTables } from './named-tables.ts';
import { readTableTags } from './table-tags.ts';

/** What a close look reads with, and where. */
export interface CloseLookOptions {
  readonly dynamodb: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly target: Target;
  readonly log: Log;
}

/** Given clients, returns a close look at single tables of their account and Region. */
export const createCloseLook = ({ dynamodb, tagging, target, log }: CloseLookOptions): CloseLook => ({
  listTagged: (tagKey, tables) => listNamedTables({ tagging, target, tagKey }, tables),
  listRecoveryPointsOf: (table) => listBackups({ dynamodb, log }, { table }),
  listSystemBackups: () => listSystemBackups(dynamodb),
  listSystemBackupsOf: (table) => listSystemBackups(dynamodb, table),
  readTags: (table) => readTableTags(dynamodb, table, target),
});
