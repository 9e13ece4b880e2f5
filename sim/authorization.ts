import type { SimAccount } from './account.ts';
import {
  alarmArn,
  functionArn,
  keyArn,
  mappingArn,
  parameterArn,
  pipeArn,
  roleArn,
  tableArn,
  tableNameOf,
  trailArn,
} from './arn.ts';
import { backupDemands, backupResource, vaultVerdict } from './backup/authorization.ts';
import type { Call, Caller, ServiceName } from './call.ts';
import type { Demand } from './demand.ts';
import { keysIn } from './s3/operations.ts';

const IAM_PREFIX: Readonly<Record<ServiceName, string>> = {
  autoscaling: 'application-autoscaling',
  cloudwatch: 'cloudwatch',
  dynamodb: 'dynamodb',
  pipes: 'pipes',
  s3: 's3',
  tagging: 'tag',
  sns: 'SNS',
  ssm: 'ssm',
  sts: 'sts',
  cloudtrail: 'cloudtrail',
  organizations: 'organizations',
  backup: 'backup',
  iam: 'iam',
  kms: 'kms',
  lambda: 'lambda',
};

/** Operations that IAM cannot limit to one resource. */
const ON_ANYTHING = new Set([
  'CreateEventSourceMapping',
  'DescribeLimits',
  'DescribeTrails',
  'GetMetricData',
  'ListBackups',
  'ListContributorInsights',
  'ListExports',
  'ListEventSourceMappings',
  'ListPipes',
  'ListTables',
  'PutMetricData',
]);
const ARN_MEMBERS = [
  'BackupArn',
  'ExportArn',
  'ResourceArn',
  'TopicArn',
  'RoleArn',
  'SubscriptionArn',
  'SourceTableArn',
];
const TABLE_MEMBERS = ['TableName', 'SourceTableName', 'TableArn'];
/** What a restore does in the target table with the rights of whoever calls it. */
const RESTORE_WRITES = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];
const KEY_ACTIONS = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKey'];

/** Where an operation takes the right of another name. */
const IAM_NAMES: Readonly<Record<string, string>> = {
  's3:DeleteObjects': 's3:DeleteObject',
  's3:ListObjectsV2': 's3:ListBucket',
};

export const iamOperation = ({ service, operation }: Call): string => {
  const action = `${IAM_PREFIX[service]}:${operation}`;
  return IAM_NAMES[action] ?? action;
};

/** A demand that is not met, and why where the policy says more than that nothing allows it. */
export interface Refusal extends Demand {
  readonly because?: string | undefined;
}

const roleOf = (account: SimAccount, { PolicySourceArn: source, RoleName: name }: Call['input']): string =>
  typeof source === 'string' ? source : roleArn(account, String(name));

const alarmOf = (account: SimAccount, { AlarmName: name, ResourceARN: arn }: Call['input']): string => {
  if (typeof arn === 'string') return arn;
  return alarmArn(account, typeof name === 'string' ? name : '*');
};

/** The services of which every call names one thing in one way. */
const NAMED_BY: Readonly<
  Partial<Record<ServiceName, (account: SimAccount, input: Call['input']) => string | undefined>>
> = {
  autoscaling: () => undefined,
  cloudwatch: alarmOf,
  iam: roleOf,
  kms: (account, { KeyId: key }) => keyArn(account, String(key)),
};

/** Where the name that a call gives does not say of what it is: by the service. */
const namedArn = (account: SimAccount, { service, input }: Call): string | undefined => {
  const { Name: name, TrailName: trail = name, FunctionName: named, UUID: uuid, Resource: tagged } = input;
  const namedBy = NAMED_BY[service];
  if (namedBy !== undefined) return namedBy(account, input);
  if (service === 'pipes' && typeof name === 'string') return pipeArn(account, name);
  if (service === 'ssm' && typeof name === 'string') return parameterArn(account, name);
  if (service === 'lambda' && typeof tagged === 'string') return tagged;
  if (service === 'lambda' && typeof uuid === 'string') return mappingArn(account, uuid);
  if (service === 'lambda' && typeof named === 'string') return functionArn(account, named);
  if (service !== 'cloudtrail' || typeof trail !== 'string') return undefined;
  return trail.startsWith('arn:') ? trail : trailArn(account, trail);
};

/** The objects that a call of S3 names, or else its bucket. */
const objectsOf = ({ input }: Call): readonly [string, ...string[]] => {
  const bucket = `arn:aws:s3:::${String(input.Bucket)}`;
  const keys = typeof input.Key === 'string' ? [input.Key] : keysIn(input);
  const [first, ...others] = keys.map((key) => `${bucket}/${key}`);
  return first === undefined ? [bucket] : [first, ...others];
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
  if (call.service === 'backup') return [backupResource(account, call)];
  if (call.service === 's3') return objectsOf(call);
  if (ON_ANYTHING.has(call.operation) || call.service === 'autoscaling') return ['*'];
  const arn = namedArn(account, call) ?? textAt(call, call.service === 'pipes' ? [] : ARN_MEMBERS);
  if (arn !== undefined) return [arn];
  const [first = '*', ...others] = tablesOf(call).map((table) => tableArn(account, tableNameOf(table)));
  return [first, ...others];
};

const restoreDemands = (account: SimAccount, call: Call): readonly Demand[] => {
  const { TargetTableName: name, SSESpecificationOverride: sse } = call.input;
  if (!call.operation.startsWith('RestoreTable') || typeof name !== 'string') return [];
  const resource = tableArn(account, name);
  const writes = RESTORE_WRITES.map((write) => ({ action: `dynamodb:${write}`, resource }));
  const key = (sse as { readonly KMSMasterKeyId?: string } | undefined)?.KMSMasterKeyId;
  const keys = KEY_ACTIONS.map((each) => ({ action: `kms:${each}`, resource: keyArn(account, key ?? '') }));
  return [{ action: iamOperation(call), resource }, ...writes, ...(key === undefined ? [] : keys)];
};

/** What is made with tags takes the right to tag it besides. */
const TAGGED: Readonly<Record<string, (account: SimAccount, call: Call) => string>> = {
  CreateEventSourceMapping: (account) => mappingArn(account, '*'),
  CreatePipe: (account, { input }) => pipeArn(account, String(input.Name)),
  PutCompositeAlarm: (account, { input }) => alarmOf(account, input),
  PutMetricAlarm: (account, { input }) => alarmOf(account, input),
};

const tagDemands = (account: SimAccount, call: Call): readonly Demand[] => {
  const resource = TAGGED[call.operation];
  const { Tags: tags } = call.input;
  if (resource === undefined || typeof tags !== 'object' || tags === null) return [];
  if (Object.keys(tags).length === 0) return [];
  return [{ action: `${IAM_PREFIX[call.service]}:TagResource`, resource: resource(account, call) }];
};

/** The Regions in which a call makes a replica. */
const replicaRegions = ({ operation, input }: Call): readonly string[] => {
  const updates = operation === 'UpdateTable' ? input.ReplicaUpdates : undefined;
  if (!Array.isArray(updates)) return [];
  return (updates as { readonly Create?: { readonly RegionName?: string } }[]).flatMap(
    ({ Create }) => Create?.RegionName ?? [],
  );
};

/** A replica is made with the rights of whoever asks for it: the table there, and the copying of its items. */
const replicaDemands = (account: SimAccount, call: Call): readonly Demand[] => {
  const name = tableNameOf(textAt(call, TABLE_MEMBERS) ?? '*');
  return replicaRegions(call).flatMap((region) => {
    const resource = tableArn({ ...account, region }, name);
    const there = ['CreateTable', 'CreateTableReplica', ...RESTORE_WRITES];
    return there.map((action) => ({ action: `dynamodb:${action}`, resource }));
  });
};

const LINKED_ROLE: Readonly<Record<string, string>> = {
  RegisterScalableTarget: 'dynamodb.application-autoscaling.amazonaws.com',
  UpdateContributorInsights: 'contributorinsights.dynamodb.amazonaws.com',
};

const linkedService = (call: Call): string | undefined =>
  replicaRegions(call).length > 0 ? 'replication.dynamodb.amazonaws.com' : LINKED_ROLE[call.operation];

/** The first call of a kind in an account makes the role that the service works under, with the rights of whoever calls. */
const linkedRoleDemands = (account: SimAccount, call: Call): readonly Demand[] => {
  const service = linkedService(call);
  if (service === undefined || account.state.linkedRoles.has(service)) return [];
  const resource = `arn:aws:iam::${account.accountId}:role/aws-service-role/${service}/*`;
  return [{ action: 'iam:CreateServiceLinkedRole', resource }];
};

const DENIED_BY_POLICY = 'with an explicit deny in a resource-based policy';

/** What a vault's own policy allows; and a deletion, which is accepted from those who have no right to it, and fails later. */
const isForgiven = (action: string, vault: ReturnType<typeof vaultVerdict>): boolean =>
  action === 'backup:DeleteRecoveryPoint' || (vault?.action === action && vault.effect === 'Allow');

const demandsOf = (account: SimAccount, call: Call): readonly Demand[] => {
  const action = iamOperation(call).replace('SNS:', 'sns:');
  return [
    ...resourcesOf(account, call).map((resource) => ({ action, resource })),
    ...restoreDemands(account, call),
    ...replicaDemands(account, call),
    ...tagDemands(account, call),
    ...linkedRoleDemands(account, call),
    ...(call.service === 'backup' ? backupDemands(call) : []),
  ];
};

/** Whether the caller is allowed one thing besides the call itself. */
export const demandMet = (
  account: SimAccount,
  { accessKeyId }: Caller,
  { action, resource }: Demand,
): boolean => account.state.settings.authorize({ operation: action, resource, accessKeyId }) === true;

/** The first thing that the caller is not allowed, or undefined when the call may go on. */
export const refusalOf = (account: SimAccount, call: Call): Refusal | undefined => {
  const { accessKeyId } = call.caller;
  const vault = call.service === 'backup' ? vaultVerdict(account, call) : undefined;
  for (const { action, resource } of demandsOf(account, call)) {
    if (vault?.action === action && vault.effect === 'Deny')
      return { action, resource, because: DENIED_BY_POLICY };
    const verdict = account.state.settings.authorize({ operation: action, resource, accessKeyId });
    if (verdict === true || (verdict === false && isForgiven(action, vault))) continue;
    const asked = action.replace('sns:', 'SNS:');
    return { action: asked, resource, because: verdict === false ? undefined : verdict.because };
  }
  const role = linkedService(call);
  if (role !== undefined) account.state.linkedRoles.add(role);
  return undefined;
};
