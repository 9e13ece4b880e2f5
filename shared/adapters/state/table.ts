import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The state table and the client that speaks to it. Its keys are `pk` and `sk`, texts both; `expiresAt` is its time to live. */
export interface StateTable {
  readonly client: DynamoDBClient;
  readonly name: string;
}
