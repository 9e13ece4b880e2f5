import { beforeAll, describe, expect, it } from 'vitest';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate, type Resource, type Template } from '../support/template.ts';

type Resources = Readonly<Record<string, Resource>>;

const PLACE = { accountId: '111122223333', region: 'us-east-1' };
const AT = 'us-east-1:111122223333';
const TOPIC = `arn:aws:sns:${AT}:tablekeeper-prod-alerts`;

let template: Template;
/** As deployed with every parameter given. */
let whole: Resources;
/** As deployed with as little as there can be. */
let plain: Resources;
beforeAll(() => {
  template = packageTemplate();
  plain = resolvedResources(template, { ...PLACE, parameters: { AlertEmail: 'none' } });
  const parameters = {
    AlertEmail: 'ops@example.com',
    SlackWebhookParameter: '/tablekeeper/slack',
    TeamsWorkflowParameter: '/tablekeeper/teams',
    PagerdutyKeyParameter: '/tablekeeper/pagerduty',
    WebhookParameter: '/tablekeeper/webhook',
    Drills: 'on',
    DrillBucket: 'on',
    TopicKmsKeyArn: `arn:aws:kms:${AT}:key/0123`,
    PermissionsBoundary: 'arn:aws:iam::111122223333:policy/developers',
  };
  whole = resolvedResources(template, { ...PLACE, parameters });
}, 60_000);

const propertiesOf = (id: string, resources = whole): Readonly<Record<string, unknown>> => {
  const resource = resources[id];
  if (resource === undefined) throw new Error(`the template has no ${id}`);
  return resource.Properties;
};

const ofType = (type: string, resources = whole): readonly Resource['Properties'][] =>
  Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);

const FUNCTIONS = [
  { id: 'Backup', key: 'backup', timeout: 900, memory: 1024 },
  { id: 'Prune', key: 'prune', timeout: 900, memory: 1024 },
  { id: 'Audit', key: 'audit', timeout: 900, memory: 1024 },
  { id: 'Hint', key: 'hint', timeout: 300, memory: 512 },
  { id: 'Drill', key: 'drill', timeout: 900, memory: 512 },
  { id: 'Slack', key: 'slack', timeout: 120, memory: 256 },
  { id: 'Teams', key: 'teams', timeout: 120, memory: 256 },
  { id: 'Pagerduty', key: 'pagerduty', timeout: 120, memory: 256 },
  { id: 'Webhook', key: 'webhook', timeout: 120, memory: 256 },
];

/** What passes alerts on. */
const CHANNEL_IDS = ['Slack', 'Teams', 'Pagerduty', 'Webhook'];

const SCHEDULED = [
  { id: 'Backup', key: 'backup', rate: 'cron(2/30 * * * ? *)', silenceSeconds: 1800 },
  { id: 'Prune', key: 'prune', rate: 'cron(37 1/6 * * ? *)', silenceSeconds: 21_600 },
  { id: 'Audit', key: 'audit', rate: 'cron(50 4/6 * * ? *)', silenceSeconds: 21_600 },
  { id: 'Drill', key: 'drill', rate: 'cron(5/15 * * * ? *)', silenceSeconds: 900 },
];

const arnOf = (key: string): string => `arn:aws:lambda:${AT}:function:tablekeeper-prod-${key}`;
const queueOf = (key: string): string => `arn:aws:sqs:${AT}:tablekeeper-prod-${key}-dead-letters`;

describe('roles', () => {
  const BOUNDARY = 'arn:aws:iam::111122223333:policy/developers';

  it('all have the permissions boundary of the deployment', () => {
    const roles = ofType('AWS::IAM::Role');
    expect(roles).toHaveLength(FUNCTIONS.length);
    for (const role of roles) expect(role.PermissionsBoundary).toBe(BOUNDARY);
  });

  it('have none without that parameter', () => {
    for (const role of ofType('AWS::IAM::Role', plain))
      expect(role).not.toHaveProperty('PermissionsBoundary');
  });
});

describe('functions', () => {
  it.each(FUNCTIONS)('$key runs on Node 24 and arm64 under its own role', ({ id, key, timeout, memory }) => {
    expect(propertiesOf(`${id}LambdaFunction`)).toMatchObject({
      FunctionName: `tablekeeper-prod-${key}`,
      Handler: `dist/${key}/index.handler`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: memory,
      Timeout: timeout,
      Role: `arn:aws:iam::111122223333:role/${id}Role`,
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  it.each(FUNCTIONS)('$key knows its instance, its state table, its topic and its account', ({ id }) => {
    expect(propertiesOf(`${id}LambdaFunction`).Environment).toMatchObject({
      Variables: {
        TABLEKEEPER_INSTANCE: 'prod',
        TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
        TABLEKEEPER_TOPIC_ARN: TOPIC,
        TABLEKEEPER_ACCOUNT_ID: '111122223333',
      },
    });
  });

  it.each(FUNCTIONS)('$key logs to a group of its own that forgets after 90 days', ({ id, key }) => {
    expect(propertiesOf(`${id}LogGroup`)).toEqual({
      LogGroupName: `/aws/lambda/tablekeeper-prod-${key}`,
      RetentionInDays: 90,
    });
  });

  it('there is no other one, and none reserves concurrency that a new account lacks', () => {
    const functions = ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(FUNCTIONS.length);
    expect(functions.filter((one) => 'ReservedConcurrentExecutions' in one)).toEqual([]);
  });

  it.each(CHANNEL_IDS)('nothing of %s is made where no parameter asks for it', (channel) => {
    expect(Object.keys(plain).filter((id) => id.startsWith(channel))).toEqual([]);
    expect(Object.keys(whole).filter((id) => id.startsWith(channel)).length).toBeGreaterThan(8);
  });

  it('nothing of drills is made unless they are on', () => {
    expect(Object.keys(plain).filter((id) => id.startsWith('Drill'))).toEqual([]);
    expect(Object.keys(whole).filter((id) => id.startsWith('Drill')).length).toBeGreaterThan(8);
  });

  it('makes a bucket for the page only where it is asked to, and none where one is named', () => {
    const made = (ReportBucket: string) => {
      const resources = resolvedResources(template, {
        ...PLACE,
        parameters: { AlertEmail: 'none', ReportBucket },
      });
      const audit = resources.AuditLambdaFunction?.Properties.Environment as {
        readonly Variables: Readonly<Record<string, string>>;
      };
      const policy = resources.ReportPolicy?.Properties.PolicyDocument as
        | { readonly Statement: readonly [{ readonly Resource: string }] }
        | undefined;
      return {
        pages: Object.keys(resources).filter((id) => id.startsWith('PageBucket')),
        bucket: audit.Variables.TABLEKEEPER_REPORT_BUCKET,
        right: policy?.Statement[0].Resource,
      };
    };
    expect(made('')).toEqual({ pages: [], bucket: '', right: undefined });
    expect(made('our-pages')).toEqual({
      ...{ pages: [], bucket: 'our-pages' },
      right: 'arn:aws:s3:::our-pages/tablekeeper/prod/us-east-1/report.html',
    });
    expect(made('on')).toEqual({
      ...{ pages: ['PageBucket', 'PageBucketPolicy'], bucket: 'PageBucket' },
      right: 'arn:aws:s3:::PageBucket/tablekeeper/prod/us-east-1/report.html',
    });
  });

  it.each([
    { id: 'Slack', parameter: { SlackWebhookParameter: '/p' } },
    { id: 'Teams', parameter: { TeamsWorkflowParameter: '/p' } },
    { id: 'Pagerduty', parameter: { PagerdutyKeyParameter: '/p' } },
    { id: 'Webhook', parameter: { WebhookParameter: '/p' } },
  ])('$id is made alone where its parameter alone is given', ({ id, parameter }) => {
    const resources = resolvedResources(template, {
      ...PLACE,
      parameters: { AlertEmail: 'none', ...parameter },
    });
    const made = CHANNEL_IDS.filter((channel) => `${channel}LambdaFunction` in resources);
    expect(made).toEqual([id]);
  });
});

/** Everything that calls a function: the rule's or the topic's permission. */
const callersOf = (key: string): readonly unknown[] =>
  ofType('AWS::Lambda::Permission')
    .filter(({ FunctionName }) => FunctionName === `tablekeeper-prod-${key}`)
    .map(({ Principal, SourceArn }) => [Principal, SourceArn]);

const targetOf = (key: string) => [
  {
    Id: expect.any(String),
    Arn: arnOf(key),
    RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 },
    DeadLetterConfig: { Arn: queueOf(key) },
  },
];

describe('what calls the functions', () => {
  it.each(SCHEDULED)('$key runs by a rule that is switched on', ({ id, key, rate }) => {
    const name = `tablekeeper-prod-${key}`;
    expect(propertiesOf(`${id}Schedule`)).toMatchObject({
      Name: name,
      ScheduleExpression: rate,
      State: 'ENABLED',
      Targets: targetOf(key),
    });
    expect(callersOf(key)).toEqual([['events.amazonaws.com', `arn:aws:events:${AT}:rule/${name}`]]);
  });

  it('hint runs when tags of a table change', () => {
    expect(propertiesOf('TagHints')).toMatchObject({
      EventPattern: {
        source: ['aws.tag'],
        'detail-type': ['Tag Change on Resource'],
        detail: { service: ['dynamodb'], 'resource-type': ['table'] },
      },
      State: 'ENABLED',
      Targets: targetOf('hint'),
    });
  });

  it('hint runs when a trail tells of a call that changed a table or a backup, and was not refused', () => {
    expect(propertiesOf('CallHints')).toMatchObject({
      EventPattern: {
        source: ['aws.dynamodb'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventName: expect.arrayContaining(['DeleteTable']), errorCode: [{ exists: false }] },
      },
      State: 'ENABLED',
      Targets: targetOf('hint'),
    });
    expect(callersOf('hint')).toEqual([
      ['events.amazonaws.com', `arn:aws:events:${AT}:rule/tablekeeper-prod-tag-hints`],
      ['events.amazonaws.com', `arn:aws:events:${AT}:rule/tablekeeper-prod-call-hints`],
    ]);
  });

  it.each(CHANNEL_IDS)('%s runs when something is published, and keeps what cannot be handed over', (id) => {
    const key = id.toLowerCase();
    expect(propertiesOf(`${id}Subscription`)).toEqual({
      TopicArn: TOPIC,
      Protocol: 'lambda',
      Endpoint: arnOf(key),
      RedrivePolicy: { deadLetterTargetArn: queueOf(key) },
    });
    expect(callersOf(key)).toEqual([['sns.amazonaws.com', TOPIC]]);
  });
});

/** Who may put messages into a queue, and on whose behalf. */
const SENDERS = [
  {
    id: 'Backup',
    key: 'backup',
    service: 'events',
    sources: `arn:aws:events:${AT}:rule/tablekeeper-prod-backup`,
  },
  {
    id: 'Prune',
    key: 'prune',
    service: 'events',
    sources: `arn:aws:events:${AT}:rule/tablekeeper-prod-prune`,
  },
  {
    id: 'Audit',
    key: 'audit',
    service: 'events',
    sources: `arn:aws:events:${AT}:rule/tablekeeper-prod-audit`,
  },
  {
    id: 'Hint',
    key: 'hint',
    service: 'events',
    sources: ['tag', 'call'].map((kind) => `arn:aws:events:${AT}:rule/tablekeeper-prod-${kind}-hints`),
  },
  {
    id: 'Drill',
    key: 'drill',
    service: 'events',
    sources: `arn:aws:events:${AT}:rule/tablekeeper-prod-drill`,
  },
  ...CHANNEL_IDS.map((id) => ({ id, key: id.toLowerCase(), service: 'sns', sources: TOPIC })),
];

describe('dead letters', () => {
  it.each(FUNCTIONS)('an event on which $key failed three times is kept', ({ id, key }) => {
    expect(propertiesOf(`${id}Retries`)).toMatchObject({
      FunctionName: `tablekeeper-prod-${key}`,
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: queueOf(key) } },
    });
  });

  it.each(FUNCTIONS)('the queue of $key is encrypted and keeps for two weeks', ({ id, key }) => {
    expect(propertiesOf(`${id}DeadLetters`)).toEqual({
      QueueName: `tablekeeper-prod-${key}-dead-letters`,
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
    });
  });

  it.each(SENDERS)(
    'into the queue of $key puts nobody but what calls it',
    ({ id, key, service, sources }) => {
      expect(propertiesOf(`${id}DeadLettersPolicy`)).toEqual({
        Queues: [`tablekeeper-prod-${key}-dead-letters`],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: `${service}.amazonaws.com` },
              Action: 'sqs:SendMessage',
              Resource: queueOf(key),
              Condition: { ArnEquals: { 'aws:SourceArn': sources } },
            },
          ],
        },
      });
    },
  );
});

const alarmOf = (key: string, kind: string): Readonly<Record<string, unknown>> => {
  const found = ofType('AWS::CloudWatch::Alarm').find(
    ({ AlarmName }) => AlarmName === `tablekeeper-prod-${key}-${kind}`,
  );
  if (found === undefined) throw new Error(`${key} has no alarm ${kind}`);
  return found;
};

const byFunction = (key: string) => [{ Name: 'FunctionName', Value: `tablekeeper-prod-${key}` }];

describe('alarms', () => {
  it('all tell the topic, and each says in words what it means', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(9 * 3 + 4 + 2);
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual([TOPIC]);
      expect(AlarmDescription).toMatch(/^[A-Z].{30,}\.$/);
    }
  });

  it.each(FUNCTIONS)('one error of $key is one too many', ({ key }) => {
    expect(alarmOf(key, 'errors')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: byFunction(key),
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
      OKActions: [TOPIC],
    });
  });

  it.each(SCHEDULED)('two ticks of $key without a run are told, and their end', ({ key, silenceSeconds }) => {
    expect(alarmOf(key, 'silent')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: byFunction(key),
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: silenceSeconds,
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
      OKActions: [TOPIC],
    });
  });

  it.each(FUNCTIONS)('a dead letter of $key is told', ({ key }) => {
    expect(alarmOf(key, 'dead-letters')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: `tablekeeper-prod-${key}-dead-letters` }],
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
    });
  });

  it.each(FUNCTIONS)('a run of $key that comes near its limit is told', ({ key, timeout }) => {
    const { Threshold, ...alarm } = alarmOf(key, 'slow');
    expect(alarm).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Duration',
      Dimensions: byFunction(key),
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(Number(Threshold)).toBeGreaterThan(timeout * 800);
    expect(Number(Threshold)).toBeLessThan(timeout * 1000);
  });

  it.each(SCHEDULED.slice(0, 2))(
    'six runs of $key that left something over are told',
    ({ key, silenceSeconds }) => {
      expect(alarmOf(key, 'deferred')).toMatchObject({
        Namespace: 'Tablekeeper',
        MetricName: 'Deferred',
        Statistic: 'Minimum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        Period: silenceSeconds,
        EvaluationPeriods: 6,
      });
    },
  );
});

describe('state table', () => {
  it('outlives the stack and is not deleted by mistake', () => {
    expect(template.Resources.StateTable).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  it('is on demand, recoverable to a point in time, and forgets what has expired', () => {
    expect(propertiesOf('StateTable')).toMatchObject({
      TableName: 'tablekeeper-prod-state',
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('has the keys that the state store writes', () => {
    expect(propertiesOf('StateTable').KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });

  it('is not made again where a removed deployment left it', () => {
    const kept = resolvedResources(template, { ...PLACE, parameters: { State: 'kept' } });
    expect(Object.keys(plain)).toContain('StateTable');
    expect(Object.keys(kept)).not.toContain('StateTable');
  });
});

describe('alerts', () => {
  it('go to nobody unknown: whoever deploys has to say who is alerted', () => {
    expect(template.Parameters.AlertEmail).not.toHaveProperty('Default');
    const { AllowedPattern } = template.Parameters.AlertEmail as { readonly AllowedPattern: string };
    expect('').not.toMatch(new RegExp(AllowedPattern));
  });

  it('go to one topic, encrypted only with a key that CloudWatch can be let use', () => {
    expect(ofType('AWS::SNS::Topic', plain)).toEqual([
      { TopicName: 'tablekeeper-prod-alerts', DisplayName: 'Tablekeeper' },
    ]);
    expect(propertiesOf('AlertTopic').KmsMasterKeyId).toBe(`arn:aws:kms:${AT}:key/0123`);
  });

  it('reach the address that was given, and nobody is subscribed when that is none', () => {
    expect(propertiesOf('AlertEmailSubscription')).toEqual({
      TopicArn: TOPIC,
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    expect(ofType('AWS::SNS::Subscription', plain)).toEqual([]);
  });

  it('come from the alarms of this deployment, never from another’s or from any rule, and never unencrypted', () => {
    const { Statement } = propertiesOf('AlertTopicPolicy').PolicyDocument as { Statement: readonly object[] };
    const alarms = ofType('AWS::CloudWatch::Alarm').map(
      ({ AlarmName }) => `arn:aws:cloudwatch:${AT}:alarm:${AlarmName}`,
    );
    expect(Statement).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnEquals: { 'aws:SourceArn': alarms },
        },
      },
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });
});

it('the stage names everything', () => {
  const { Resources } = packageTemplate('--stage', 'lab');
  const names = JSON.stringify(Resources);
  expect(names).toContain('tablekeeper-lab-state');
  expect(names).not.toContain('tablekeeper-prod');
}, 60_000);
