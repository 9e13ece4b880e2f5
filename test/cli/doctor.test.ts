import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { noteRun } from '../../shared/run/note-run.ts';
import { putSecret } from '../../sim/console-parameters.ts';
import { addSubscription } from '../../sim/sns/subscription-operations.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';
import { typedIn } from './typed.ts';

const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/very-secret';
const CHECK = 'https://hc-ping.com/very-secret';

/** A deployment whose functions have all run within the hour. */
const aDeployment = async (): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { clock, asPerson } = deployment;
  for (const name of ['audit', 'backup', 'prune']) await clock.run(noteRun(asPerson, name, true));
  await clock.advanceBy(HOUR_MS / 4);
  return deployment;
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
      ✔  subscriptions                       1 confirmed
      ·  Slack webhook                       not looked at: name its parameter with --slack-parameter
      ·  heartbeat                           not looked at: name its parameter with --heartbeat-parameter
      ✔  function backup                     ran 15 min ago
      ✔  function prune                      ran 15 min ago
      ✔  function audit                      ran 15 min ago
      ✔  policy file                         is valid, and is what was deployed
      ·  hints                               none has come yet: tag a table to see one
      ·  CloudTrail                          no call was told of yet; hints of calls arrive only with a trail of management events, everything else works without
      ✔  tag:GetResources                    is allowed to you
      ✔  dynamodb:ListTables                 is allowed to you
      ✔  dynamodb:ListBackups                is allowed to you
      ✔  dynamodb:DescribeContinuousBackups  is allowed to you
      ·  tag policy                          not looked at: an organization may forbid the values that the tag needs
      ·  AWS Backup opt-in                   not needed: no policy uses AWS Backup

      Nothing is missing.

      Not seen:

        CloudTrail
          See whether there is one:
            aws cloudtrail describe-trails --region us-east-1

        tag policy
          See it from the management account:
            aws organizations list-policies --filter TAG_POLICY --region us-east-1

        AWS Backup opt-in
          See it:
            aws backup describe-region-settings --region us-east-1
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
      says: /none is confirmed; 1 more waits for the link[\s\S]+aws sns subscribe --protocol email .* --topic-arn arn:aws:sns:/,
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
      harm: () => undefined,
      argv: ['--slack-parameter', '/slack'],
      says: /The parameter \/slack does not exist or is empty\.[\s\S]+aws ssm put-parameter/,
    },
    {
      name: 'a webhook that is none',
      item: 'Slack webhook',
      harm: ({ account }) => putSecret(account, '/slack', 'very-secret'),
      argv: ['--slack-parameter', '/slack'],
      says: /What stands in \/slack is not the address of a Slack webhook\./,
    },
    {
      name: 'a heartbeat that is none',
      item: 'heartbeat',
      harm: ({ account }) => putSecret(account, '/heartbeat', 'very-secret'),
      argv: ['--heartbeat-parameter', '/heartbeat'],
      says: /The parameter \/heartbeat holds no address of a check\./,
    },
    {
      name: 'a permission',
      item: 'dynamodb:ListBackups',
      harm: ({ account }) => account.faults.add({ operation: 'ListBackups', kind: 'access-denied' }),
      says: /ListBackups: AccessDeniedException/,
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

  it('shows that secrets are in place, and not what they are', async () => {
    const deployment = await aDeployment();
    putSecret(deployment.account, '/slack', WEBHOOK);
    putSecret(deployment.account, '/heartbeat', CHECK);
    const argv = ['doctor', '--slack-parameter', '/slack', '--heartbeat-parameter', '/heartbeat'];
    const { exitCode, stdout } = await typedIn(deployment, argv);
    expect(symbolOf(stdout, 'Slack webhook')).toBe('✔');
    expect(symbolOf(stdout, 'heartbeat')).toBe('✔');
    expect(stdout).not.toContain('very-secret');
    expect(exitCode).toBe(0);
  });

  it('shows when hints came, and by a trail', async () => {
    const deployment = await aDeployment();
    const { clock, asPerson } = deployment;
    await clock.run(noteRun(asPerson, 'hint', true));
    await clock.run(noteRun(asPerson, 'cloudtrail', true));
    const { stdout } = await typedIn(deployment, ['doctor']);
    expect(symbolOf(stdout, 'hints')).toBe('✔');
    expect(symbolOf(stdout, 'CloudTrail')).toBe('✔');
  });

  it('says no more than that there are no credentials where there are none', async () => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'GetCallerIdentity', kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['doctor']);
    expect(stdout).toMatch(/^✖ {2}credentials {2}AWS could not be asked who you are: /);
    expect(exitCode).toBe(1);
  });

  it('is one JSON document with --json', async () => {
    const { exitCode, stdout } = await typedIn(await aDeployment(), ['doctor', '--json']);
    const document = JSON.parse(stdout) as { readonly diagnoses: readonly unknown[] };
    expect(document).toMatchObject({ command: 'doctor', instance: 'prod' });
    expect(document.diagnoses).toContainEqual({
      item: 'subscriptions',
      status: 'fine',
      says: '1 confirmed',
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
