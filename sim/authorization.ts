import type { SimAccount } from './account.ts';
import { functionArn, parameterArn, tableArn, tableNameOf, trailArn } from './arn.ts';
import type { Call, ServiceName } from './call.ts';

const IAM_PREFIX: Readonly<Record<ServiceName, string>> = {
  dynamodb: 'dynamodb',
  tagging: 'tag',
  sns: 'SNS',
  ssm: 'ssm',
  sts: 'sts',
  cloudtrail: 'cloudtrail',
  organizations: 'organizations',
  backup: 'backup',
  lambda: 'lambda',
};

/** Operations that IAM cannot limit to one resource. */
const ON_ANYTHING = new Set(['ListBackups', 'ListTables', 'DescribeLimits', 'DescribeTrails']);
const ARN_MEMBERS = ['BackupArn', 'ResourceArn', 'TopicArn', 'RoleArn', 'SubscriptionArn', 'SourceTableArn'];
const TABLE_MEMBERS = ['TableName', 'SourceTableName'];

export const iamOperation = (call: Call): string => `${IAM_PREFIX[call.service]}:${call.operation}`;

/** Where the name that a call gives does not say of what it is: by the service. */
const namedArn = (account: SimAccount, { service, input }: Call): string | undefined => {
  const { Name: name, TrailName: trail = name, FunctionName: named } = input;
  if (service === 'ssm' && typeof name === 'string') return parameterArn(account, name);
  if (service === 'lambda' && typeof named === 'string') return functionArn(account, named);
  if (service !== 'cloudtrail' || typeof trail !== 'string') return undefined;
  return trail.startsWith('arn:') ? trail : trailArn(account, trail);
};

/** The ARN that the call is about, or `*`. */
export const resourceOf = (account: SimAccount, call: Call): string => {
  if (ON_ANYTHING.has(call.operation)) return '*';
  const named = namedArn(account, call);
  if (named !== undefined) return named;
  const arn = ARN_MEMBERS.map((member) => call.input[member]).find((value) => typeof value === 'string');
  if (typeof arn === 'string') return arn;
  const table = TABLE_MEMBERS.map((member) => call.input[member]).find((value) => typeof value === 'string');
  return typeof table === 'string' ? tableArn(account, tableNameOf(table)) : '*';
};

export const principalOf = (account: SimAccount, accessKeyId: string): string =>
  account.state.sessions.get(accessKeyId) ?? `arn:aws:iam::${account.accountId}:user/${accessKeyId}`;

export const isAuthorized = (account: SimAccount, call: Call): boolean =>
  account.state.settings.authorize({
    operation: iamOperation(call).replace('SNS:', 'sns:'),
    resource: resourceOf(account, call),
    accessKeyId: call.caller.accessKeyId,
  });
