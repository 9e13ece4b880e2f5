import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import type { BackupClient } from '@aws-sdk/client-backup';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { PipesClient } from '@aws-sdk/client-pipes';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { STSClient } from '@aws-sdk/client-sts';

/** A message as a subscriber gets it. */
export interface Letter {
  readonly subject: string;
  readonly message: string;
}

/** An account with nothing in it, as clients see it. */
export interface World {
  readonly dynamodb: DynamoDBClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly sns: SNSClient;
  readonly sts: STSClient;
  readonly cloudtrail: CloudTrailClient;
  readonly lambda: LambdaClient;
  readonly autoscaling: ApplicationAutoScalingClient;
  readonly cloudwatch: CloudWatchClient;
  readonly pipes: PipesClient;
  readonly backup: BackupClient;
  /** Lets that much time go by where time is virtual. Elsewhere everything happens at once, and nothing is waited for. */
  pass(ms: number): Promise<void>;
  /** Makes a bucket of that name. Does nothing in an account without S3. */
  bucket(name: string): Promise<void>;
  /** Makes a function of that name. It need not run. */
  function(name: string): Promise<void>;
  /** Subscribes something that can be read to a topic. */
  letterbox(topicArn: string): Promise<{ read(): Promise<readonly Letter[]> }>;
}

/** One thing that is said to be true of AWS's APIs, with what shows it. */
export interface Story {
  readonly name: string;
  /** Fails when the account does otherwise. */
  tell(world: World): Promise<void>;
}

/** A story that an account is known not to keep to. */
export interface Deviation {
  /** What it does instead, as a sentence. */
  readonly instead: string;
  /** What the story fails with there. When the account is mended the story no longer fails, and the entry has to go. */
  readonly failsWith: string | RegExp;
}

export type Deviations = Readonly<Record<string, Deviation>>;
