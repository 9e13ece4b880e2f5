import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { MINUTE_MS, SECOND_MS } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import { confirmSubscriptions, putSecret } from '../sim/console/services.ts';
import { setPitr } from '../sim/console/tables.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import { readServiceFile, type ServiceFile, type Value, type Variables } from './service-file.ts';

/** The instance that is deployed: the default of serverless.yml. */
export const INSTANCE = 'prod';

/** Who subscribed to the alerts. */
export const ALERT_EMAIL = 'ops@example.com';

/** Where the address of Slack's webhook stands. */
const WEBHOOK_PARAMETER = '/tablekeeper/slack';

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

/** What passes alerts on is made only where its parameter is given; without it, the variable that names it is empty. */
const isAskedFor = (environment: Readonly<Record<string, Value>> = {}): boolean =>
  Object.values(environment).every((value) => value !== null && value !== '');

/** What the parameters of the demonstration leave out: it has no drills. */
const NOT_MADE = 'HasDrills';

const functionsOf = (file: ServiceFile): readonly FunctionSpec[] =>
  Object.entries(file.functions)
    .filter(([, { condition }]) => condition !== NOT_MADE)
    .map(([key, { name, handler, timeout, environment }]) => ({
      key,
      functionName: name,
      module: handler.replace(/^dist\//, '').replace(/\.handler$/, '.mjs'),
      timeoutMs: (timeout ?? file.provider.timeout) * SECOND_MS,
      schedules: schedulesOf(key, file),
      isSubscribed: isSubscribed(key, file) && isAskedFor(environment),
      variables: { ...file.provider.environment, ...environment },
    }))
    .filter((spec) => spec.schedules.length > 0 || spec.isSubscribed);

/** Reads from serverless.yml the functions that run on a schedule or subscribe to the topic, and what they need. */
export const readStack = async (path: string): Promise<Stack> => {
  const given = { instance: INSTANCE, slackWebhookParameter: WEBHOOK_PARAMETER };
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

/** Each condition asks whether a parameter is given, and the demonstration gives none of these: what is there without it stands last. */
const resolved = (value: Value, references: Readonly<Record<string, string>>): string => {
  if (value === null || typeof value === 'string') return value ?? '';
  if ('Fn::If' in value) return resolved(value['Fn::If'][2], references);
  const found = references[value.Ref];
  if (found === undefined) throw new Error(`serverless.yml refers to ${value.Ref}, which is not known here`);
  return found;
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
  const topicArn = await clock.run(makeTopic(new SNSClient(wire), account, stack));
  putSecret(account, WEBHOOK_PARAMETER, webhook);
  confirmSubscriptions(account);
  await clock.advanceBy(MINUTE_MS);
  setPitr(account, stateTable, { enabled: true });
  const made = { StateTable: stateTable, AlertTopic: topicArn, 'AWS::AccountId': accountId };
  const references = { ...stack.file.parameterDefaults, ...made };
  return (variables) =>
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, resolved(value, references)]));
};
