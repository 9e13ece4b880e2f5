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

const textAt = ({ input }: Call, members: readonly string[]): string | undefined =>
  members.map((member) => input[member]).find((value) => typeof value === 'string');

/** The tables that a call names: one, or of a batch all. */
const tablesOf = (call: Call): readonly string[] => {
  const { RequestItems } = call.input;
  if (typeof RequestItems === 'object' && RequestItems !== null) return Object.keys(RequestItems);
  return [textAt(call, TABLE_MEMBERS) ?? []].flat();
};

/** The ARNs that the call is about, each of which the caller must be allowed; `*` where there is none. */
export const resourcesOf = (account: SimAccount, call: Call): readonly [string, ...string[]] => {
  if (ON_ANYTHING.has(call.operation)) return ['*'];
  const arn = namedArn(account, call) ?? textAt(call, ARN_MEMBERS);
  if (arn !== undefined) return [arn];
  const [first = '*', ...others] = tablesOf(call).map((table) => tableArn(account, tableNameOf(table)));
  return [first, ...others];
};

/** Whether the caller is allowed the call on everything that it is about. */
export const isAuthorized = (account: SimAccount, call: Call): boolean =>
  resourcesOf(account, call).every((resource) =>
    account.state.settings.authorize({
      operation: iamOperation(call).replace('SNS:', 'sns:'),
      resource,
      accessKeyId: call.caller.accessKeyId,
    }),
  );
