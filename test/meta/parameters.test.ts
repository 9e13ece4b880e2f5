import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { longestSilenceSeconds } from '../../shared/core/deployment/longest-silence.ts';
import { checkNames, checkValues } from '../../shared/core/deployment/parameters.ts';
import { checkStackTags, parseStackTags } from '../../shared/core/deployment/stack-tags.ts';
import { UserError } from '../../shared/model/errors.ts';
import { refusalOf } from '../support/refusal.ts';
import { packageTemplate } from '../support/template.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const service = parse(read('serverless.yml')) as {
  readonly params: { readonly default: Readonly<Record<string, unknown>> };
};
const DEFAULTS = service.params.default;

/** What is packaged once for all that looks at it. */
const GIVEN = [
  '--param=backupRate=rate(10 minutes)',
  '--param=logRetentionDays=30',
  '--param=stackTags=team=payments, cost-center=42',
];

describe('the parameters', () => {
  it.each(['docs/deploy.md', 'README.md'])(
    'all stand in %s with their defaults, and no other does',
    (file) => {
      const rows = [...read(file).matchAll(/^\| `(\w+)` \| (?:`(.*?)`|(.*?)) \| \S.* \|$/gm)];
      const told = rows.map(([, name = '', code, words = '']) => [name, code ?? words]);
      const wanted = Object.entries(DEFAULTS).map(([name, value]) => {
        if (name === 'instance') return [name, 'the stage'];
        if (name === 'alertEmail') return [name, 'required'];
        return [name, value === '' ? 'none' : String(value)];
      });
      expect(told).toEqual(wanted);
    },
  );

  it.each([
    { name: 'a name that is mistyped', args: ['--param=alertMail=ops@example.com'], says: 'alertEmail=…' },
    { name: 'what is no address', args: ['--param=alertEmail=ops'], says: 'must be one email address' },
    {
      name: 'a webhook where its parameter’s name belongs',
      args: ['--param=slackWebhookParameter=https://hooks.slack.com/services/T/B/X'],
      says: 'and not what stands in it',
    },
    { name: 'an alias for a key', args: ['--param=topicKmsKeyArn=alias/aws/sns'], says: 'not of an alias' },
    {
      name: 'what is no managed policy',
      args: ['--param=permissionsBoundary=developers'],
      says: 'must be the ARN of a managed policy',
    },
    { name: 'a bucket with dots', args: ['--param=reportBucket=our.pages'], says: 'must be on, or the name' },
    {
      name: 'a bucket of drills without drills',
      args: ['--param=drillBucket=on'],
      says: 'drillBucket does nothing without drills',
    },
    { name: 'what no vault is called', args: ['--param=vault=our vault'], says: 'must be 2 to 50 letters' },
    {
      name: 'an instance too long for the roles of a vault',
      args: ['--param=vault=ours', `--param=instance=${'i'.repeat(36)}`],
      says: 'needs an instance of up to 34 letters in us-east-1',
    },
    {
      name: 'a lock that nobody can undo, asked for once',
      args: ['--param=vault=ours', '--param=vaultLock=compliance', '--param=vaultLockMinDays=7'],
      says: 'give the name of the vault as vaultLockCompliance as well',
    },
    { name: 'a tag without a value', args: ['--param=stackTags=team'], says: 'is no KEY=VALUE' },
    {
      name: 'a stack tag that is the policy tag',
      args: ['--param=stackTags=team=payments,Backup:Policy=standard'],
      says: 'decides about tables',
    },
    {
      name: 'a rate that is silent for days',
      args: ['--param=auditRate=rate(2 days)'],
      says: 'at least once a day',
    },
    {
      name: 'days that CloudWatch does not know',
      args: ['--param=logRetentionDays=91'],
      says: 'logRetentionInDays',
    },
  ])('$name stops the packaging, in words', async ({ args, says }) => {
    expect(await refusalOf(...args)).toContain(says);
  });

  it('that are right let the packaging go on', async () => {
    expect(await refusalOf()).toBeUndefined();
    expect(
      await refusalOf('--stage', 'lab', '--param=alertEmail=ops@example.com', '--param=vault=ours'),
    ).toBeUndefined();
  });

  it('reach the template', () => {
    const { Resources } = packageTemplate(...GIVEN);
    expect(Resources).toMatchObject({
      BackupSchedule: { Properties: { ScheduleExpression: 'rate(10 minutes)' } },
      BackupSilentAlarm: { Properties: { Period: 600 } },
      BackupLogGroup: { Properties: { RetentionInDays: 30 } },
    });
  }, 60_000);
});

describe('the tags of the stack', () => {
  it('are recorded for the next deployment, and go to the stack', () => {
    const { Outputs } = packageTemplate(...GIVEN);
    expect(JSON.parse(String(Outputs.GivenParameters?.Value))).toEqual({
      backupRate: 'rate(10 minutes)',
      logRetentionDays: '30',
      stackTags: 'team=payments, cost-center=42',
    });
  }, 60_000);

  it.each([
    ['', {}],
    ['team=payments', { team: 'payments' }],
    ['team=payments, cost center = 42,', undefined],
    ['team=payments, cost center = 42', { team: 'payments', 'cost center': '42' }],
    ['url=https://a.example/?x=1', undefined],
    ['a=b=c', { a: 'b=c' }],
    ['=x', undefined],
    ['team=', undefined],
    ['aws:team=x', undefined],
    ['team=a,team=b', undefined],
    ['team=a;b', undefined],
    [`${'k'.repeat(129)}=x`, undefined],
    [`k=${'v'.repeat(257)}`, undefined],
    [Array.from({ length: 50 }, (_, at) => `k${at}=v`).join(','), undefined],
  ])('%j are %j', (text, tags) => {
    if (tags === undefined) expect(() => parseStackTags(text)).toThrow(UserError);
    else expect(parseStackTags(text)).toEqual(tags);
  });

  it.each(['backup:policy', 'Backup:Policy', 'backup:hold', 'our:policy'])(
    'cannot have the key %s',
    (key) => {
      expect(() => checkStackTags({ [key]: 'x' }, 'our:policy')).toThrow(UserError);
    },
  );
});

describe('how long a rate may be silent', () => {
  it.each([
    { rate: 'rate(1 minute)', minutes: 1 },
    { rate: 'rate(30 minutes)', minutes: 30 },
    { rate: 'rate(6 hours)', minutes: 360 },
    { rate: 'rate(1 day)', minutes: 1440 },
    { rate: 'cron(2/30 * * * ? *)', minutes: 30 },
    { rate: 'cron(37 1/6 * * ? *)', minutes: 360 },
    { rate: 'cron(50 4/6 ? * * *)', minutes: 360 },
    { rate: 'cron(0 8-18 * * ? *)', minutes: 14 * 60 },
    { rate: 'cron(0,15 8,20 * * ? *)', minutes: 705 },
    { rate: 'cron(*/20 */2 * * ? *)', minutes: 80 },
    { rate: 'cron(5 3 * * ? *)', minutes: 1440 },
    { rate: 'cron(10-20/5 * * * ? *)', minutes: 50 },
  ])('$rate: $minutes minutes', ({ rate, minutes }) => {
    expect(longestSilenceSeconds(rate)).toBe(minutes * 60);
  });

  it.each([
    'rate(2 days)',
    'rate(0 minutes)',
    'rate(0 minute)',
    'rate(5 weeks)',
    'rate(1 minutes)',
    'rate(1 hours)',
    'rate(1 days)',
    'rate(2 minute)',
    'rate(30 minute)',
    'rate(6 hour)',
    'rate(05 minutes)',
    'rate(01 minute)',
    'rate(-5 minutes)',
    'rate(1.5 hours)',
    'rate(5  minutes)',
    'rate( 5 minutes)',
    'rate(5 minutes) ',
    'Rate(5 minutes)',
    'rate(30 seconds)',
    'rate(1441 minutes)',
    'rate(25 hours)',
    'cron(0 3 * * * *)',
    'cron(0 3 ? * ? *)',
    'cron(0 3 * * ?)',
    'cron(0 3 * * ? * *)',
    'cron(0 3  * * ? *)',
    'cron(0 3 * * ? 2027)',
    'cron(0 3 * 1-6 ? *)',
    'cron(0/60 * * * ? *)',
    'cron(0 1/24 * * ? *)',
    'cron(? * * * ? *)',
    'cron(100 3 * * ? *)',
    'cron(0 L * * ? *)',
    `cron(${Array.from({ length: 60 }, (_, minute) => minute).join(',')} ${Array.from(
      { length: 24 },
      (_, hour) => hour,
    )
      .join(',')
      .repeat(2)} * * ? *)`,
    'cron(0 3 ? * MON *)',
    'cron(0 3 1 * ? *)',
    'cron(60 3 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 9-8 * * ? *)',
    'cron(*/0 * * * ? *)',
    'cron(x * * * ? *)',
    'cron(0,,5 * * * ? *)',
    '0 3 * * *',
    '',
  ])('%s is refused', (rate) => {
    expect(() => longestSilenceSeconds(rate)).toThrow(UserError);
  });
});

describe('a rate that is refused', () => {
  it.each([
    { rate: 'rate(1 minutes)', says: /Write rate\(1 minute\)\./ },
    { rate: 'rate(30 minute)', says: /Write rate\(30 minutes\)\./ },
    { rate: 'rate(06 hours)', says: /Write rate\(6 hours\)\./ },
    { rate: 'rate(0 minutes)', says: /it never runs/ },
    { rate: 'rate(2 days)', says: /longer than a day/ },
    { rate: 'cron(0 3 * * * *)', says: /wants \? for the day of the month or for the day of the week/ },
    { rate: 'cron(0 3 ? * MON *)', says: /does not run on every day/ },
    { rate: '0 3 * * *', says: /neither rate\(…\) nor cron\(…\)/ },
    { rate: 'cron(0 24 * * ? *)', says: /its hours are "24".*from 0 to 23/s },
  ])('says why, and what to write: $rate', ({ rate, says }) => {
    expect(() => longestSilenceSeconds(rate)).toThrow(says);
  });
});

describe('what a person gave', () => {
  it('is fine where every name is known', () => {
    expect(() => checkNames(['instance', 'alertEmail'], Object.keys(DEFAULTS))).not.toThrow();
    expect(() => checkNames([], Object.keys(DEFAULTS))).not.toThrow();
  });

  it('is told with the name that was probably meant', () => {
    expect(() => checkNames(['alertEmail', 'slackWebhook'], Object.keys(DEFAULTS))).toThrow(
      /no parameter "slackWebhook".*--param="slackWebhookParameter=/,
    );
  });

  it('that the stack does not know is a mistake of ours and no person’s', () => {
    expect(() => checkValues({}, [{ ParameterKey: 'AlertEmail', ParameterValue: '' }])).toThrow(
      'the stack has no parameter AlertEmail',
    );
  });
});
