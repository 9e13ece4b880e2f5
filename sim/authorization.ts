import type { SimAccount } from './account.ts';
import { parameterArn, tableArn, tableNameOf } from './arn.ts';
import type { Call, ServiceName } from './call.ts';

const IAM_PREFIX: Readonly<Record<ServiceName, string>> = {
  dynamodb: 'dynamodb',
  tagging: 'tag',
  sns: 'SNS',
  ssm: 'ssm',
  sts: 'sts',
};

/** Operations that IAM cannot limit to one resource. */
const ON_ANYTHING = new Set(['ListBackups', 'ListTables', 'DescribeLimits']);
const ARN_MEMBERS = ['BackupArn', 'ResourceArn', 'TopicArn', 'RoleArn', 'SubscriptionArn', 'SourceTableArn'];
const TABLE_MEMBERS = ['TableName', 'SourceTableName'];

export const iamOperation = (call: Call): string => `${IAM_PREFIX[call.service]}:${call.operation}`;

/** The ARN that the call is about, or `*`. */
export const resourceOf = (account: SimAccount, call: Call): string => {
  if (ON_ANYTHING.has(call.operation)) return '*';
  if (call.service === 'ssm' && typeof call.input.Name === 'string')
    return parameterArn(account, call.input.Name);
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
