import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { buildFunctions } from '../../tools/build-functions.ts';
import type { FunctionName } from '../../tools/bundle.ts';
import { contractClients } from '../contract/clients.ts';
import { type Sandbox, startSandbox } from './lambda-runtime.ts';
import { startMoto } from './moto.ts';
import { makeQueue, type QueuedMessage } from './moto-queue.ts';
import { startMotoSns } from './moto-sns.ts';
import { makeStateTable } from './state-table.ts';
import { packageTemplate, type Resource, type Template } from './template.ts';

/** The functions as they are deployed, in an account of moto's. */
export interface MotoDeployment extends Pick<ReturnType<typeof contractClients>, 'dynamodb'> {
  /** A cold start of a function; `environment` replaces variables. */
  start(name: FunctionName, environment?: Readonly<Record<string, string>>): Promise<Sandbox>;
  /** What subscribers were sent since the last time. */
  mails(): Promise<readonly QueuedMessage[]>;
  /** Ends every process that was started. */
  stop(): Promise<void>;
}

const ACCOUNT_ID = '123456789012';

const build = async (policies: string): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'tablekeeper-'));
  const policiesFile = join(root, 'policies.yml');
  await writeFile(policiesFile, policies);
  await buildFunctions({ policiesFile, outdir: join(root, 'dist') });
  return root;
};

const functionOf = ({ Resources }: Template, name: FunctionName): Resource => {
  const found = Object.values(Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties.FunctionName === `tablekeeper-prod-${name}`,
  );
  if (found === undefined) throw new Error(`the template has no function ${name}`);
  return found;
};

/** `Fn::If`: what is there without the parameter that its condition asks for stands last, as none is given here. */
type Value = string | { readonly Ref: string } | { readonly 'Fn::If': readonly [string, Value, Value] };

interface Environment {
  readonly Variables: Readonly<Record<string, Value>>;
}

/** The variables of a function as the template gives them, with what its references stand for in this account. */
const variablesOf = (
  { Properties }: Resource,
  references: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const { Variables } = Properties.Environment as Environment;
  const textOf = (value: Value): string | undefined => {
    if (typeof value === 'string') return value;
    return 'Ref' in value ? references[value.Ref] : textOf(value['Fn::If'][2]);
  };
  const resolve = ([name, value]: readonly [string, Value]) => {
    const text = textOf(value);
    if (text === undefined) throw new Error(`${name} is ${JSON.stringify(value)}, which is not known`);
    return [name, text] as const;
  };
  return Object.fromEntries(Object.entries(Variables).map(resolve));
};

const makeTopic = async (
  { sns }: ReturnType<typeof contractClients>,
  template: Template,
  queueArn: string,
): Promise<string> => {
  const Name = template.Resources.AlertTopic?.Properties.TopicName;
  if (typeof Name !== 'string') throw new Error('the template describes no topic');
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));
  return TopicArn;
};

/** What parameters stand for where nobody gives them. */
const defaultsOf = ({ Parameters }: Template): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Parameters).flatMap(([name, parameter]) => {
      const { Default } = parameter as { readonly Default?: unknown };
      return typeof Default === 'string' ? [[name, Default]] : [];
    }),
  );

/**
 * Builds the functions with a policy file's text and creates what the packaged template describes beside them: the state table and the topic.
 * Handlers and variables are the template's too.
 */
export const deployToMoto = async (policies: string): Promise<MotoDeployment> => {
  const template = packageTemplate();
  const [root, moto] = await Promise.all([build(policies), startMoto()]);
  const clients = contractClients({ endpoint: moto.url });
  const [queue, sns] = await Promise.all([makeQueue(moto.url, 'mails'), startMotoSns(moto.url)]);
  const references = {
    ...defaultsOf(template),
    StateTable: await makeStateTable(clients.dynamodb, template),
    AlertTopic: await makeTopic(clients, template, queue.arn),
    'AWS::AccountId': ACCOUNT_ID,
  };
  const sandboxes: Sandbox[] = [];
  return {
    dynamodb: clients.dynamodb,
    start: async (name, changes = {}) => {
      const described = functionOf(template, name);
      const environment = {
        ...variablesOf(described, references),
        AWS_ENDPOINT_URL: moto.url,
        AWS_ENDPOINT_URL_SNS: sns.url,
        TABLEKEEPER_LOCAL_ADDRESSES: 'allowed',
        ...changes,
      };
      const handler = String(described.Properties.Handler);
      const sandbox = await startSandbox({ root, handler, environment });
      sandboxes.push(sandbox);
      return sandbox;
    },
    mails: () => queue.take(),
    stop: async () => {
      await Promise.all([...sandboxes.map((sandbox) => sandbox.stop()), sns.close(), moto.stop()]);
      await rm(root, { recursive: true });
    },
  };
};
