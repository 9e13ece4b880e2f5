import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../support/alarm-watch.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packagedFor } from '../support/rights.ts';
import type { Resource } from '../support/template.ts';

// An alarm on a metric that nobody writes is silent for ever. What AWS measures is measured of a resource of the same deployment, under that
// resource's name; what the functions write is held against their logs in test/functions/events.long.test.ts.

const PLACE = { accountId: '111122223333', region: 'us-east-1' };
const SLACK = { SlackWebhookParameter: '/tablekeeper/slack' };
const ALL = {
  ...SLACK,
  TeamsWorkflowParameter: '/tablekeeper/teams',
  PagerdutyKeyParameter: '/tablekeeper/pagerduty',
  WebhookParameter: '/tablekeeper/webhook',
  Drills: 'on',
};

const DEPLOYMENTS = [
  { name: 'with nothing given', instance: 'prod', parameters: {}, count: 17 },
  { name: 'with Slack', instance: 'prod', parameters: SLACK, count: 20 },
  { name: 'with every channel and drills', instance: 'prod', parameters: ALL, count: 33 },
  {
    name: 'of another instance',
    instance: 'prod-2',
    parameters: SLACK,
    count: 20,
  },
];

type Resources = Readonly<Record<string, Resource>>;

const namesOf = (resources: Resources, type: string, name: string): readonly unknown[] =>
  Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties[name]);

/** What AWS measures by itself, of what, and which of its names it writes as the dimension. */
const MEASURED = {
  'AWS/Lambda': {
    metrics: ['Duration', 'Errors', 'Invocations'],
    type: 'AWS::Lambda::Function',
    dimension: 'FunctionName',
  },
  'AWS/SQS': {
    metrics: ['NumberOfMessagesSent'],
    type: 'AWS::SQS::Queue',
    dimension: 'QueueName',
  },
} as const;

const isMeasured = (namespace: string): namespace is keyof typeof MEASURED => namespace in MEASURED;

interface Statement {
  readonly Effect: string;
  readonly Condition: { readonly ArnEquals: { readonly 'aws:SourceArn': readonly string[] } };
}

/** Whatever AWS may publish on the topic for. */
const publishersOf = (resources: Resources): readonly string[] => {
  const [document] = namesOf(resources, 'AWS::SNS::TopicPolicy', 'PolicyDocument');
  return (document as { readonly Statement: readonly Statement[] }).Statement.filter(
    ({ Effect }) => Effect === 'Allow',
  ).flatMap(({ Condition }) => Condition.ArnEquals['aws:SourceArn']);
};

/** Those of a deployment with every parameter. */
const alarmNames = (instance: string): readonly string[] =>
  alarmsOf(resolvedResources(packagedFor(instance), { ...PLACE, parameters: ALL })).map(
    ({ AlarmName }) => AlarmName,
  );

describe.each(DEPLOYMENTS)('in a deployment $name', ({ instance, parameters, count }) => {
  const resources = resolvedResources(packagedFor(instance), { ...PLACE, parameters });
  const alarms = alarmsOf(resources);

  it('every alarm is there, each once', () => {
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(count);
  });

  it.each(alarms)('$AlarmName watches what is measured there', ({ Namespace, MetricName, Dimensions }) => {
    if (!isMeasured(Namespace)) {
      expect(Namespace).toBe('Tablekeeper');
      return;
    }
    const { metrics, type, dimension } = MEASURED[Namespace];
    expect(metrics).toContain(MetricName);
    expect(Dimensions).toHaveLength(1);
    expect(Dimensions[0]?.Name).toBe(dimension);
    expect(namesOf(resources, type, dimension)).toContain(Dimensions[0]?.Value);
  });

  it.each(alarms)('$AlarmName tells a topic that is there and lets it', ({ AlarmName, AlarmActions }) => {
    expect(AlarmActions).toEqual([`arn:aws:sns:us-east-1:111122223333:tablekeeper-${instance}-alerts`]);
    expect(namesOf(resources, 'AWS::SNS::Topic', 'TopicName')).toEqual([`tablekeeper-${instance}-alerts`]);
    expect(publishersOf(resources)).toContain(`arn:aws:cloudwatch:us-east-1:111122223333:alarm:${AlarmName}`);
  });

  it('the topic takes nothing from what is no alarm of this instance', () => {
    const ours = alarmNames(instance).map(
      (name) => `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`,
    );
    expect(publishersOf(resources).toSorted()).toEqual(ours.toSorted());
  });

  it.each(['Errors', 'Duration'])('%s of every function is watched', (metric) => {
    const watched = alarms.filter(({ MetricName }) => MetricName === metric);
    const functions = namesOf(resources, 'AWS::Lambda::Function', 'FunctionName');
    expect(watched.map(({ Dimensions }) => Dimensions[0]?.Value).toSorted()).toEqual(functions.toSorted());
  });
});
