import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { MINUTE_MS, SECOND_MS } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import { openRegion } from '../sim/console/regions.ts';
import { confirmSubscriptions, putSecret } from '../sim/console/services.ts';
import { setPitr } from '../sim/console/tables.ts';
import { createVault, setVaultPolicy } from '../sim/console/vaults.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import { readServiceFile, type ServiceFile, type Value, type Variables } from './service-file.ts';
import { keepStateItems } from './state-items.ts';

/** The instance that is deployed: the default of serverless.yml. */
export const INSTANCE = 'prod';

/** Who subscribed to the alerts. */
export const ALERT_EMAIL = 'ops@example.com';

/** Where the address of Slack's webhook stands. */
const WEBHOOK_PARAMETER = '/tablekeeper/slack';

/** The vault of the stack, and the one in another Region that takes copies. */
export const VAULT = 'tablekeeper';
export const FAR_VAULT = { name: 'tablekeeper-far', region: 'eu-west-1' } as const;

/** The other parameters of the deployment: drills, and a look once an hour, which half as many runs are. */
const GIVEN = { drills: 'on', backupRate: 'cron(2 * * * ? *)' } as const;

/** One function as serverless.yml describes it. */
export interface FunctionSpec {
  /** Its key, such as `backup`. */
  readonly key: string;
  readonly functionName: string;
  /** Its module below the build's folder, such as `backup/index.mjs`. */
  readonly module: string;
  readonly timeoutMs: number;
  /** EventBridge expressions. */
  readonly schedules: readonly string[];
  /** Whether SNS calls it with whatever is published on the alert topic. */
  readonly isSubscribed: boolean;
  readonly variables: Variables;
}

/** What serverless.yml would deploy, as far as an account without CloudFormation can have it. */
export interface Stack {
  readonly functions: readonly FunctionSpec[];
  readonly file: ServiceFile;
}

interface Rule {
  readonly ScheduleExpression?: string;
  readonly Targets?: readonly { readonly Arn: { readonly 'Fn::GetAtt': readonly string[] } }[];
}

/** How Serverless calls the resource of the function `backup`. */
const resourceName = (key: string): string => `${key.charAt(0).toUpperCase()}${key.slice(1)}LambdaFunction`;

const schedulesOf = (key: string, { resources }: ServiceFile): readonly string[] =>
  [...resources.values()]
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .map(({ Properties }) => Properties as Rule)
    .filter(({ Targets = [] }) => Targets.some(({ Arn }) => Arn['Fn::GetAtt'][0] === resourceName(key)))
    .flatMap(({ ScheduleExpression }) => ScheduleExpression ?? []);

interface Subscription {
  readonly Protocol?: string;
  readonly Endpoint?: { readonly 'Fn::GetAtt'?: readonly string[] };
}

const isSubscribed = (key: string, { resources }: ServiceFile): boolean =>
  [...resources.values()]
    .filter(({ Type }) => Type === 'AWS::SNS::Subscription')
    .map(({ Properties }) => Properties as Subscription)
    .some(
      ({ Protocol, Endpoint }) =>
        Protocol === 'lambda' && Endpoint?.['Fn::GetAtt']?.[0] === resourceName(key),
    );

const functionsOf = (file: ServiceFile): readonly FunctionSpec[] =>
  Object.entries(file.functions)
    .filter(([, { condition }]) => condition === undefined || file.holds(condition))
    .map(([key, { name, handler, timeout, environment }]) => ({
      key,
      functionName: name,
      module: handler.replace(/^dist\//, '').replace(/\.handler$/, '.mjs'),
      timeoutMs: (timeout ?? file.provider.timeout) * SECOND_MS,
      schedules: schedulesOf(key, file),
      isSubscribed: isSubscribed(key, file),
      variables: { ...file.provider.environment, ...environment },
    }))
    .filter((spec) => spec.schedules.length > 0 || spec.isSubscribed);

/** Reads from serverless.yml the functions that run on a schedule or subscribe to the topic, and what they need. */
export const readStack = async (
  path: string,
  parameters: Readonly<Record<string, string>> = GIVEN,
): Promise<Stack> => {
  const given = { ...parameters, instance: INSTANCE, slackWebhookParameter: WEBHOOK_PARAMETER, vault: VAULT };
  const file = await readServiceFile(path, given);
  return { functions: functionsOf(file), file };
};

const propertiesOf = ({ file }: Stack, name: string): Readonly<Record<string, unknown>> => {
  const resource = file.resources.get(name);
  if (resource === undefined) throw new Error(`serverless.yml has no resource ${name}`);
  return resource.Properties;
};

/** What CloudFormation asks of DynamoDB in calls of their own. */
const OTHER_CALLS = new Set(['PointInTimeRecoverySpecification', 'TimeToLiveSpecification']);

const makeStateTable = async (client: DynamoDBClient, stack: Stack): Promise<string> => {
  const properties = Object.entries(propertiesOf(stack, 'StateTable'));
  const input = Object.fromEntries(properties.filter(([name]) => !OTHER_CALLS.has(name)));
  await client.send(new CreateTableCommand(input as unknown as CreateTableCommandInput));
  return String(input.TableName);
};

/** The key of a function's role, by which the account's ledger records who did what. */
export const accessKeyOf = (key: string): string => `ASIA${key.toUpperCase()}ROLE`;

/** Builds the ARN of a function in the account. */
export const functionArn = (
  { region, accountId }: Pick<SimAccount, 'region' | 'accountId'>,
  { functionName }: Pick<FunctionSpec, 'functionName'>,
): string => `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;

const makeTopic = async (client: SNSClient, account: SimAccount, stack: Stack): Promise<string> => {
  const name = String(propertiesOf(stack, 'AlertTopic').TopicName);
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: name }));
  await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: ALERT_EMAIL }));
  for (const spec of stack.functions.filter((one) => one.isSubscribed)) {
    const Endpoint = functionArn(account, spec);
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }));
  }
  return TopicArn;
};

type References = Readonly<Record<string, string>>;

const filled = (text: string, references: References): string =>
  text.replaceAll(/\$\{([\w:]+)\}/g, (written, known: string) => references[known] ?? written);

/** A role has the name that the stack gives it, or one that CloudFormation makes of the resource's. */
const roleArn = ({ resources }: ServiceFile, resource: string, references: References): string => {
  const { RoleName } = resources.get(resource)?.Properties ?? {};
  const name =
    (RoleName as { readonly 'Fn::Sub'?: string } | undefined)?.['Fn::Sub'] ??
    `tablekeeper-${INSTANCE}-${resource}-SIMULATED`;
  return `arn:aws:iam::${references['AWS::AccountId']}:role/${filled(name, references)}`;
};

const resolved = (value: Value, file: ServiceFile, references: References): string => {
  if (value === null || typeof value === 'string') return value ?? '';
  if ('Fn::GetAtt' in value) return roleArn(file, value['Fn::GetAtt'][0], references);
  if ('Fn::Sub' in value) return filled(value['Fn::Sub'], references);
  if ('Fn::If' in value) {
    const [condition, then, otherwise] = value['Fn::If'];
    return resolved(file.holds(condition) ? then : otherwise, file, references);
  }
  const found = references[value.Ref];
  if (found === undefined) throw new Error(`serverless.yml refers to ${value.Ref}, which is not known here`);
  return found;
};

/** Resolves what stands in a resource, at whatever depth; undefined for what CloudFormation leaves out. */
const plainOf = (value: unknown, file: ServiceFile, references: References): unknown => {
  const inner = (one: unknown): unknown => plainOf(one, file, references);
  if (Array.isArray(value)) return value.map(inner).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name = '', found] = []] = entries;
  if (name === 'Fn::If') {
    const [condition, then, otherwise] = found as readonly [string, unknown, unknown];
    return inner(file.holds(condition) ? then : otherwise);
  }
  if (name === 'Ref' && found === 'AWS::NoValue') return undefined;
  if (name === 'Ref' || name.startsWith('Fn::')) return resolved(value as Value, file, references);
  return Object.fromEntries(entries.map(([key, one]) => [key, inner(one)]));
};

/** The vault of the stack, which only prune may delete from, and the one that somebody made in another Region for copies. */
const makeVaults = (account: SimAccount, stack: Stack, references: References): void => {
  createVault(account, { name: VAULT });
  const { AccessPolicy } = propertiesOf(stack, 'BackupVault');
  setVaultPolicy(account, VAULT, plainOf(AccessPolicy, stack.file, references) as object);
  account.state.sessions.set(accessKeyOf('prune'), roleArn(stack.file, 'PruneRole', references));
  createVault(openRegion(account, FAR_VAULT.region), { name: FAR_VAULT.name });
};

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string>>;

/** Resolves every reference in a function's variables. */
export type Resolve = (variables: Variables) => Environment;

/**
 * Creates a stack's state table, topic and the secret with the address of Slack's webhook in the account, and returns how to resolve the functions'
 * variables.
 */
export const deployStack = async (account: SimAccount, stack: Stack, webhook: string): Promise<Resolve> => {
  const { clock, region, accountId } = account;
  const credentials = { accessKeyId: 'CLOUDFORMATION', secretAccessKey: 'simulated' };
  const wire = { region, credentials, requestHandler: requestHandlerOf(account) };
  const stateTable = await clock.run(makeStateTable(new DynamoDBClient(wire), stack));
  keepStateItems(account, stateTable);
  const topicArn = await clock.run(makeTopic(new SNSClient(wire), account, stack));
  putSecret(account, WEBHOOK_PARAMETER, webhook);
  confirmSubscriptions(account);
  await clock.advanceBy(MINUTE_MS);
  setPitr(account, stateTable, { enabled: true });
  const here = { 'AWS::AccountId': accountId, 'AWS::Region': region };
  const made = { StateTable: stateTable, AlertTopic: topicArn };
  const references = { ...stack.file.parameters, ...made, ...here, 'AWS::Partition': 'aws' };
  makeVaults(account, stack, references);
  return (variables) =>
    Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, resolved(value, stack.file, references)]),
    );
};
