import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCli } from '../support/aws-cli.ts';
import { checkOut } from '../support/checkout.ts';
import { startMoto } from '../support/moto.ts';
import { callMoto } from '../support/moto-json.ts';

// What a deployment is given, keeps, refuses and says, in an account of moto's. moto's CloudFormation makes no subscriptions: a test that
// needs one subscribes by itself.

const moto = await startMoto();
const ACCOUNT = {
  AWS_ENDPOINT_URL: moto.url,
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  SLS_AWS_MONITORING_FREQUENCY: '200',
};
const aws = awsCli(moto.url, ACCOUNT);
const checkout = checkOut(ACCOUNT);
afterAll(async () => {
  await moto.stop();
  checkout.remove();
});

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:tablekeeper-prod-alerts';
const deploy = (...args: readonly string[]): Promise<string> => checkout.npm('deploy', ...args);

// The command line would start five times for each look at the account.
const place = {
  ...{ endpoint: moto.url, region: 'us-east-1' },
  credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
};
const [cloudFormation, lambda] = [new CloudFormationClient(place), new LambdaClient(place)];

const stacks = async (): Promise<readonly Stack[]> =>
  (await cloudFormation.send(new DescribeStacksCommand())).Stacks ?? [];

/** What the account has of what a deployment was given. */
const standing = async () => {
  const [stack] = await stacks();
  const parameters = (stack?.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]);
  const rule = await callMoto<{ readonly ScheduleExpression: string }>(moto.url, 'AWSEvents.DescribeRule', {
    Name: 'tablekeeper-prod-audit',
  });
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
  const audit = Functions.find(({ FunctionName }) => FunctionName === 'tablekeeper-prod-audit');
  const { logGroups } = await callMoto<{
    readonly logGroups: readonly { readonly retentionInDays: number }[];
  }>(moto.url, 'Logs_20140328.DescribeLogGroups', {
    logGroupNamePrefix: '/aws/lambda/tablekeeper-prod-audit',
  });
  return {
    ...Object.fromEntries((stack?.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    ...(Object.fromEntries(parameters) as Readonly<Record<string, string>>),
    auditRate: rule.ScheduleExpression,
    heartbeat: audit?.Environment?.Variables?.TABLEKEEPER_HEARTBEAT_PARAMETER,
    vaultRole: audit?.Environment?.Variables?.TABLEKEEPER_VAULT_ROLE_ARN,
    days: logGroups[0]?.retentionInDays,
    hasSlack: Functions.some(({ FunctionName }) => FunctionName === 'tablekeeper-prod-slack'),
  };
};

const putSecret = async (name: string, value: string): Promise<void> => {
  const file = join(checkout.folder, 'secret.txt');
  writeFileSync(file, value);
  await aws(
    ...['ssm', 'put-parameter', '--type', 'SecureString', '--overwrite'],
    ...['--name', name, '--value', `file://${file}`],
  );
};

describe('a deployment that does not know whom it alerts, or keeps what is not there', () => {
  it.each([
    { args: [], says: /nobody said who is alerted\. Give --param="alertEmail=/ },
    { args: ['alertEmail=ops@example.com'], says: /Did you mean --param="alertEmail=ops@example\.com"/ },
    {
      args: ['--param=alertEmail=ops@example.com', '--param=state=kept'],
      says: /there is no table tablekeeper-prod-state to keep\. Give --param="state=new"/,
    },
  ])('is refused before anything is made: $args', async ({ args, says }) => {
    await expect(deploy(...args)).rejects.toThrow(says);
    expect(await stacks()).toEqual([]);
  });
});

// With every channel: moto refuses to update a stack with a resource whose condition never held.
const FIRST = [
  '--param=alertEmail=ops@example.com',
  '--param=slackWebhookParameter=/tablekeeper/slack',
  '--param=teamsWorkflowParameter=/tablekeeper/teams',
  '--param=pagerdutyKeyParameter=/tablekeeper/pagerduty',
  '--param=webhookParameter=/tablekeeper/webhook',
  '--param=drills=on',
  '--param=vault=tablekeeper',
  '--param=vaultAccounts=999922223333',
  '--param=vaultLock=governance',
  '--param=vaultLockMinDays=7',
  '--param=heartbeatParameter=/tablekeeper/heartbeat',
  '--param=auditRate=rate(1 hour)',
  '--param=logRetentionDays=30',
  '--param=stackTags=team=payments,cost-center=42',
  '--param=permissionsBoundary=arn:aws:iam::123456789012:policy/developers',
];
const GIVEN = {
  AlertEmail: 'ops@example.com',
  SlackWebhookParameter: '/tablekeeper/slack',
  TeamsWorkflowParameter: '/tablekeeper/teams',
  PagerdutyKeyParameter: '/tablekeeper/pagerduty',
  WebhookParameter: '/tablekeeper/webhook',
  Drills: 'on',
  Vault: 'tablekeeper',
  VaultAccounts: '999922223333',
  VaultLock: 'governance',
  VaultLockMinDays: '7',
  vaultRole: 'arn:aws:iam::123456789012:role/tablekeeper-prod-us-east-1-vault',
  HeartbeatParameter: '/tablekeeper/heartbeat',
  auditRate: 'rate(1 hour)',
  heartbeat: '/tablekeeper/heartbeat',
  days: 30,
  hasSlack: true,
  PermissionsBoundary: 'arn:aws:iam::123456789012:policy/developers',
  team: 'payments',
  'cost-center': '42',
};

describe('the first deployment', () => {
  let said: string;
  beforeAll(async () => {
    await putSecret('/tablekeeper/heartbeat', 'hc-ping.com/5f1e');
    said = await deploy(...FIRST);
  }, 120_000);

  it('is made as it was given', async () => {
    expect(await standing()).toMatchObject(GIVEN);
  });

  it('has the roles of the vault under the names that jobs and people expect', async () => {
    for (const end of ['vault', 'restore'])
      await aws('iam', 'get-role', '--role-name', `tablekeeper-prod-us-east-1-${end}`);
  });

  it('ends with where alerts go', () => {
    expect(said).toMatch(
      /Alerts of tablekeeper-prod \(us-east-1\) go to:\n {2}ops@example\.com +not subscribed/,
    );
    expect(said).toContain('NOBODY IS ALERTED YET');
  });

  it('says that a parameter it names is not there, and that the content of another cannot be used', () => {
    expect(said).toMatch(
      /Slack +The parameter \/tablekeeper\/slack does not exist or is empty\. Write it: aws ssm put-parameter/,
    );
    expect(said).toMatch(/heartbeat +The parameter \/tablekeeper\/heartbeat holds no address of a check\./);
  });
});

describe('a later deployment', () => {
  it('refuses a package that would take away what it keeps', async () => {
    await checkout.npm('package');
    await expect(deploy('--package', '.serverless')).rejects.toThrow(
      /what was packaged has another .*alertEmail.* than this deployment is given or keeps/,
    );
    expect(await standing()).toMatchObject(GIVEN);
  });

  it('keeps everything that the first one was given, and says so', async () => {
    await putSecret(
      '/tablekeeper/slack',
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    );
    await aws(
      ...['sns', 'subscribe', '--topic-arn', TOPIC, '--protocol', 'email'],
      ...['--notification-endpoint', 'ops@example.com'],
    );
    const said = await deploy('--force');
    expect(await standing()).toMatchObject(GIVEN);
    expect(said).toMatch(/Kept from the last deployment: .*alertEmail=ops@example\.com/);
    expect(said).toContain('auditRate=rate(1 hour)');
    expect(said).toMatch(/ops@example\.com +confirmed/);
    expect(said).toMatch(/Slack +posts to the address in \/tablekeeper\/slack/);
    expect(said).not.toContain('NOBODY');
    expect(said).not.toContain('XXXXXXXX');
  });

  it('changes what it is given, and nothing else', async () => {
    await deploy('--param=alertEmail=dba@example.com', '--param=auditRate=rate(2 hours)');
    expect(await standing()).toMatchObject({
      ...GIVEN,
      AlertEmail: 'dba@example.com',
      auditRate: 'rate(2 hours)',
    });
  });

  it('takes away what it is told to take away', async () => {
    await deploy(
      '--param=slackWebhookParameter=none',
      '--param=heartbeatParameter=none',
      '--param=alertEmail=none',
    );
    // moto keeps a resource whose condition no longer holds: that Slack's go is held against the template in test/meta/template.test.ts.
    const rest = { AlertEmail: 'none', SlackWebhookParameter: '', HeartbeatParameter: '', heartbeat: '' };
    expect(await standing()).toMatchObject({
      ...rest,
      auditRate: 'rate(2 hours)',
      days: 30,
    });
  });

  it('needs no word again of who is alerted where that was none', async () => {
    expect(await deploy()).toMatch(/alertEmail +none, as was said/);
    expect(await standing()).toMatchObject({ AlertEmail: 'none' });
  });
});

describe('a second deployment by the same tag', () => {
  it('says before it begins that every table would be backed up twice', async () => {
    const said = await deploy('--stage', 'dev', '--param=alertEmail=none');
    expect(said).toMatch(
      /WARNING: the instance prod acts by the tag backup:policy as well[\s\S]*policyTag=KEY[\s\S]*Alerts of/,
    );
  });
});

describe('a deployment after a removal', () => {
  it('is told to keep the state table that was left, and has to be told again who is alerted', async () => {
    await checkout.npm('remove', '--stage', 'prod');
    await expect(deploy()).rejects.toThrow(/nobody said who is alerted/);
    await expect(deploy('--param=alertEmail=ops@example.com')).rejects.toThrow(
      /tablekeeper-prod-state is there already: a removed deployment left it\. Give --param="state=kept"/,
    );
  });
});
