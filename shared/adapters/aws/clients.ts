import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { paceClient } from './pace-client.ts';

/** Given a run's options, returns a client for tables and backups, and, given other limits, for the state table. */
export const createDynamoDBClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options)), options);

/**
 * Given a run's options, returns a client for CreateBackup alone, which takes no token: sent again after a lost answer it would make a
 * second backup of the same name, so only throttled calls are.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const createOnceClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options, { retryOnlyThrottling: true })), options);

/** Given a run's options, returns a client for the tagging API. */
export const createTaggingClient = (options: ClientOptions): ResourceGroupsTaggingAPIClient =>
  paceClient(new ResourceGroupsTaggingAPIClient(clientConfig(options)), options);
