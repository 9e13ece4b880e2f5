import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import type { Operation, Operations } from '../operation.ts';
import { pageBy } from '../paging.ts';
import { alarmShape } from './alarm-shape.ts';
import type { Alarm } from './alarms.ts';
import { getMetricData, putMetricData } from './metric-data.ts';
import { listTagsForResource, tagResource, tagsIn, untagResource } from './tags.ts';

const invalid = (message: string): ServiceFailure => serviceFailure('ValidationError', message);
const invalidToken = (): ServiceFailure => serviceFailure('InvalidNextToken', 'Invalid NextToken');

const nameIn = ({ AlarmName: name }: Input): string => {
  if (typeof name === 'string' && name.length > 0 && name.length <= 255) return name;
  throw invalid('The parameter AlarmName is required.');
};

/** The query protocol carries text alone. */
const NUMBERS = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];

const definitionOf = (input: Input): Alarm['definition'] => {
  const { AlarmName: _name, Tags: _tags, ...definition } = input;
  const numbers = NUMBERS.filter((name) => typeof definition[name] === 'string');
  return {
    ...definition,
    ...(typeof definition.ActionsEnabled === 'string'
      ? { ActionsEnabled: definition.ActionsEnabled === 'true' }
      : {}),
    ...Object.fromEntries(numbers.map((name) => [name, Number(definition[name])])),
  };
};

const refuseIncoherent = ({ MetricName, Metrics, EvaluationPeriods, ComparisonOperator }: Input): void => {
  if (MetricName === undefined && Metrics === undefined) {
    throw invalid('One of MetricName or Metrics must be specified.');
  }
  if (MetricName !== undefined && Metrics !== undefined) {
    throw invalid('MetricName and Metrics cannot be specified together.');
  }
  if (EvaluationPeriods === undefined) throw invalid('The parameter EvaluationPeriods is required.');
  if (ComparisonOperator === undefined) throw invalid('The parameter ComparisonOperator is required.');
};

/** Only a new alarm takes tags with it. */
const tagsFor = ({ state }: SimAccount, name: string, input: Input): Alarm['tags'] =>
  state.alarms.get(name)?.tags ?? tagsIn(input);

const putMetricAlarm: Operation = ({ account, now }, input) => {
  const name = nameIn(input);
  refuseIncoherent(input);
  account.state.alarms.set(name, {
    name,
    kind: 'MetricAlarm',
    definition: definitionOf(input),
    changedAt: now,
    tags: tagsFor(account, name, input),
  });
  return {};
};

const putCompositeAlarm: Operation = ({ account, now }, input) => {
  const name = nameIn(input);
  if (typeof input.AlarmRule !== 'string') throw invalid('The parameter AlarmRule is required.');
  const definition = definitionOf(input);
  account.state.alarms.set(name, {
    name,
    kind: 'CompositeAlarm',
    definition,
    changedAt: now,
    tags: tagsFor(account, name, input),
  });
  return {};
};

/** A name that there is not fails the call, and nothing is deleted. */
const deleteAlarms: Operation = ({ account }, input) => {
  const names = (Array.isArray(input.AlarmNames) ? input.AlarmNames : []) as readonly string[];
  const missing = names.filter((name) => !account.state.alarms.has(name));
  if (missing.length > 0) {
    throw serviceFailure('ResourceNotFound', `Alarm [${missing.join(', ')}] not found`, 404);
  }
  for (const name of names) account.state.alarms.delete(name);
  return {};
};

const MAX_RECORDS = 100;

const isWanted =
  ({ AlarmNames, AlarmNamePrefix, AlarmTypes }: Input) =>
  ({ name, kind }: Alarm): boolean => {
    const names = Array.isArray(AlarmNames) && AlarmNames.length > 0 ? AlarmNames : [name];
    const kinds = Array.isArray(AlarmTypes) && AlarmTypes.length > 0 ? AlarmTypes : ['MetricAlarm'];
    return kinds.includes(kind) && names.includes(name) && name.startsWith(String(AlarmNamePrefix ?? ''));
  };

/** Metric alarms alone unless composite ones are asked for as well. There is no filter by dimension. */
const describeAlarms: Operation = ({ account }, input) => {
  const size = Number(input.MaxRecords ?? MAX_RECORDS);
  if (!(size >= 1 && size <= MAX_RECORDS)) {
    throw invalid(`The parameter MaxRecords must be between 1 and ${MAX_RECORDS}.`);
  }
  const wanted = { token: input.NextToken, size, refuse: invalidToken };
  const alarms = [...account.state.alarms.values()].filter(isWanted(input));
  const { page, token } = pageBy(account, alarms, ({ name }) => name, wanted);
  const shapes = (kind: Alarm['kind']) =>
    page.filter((alarm) => alarm.kind === kind).map((alarm) => alarmShape(account, alarm));
  return {
    CompositeAlarms: shapes('CompositeAlarm'),
    MetricAlarms: shapes('MetricAlarm'),
    ...(token === undefined ? {} : { NextToken: token }),
  };
};

export const CLOUDWATCH_OPERATIONS: Operations = {
  DeleteAlarms: deleteAlarms,
  DescribeAlarms: describeAlarms,
  GetMetricData: getMetricData,
  ListTagsForResource: listTagsForResource,
  PutCompositeAlarm: putCompositeAlarm,
  PutMetricAlarm: putMetricAlarm,
  PutMetricData: putMetricData,
  TagResource: tagResource,
  UntagResource: untagResource,
};
