/** Calls per second that each operation may be sent, for one target. */
export type RateLimits = Readonly<Record<string, number>>;

/**
 * What AWS documents for the operations of a run, in calls per second, account and Region together. Two are our own, because AWS states none:
 * `UpdateContinuousBackups` (changes of tables share an account-wide limit that AWS does not publish; 5/s is what it states for its
 * neighbour TagResource) and `GetCallerIdentity` (called once). DescribeTable and ListTables share 2,500/s with the account's own programs;
 * theirs here are under half of it together.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22): 50/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html (checked 2026-11-22): 10/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (checked 2026-11-22): 5/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html (checked 2026-11-22): 10/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html (checked 2026-11-22): 10/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html (checked 2026-11-28): 10/s
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (checked 2026-11-22): DescribeTable, ListTables
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html (checked 2026-11-22): GetResources 15/s
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html (checked 2026-11-22): Publish 300/s in the smallest Regions
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html (checked 2026-11-22): GetTopicAttributes is not stated; 30/s is what ListSubscriptionsByTopic has
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html (checked 2026-11-28): 10/s
 */
export const API_LIMITS: RateLimits = {
  CreateBackup: 50,
  DeleteBackup: 10,
  DescribeBackup: 10,
  DescribeContinuousBackups: 10,
  DescribeTable: 1_000,
  GetCallerIdentity: 1,
  GetResources: 15,
  GetTopicAttributes: 30,
  ListBackups: 5,
  ListSubscriptionsByTopic: 30,
  ListTables: 100,
  ListTagsOfResource: 10,
  Publish: 300,
  UpdateContinuousBackups: 5,
};

/**
 * What AWS documents for the operations of the doctor alone, in calls per second, account and Region together. What it calls besides, once
 * or twice each, goes as slowly as what no table names.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html (checked 2026-11-25): what CloudTrail gets, describes and lists, 10/s
 */
export const DOCTOR_LIMITS: RateLimits = {
  DescribeTrails: 10,
  GetEventSelectors: 10,
  GetTrailStatus: 10,
};

/**
 * What AWS documents for reading and setting a table's settings and for restores, in calls per second, account and Region together. What it does
 * not state (changes of tables, Kinesis destinations, auto scaling, pipes) goes as slowly as what no table names. Reads of items are paid for by
 * the table; theirs here only keep a sample from taking all that a small table has.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (checked 2026-11-28): TTL, policies, insights, tags
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html (checked 2026-11-22): 10/s
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (the rate is our estimate: the page was not read): DescribeAlarms 9/s
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (the rate is our estimate: the page was not read): what only reads and changes functions, 15/s together
 */
export const SETTINGS_LIMITS: RateLimits = {
  BatchGetItem: 20,
  DescribeAlarms: 9,
  DescribeContributorInsights: 5,
  DescribeTimeToLive: 10,
  GetResourcePolicy: 100,
  ListContributorInsights: 5,
  ListEventSourceMappings: 15,
  PutResourcePolicy: 25,
  RestoreTableFromBackup: 10,
  Scan: 20,
  TagResource: 5,
  UpdateContributorInsights: 5,
};

/**
 * What AWS documents for the operations of AWS Backup that a run calls, in calls per second, account and Region together. What it does not state
 * (copies) goes as slowly as what no table names.
 * @see https://docs.aws.amazon.com/general/latest/gr/bk.html (checked 2026-11-28)
 */
export const VAULT_LIMITS: RateLimits = {
  DeleteRecoveryPoint: 10,
  DescribeRecoveryPoint: 15,
  GetBackupVaultAccessPolicy: 15,
  ListBackupJobs: 20,
  ListBackupVaults: 20,
  ListRecoveryPointsByBackupVault: 20,
  ListTags: 20,
  StartBackupJob: 5,
};

/**
 * What AWS documents for restores from backup vaults, in calls per second, account and Region together. What it does not state (the metadata of jobs)
 * goes as slowly as what no table names.
 * @see https://docs.aws.amazon.com/general/latest/gr/bk.html (checked 2026-11-28)
 */
export const RESTORE_JOB_LIMITS: RateLimits = {
  DescribeRestoreJob: 15,
  GetRecoveryPointRestoreMetadata: 15,
  ListRestoreJobs: 20,
  StartRestoreJob: 5,
};

/**
 * What a run may ask of the state table, in calls per second: an eighth of what a new on-demand table takes at once (4,000 writes,
 * 12,000 reads), so that several runs at the same moment still fit. A batch is up to 25 writes.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html (checked 2026-11-23)
 */
export const STATE_TABLE_LIMITS: RateLimits = {
  BatchWriteItem: 20,
  DeleteItem: 500,
  PutItem: 500,
  Query: 500,
};

/** Calls per second for an operation that no table above names: the slowest rate that DynamoDB documents for any of its neighbours. */
export const UNSTATED_PER_SECOND = 5;

/**
 * The share of each account-wide rate that one run uses. The functions start at different minutes and each calls other operations when another
 * begins, so they rarely compete; a twentieth is left to people and the console; calls that still collide slow down and are retried. At 0.8 a prune
 * of 10,000 tables deletes less in a day than backups make, and no run comes within a tenth of the time that the rates allow.
 */
export const DEFAULT_SHARE = 0.95;
