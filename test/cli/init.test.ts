import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { EMAIL, PARAMETER_NAME } from '../../cli/init/questions.ts';
import { starterText as exampleText } from '../../cli/init/starter.ts';
import { parseStages } from '../../shared/core/deployment/parameter-file.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { seatIn, typed } from './typed.ts';

/** The example where no schema lies beside it. */
const starterText = (zone: string): string => exampleText(zone).replace(/^# yaml-language-server: .*\n/, '');

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

interface Wishes {
  readonly folder?: string;
  /** What a person answers, in order; nobody is there when absent. */
  readonly answers?: readonly (string | undefined)[];
  readonly env?: Readonly<Record<string, string>>;
}

const init = async (
  argv: readonly string[],
  { folder = aFolder(), answers, env = {} }: Wishes = {},
  at?: Deployment,
) => {
  const deployment = at ?? (await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' }));
  const left = [...(answers ?? [])];
  const asked: string[] = [];
  const ask = (question: string) => {
    asked.push(question);
    return Promise.resolve(left.shift());
  };
  const [policies, parameters] = [join(folder, 'policies.yml'), join(folder, 'parameters.yml')];
  const done = await deployment.clock.run(
    typed(['init', '--policies', policies, '--parameters', parameters, ...argv], {
      ...seatIn(deployment),
      env: { HOME: folder, TZ: 'Asia/Seoul', ...env },
      ...(answers !== undefined && { ask }),
    }),
  );
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  return {
    ...{ ...done, asked, folder, stdout: done.stdout.replaceAll(folder, 'FOLDER') },
    ...{ policies: read(policies), parameters: read(parameters) },
  };
};

const FLAGS = ['--region', 'us-east-1', '--alert-email', 'ops@example.com'];

describe('tablekeeper init', () => {
  it('asks four questions, writes two files and says the next command', async () => {
    const answers = ['us-east-1', 'ops@example.com', '/tablekeeper/slack', 'Europe/Berlin'];
    const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' });
    createTable(deployment.account, { name: 'orders' });
    createTable(deployment.account, { name: 'tablekeeper-drill.prod.orders.1x2y3z.20261121-050000' });
    createTable(deployment.account, { name: 'awsbackup-restore-test-orders' });
    createTable(deployment.account, { name: 'carts', tags: { 'backup:policy': 'gold' } });
    const { exitCode, asked, stdout, stderr, policies, parameters } = await init([], { answers }, deployment);
    expect(asked).toHaveLength(4);
    expect(stdout).toMatchInlineSnapshot(`
      "Written: FOLDER/policies.yml (3 policies, by the tag backup:policy, in Europe/Berlin) and FOLDER/parameters.yml (stage prod).
      Account 111122223333 has 3 tables in us-east-1; 2 carry the tag backup:policy.
      The tag of carts is "gold", which this file has no policy for.

      Next:

      npm run deploy reads policies.yml of this folder, and not FOLDER/policies.yml: put it there first.

      npm run deploy reads parameters.yml of this folder, and not FOLDER/parameters.yml: put it there first.

        aws ssm put-parameter --region us-east-1 --type SecureString --name /tablekeeper/slack --value file://webhook.txt
        npm run deploy -- --stage prod --region us-east-1

      Then confirm the mail that AWS sends to ops@example.com, and tag the tables to back up (without the tag: orders):

        aws dynamodb tag-resource --region us-east-1 --resource-arn arn:aws:dynamodb:us-east-1:111122223333:table/orders --tags Key=backup:policy,Value=standard

      How it stands from then on:
        npx tablekeeper status --region us-east-1 --policies FOLDER/policies.yml
      The Region is kept nowhere: without --region us-east-1 other commands look elsewhere. For this shell:
        export AWS_REGION=us-east-1
      "
    `);
    expect(parameters).toMatchInlineSnapshot(`
      "# What \`npm run deploy\` and \`npx tablekeeper package\` are given, by stage. A value typed with --param, or written into serverless.yml of a clone, takes
      # precedence over it; what an earlier deployment was given yields to it. docs/deploy.md says what each parameter is for.
      prod:
        alertEmail: ops@example.com
        slackWebhookParameter: /tablekeeper/slack
      "
    `);
    expect(loadPolicies(policies ?? '', 'policies.yml').policies[0]?.timezone).toBe('Europe/Berlin');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('takes each answer as a flag, and asks only what is left', async () => {
    const all = [...FLAGS, '--slack-parameter', 'none', '--timezone', 'UTC'];
    expect((await init(all, { answers: [] })).asked).toEqual([]);
    const { asked, exitCode } = await init(FLAGS, { answers: ['', ''] });
    expect(asked.map((question) => /\[(.*)\] $/.exec(question)?.[1])).toEqual(['none', 'Asia/Seoul']);
    expect(exitCode).toBe(0);
  });

  it('takes other channels as flags, asks nobody about them, and says where their secrets go', async () => {
    const { exitCode, asked, parameters, stdout } = await init(
      [...FLAGS, '--teams-parameter', '/t', '--pagerduty-parameter', '/pd', '--webhook-parameter', 'none'],
      { answers: ['', ''] },
    );
    expect(asked).toHaveLength(2);
    expect(parseStages(parameters ?? '').get('prod')).toEqual(
      new Map([
        ['alertEmail', 'ops@example.com'],
        ['slackWebhookParameter', 'none'],
        ['teamsWorkflowParameter', '/t'],
        ['pagerdutyKeyParameter', '/pd'],
      ]),
    );
    expect(stdout).toContain('--name /t --value file://workflow.txt');
    expect(stdout).toContain('--name /pd --value file://pagerduty.txt');
    expect(exitCode).toBe(0);
  });

  it('repeats no key that was typed where the name of its parameter belongs', async () => {
    const { exitCode, stderr } = await init([...FLAGS, '--pagerduty-parameter', 'R0123456789']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Write one such as /tablekeeper/pagerduty');
    expect(stderr).not.toContain('R0123456789');
  });

  it('without a terminal nothing depends on the machine: UTC, and no Slack', async () => {
    const { exitCode, policies, parameters } = await init(FLAGS);
    expect(policies).toBe(starterText('UTC'));
    expect(parseStages(parameters ?? '')).toEqual(
      new Map([
        [
          'prod',
          new Map([
            ['alertEmail', 'ops@example.com'],
            ['slackWebhookParameter', 'none'],
          ]),
        ],
      ]),
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    { name: 'the Region', argv: ['--alert-email', 'none'], says: 'Add --region.' },
    { name: 'who is alerted', argv: ['--region', 'us-east-1'], says: 'Add --alert-email.' },
  ])('without a terminal $name has to be given', async ({ argv, says }) => {
    const { exitCode, stderr, policies, parameters } = await init(argv);
    expect(stderr).toContain(says);
    expect({ exitCode, policies, parameters }).toEqual({
      exitCode: 2,
      policies: undefined,
      parameters: undefined,
    });
  });

  it.each([
    { flag: '--region', value: 'Mars', says: '"Mars" is no Region' },
    { flag: '--alert-email', value: 'ops', says: '"ops" is no mail address' },
    {
      flag: '--slack-parameter',
      value: 'https://hooks.slack.com/services/T/B/secret',
      says: 'no name of a parameter',
    },
    { flag: '--timezone', value: 'Berlin', says: 'Europe/Berlin' },
    { flag: '--timezone', value: '"\nx: 1', says: 'timezone' },
    { flag: '--instance', value: 'Prod', says: 'cannot name an instance' },
  ])('$flag $value is refused before anything is asked or written', async ({ flag, value, says }) => {
    const { exitCode, asked, stderr, policies } = await init([...FLAGS, flag, value], { answers: [] });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('secret');
    expect({ exitCode, asked, policies }).toEqual({ exitCode: 2, asked: [], policies: undefined });
  });

  it('asks again what was answered wrongly, and writes nothing when the person stops', async () => {
    const answers = ['Mars', 'us-east-1', '', 'ops', undefined];
    const { exitCode, asked, stdout, policies, parameters } = await init([], { answers });
    expect(stdout).toMatch(/"Mars" is no Region[\s\S]+"ops" is no mail address[\s\S]+Nothing was written\./);
    expect(asked).toHaveLength(5);
    expect({ exitCode, policies, parameters }).toEqual({
      exitCode: 0,
      policies: undefined,
      parameters: undefined,
    });
  });

  it.each(['GetCallerIdentity', 'ListTables', 'GetResources'])(
    'writes all the same where it may not call %s, and says so',
    async (operation) => {
      const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' });
      deployment.account.faults.add({ operation, kind: 'access-denied' });
      const { exitCode, stdout, policies } = await init(FLAGS, {}, deployment);
      expect(stdout).toContain('The tables of the account could not be looked at: ');
      expect(policies).toBe(starterText('UTC'));
      expect(exitCode).toBe(0);
    },
  );

  it('is one document with --json, and asks nothing then', async () => {
    const { stdout, asked } = await init([...FLAGS, '--json'], { answers: [] });
    expect(asked).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'init',
      instance: 'prod',
      alertEmail: 'ops@example.com',
      next: ['npm run deploy -- --stage prod --region us-east-1'],
    });
  });
});

describe('init never writes over what somebody may have edited', () => {
  const OWN = 'policies: { mine: { schedule: "0 3 * * *", retention: { daily: 7 } } }\n';

  it.each([
    { name: 'a policy file that is wrong', file: 'policies.yml', text: 'x' },
    { name: 'an empty file', file: 'policies.yml', text: '' },
    {
      name: 'parameters of the stage',
      file: 'parameters.yml',
      text: 'prod: { alertEmail: a@example.com }\n',
    },
    { name: 'parameters that are none', file: 'parameters.yml', text: 'alertEmail\n' },
    { name: 'the copy of an earlier policy file', file: 'policies.yml.before-init', text: OWN },
  ])('$name', async ({ file, text }) => {
    const folder = aFolder();
    writeFileSync(join(folder, file), text);
    const isCopy = file.endsWith('.before-init');
    if (isCopy) writeFileSync(join(folder, 'policies.yml'), OWN);
    const argv = isCopy ? [...FLAGS, '--force-policies'] : FLAGS;
    const { exitCode, asked, stderr, ...files } = await init(argv, { folder, answers: [] });
    expect(stderr).toContain(file);
    expect(stderr).toContain('nothing was written');
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    expect([files.policies, files.parameters].filter((one) => one !== undefined)).toEqual([text]);
  });

  it.each([
    { name: 'a policy file', text: OWN, timezone: 'UTC' },
    { name: 'the example with another zone', text: exampleText('Europe/Berlin'), timezone: 'Europe/Berlin' },
  ])('$name that is valid stays, and nobody is asked about the zone', async ({ text, timezone }) => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), text);
    const { exitCode, asked, stdout, policies, parameters } = await init(FLAGS, { folder, answers: [''] });
    expect(asked).toHaveLength(1);
    expect(stdout).toContain(
      'Written: FOLDER/parameters.yml (stage prod). FOLDER/policies.yml was there and is kept',
    );
    expect(policies).toBe(text);
    expect([...parseStages(parameters ?? '').keys()]).toEqual(['prod']);
    expect(exitCode).toBe(0);
    const again = [...FLAGS, '--instance', 'dev', '--json', '--timezone', timezone];
    expect(JSON.parse((await init(again, { folder })).stdout)).toMatchObject({
      ...{ timezone, policiesKept: true, copies: [] },
    });
  });

  it('a zone that the kept file does not have is refused', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), OWN);
    const { exitCode, stderr, parameters } = await init([...FLAGS, '--timezone', 'Asia/Seoul'], { folder });
    expect(stderr).toContain('reads schedules in UTC');
    expect({ exitCode, parameters }).toEqual({ exitCode: 2, parameters: undefined });
  });

  it.each([OWN, 'x'])('--force-policies replaces %j, and leaves a copy', async (text) => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), text);
    const { exitCode, policies, stdout } = await init([...FLAGS, '--force-policies'], { folder });
    expect(policies).toBe(starterText('UTC'));
    expect(readFileSync(join(folder, 'policies.yml.before-init'), 'utf8')).toBe(text);
    expect(stdout).toContain('What FOLDER/policies.yml held before is in FOLDER/policies.yml.before-init.');
    expect(exitCode).toBe(0);
  });

  it('--force changes what is asked for in the stage alone; all else stays, and a copy', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), OWN);
    const before =
      '# ours\ndev:\n  alertEmail: dev@example.com # us\nprod:\n  alertEmail: a@example.com\n  vault: safe # of old\n';
    writeFileSync(join(folder, 'parameters.yml'), before);
    const { exitCode, policies, parameters } = await init([...FLAGS, '--force'], { folder });
    expect(policies).toBe(OWN);
    expect(parameters).toBe(
      '# ours\ndev:\n  alertEmail: dev@example.com # us\nprod:\n  alertEmail: ops@example.com\n  vault: safe # of old\n  slackWebhookParameter: none\n',
    );
    expect(readFileSync(join(folder, 'parameters.yml.before-init'), 'utf8')).toBe(before);
    expect(exitCode).toBe(0);
  });

  it('the example of a clone, which nobody edited, gives way', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), readFileSync('policies.yml', 'utf8'));
    writeFileSync(join(folder, 'policies.schema.json'), '{}');
    const { exitCode, policies } = await init([...FLAGS, '--timezone', 'Asia/Seoul'], { folder });
    expect(policies).toBe(exampleText('Asia/Seoul'));
    expect(exitCode).toBe(0);
  });

  it('a second stage joins the first', async () => {
    const { folder } = await init(FLAGS);
    const { exitCode, parameters, policies } = await init([...FLAGS, '--instance', 'dev'], { folder });
    expect([...parseStages(parameters ?? '').keys()]).toEqual(['prod', 'dev']);
    expect({ exitCode, policies }).toEqual({ exitCode: 0, policies: starterText('UTC') });
  });

  it('the example stays as well once a stage was begun with it', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'policies.yml'), exampleText('UTC'));
    writeFileSync(join(folder, 'parameters.yml'), 'prod: { alertEmail: none }\n');
    const { asked, policies } = await init([...FLAGS, '--instance', 'dev'], { folder, answers: [''] });
    expect({ asked: asked.length, policies }).toEqual({ asked: 1, policies: exampleText('UTC') });
  });
});

describe('init by a key of its own', () => {
  const KEY = ['--instance', 'dev', '--policy-tag', 'acme:backup'];

  const withTables = async () => {
    const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' });
    createTable(deployment.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
    createTable(deployment.account, { name: 'carts', tags: { 'acme:backup': 'gold' } });
    return deployment;
  };

  it('writes it into the stage, counts tables by it and prints it', async () => {
    const { exitCode, stdout, parameters, policies } = await init([...FLAGS, ...KEY], {}, await withTables());
    expect(
      parseStages(parameters ?? '')
        .get('dev')
        ?.get('policyTag'),
    ).toBe('acme:backup');
    expect(policies).toBe(starterText('UTC'));
    expect(stdout).toContain('by the tag acme:backup');
    expect(stdout).toContain('The tag of carts is "gold"');
    expect(stdout).toContain('table/orders --tags Key=acme:backup,Value=standard');
    expect(exitCode).toBe(0);
  });

  it('goes on with the one that the stage has', async () => {
    const { folder } = await init([...FLAGS, ...KEY]);
    const argv = [...FLAGS, '--instance', 'dev', '--force'];
    const { stdout, parameters } = await init(argv, { folder }, await withTables());
    expect(
      parseStages(parameters ?? '')
        .get('dev')
        ?.get('policyTag'),
    ).toBe('acme:backup');
    expect(stdout).toContain('Key=acme:backup,Value=standard');
    expect(stdout).toContain('status --policy-tag acme:backup --region us-east-1 --instance dev');
  });

  it('refuses what cannot be a key before anything is written', async () => {
    const { exitCode, parameters } = await init([...FLAGS, '--policy-tag', 'aws:x']);
    expect({ exitCode, parameters }).toEqual({ exitCode: 2, parameters: undefined });
  });
});

describe('what init accepts, a deployment accepts', () => {
  const { Parameters } = parse(readFileSync('stack/parameters.yml', 'utf8')) as {
    readonly Parameters: Readonly<Record<string, { readonly AllowedPattern: string }>>;
  };

  it('by the same patterns', () => {
    expect(EMAIL.source).toBe(Parameters.AlertEmail?.AllowedPattern);
    expect(`^$|${PARAMETER_NAME.source}`.replaceAll('\\/', '/')).toBe(
      Parameters.SlackWebhookParameter?.AllowedPattern,
    );
  });
});
