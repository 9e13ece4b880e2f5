import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import type { World } from './story.ts';

type Wire = Pick<DynamoDBClientConfig, 'endpoint' | 'requestHandler'>;

/** Creates clients that try once, for an endpoint or a request handler. */
export const contractClients = (wire: Wire): Omit<World, 'pass' | 'bucket' | 'function' | 'letterbox'> => {
  const config = {
    ...wire,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    maxAttempts: 1,
  };
  return {
    dynamodb: new DynamoDBClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
    sns: new SNSClient(config),
    sts: new STSClient(config),
    cloudtrail: new CloudTrailClient(config),
    lambda: new LambdaClient(config),
    autoscaling: new ApplicationAutoScalingClient(config),
    cloudwatch: new CloudWatchClient(config),
    pipes: new PipesClient(config),
    backup: new BackupClient(config),
  };
};
