import type { Denial } from '../../model/failure.ts';

/** The services of the few operations that are not DynamoDB's. */
const SERVICES: Readonly<Record<string, string>> = {
  DescribeEffectivePolicy: 'organizations',
  DescribeGlobalSettings: 'backup',
  DescribeKey: 'kms',
  DescribeRegionSettings: 'backup',
  DescribeTrails: 'cloudtrail',
  GetBackupVaultAccessPolicy: 'backup',
  GetEventSelectors: 'cloudtrail',
  GetFunctionConfiguration: 'lambda',
  GetResources: 'tag',
  GetRole: 'iam',
  GetTopicAttributes: 'sns',
  GetTrailStatus: 'cloudtrail',
  ListBackupVaults: 'backup',
  ListSubscriptionsByTopic: 'sns',
  Publish: 'sns',
  SimulatePrincipalPolicy: 'iam',
};

/** Names a denied action as IAM does, even when the service did not: `dynamodb:CreateBackup`. */
export const deniedAction = ({ action, operation }: Denial): string =>
  action ?? `${SERVICES[operation] ?? 'dynamodb'}:${operation}`;
