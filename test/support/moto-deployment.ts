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
import { makeStateTable } from './state-table.ts';

/** The functions as they are deployed, in an account of moto's. */
export interface MotoDeployment extends Pick<ReturnType<typeof contractClients>, 'dynamodb'> {
  /** A cold start of a function; `environment` replaces variables. */
  start(name: FunctionName, environment?: Readonly<Record<string, string>>): Promise<Sandbox>;
  /** What subscribers were sent since the last time. */
  mails(): Promise<readonly QueuedMessage[]>;
  /** Ends every process that was started. */
  stop(): Promise<void>;
}

const STATE_TABLE = 'tablekeeper-prod-state';

const build = async (policies: string): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'tablekeeper-'));
  const policiesFile = join(root, 'policies.yml');
  await writeFile(policiesFile, policies);
  await buildFunctions({ policiesFile, outdir: root });
  return root;
};

const makeTopic = async ({ sns }: ReturnType<typeof contractClients>, queueArn: string): Promise<string> => {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'tablekeeper-prod-alerts' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));
  return TopicArn;
};

/** Given a policy file's text, builds the functions with it and makes what serverless.yml describes beside them: state table and topic. */
export const deployToMoto = async (policies: string): Promise<MotoDeployment> => {
  const [root, moto] = await Promise.all([build(policies), startMoto()]);
  const clients = contractClients({ endpoint: moto.url });
  await makeStateTable(clients.dynamodb, STATE_TABLE);
  const queue = await makeQueue(moto.url, 'mails');
  const deployed = {
    AWS_ENDPOINT_URL: moto.url,
    TABLEKEEPER_INSTANCE: 'prod',
    TABLEKEEPER_STATE_TABLE: STATE_TABLE,
    TABLEKEEPER_TOPIC_ARN: await makeTopic(clients, queue.arn),
    TABLEKEEPER_ACCOUNT_ID: '123456789012',
  };
  const sandboxes: Sandbox[] = [];
  return {
    dynamodb: clients.dynamodb,
    start: async (name, changes = {}) => {
      const environment = { ...deployed, ...changes };
      const sandbox = await startSandbox({ root, handler: `${name}/index.handler`, environment });
      sandboxes.push(sandbox);
      return sandbox;
    },
    mails: () => queue.take(),
    stop: async () => {
      await Promise.all([...sandboxes.map((sandbox) => sandbox.stop()), moto.stop()]);
      await rm(root, { recursive: true });
    },
  };
};
