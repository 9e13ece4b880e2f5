import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { type AccountOptions, createAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';

export const START = Date.UTC(2026, 0, 1);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Clients that try once, in this process. */
export const clientsOf = (
  config: { readonly requestHandler: ReturnType<typeof requestHandlerOf> },
  region = 'us-east-1',
) => {
  const shared = {
    ...config,
    region,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  return {
    dynamodb: new DynamoDBClient(shared),
    tagging: new ResourceGroupsTaggingAPIClient(shared),
    sns: new SNSClient(shared),
    sts: new STSClient(shared),
    cloudtrail: new CloudTrailClient(shared),
    organizations: new OrganizationsClient(shared),
    backup: new BackupClient(shared),
    iam: new IAMClient(shared),
    kms: new KMSClient(shared),
    lambda: new LambdaClient(shared),
    autoscaling: new ApplicationAutoScalingClient(shared),
    cloudwatch: new CloudWatchClient(shared),
    pipes: new PipesClient(shared),
  };
};

/** An account without rates, its clock and its clients. */
export const simWorld = (options: Partial<AccountOptions> = {}) => {
  const clock = createVirtualClock(START);
  const account = createAccount({ clock, rates: 'off', ...options });
  return { clock, account, ...clientsOf({ requestHandler: requestHandlerOf(account) }) };
};

/** What a call fails with, in one line. */
export const failureOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  return 'no failure';
};

export const newTable = (TableName: string, more: object = {}): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...more,
  });

export const arnOf = (tableName: string): string =>
  `arn:aws:dynamodb:us-east-1:111122223333:table/${tableName}`;
