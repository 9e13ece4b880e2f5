import { beforeAll, describe, expect, it } from 'vitest';
import { checkInstance, MAX_INSTANCE_LENGTH } from '../../shared/core/deployment/instance.ts';
import { UserError } from '../../shared/model/errors.ts';
import { refusalOf } from '../support/refusal.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate, type Resource } from '../support/template.ts';

// Whatever the packaged template names or writes has room in AWS, even for the longest instance that is taken. CloudFormation would find
// out only in the middle of a deployment.

interface Limit {
  readonly property: string;
  readonly max: number;
  readonly form: RegExp;
}

const WORD = /^[\w.-]+$/;
const DASHED = /^[\w-]+$/;
const ANY = /^[\s\S]*$/;

/**
 * What each kind takes, from the API reference of its service (all checked 2026-11-28): Lambda CreateFunction · EventBridge PutRule and
 * Target · SQS and SNS quotas · CloudWatch PutMetricAlarm · CloudWatch Logs CreateLogGroup · DynamoDB naming rules · IAM PutRolePolicy.
 */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  'AWS::Lambda::Function': [
    { property: 'FunctionName', max: 64, form: DASHED },
    { property: 'Description', max: 256, form: ANY },
    { property: 'Handler', max: 128, form: /^\S+$/ },
  ],
  'AWS::Events::Rule': [
    { property: 'Name', max: 64, form: WORD },
    { property: 'Description', max: 512, form: ANY },
    { property: 'ScheduleExpression', max: 256, form: /^(rate|cron)\(.+\)$/ },
  ],
  'AWS::SQS::Queue': [{ property: 'QueueName', max: 80, form: DASHED }],
  'AWS::SNS::Topic': [
    { property: 'TopicName', max: 256, form: DASHED },
    { property: 'DisplayName', max: 100, form: ANY },
  ],
  'AWS::CloudWatch::Alarm': [
    { property: 'AlarmName', max: 255, form: /^[ -~]+$/ },
    { property: 'AlarmDescription', max: 1024, form: ANY },
  ],
  'AWS::Logs::LogGroup': [{ property: 'LogGroupName', max: 512, form: /^[\w./#-]+$/ }],
  'AWS::DynamoDB::Table': [{ property: 'TableName', max: 255, form: WORD }],
  'AWS::IAM::Policy': [{ property: 'PolicyName', max: 128, form: /^[\w+=,.@-]+$/ }],
  // Named by CloudFormation, which cuts the name of the stack to what has room.
  'AWS::IAM::Role': [],
  'AWS::S3::Bucket': [],
  // These have no names.
  'AWS::S3::BucketPolicy': [],
  'AWS::SQS::QueuePolicy': [],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SNS::Subscription': [],
  'AWS::Lambda::Permission': [],
  'AWS::Lambda::EventInvokeConfig': [],
};

const LONGEST = 'a'.repeat(MAX_INSTANCE_LENGTH);
let resources: Readonly<Record<string, Resource>>;
let template: ReturnType<typeof packageTemplate>;
beforeAll(() => {
  template = packageTemplate(`--param=instance=${LONGEST}`);
  resources = resolvedResources(template, {
    accountId: '111122223333',
    region: 'ap-southeast-1',
    parameters: {
      AlertEmail: 'ops@example.com',
      SlackWebhookParameter: '/tablekeeper/slack',
      Drills: 'on',
      DrillBucket: 'on',
      HeartbeatParameter: '/tablekeeper/heartbeat',
      TopicKmsKeyArn: 'arn:aws:kms:ap-southeast-1:111122223333:key/0123',
    },
  });
}, 60_000);

const tooMuch = (value: unknown, { max, form }: Limit): boolean =>
  typeof value === 'string' && (value.length > max || !form.test(value));

describe('for the longest instance', () => {
  it('every kind of resource is one whose limits are known', () => {
    const kinds = new Set(Object.values(resources).map(({ Type }) => Type));
    expect([...kinds].filter((kind) => LIMITS[kind] === undefined)).toEqual([]);
  });

  it.each(Object.entries(LIMITS).flatMap(([type, limits]) => limits.map((limit) => ({ type, ...limit }))))(
    'every $property of $type has room',
    ({ type, ...limit }) => {
      const values = Object.values(resources)
        .filter(({ Type }) => Type === type)
        .map(({ Properties }) => Properties[limit.property]);
      expect(values.filter((value) => value !== undefined).length).toBeGreaterThan(0);
      expect(values.filter((value) => tooMuch(value, limit))).toEqual([]);
    },
  );

  it('so has the stack, each target of a rule, each alarm’s time, and each function’s environment', () => {
    expect(`tablekeeper-${LONGEST}`.length).toBeLessThanOrEqual(128);
    const all = Object.values(resources);
    const targets = all.flatMap(({ Properties }) => (Properties.Targets ?? []) as readonly { Id: string }[]);
    expect(targets.filter(({ Id }) => Id.length > 64 || !WORD.test(Id))).toEqual([]);
    for (const { Type, Properties } of all) {
      if (Type === 'AWS::Lambda::Function')
        expect(JSON.stringify(Properties.Environment).length).toBeLessThan(4096);
      if (Type !== 'AWS::CloudWatch::Alarm') continue;
      const [period, periods] = [Number(Properties.Period), Number(Properties.EvaluationPeriods)];
      // A day, or a week where a period is an hour or more.
      expect(period * periods).toBeLessThanOrEqual(period < 3600 ? 86_400 : 7 * 86_400);
      expect(period % 60).toBe(0);
    }
  });

  // EventBridge PutRule 2,048 · IAM inline policies of a role 10,240 without white space · SNS and SQS policies 30,720 and 20,480.
  it('so have event patterns, and the policies of roles, queues and the topic', () => {
    const longest = (type: string, property: string): number =>
      Math.max(
        ...Object.values(resources)
          .filter(({ Type, Properties }) => Type === type && property in Properties)
          .map(({ Properties }) => JSON.stringify(Properties[property]).length),
      );
    expect(longest('AWS::Events::Rule', 'EventPattern')).toBeLessThanOrEqual(2048);
    expect(longest('AWS::IAM::Role', 'Policies')).toBeLessThanOrEqual(10_240);
    expect(longest('AWS::SNS::TopicPolicy', 'PolicyDocument')).toBeLessThanOrEqual(30_720);
    expect(longest('AWS::SQS::QueuePolicy', 'PolicyDocument')).toBeLessThanOrEqual(20_480);
  });

  it('so has everything that CloudFormation limits', () => {
    expect(Object.keys(template.Resources).length).toBeLessThan(500);
    expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
    const { Description, Outputs } = template as unknown as {
      readonly Description: string;
      readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
    };
    expect(Description.length).toBeLessThan(1024);
    for (const { Value } of Object.values(Outputs)) expect(JSON.stringify(Value).length).toBeLessThan(1024);
  });

  it('one letter more would not have room', () => {
    const names = Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .map(({ Properties }) => String(Properties.Name).length);
    expect(Math.max(...names)).toBe(64);
  });
});

describe('an instance', () => {
  it.each(['a', 'prod', 'prod-2', 'a1', LONGEST])('%s is taken', (instance) => {
    expect(() => checkInstance(instance)).not.toThrow();
  });

  it.each([
    '',
    'Prod',
    '-prod',
    'prod-',
    'pro_d',
    'pro.d',
    'größe',
    ...[42, 43, 45, 46].map((length) => 'a'.repeat(length)),
  ])('%s is refused', (instance) => {
    expect(() => checkInstance(instance)).toThrow(UserError);
  });

  it.each([`--param=instance=${'a'.repeat(42)}`, `--stage=${'a'.repeat(45)}`])(
    'that is too long stops the packaging: %s',
    async (arg) => {
      expect(await refusalOf(arg)).toMatch(/cannot name an instance\..*of up to 41 .*this has 4[25]\./s);
    },
  );
});
