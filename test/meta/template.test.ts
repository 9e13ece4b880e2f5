import { beforeAll, describe, expect, it } from 'vitest';
import { packageTemplate, type Resource, type Template } from '../support/template.ts';

let template: Template;
beforeAll(() => {
  template = packageTemplate();
}, 60_000);

const ofType = (type: string): readonly Resource[] =>
  Object.values(template.Resources).filter((resource) => resource.Type === type);

const propertiesOf = (id: string): Readonly<Record<string, unknown>> => {
  const resource = template.Resources[id];
  if (resource === undefined) throw new Error(`the template has no ${id}`);
  return resource.Properties;
};

/** One role for each function: the role's id, cron of its rule. */
const FUNCTIONS = [
  { id: 'Backup', name: 'tablekeeper-prod-backup', cron: 'cron(2/30 * * * ? *)' },
  { id: 'Prune', name: 'tablekeeper-prod-prune', cron: 'cron(20 1/6 * * ? *)' },
  { id: 'Audit', name: 'tablekeeper-prod-audit', cron: 'cron(50 4/6 * * ? *)' },
];

describe('functions', () => {
  it.each(FUNCTIONS)('$name runs on Node 24 and arm64 under its own role', ({ id, name }) => {
    expect(propertiesOf(`${id}LambdaFunction`)).toMatchObject({
      FunctionName: name,
      Handler: `dist/${id.toLowerCase()}/index.handler`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 900,
      Role: { 'Fn::Sub': `\${${id}Role.Arn}` },
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  it.each(FUNCTIONS)('$name knows its instance, its state table, its topic and its account', ({ id }) => {
    expect(propertiesOf(`${id}LambdaFunction`).Environment).toEqual({
      Variables: {
        TABLEKEEPER_INSTANCE: 'prod',
        TABLEKEEPER_STATE_TABLE: { Ref: 'StateTable' },
        TABLEKEEPER_TOPIC_ARN: { Ref: 'AlertTopic' },
        TABLEKEEPER_ACCOUNT_ID: { Ref: 'AWS::AccountId' },
      },
    });
  });

  it.each(FUNCTIONS)('$name runs on a rule that is switched on', ({ id, name, cron }) => {
    expect(propertiesOf(`${id}EventsRuleSchedule1`)).toMatchObject({
      Name: name,
      ScheduleExpression: cron,
      State: 'ENABLED',
    });
  });

  it.each(FUNCTIONS)('$name logs to a group of its own that forgets after 90 days', ({ id, name }) => {
    expect(propertiesOf(`${id}LogGroup`)).toEqual({
      LogGroupName: `/aws/lambda/${name}`,
      RetentionInDays: 90,
    });
  });

  it('there is no fourth one, and none reserves concurrency that a new account lacks', () => {
    expect(ofType('AWS::Lambda::Function')).toHaveLength(FUNCTIONS.length);
    expect(ofType('AWS::Lambda::Function').map((one) => one.Properties.ReservedConcurrentExecutions)).toEqual(
      [undefined, undefined, undefined],
    );
  });
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
});

describe('alerts', () => {
  it('go to one topic', () => {
    expect(ofType('AWS::SNS::Topic').map((topic) => topic.Properties.TopicName)).toEqual([
      'tablekeeper-prod-alerts',
    ]);
  });

  it('reach the address that was given, and nobody is subscribed when none was', () => {
    expect(template.Resources.AlertEmailSubscription).toMatchObject({
      Condition: 'HasAlertEmail',
      Properties: { Protocol: 'email', Endpoint: { Ref: 'AlertEmail' } },
    });
    expect(template.Conditions.HasAlertEmail).toEqual({
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AlertEmail' }, ''] }],
    });
    expect(template.Parameters.AlertEmail).toMatchObject({ Default: '' });
  });
});

it('the stage names everything', () => {
  const names = JSON.stringify(packageTemplate('--stage', 'lab').Resources);
  expect(names).toContain('tablekeeper-lab-state');
  expect(names).not.toContain('tablekeeper-prod');
});
