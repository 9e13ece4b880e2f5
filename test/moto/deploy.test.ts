import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBackupCommand, CreateTableCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { startSlackServer } from '../../sim/slack/server.ts';
import { aTerminal, sheet } from '../cli/typed.ts';
import { contractClients } from '../contract/clients.ts';
import { awsCli } from '../support/aws-cli.ts';
import { checkOut } from '../support/checkout.ts';
import type { Sandbox } from '../support/lambda-runtime.ts';
import { startMoto } from '../support/moto.ts';
import { callMoto } from '../support/moto-json.ts';
import { startMotoOrganizations } from '../support/moto-organizations.ts';
import { makeQueue } from '../support/moto-queue.ts';
import { startMotoSns } from '../support/moto-sns.ts';
import { startMotoTagging } from '../support/moto-tagging.ts';
import { metricsWatched, metricsWritten } from '../support/own-metrics.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate, type Resource } from '../support/template.ts';
import { type FunctionConfiguration, startUploaded } from '../support/uploaded-functions.ts';

// A newcomer's commands, word by word, in an account of moto's; then what came of them, read back with AWS's own command line. What moto's
// CloudFormation leaves out (alarms, subscriptions, policies of queues and topics, failure destinations) is held against the packaged
// template in test/meta/template.test.ts.

const WEBHOOK = '/tablekeeper/slack';
// With every channel: moto refuses to update a stack with a resource whose condition never held.
const PARAMETERS = [
  '--stage',
  'prod',
  '--param=alertEmail=ops@example.com',
  `--param=slackWebhookParameter=${WEBHOOK}`,
  '--param=teamsWorkflowParameter=/tablekeeper/teams',
  '--param=pagerdutyKeyParameter=/tablekeeper/pagerduty',
  '--param=webhookParameter=/tablekeeper/webhook',
  '--param=drills=on',
];

const [moto, slack] = await Promise.all([startMoto(), startSlackServer()]);
const [sns, tagging, organizations] = await Promise.all([
  startMotoSns(moto.url),
  startMotoTagging(moto.url),
  startMotoOrganizations(moto.url),
]);
const ACCOUNT = {
  AWS_ENDPOINT_URL: moto.url,
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  SLS_AWS_MONITORING_FREQUENCY: '200',
};
const aws = awsCli(moto.url, ACCOUNT);
const { dynamodb } = contractClients({ endpoint: moto.url });
const checkout = checkOut(ACCOUNT);
const sandboxes: Sandbox[] = [];
afterAll(async () => {
  const fronts = [sns, tagging, organizations, slack].map((server) => server.close());
  await Promise.all([...sandboxes.map((sandbox) => sandbox.stop()), ...fronts, moto.stop()]);
  checkout.remove();
});

const wanted = resolvedResources(packageTemplate(...PARAMETERS), {
  accountId: '123456789012',
  region: 'us-east-1',
  parameters: {
    AlertEmail: 'ops@example.com',
    SlackWebhookParameter: WEBHOOK,
    TeamsWorkflowParameter: '/tablekeeper/teams',
    PagerdutyKeyParameter: '/tablekeeper/pagerduty',
    WebhookParameter: '/tablekeeper/webhook',
    Drills: 'on',
  },
});
const ofType = (type: string): readonly (readonly [string, Resource['Properties']])[] =>
  Object.entries(wanted)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => [id, Properties] as const);
const named = (type: string, key: string) =>
  ofType(type).map(([, properties]) => ({ name: String(properties[key]), properties }));

const FUNCTIONS = named('AWS::Lambda::Function', 'FunctionName');
const STATE = 'tablekeeper-prod-state';
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:tablekeeper-prod-alerts';

interface Rule {
  readonly Name: string;
  readonly State: string;
  readonly ScheduleExpression?: string;
  readonly EventPattern?: string;
}

const sortedBy = <Key extends string, One extends Readonly<Record<Key, string>>>(
  list: readonly One[],
  key: Key,
): readonly One[] => list.toSorted((a, b) => (a[key] < b[key] ? -1 : 1));

/** moto keeps the documents of a stack as Python writes them. */
const documentOf = (text: string): unknown => JSON.parse(text.replaceAll("'", '"'));

/** moto leaves the last part of a log group's ARN out. */
const asMotoHas = (policies: readonly object[]): unknown =>
  JSON.parse(JSON.stringify(policies).replaceAll(/(:log-group:[^"]+):\*"/g, '$1"'));

// The command line would start a hundred times for them, as it would for queues and rules.
const iam = new IAMClient({
  endpoint: moto.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
});

const policiesOf = async (RoleName: string): Promise<readonly object[]> => {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = await Promise.all(
    PolicyNames.toSorted().map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  return policies.map(({ PolicyName, PolicyDocument = '' }) => ({
    PolicyName,
    PolicyDocument: documentOf(decodeURIComponent(PolicyDocument)),
  }));
};

const said = await checkout.npm('deploy', ...PARAMETERS);

const [{ Functions }, { Rules }, { logGroups }] = await Promise.all([
  aws<{ readonly Functions: readonly FunctionConfiguration[] }>('lambda', 'list-functions'),
  aws<{ readonly Rules: readonly Rule[] }>('events', 'list-rules'),
  aws<{ readonly logGroups: readonly object[] }>('logs', 'describe-log-groups'),
]);

describe('the deployment', () => {
  it('says that it is over, and what it made', () => {
    expect(said).toMatch(/Service deployed to stack tablekeeper-prod/);
    for (const { name } of FUNCTIONS) expect(said).toContain(`${name} (`);
  });

  it('makes the functions as they are written', () => {
    const written = FUNCTIONS.map(({ name, properties }) => {
      const { Handler, Runtime, Timeout, MemorySize, Environment } = properties;
      return { FunctionName: name, Handler, Runtime, Timeout, MemorySize, Environment };
    });
    expect(sortedBy(Functions, 'FunctionName')).toMatchObject(sortedBy(written, 'FunctionName'));
  });

  it.each(ofType('AWS::IAM::Role').map(([id, properties]) => ({ id, properties })))(
    'makes $id with its policies, and gives it to its function alone',
    async ({ id, properties }) => {
      const key = id.replace('Role', '').toLowerCase();
      const holders = Functions.filter(({ Role }) => Role.includes(`:role/tablekeeper-prod-${id}-`));
      expect(holders.map(({ FunctionName }) => FunctionName)).toEqual([`tablekeeper-prod-${key}`]);
      const written = properties.Policies as readonly { readonly PolicyName: string }[];
      const policies = await policiesOf(holders[0]?.Role.split('/').at(-1) ?? '');
      expect(policies).toEqual(asMotoHas(sortedBy(written, 'PolicyName')));
    },
  );

  it.each(named('AWS::SQS::Queue', 'QueueName'))(
    'makes the queue $name, encrypted',
    async ({ name, properties }) => {
      const { Attributes } = await callMoto<{ readonly Attributes: object }>(
        moto.url,
        'AmazonSQS.GetQueueAttributes',
        { QueueUrl: `${moto.url}/123456789012/${name}`, AttributeNames: ['All'] },
      );
      expect(Attributes).toMatchObject({
        SqsManagedSseEnabled: String(properties.SqsManagedSseEnabled),
        MessageRetentionPeriod: String(properties.MessageRetentionPeriod),
      });
    },
  );

  it.each(named('AWS::Events::Rule', 'Name'))(
    'makes the rule $name, with its target',
    async ({ name, properties }) => {
      const rule = Rules.find(({ Name }) => Name === name);
      const { Targets } = await callMoto<{ readonly Targets: unknown }>(
        moto.url,
        'AWSEvents.ListTargetsByRule',
        { Rule: name },
      );
      expect(rule?.State).toBe('ENABLED');
      expect(rule?.ScheduleExpression).toEqual(properties.ScheduleExpression);
      expect(JSON.parse(rule?.EventPattern ?? 'null')).toEqual(properties.EventPattern ?? null);
      expect(Targets).toEqual(properties.Targets);
    },
  );

  it('makes the log groups, which forget', () => {
    const written = named('AWS::Logs::LogGroup', 'LogGroupName').map(({ name, properties }) => ({
      logGroupName: name,
      retentionInDays: properties.RetentionInDays,
    }));
    expect(logGroups).toMatchObject(sortedBy(written, 'logGroupName'));
  });

  it('makes the topic and the state table', async () => {
    const topic = await aws<{ readonly Attributes: object }>(
      ...['sns', 'get-topic-attributes', '--topic-arn', TOPIC],
    );
    expect(topic.Attributes).toMatchObject({ DisplayName: 'Tablekeeper' });
    const { BillingMode: _, ...written } = named('AWS::DynamoDB::Table', 'TableName')[0]?.properties ?? {};
    const { Table } = await aws<{ readonly Table: object }>(
      'dynamodb',
      'describe-table',
      '--table-name',
      STATE,
    );
    const { KeySchema, AttributeDefinitions, DeletionProtectionEnabled } = written;
    expect(Table).toMatchObject({ KeySchema, AttributeDefinitions, DeletionProtectionEnabled });
  });

  it('made again without a change, changes nothing', async () => {
    expect(await checkout.npm('deploy', ...PARAMETERS)).toContain('No changes to deploy');
  });
});

const makeTable = (TableName: string, policy: string) =>
  dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Tags: [{ Key: 'backup:policy', Value: policy }],
    }),
  );

const backupNames = async (): Promise<readonly (string | undefined)[]> => {
  const { BackupSummaries = [] } = await dynamodb.send(new ListBackupsCommand({}));
  return BackupSummaries.map(({ BackupName }) => BackupName).toSorted();
};

type Item = Readonly<Record<'pk' | 'sk', { readonly S: string }>>;

const stateKeys = async (): Promise<readonly string[]> => {
  const { Items } = await aws<{ readonly Items: readonly Item[] }>('dynamodb', 'scan', '--table-name', STATE);
  return Items.map(({ pk, sk }) => `${pk.S} ${sk.S}`).toSorted();
};

const archives = join(checkout.folder, 'archives');
mkdirSync(archives);
const ENDPOINTS = {
  AWS_ENDPOINT_URL: moto.url,
  AWS_ENDPOINT_URL_SNS: sns.url,
  AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API: tagging.url,
};
const start = async (key: string): Promise<Sandbox> => {
  const sandbox = await startUploaded(
    // Slack stands in on this machine.
    { aws, folder: archives, endpoints: { ...ENDPOINTS, TABLEKEEPER_LOCAL_ADDRESSES: 'allowed' } },
    `tablekeeper-prod-${key}`,
  );
  sandboxes.push(sandbox);
  return sandbox;
};

const tagEvent = {
  version: '0',
  source: 'aws.tag',
  'detail-type': 'Tag Change on Resource',
  account: '123456789012',
  region: 'us-east-1',
  resources: ['arn:aws:dynamodb:us-east-1:123456789012:table/users'],
  detail: {
    'changed-tag-keys': ['backup:policy'],
    service: 'dynamodb',
    'resource-type': 'table',
    version: 1,
  },
};
const slackEvent = {
  Records: [{ EventSource: 'aws:sns', Sns: { MessageId: 'm1', Subject: 'A word', Message: 'All is well.' } }],
};

/** A queue stands for the people who confirmed a subscription. */
const subscribe = async () => {
  const queue = await makeQueue(moto.url, 'mails');
  await aws(
    ...['sns', 'subscribe', '--topic-arn', TOPIC, '--protocol', 'sqs'],
    ...['--notification-endpoint', queue.arn],
  );
  return queue;
};

const mails = await subscribe();

vi.stubEnv('AWS_ENDPOINT_URL', moto.url);
vi.stubEnv('AWS_ENDPOINT_URL_ORGANIZATIONS', organizations.url);

interface Doctored {
  readonly diagnoses: readonly { readonly item: string; readonly status: string }[];
}

/** How things stand in the account, by the doctor at a terminal. moto alone counts no subscriptions of a topic. */
const doctor = async (): Promise<ReadonlyMap<string, string>> => {
  const stdout = sheet();
  const terminal = aTerminal({
    env: { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: moto.url },
    stdout,
    seat: { credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } },
  });
  const argv = ['doctor', '--json', '--policies', join(checkout.folder, 'policies.yml')];
  await runCli(argv, terminal);
  const { diagnoses } = JSON.parse(stdout.text()) as Doctored;
  return new Map(diagnoses.map(({ item, status }) => [item, status]));
};

/** What a run answers that saw everything, found one thing and changed nothing. */
const LOOKED = { ok: true, answer: { complete: true, done: 0, failed: 0, failures: [], openFindings: 1 } };

describe('what was uploaded', () => {
  it('does its work as it was deployed: each function from its archive, in its environment', async () => {
    const secret = join(archives, 'webhook.txt');
    writeFileSync(secret, slack.webhook);
    await aws(
      ...['ssm', 'put-parameter', '--type', 'SecureString', '--name', WEBHOOK, '--value', `file://${secret}`],
    );
    await makeTable('orders', 'standard');
    const [backup, prune, toSlack] = await Promise.all(['backup', 'prune', 'slack'].map(start));
    expect(await backup?.invoke({})).toMatchObject({ ok: true, answer: { done: 1 } });
    expect(await backupNames()).toEqual([expect.stringMatching(/^tablekeeper\.prod\.standard\./)]);
    const answers = await Promise.all([prune?.invoke({}), toSlack?.invoke(slackEvent)]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect(JSON.stringify(slack.posted.at(-1)?.body)).toContain('All is well.');
    expect(await mails.take()).toEqual([]);
  });

  it('the audit looks at every table, and tells once what is wrong', async () => {
    const audit = await start('audit');
    expect(await audit.invoke({})).toMatchObject(LOOKED);
    const [mail, ...others] = await mails.take();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('[Tablekeeper prod] 1 new, critical: PITR off on orders');
    expect(mail?.message).toContain('standard promises 35 days');
    expect(await audit.invoke({})).toMatchObject(LOOKED);
    expect(await mails.take()).toEqual([]);
  });

  it('the hint looks at the table that its event names, and tells of that alone', async () => {
    await makeTable('users', 'standrad');
    const hint = await start('hint');
    const { answer } = LOOKED;
    expect(await hint.invoke(tagEvent)).toMatchObject({ ok: true, answer: { ...answer, tables: ['users'] } });
    const [mail, ...others] = await mails.take();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('[Tablekeeper prod] 1 new, critical: unknown policy on users');
    expect(mail?.message).toContain('did you mean');
    expect(mail?.message).not.toContain('orders');
  });

  it('is looked at by the doctor, who finds the names of the parameters and a trail', async () => {
    const { status: bucket } = await fetch(`${moto.url}/trail-logs`, { method: 'PUT' });
    expect(bucket).toBe(200);
    const trail = ['--name', 'management-events'];
    await aws('cloudtrail', 'create-trail', ...trail, '--s3-bucket-name', 'trail-logs');
    const before = await doctor();
    expect(before.get('CloudTrail')).toBe('advised');
    const selectors = JSON.stringify([{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }]);
    await aws(
      ...['cloudtrail', 'put-event-selectors', '--trail-name', 'management-events'],
      ...['--event-selectors', selectors],
    );
    await aws('cloudtrail', 'start-logging', ...trail);
    const after = await doctor();
    expect(Object.fromEntries(after)).toMatchObject({
      'alert topic': 'fine',
      'state table': 'fine',
      // It is on this machine: a deployed function refuses it unless it is told otherwise, as these are.
      'Slack webhook': 'missing',
      heartbeat: 'unneeded',
      'function audit': 'fine',
      'policy file': 'fine',
      hints: 'fine',
      "functions' permissions": 'fine',
      CloudTrail: 'fine',
    });
  });

  it('writes the address of the Slack webhook into no log', () => {
    expect(sandboxes).toHaveLength(5);
    expect(sandboxes.flatMap(({ log }) => log).join('\n')).not.toContain(slack.webhook);
  });

  it('writes every metric of its own that an alarm watches, under that name and those dimensions, and no other', () => {
    const watched = metricsWatched(wanted);
    expect(watched).toHaveLength(2);
    expect(metricsWritten(sandboxes.flatMap(({ log }) => log))).toEqual(watched);
  });
});

describe('the removal', () => {
  it('takes the functions away, and no backup and nothing of the state table', async () => {
    await dynamodb.send(new CreateBackupCommand({ TableName: 'orders', BackupName: 'by-hand' }));
    const before = { backups: await backupNames(), state: await stateKeys() };
    expect(await checkout.npm('remove', '--stage', 'prod')).toContain('removed');
    expect(await aws('lambda', 'list-functions')).toEqual({ Functions: [] });
    expect({ backups: await backupNames(), state: await stateKeys() }).toEqual(before);
    expect(before.backups).toHaveLength(2);
    expect(before.state).not.toEqual([]);
  });

  it('is undone by a deployment that keeps the state table', async () => {
    const before = await stateKeys();
    expect(await checkout.npm('deploy', ...PARAMETERS, '--param=state=kept')).toContain('Service deployed');
    const backup = await start('backup');
    expect(await backup.invoke({})).toMatchObject({ ok: true, answer: { done: 0 } });
    expect(await stateKeys()).toEqual(expect.arrayContaining([...before]));
  });
});
