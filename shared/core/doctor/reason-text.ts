import { type Denial, type Failure, type Forbidder, failureText } from '../../model/failure.ts';
import { singleLine } from '../text/words.ts';

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
  GetKeyPolicy: 'kms',
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

const BY: Readonly<Record<Forbidder, string>> = {
  organization: ': a policy of the organization forbids it',
  'permissions-boundary': ': your permissions boundary does not allow it',
  'role-deny': ': a policy of yours denies it',
  'role-lacks': '',
  resource: ': the policy of what it is about does not allow it',
  unknown: '',
};

const denialOf = (failure: Failure): Denial | undefined => {
  if (failure.kind === 'call') return failure.denial;
  return failure.because === undefined ? undefined : denialOf(failure.because);
};

/**
 * Describes in a few words why a call made by the person running the command failed: `tag:GetResources is not allowed
 * to you`. Anything other than a denial keeps the service's wording, on one line. The action is omitted when it equals
 * `about`.
 */
export const reasonText = (failure: Failure, about?: string): string => {
  const denial = denialOf(failure);
  if (denial === undefined) return singleLine(failureText(failure));
  const action = deniedAction(denial);
  return `${action === about ? '' : `${action} `}is not allowed to you${BY[denial.by]}`;
};
