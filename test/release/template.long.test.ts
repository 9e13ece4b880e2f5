import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_RATES, fillTemplate, templateText } from '../../shared/core/deployment/fill-template.ts';
import { BLANK, type StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { checkedValues, packageNames, stackTagsIn } from '../../shared/core/deployment/package-parameters.ts';
import { FUNCTION_NAMES } from '../../tools/bundle.ts';
import { holdAgainst } from '../../tools/cfn-guard.ts';
import { GENERAL_ARGUMENTS, generalize } from '../../tools/release/generalize.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate, type Resource, type Template } from '../support/template.ts';

// The template of the package against the one that Serverless deploys: the same but for where the code lies.

const PLACE = { accountId: '111122223333', region: 'us-east-1' };
const ARCHIVES = new Map(FUNCTION_NAMES.map((name) => [name as string, `${name}-0123456789ab.zip`]));
const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-release-template-'));
afterAll(() => rmSync(folder, { recursive: true }));

let general: StackTemplate;
beforeAll(() => {
  general = generalize(packageTemplate(...GENERAL_ARGUMENTS) as unknown as StackTemplate);
}, 60_000);

const filled = (given: Readonly<Record<string, string>>, policyTag = 'backup:policy'): StackTemplate => {
  const values = checkedValues(new Map(Object.entries(given)), general);
  return fillTemplate(general, { values, policyTag, archives: ARCHIVES, metadata: { version: '1' } });
};

it.each([
  { instance: 'i'.repeat(29), region: undefined, is: 'taken' },
  { instance: 'i'.repeat(30), region: undefined, is: 'refused' },
  { instance: 'i'.repeat(34), region: 'us-east-1', is: 'taken' },
  { instance: 'i'.repeat(35), region: 'us-east-1', is: 'refused' },
])('an instance of $instance.length letters with a vault is $is for $region, as by a deployment', (one) => {
  const given = new Map([
    ['instance', one.instance],
    ['vault', 'ours'],
  ]);
  const checked = (): unknown => checkedValues(given, general, one.region);
  if (one.is === 'taken') expect(checked).not.toThrow();
  else expect(checked).toThrow('needs an instance of up to');
});

const keyOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** What CloudFormation makes of it, but for the bucket of Serverless and where the code lies. */
const madeOf = (template: Template, parameters: Readonly<Record<string, string>>) => {
  const made = resolvedResources(template, { ...PLACE, parameters });
  const kept = Object.entries(made).filter(([id]) => !id.startsWith('ServerlessDeploymentBucket'));
  return Object.fromEntries(
    kept.map(([id, resource]: readonly [string, Resource]) => {
      const { Code: _, ...properties } = resource.Properties;
      return [id, { ...resource, Properties: properties }];
    }),
  );
};

const EVERYTHING = {
  alertEmail: 'ops@example.com',
  slackWebhookParameter: '/ops/slack',
  teamsWorkflowParameter: '/ops/teams',
  pagerdutyKeyParameter: '/ops/pagerduty',
  webhookParameter: '/ops/webhook',
  vaultRoleArn: 'arn:aws:iam::111122223333:role/vault-jobs',
  vault: 'tablekeeper',
  vaultLock: 'compliance',
  vaultLockMinDays: '7',
  vaultLockMaxDays: '400',
  vaultLockCompliance: 'tablekeeper',
  drills: 'on',
  reportBucket: 'on',
  dashboard: 'on',
  heartbeatParameter: '/ops/heartbeat',
  backupRate: 'rate(10 minutes)',
  pruneRate: 'cron(5 2/12 * * ? *)',
  auditRate: 'rate(3 hours)',
  logRetentionDays: '30',
  topicKmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/0123',
  findingsPage: 'https://wiki.example.com/findings',
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/developers',
  policyTag: 'backup:policy-dev',
  instance: 'dev',
};
const STACK = ['alertEmail', 'slackWebhookParameter', 'heartbeatParameter', 'topicKmsKeyArn'].concat(
  ...['vault', 'vaultLock', 'vaultLockMinDays', 'vaultLockMaxDays', 'vaultLockCompliance'],
  ...['drills', 'reportBucket', 'dashboard', 'findingsPage', 'permissionsBoundary'],
  ...['teamsWorkflowParameter', 'pagerdutyKeyParameter', 'webhookParameter', 'vaultRoleArn'],
) as (keyof typeof EVERYTHING)[];

describe('what the template makes', () => {
  it('is what Serverless makes with as little as there can be', () => {
    const parameters = { AlertEmail: 'none' };
    const template = filled({}) as unknown as Template;
    expect(madeOf(template, { ...parameters, CodeBucket: 'code' })).toEqual(
      madeOf(packageTemplate(), parameters),
    );
  });

  it('is what Serverless makes with every parameter given, as it was packaged', () => {
    const typed = Object.entries(EVERYTHING).map(([name, value]) => `--param=${name}=${value}`);
    const parameters = Object.fromEntries(STACK.map((name) => [keyOf(name), EVERYTHING[name]]));
    const template = filled(EVERYTHING, EVERYTHING.policyTag) as unknown as Template;
    expect(madeOf(template, { CodeBucket: 'code' })).toEqual(madeOf(packageTemplate(...typed), parameters));
  });

  it('is another instance where the stack is given another one', () => {
    const made = madeOf(filled({}) as unknown as Template, {
      AlertEmail: 'none',
      CodeBucket: 'code',
      Instance: 'dev',
    });
    expect(JSON.stringify(made)).not.toContain('tablekeeper-prod');
    expect(made.StateTable?.Properties.TableName).toBe('tablekeeper-dev-state');
  });

  it.each([
    { given: { CodeBucket: 'code' }, bucket: 'code', key: 'tablekeeper/prune-0123456789ab.zip' },
    { given: { CodeBucket: 'code', CodePrefix: '' }, bucket: 'code', key: 'prune-0123456789ab.zip' },
    {
      given: { CodeBucket: 'code', BucketPerRegion: 'yes' },
      bucket: 'code-us-east-1',
      key: 'tablekeeper/prune-0123456789ab.zip',
    },
  ])('takes its code from $bucket, $key', ({ given, bucket, key }) => {
    const parameters = { AlertEmail: 'none', ...given };
    const made = resolvedResources(filled({}) as unknown as Template, { ...PLACE, parameters });
    expect(made.PruneLambdaFunction?.Properties.Code).toEqual({ S3Bucket: bucket, S3Key: key });
  });
});

describe('the template', () => {
  it('asks for who is alerted and where the code is; every other parameter has the default of serverless.yml', () => {
    const { params } = parse(readFileSync('serverless.yml', 'utf8')) as {
      readonly params: { readonly default: Readonly<Record<string, unknown>> };
    };
    const { alertEmail: _, instance: _instance, ...defaults } = params.default;
    const { Parameters } = general;
    const without = Object.keys(Parameters).filter((key) => Parameters[key]?.Default === undefined);
    expect(without.toSorted()).toEqual(['AlertEmail', 'CodeBucket']);
    for (const [name, value] of Object.entries(defaults)) {
      const own =
        Parameters[keyOf(name)]?.Default ?? { ...DEFAULT_RATES, policyTag: '', stackTags: '' }[name];
      expect([name, own]).toEqual([name, value]);
    }
    expect(packageNames(general)).toEqual(expect.arrayContaining(Object.keys(params.default)));
  });

  it('has what was given as defaults, and leaves nothing open', () => {
    const template = filled(EVERYTHING);
    for (const name of STACK) expect(template.Parameters[keyOf(name)]?.Default).toBe(EVERYTHING[name]);
    expect(template.Parameters.LogRetentionDays?.Default).toBe(30);
    expect(JSON.stringify(template)).not.toContain(BLANK);
    expect(JSON.stringify(general)).not.toContain('in-question');
  });

  it('takes every variable of a function from the stack, but for what a function always has', () => {
    const functions = Object.values(general.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions.length).toBe(FUNCTION_NAMES.length);
    const written = functions.flatMap(({ Properties }) => {
      const { Variables } = Properties.Environment as {
        readonly Variables: Readonly<Record<string, unknown>>;
      };
      return Object.entries(Variables).filter(([, value]) => typeof value === 'string');
    });
    expect(written).toEqual([]);
  });

  it('records what was given beside its parameters, so that a deployment by Serverless would keep it', () => {
    const { GivenParameters } = filled(EVERYTHING).Outputs as Record<string, { readonly Value: string }>;
    const { auditRate, backupRate, policyTag, pruneRate } = EVERYTHING;
    expect(JSON.parse(GivenParameters?.Value ?? '')).toEqual({ auditRate, backupRate, policyTag, pruneRate });
  });

  it('follows the rules of this project', () => {
    const file = join(folder, 'template.json');
    writeFileSync(file, templateText(filled({})));
    expect(holdAgainst(file, 'guard')).toMatchObject({ passed: true });
  });

  it('is written with a line for each resource, and under the 1 MB that CloudFormation takes', () => {
    const text = templateText(filled({}));
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(filled({}))));
    expect(text.split('\n').filter((line) => line.startsWith('"PruneRole":'))).toHaveLength(1);
    expect(text.length).toBeLessThan(1_000_000);
  });
});

describe('what is given', () => {
  it.each([
    { given: { slackWebhook: '/x' }, says: 'Did you mean --param="slackWebhookParameter=…"' },
    { given: { alertEmail: 'ops' }, says: 'must be one email address, or none' },
    { given: { instance: 'Prod' }, says: '"Prod" cannot name an instance' },
    { given: { backupRate: 'rate(2 days)' }, says: 'longer than a day' },
    { given: { logRetentionDays: '31' }, says: '"31" cannot be logRetentionDays' },
    { given: { bucketPerRegion: 'maybe' }, says: 'must be one of no, yes' },
    { given: { codePrefix: 'a b/' }, says: 'must end with a slash' },
    { given: { codeBucket: 'BUCKET' }, says: 'must be the name of a bucket' },
    { given: { stackTags: 'team' }, says: 'is no KEY=VALUE' },
  ])('is refused where it cannot be: $given', ({ given, says }) => {
    expect(() => checkedValues(new Map(Object.entries<string>(given as never)), general)).toThrow(says);
  });

  it('is nothing where none is said, but for who is alerted', () => {
    const given = new Map(
      Object.entries({
        alertEmail: 'none',
        slackWebhookParameter: 'none',
        policyTag: 'none',
        codePrefix: 'none',
      }),
    );
    expect(Object.fromEntries(checkedValues(given, general))).toEqual({
      alertEmail: 'none',
      slackWebhookParameter: '',
      policyTag: '',
      codePrefix: '',
    });
  });

  it('may be tags of the stack, but none by which tables are governed', () => {
    const values = new Map([['stackTags', 'team=payments,cost-center=42']]);
    expect(stackTagsIn(values, 'backup:policy')).toEqual({ team: 'payments', 'cost-center': '42' });
    expect(() => stackTagsIn(new Map([['stackTags', 'keep=x']]), 'keep')).toThrow('decides about tables');
  });
});
