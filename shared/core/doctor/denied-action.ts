import type { Denial } from '../../model/failure.ts';

/** The services of the few operations that are not DynamoDB's. */
const SERVICES: Readonly<Record<string, string>> = {
  DescribeEffectivePolicy: 'organizations',
  DescribeRegionSettings: 'backup',
  DescribeTrails: 'cloudtrail',
  GetEventSelectors: 'cloudtrail',
  GetFunctionConfiguration: 'lambda',
  GetResources: 'tag',
  GetTopicAttributes: 'sns',
  GetTrailStatus: 'cloudtrail',
  ListSubscriptionsByTopic: 'sns',
  Publish: 'sns',
};

/** Names a denied action as IAM does, even when the service did not: `dynamodb:CreateBackup`. */
export const deniedAction = ({ action, operation }: Denial): string =>
  action ?? `${SERVICES[operation] ?? 'dynamodb'}:${operation}`;
