import { CloudTrailClient, PutEventSelectorsCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import {
  createTrail,
  joinOrganization,
  putFunction,
  putSecret,
  setBackupOptIn,
  setTagPolicy,
} from '../../sim/console/services.ts';
import { createTable, tableOf } from '../../sim/console/tables.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';
import { keyOf } from '../support/rights.ts';
import { typedIn } from './typed.ts';

const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/very-secret';
const CHECK = 'https://hc-ping.com/very-secret';
const READS = [{ ReadWriteType: 'ReadOnly' as const, IncludeManagementEvents: true }];

/** A deployment whose functions have all run within the hour, with a webhook, a heartbeat and a trail. */
const aDeployment = async ({ hasTrail = true } = {}): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock, asPerson } = deployment;
  putSecret(account, '/slack', WEBHOOK);
  putSecret(account, '/heartbeat', CHECK);
  for (const name of ['backup', 'prune', 'hint']) putFunction(account, `tablekeeper-prod-${name}`);
  putFunction(account, 'tablekeeper-prod-audit', { TABLEKEEPER_HEARTBEAT_PARAMETER: '/heartbeat' });
  putFunction(account, 'tablekeeper-prod-slack', { TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: '/slack' });
  if (hasTrail) createTrail(account, { name: 'management-events' });
  for (const name of ['audit', 'backup', 'prune']) await clock.run(noteRun(asPerson, name, true));
  await clock.advanceBy(HOUR_MS / 4);
  return deployment;
};

const forgetSlack = ({ account }: Deployment): void => {
  account.state.functions.delete('tablekeeper-prod-slack');
};

/** Somebody subscribes, and does not click the link. */
const subscribe = ({ account }: Deployment): void => {
  for (const topic of account.state.topics.values())
    addSubscription(account, topic, 'email', 'late@example.com');
};

/** What the AWS CLI does with the two commands on trails that have arguments of their own. */
const mend = async ({ account, clock }: Deployment, stdout: string): Promise<void> => {
  const cloudtrail = new CloudTrailClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'person', secretAccessKey: 'person' },
    requestHandler: requestHandlerOf(account),
  });
  const [, TrailName, selectors = ''] =
    /put-event-selectors .*--trail-name (\S+) --event-selectors '(.*)'/.exec(stdout) ?? [];
  const [, Name] = /start-logging .*--name (\S+)/.exec(stdout) ?? [];
  const put = new PutEventSelectorsCommand({ TrailName, EventSelectors: JSON.parse(selectors) });
  await clock.run(cloudtrail.send(put));
  await clock.run(cloudtrail.send(new StartLoggingCommand({ Name })));
};

/** Makes a table that is due, and lets the function that backs it up be refused to. */
const refuse = async ({ account, run }: Deployment, because?: string): Promise<void> => {
  const role = `arn:aws:sts::${account.accountId}:assumed-role/tablekeeper-prod-BackupRole-1A2B/tablekeeper-prod-backup`;
  account.state.sessions.set(keyOf('prod', 'backup'), role);
  const createdAt = account.clock.now() - 48 * HOUR_MS;
  createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, createdAt, pitr: true });
  account.faults.add({
    operation: 'CreateBackup',
    kind: 'access-denied',
    ...(because !== undefined && { because }),
  });
  await run('protect');
};

/** The symbol in front of that item. */
const symbolOf = (stdout: string, item: string): string | undefined =>
  stdout
    .split('\n')
    .find((line) => line.slice(3).startsWith(`${item}  `))
    ?.charAt(0);

describe('tablekeeper doctor', () => {
  it('finds nothing missing in a deployment that works', async () => {
    const { exitCode, stdout, stderr } = await typedIn(await aDeployment(), ['doctor']);
    expect(stdout).toMatchInlineSnapshot(`
      "✔  credentials                         of account 111122223333, Region us-east-1
      ✔  state table                         tablekeeper-prod-state can be read
      ✔  alert topic                         arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts
      ✔  subscriptions                       1 confirmed; receiving: ops@example.com (email)
      ✔  Slack webhook                       /slack holds an address
      ·  Teams workflow                      none: deployed without teamsWorkflowParameter
      ·  PagerDuty key                       none: deployed without pagerdutyKeyParameter
      ·  webhook                             none: deployed without webhookParameter
      ✔  heartbeat                           /heartbeat holds an address
      ✔  function backup                     ran 15 min ago
      ✔  function prune                      ran 15 min ago
      ✔  function audit                      ran 15 min ago
      ✔  policy file                         is valid, and is what was deployed
      ?  hints                               none has come yet: tag a table to see one
      ✔  functions' permissions              nothing is refused to them, as far as open findings tell
      ✔  CloudTrail                          management-events logs the calls that change tables; no call was reported yet
      ✔  tag policy                          none: the account belongs to no organization
      ·  AWS Backup opt-in                   not needed, for no policy uses AWS Backup; it is on for tables here, with advanced features
      ✔  tag:GetResources                    is allowed to you
      ✔  dynamodb:ListTables                 is allowed to you
      ✔  dynamodb:ListBackups                is allowed to you
      ✔  dynamodb:DescribeContinuousBackups  is allowed to you

      Nothing is missing.
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  const cases: readonly {
    readonly name: string;
    readonly item: string;
    readonly harm: (deployment: Deployment) => unknown;
    readonly argv?: readonly string[];
    readonly policies?: string;
    readonly says: RegExp;
  }[] = [
    {
      name: 'nobody who confirmed',
      item: 'subscriptions',
      harm: ({ account }) => {
        for (const topic of account.state.topics.values()) {
          topic.subscriptions.clear();
          addSubscription(account, topic, 'email', 'ops@example.com');
        }
      },
      says: /none is confirmed; 1 waits for the link in a mail to be clicked, and hears nothing[\s\S]+aws sns subscribe --protocol email .* --topic-arn arn:aws:sns:/,
    },
    {
      name: 'no topic',
      item: 'alert topic',
      harm: ({ account }) => account.state.topics.clear(),
      says: /there is no arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts[\s\S]+npm run deploy/,
    },
    {
      name: 'another instance, which is not there',
      item: 'state table',
      harm: () => undefined,
      argv: ['--instance', 'staging'],
      says: /there is no table tablekeeper-staging-state[\s\S]+--instance/,
    },
    {
      name: 'a table of that name without a sort key',
      item: 'state table',
      harm: ({ account }) => {
        const table = tableOf(account, 'tablekeeper-prod-state');
        table.definition = {
          ...table.definition,
          attributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        };
      },
      says: /tablekeeper-prod-state is no state table: its key is pk \(HASH, S\), and that of a state table pk \(HASH, S\) and sk \(RANGE, S\)[\s\S]+npm run deploy/,
    },
    {
      name: 'a table of that name with another sort key',
      item: 'state table',
      harm: ({ account }) => {
        const table = tableOf(account, 'tablekeeper-prod-state');
        table.definition = {
          ...table.definition,
          attributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'N' },
          ],
        };
      },
      says: /is no state table: its key is pk \(HASH, S\) and sk \(RANGE, N\),/,
    },
    {
      name: 'a function that stopped running',
      item: 'function backup',
      harm: ({ clock }) => clock.advanceBy(HOUR_MS),
      says: /ran 1 h ago for the last time[\s\S]+aws logs tail \/aws\/lambda\/tablekeeper-prod-backup/,
    },
    {
      name: 'a function whose last run was not whole',
      item: 'function audit',
      harm: ({ clock, asPerson }) => clock.run(noteRun(asPerson, 'audit', false)),
      says: /and was not whole/,
    },
    {
      name: 'a policy file that was not deployed',
      item: 'policy file',
      harm: () => undefined,
      policies: DAILY.replace('daily: 7', 'daily: 8'),
      says: /audit, backup, prune ran last with another one[\s\S]+Deploy it/,
    },
    {
      name: 'a webhook that nobody wrote',
      item: 'Slack webhook',
      harm: ({ account }) => account.state.parameters.delete('/slack'),
      says: /The parameter \/slack does not exist or is empty\.[\s\S]+aws ssm put-parameter/,
    },
    {
      name: 'a webhook that is none',
      item: 'Slack webhook',
      harm: ({ account }) => putSecret(account, '/slack', 'very-secret'),
      says: /What stands in \/slack is not the address of a Slack webhook\./,
    },
    {
      name: 'a webhook with a letter missing in its host',
      item: 'Slack webhook',
      harm: ({ account }) => putSecret(account, '/slack', WEBHOOK.replace('hooks.', 'hook.')),
      says: /What stands in \/slack is nearly the address of a Slack webhook: its host or its path is another\.[\s\S]+hooks\.slack\.com\/services\//,
    },
    {
      name: 'a webhook of which a part is missing',
      item: 'Slack webhook',
      harm: ({ account }) => putSecret(account, '/slack', 'https://hooks.slack.com/services/T0/very-secret'),
      says: /What stands in \/slack is nearly the address of a Slack webhook/,
    },
    {
      name: 'a webhook in a parameter that a person names and that is not there',
      item: 'Slack webhook',
      harm: () => undefined,
      argv: ['--slack-parameter', '/slakc'],
      says: /The parameter \/slakc does not exist or is empty\./,
    },
    ...[
      { item: 'Teams workflow', name: 'teams', variable: 'TABLEKEEPER_TEAMS_WORKFLOW_PARAMETER' },
      { item: 'PagerDuty key', name: 'pagerduty', variable: 'TABLEKEEPER_PAGERDUTY_KEY_PARAMETER' },
      { item: 'webhook', name: 'webhook', variable: 'TABLEKEEPER_WEBHOOK_PARAMETER' },
    ].map(({ item, name, variable }) => ({
      name: `what is nothing for ${name}, in the parameter of the deployed function`,
      item,
      harm: ({ account }: Deployment) => {
        putFunction(account, `tablekeeper-prod-${name}`, { [variable]: `/${name}` });
        putSecret(account, `/${name}`, 'very-secret');
      },
      says: new RegExp(`What stands in /${name} is n`),
    })),
    ...['teams', 'pagerduty', 'webhook'].map((name) => ({
      name: `a parameter of ${name} that a person names and that is not there`,
      item: { teams: 'Teams workflow', pagerduty: 'PagerDuty key' }[name] ?? 'webhook',
      harm: () => undefined,
      argv: [`--${name}-parameter`, '/none'],
      says: /The parameter \/none does not exist or is empty\./,
    })),
    {
      name: 'what the organization refuses to a function',
      item: 'dynamodb:CreateBackup of backup',
      harm: (deployment) => refuse(deployment, 'with an explicit deny in a service control policy'),
      says: /CreateBackup of backup +is refused on orders, first just now: a policy of the organization forbids it[\s\S]+ask those who manage the organization to let the role through/,
    },
    {
      name: 'what a boundary keeps from a function',
      item: 'dynamodb:CreateBackup of backup',
      harm: (deployment) =>
        refuse(deployment, 'because no permissions boundary allows the dynamodb:CreateBackup action'),
      says: /first just now: the role's permissions boundary does not allow it[\s\S]+aws iam get-role --role-name tablekeeper-prod-BackupRole-1A2B --query Role\.PermissionsBoundary/,
    },
    {
      name: 'what a role has lost',
      item: 'dynamodb:CreateBackup of backup',
      harm: (deployment) => refuse(deployment),
      says: /no policy of the role allows it[\s\S]+Deploy again:\n {6}npm run deploy/,
    },
    {
      name: 'a tag policy that does not know the policies',
      item: 'tag policy',
      harm: ({ account }) =>
        setTagPolicy(account, {
          tags: {
            'backup:policy': {
              tag_key: 'backup:policy',
              tag_value: ['gold', 'none'],
              enforced_for: ['dynamodb:table'],
            },
          },
        }),
      says: /does not know standard as backup:policy; such tags are refused on tables[\s\S]+\["gold","none","standard"\]\n[\s\S]+describe-effective-policy --policy-type TAG_POLICY/,
    },
    {
      name: 'a webhook that starts a workflow',
      item: 'Slack webhook',
      harm: ({ account }) =>
        putSecret(account, '/slack', 'https://hooks.slack.com/triggers/T0/1/very-secret'),
      says: /What stands in \/slack starts a Slack workflow, which takes variables of its own and no messages\.[\s\S]+Make an incoming webhook/,
    },
    {
      name: 'a webhook that is Lambda’s own API',
      item: 'Slack webhook',
      harm: ({ account }) =>
        putSecret(account, '/slack', 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/very-secret'),
      says: /What stands in \/slack is not the address of a Slack webhook\. It leads to this machine/,
    },
    {
      name: 'a webhook without encryption',
      item: 'Slack webhook',
      harm: ({ account }) =>
        putSecret(account, '/slack', 'http://hooks.slack.com/services/T0/B0/very-secret'),
      says: /It is an address without encryption/,
    },
    {
      name: 'a heartbeat on this machine',
      item: 'heartbeat',
      harm: ({ account }) => putSecret(account, '/heartbeat', 'http://2130706433:9001/very-secret'),
      says: /The parameter \/heartbeat holds no address of a check\.[\s\S]+leads to this machine/,
    },
    {
      name: 'a heartbeat that is none',
      item: 'heartbeat',
      harm: ({ account }) => putSecret(account, '/heartbeat', 'very-secret'),
      says: /The parameter \/heartbeat holds no address of a check\./,
    },
    {
      name: 'a permission',
      item: 'dynamodb:ListBackups',
      harm: ({ account }) => account.faults.add({ operation: 'ListBackups', kind: 'access-denied' }),
      says: /dynamodb:ListBackups +is not allowed to you\n/,
    },
  ];

  it.each(cases)(
    'says what to do about $name, with exit code 1',
    async ({ harm, argv = [], item, says, policies }) => {
      const deployment = await aDeployment();
      await harm(deployment);
      const typed = await typedIn(
        deployment,
        ['doctor', ...argv],
        policies === undefined ? {} : { policies },
      );
      expect(typed.stdout).toMatch(says);
      expect(typed.stdout).not.toContain('very-secret');
      expect(symbolOf(typed.stdout, item)).toBe('✖');
      expect(typed.exitCode).toBe(1);
    },
  );

  const milder: readonly {
    readonly name: string;
    readonly item: string;
    readonly symbol: '!' | '·' | '?' | '✔';
    readonly hasTrail?: boolean;
    readonly change: (deployment: Deployment) => unknown;
    readonly argv?: readonly string[];
    readonly says: RegExp;
  }[] = [
    {
      name: 'no trail',
      item: 'CloudTrail',
      symbol: '!',
      hasTrail: false,
      change: () => undefined,
      says: /there is no trail here; .*all works without, only later[\s\S]+aws cloudtrail create-trail --region us-east-1 .*\n +aws cloudtrail start-logging/,
    },
    {
      name: 'a trail that is stopped',
      item: 'CloudTrail',
      symbol: '!',
      hasTrail: false,
      change: ({ account }) =>
        createTrail(account, {
          name: 'whole',
          isMultiRegion: true,
          homeRegion: 'eu-west-1',
          isLogging: false,
        }),
      says: /whole is stopped; [\s\S]+aws cloudtrail start-logging --region eu-west-1 --name whole\n/,
    },
    {
      name: 'a trail that takes in what reads',
      item: 'CloudTrail',
      symbol: '!',
      hasTrail: false,
      change: ({ account }) => createTrail(account, { name: 'reads', selectors: READS }),
      says: /reads takes in no calls that change tables; [\s\S]+aws cloudtrail put-event-selectors --region us-east-1 --trail-name reads --event-selectors '\[\{"ReadWriteType":"ReadOnly".*"ReadWriteType":"WriteOnly".*\]'\n/,
    },
    {
      name: 'the trail of the organization',
      item: 'CloudTrail',
      symbol: '✔',
      hasTrail: false,
      change: ({ account }) =>
        createTrail(account, {
          name: 'whole',
          isOrganization: true,
          isMultiRegion: true,
          accountId: '444455556666',
        }),
      says: /whole logs the calls that change tables; no call was reported yet/,
    },
    {
      name: 'trails that it may not see',
      item: 'CloudTrail',
      symbol: '?',
      change: ({ account }) => account.faults.add({ operation: 'DescribeTrails', kind: 'access-denied' }),
      says: /whether a trail logs here could not be seen: cloudtrail:DescribeTrails is not allowed to you; no call was reported yet[\s\S]+Not seen:[\s\S]+Allow yourself cloudtrail:DescribeTrails/,
    },
    {
      name: 'somebody who did not click the link, beside somebody who did',
      item: 'subscriptions',
      symbol: '!',
      change: subscribe,
      says: /1 confirmed; 1 more waits for the link in a mail to be clicked, and hears nothing[\s\S]+aws sns list-subscriptions-by-topic --topic-arn arn/,
    },
    {
      name: 'a webhook of another server',
      item: 'Slack webhook',
      symbol: '!',
      change: ({ account }) => putSecret(account, '/slack', 'https://chat.example.com/hooks/very-secret'),
      says: /\/slack holds an address, but not one of Slack[\s\S]+Leave it if that server takes what Slack takes/,
    },
    {
      name: 'that there is no Slack',
      item: 'Slack webhook',
      symbol: '·',
      change: forgetSlack,
      says: /none: deployed without slackWebhookParameter/,
    },
    {
      name: 'that there is no heartbeat',
      item: 'heartbeat',
      symbol: '·',
      change: ({ account }) =>
        putFunction(account, 'tablekeeper-prod-audit', { TABLEKEEPER_HEARTBEAT_PARAMETER: '' }),
      says: /none: deployed without heartbeatParameter/,
    },
    {
      name: 'functions that it may not see',
      item: 'Slack webhook',
      symbol: '?',
      change: ({ account }) =>
        account.faults.add({ operation: 'GetFunctionConfiguration', kind: 'access-denied' }),
      says: /not looked at: lambda:GetFunctionConfiguration is not allowed to you[\s\S]+Allow yourself lambda:GetFunctionConfiguration, or name its parameter with --slack-parameter\./,
    },
    {
      name: 'a secret that it may not see',
      item: 'heartbeat',
      symbol: '?',
      change: ({ account }) => account.faults.add({ operation: 'GetParameter', kind: 'access-denied' }),
      says: /GetParameter: \/heartbeat could not be read[\s\S]+Allow yourself ssm:GetParameter/,
    },
    {
      name: 'an organization without a tag policy',
      item: 'tag policy',
      symbol: '✔',
      change: ({ account }) => joinOrganization(account),
      says: /none is in force in this account/,
    },
    {
      name: 'a tag policy that only reports',
      item: 'tag policy',
      symbol: '!',
      change: ({ account }) =>
        setTagPolicy(account, { tags: { 'backup:policy': { tag_key: 'Backup:Policy' } } }),
      says: /wants the key written "Backup:Policy", not backup:policy; such tags are only reported as noncompliant/,
    },
    {
      name: 'an organization that it may not ask',
      item: 'tag policy',
      symbol: '?',
      change: ({ account }) =>
        account.faults.add({ operation: 'DescribeEffectivePolicy', kind: 'access-denied' }),
      says: /could not be seen: organizations:DescribeEffectivePolicy is not allowed to you[\s\S]+Allow yourself organizations:DescribeEffectivePolicy/,
    },
    {
      name: 'that AWS Backup is not switched on, which nobody needs',
      item: 'AWS Backup opt-in',
      symbol: '·',
      change: ({ account }) => setBackupOptIn(account, { optedIn: false, advanced: false }),
      says: /not needed, for no policy uses AWS Backup; it is off for tables here\n/,
    },
    {
      name: 'that AWS Backup cannot be asked, which nobody needs',
      item: 'AWS Backup opt-in',
      symbol: '·',
      change: ({ account }) =>
        account.faults.add({ operation: 'DescribeRegionSettings', kind: 'access-denied' }),
      says: /it could not be seen: backup:DescribeRegionSettings is not allowed to you\n/,
    },
  ];

  it.each(milder)(
    'tells $name, and that nothing is missing, with exit code 0',
    async ({ item, symbol, hasTrail = true, change, argv = [], says }) => {
      const deployment = await aDeployment({ hasTrail });
      await change(deployment);
      const { stdout, exitCode } = await typedIn(deployment, ['doctor', ...argv]);
      expect(stdout).toMatch(says);
      expect(stdout).not.toContain('very-secret');
      expect(symbolOf(stdout, item)).toBe(symbol);
      expect(stdout).toContain('\nNothing is missing.\n');
      expect(exitCode).toBe(0);
    },
  );

  it('has no more to say of what a function was refused once it is over', async () => {
    const deployment = await aDeployment();
    await refuse(deployment);
    deployment.account.faults.clear();
    await deployment.run('protect');
    const { stdout } = await typedIn(deployment, ['doctor']);
    expect(symbolOf(stdout, "functions' permissions")).toBe('✔');
  });

  it('shows when hints came, and by a trail', async () => {
    const deployment = await aDeployment();
    const { clock, asPerson } = deployment;
    await clock.run(noteRun(asPerson, 'hint', true));
    await clock.run(noteRun(asPerson, 'cloudtrail', true));
    const { stdout } = await typedIn(deployment, ['doctor']);
    expect(symbolOf(stdout, 'hints')).toBe('✔');
    expect(stdout).toMatch(
      /management-events logs the calls that change tables; the last call was reported just now\n/,
    );
  });

  it('is mended by the commands that it prints', async () => {
    const deployment = await aDeployment({ hasTrail: false });
    createTrail(deployment.account, { name: 'reads', selectors: READS, isLogging: false });
    const { stdout } = await typedIn(deployment, ['doctor']);
    await mend(deployment, stdout);
    const { stdout: mended } = await typedIn(deployment, ['doctor']);
    expect(symbolOf(mended, 'CloudTrail')).toBe('✔');
  });

  it('says no more than that there are no credentials where there are none', async () => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'GetCallerIdentity', kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['doctor']);
    expect(stdout).toMatch(/^✖ {2}credentials {2}AWS could not be asked who you are: /);
    expect(exitCode).toBe(3);
  });

  it('says in few words what it may not see, and guesses at nothing', async () => {
    const deployment = await aDeployment();
    const { calls, faults } = deployment.account;
    calls.reset();
    await typedIn(deployment, ['doctor']);
    const asked = [...calls.byOperation.keys()].filter((operation) => operation !== 'GetCallerIdentity');
    for (const operation of asked) faults.add({ operation, kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['doctor']);
    expect(stdout).toMatch(/alert topic +sns:GetTopicAttributes is not allowed to you\n/);
    expect(stdout).toMatch(/state table +dynamodb:\w+ is not allowed to you\n/);
    expect(stdout).toMatch(/functions' permissions +no finding could be read: dynamodb:Query is not allowed/);
    expect(symbolOf(stdout, "functions' permissions")).toBe('?');
    expect(symbolOf(stdout, 'alert topic')).toBe('?');
    expect(exitCode).toBe(1);
  });

  it('is one JSON document with --json', async () => {
    const { exitCode, stdout } = await typedIn(await aDeployment(), ['doctor', '--json']);
    const document = JSON.parse(stdout) as { readonly diagnoses: readonly unknown[] };
    expect(document).toMatchObject({ command: 'doctor', instance: 'prod' });
    expect(document.diagnoses).toContainEqual({
      item: 'subscriptions',
      status: 'fine',
      says: '1 confirmed; receiving: ops@example.com (email)',
    });
    expect(exitCode).toBe(0);
  });

  it('changes nothing', async () => {
    const deployment = await aDeployment();
    deployment.account.calls.reset();
    await typedIn(deployment, ['doctor']);
    const called = [...deployment.account.calls.byOperation.keys()];
    expect(called.filter((operation) => /^(Create|Delete|Put|Update|Publish)/.test(operation))).toEqual([]);
  });
});

describe('another deployment here that acts by the same tag', () => {
  const withNeighbour = async (tag: string): Promise<Deployment> => {
    const deployment = await aDeployment();
    createTable(deployment.account, { name: 'tablekeeper-dev-state', tags: { [tag]: 'none' } });
    await deployment.clock.advanceBy(HOUR_MS / 4);
    return deployment;
  };

  it('is said, because every table is backed up twice', async () => {
    const deployment = await withNeighbour('backup:policy');
    putFunction(deployment.account, 'tablekeeper-dev-backup');
    const { stdout } = await typedIn(deployment, ['doctor']);
    expect(stdout).toMatch(/! +policy tag +the instance dev acts by the tag backup:policy as well/);
    expect(stdout).toContain('policyTag=KEY');
  });

  it('is not said where it was removed and left its table', async () => {
    const { stdout } = await typedIn(await withNeighbour('backup:policy'), ['doctor']);
    expect(stdout).not.toContain('policy tag ');
  });

  it('is not said where one of them has a key of its own', async () => {
    const deployment = await withNeighbour('backup:policy');
    putFunction(deployment.account, 'tablekeeper-dev-backup');
    const { stdout } = await typedIn(deployment, ['doctor', '--policy-tag', 'backup:policy-prod']);
    expect(stdout).not.toContain('policy tag ');
  });
});
