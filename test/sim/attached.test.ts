import {
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { DescribePipeCommand, StopPipeCommand, UpdatePipeCommand } from '@aws-sdk/client-pipes';
import { cbor } from '@smithy/core/cbor';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountOptions } from '../../sim/account.ts';
import { createFullTable } from '../../sim/console/full-table.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { startServer } from '../../sim/server.ts';
import { failureOf, MINUTE, newTable, SECOND, simWorld } from './world.ts';

const PLACE = {
  ServiceNamespace: 'dynamodb' as const,
  ResourceId: 'table/Orders',
  ScalableDimension: 'dynamodb:table:ReadCapacityUnits' as ScalableDimension,
};

const provisionedWorld = async (options: Partial<AccountOptions> = {}) => {
  const world = simWorld(options);
  const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
  await world.dynamodb.send(newTable('Orders', { BillingMode: 'PROVISIONED', ProvisionedThroughput }));
  const register = (MinCapacity: number) =>
    world.autoscaling.send(new RegisterScalableTargetCommand({ ...PLACE, MinCapacity, MaxCapacity: 100 }));
  const shown = async () => {
    const { Table } = await world.dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }));
    return { status: Table?.TableStatus, reads: Table?.ProvisionedThroughput?.ReadCapacityUnits };
  };
  return { ...world, register, shown };
};

describe('auto scaling', () => {
  it('moves the capacity of an ACTIVE table into the range at once, and leaves any other as it is', async () => {
    const { clock, register, shown } = await provisionedWorld();
    await register(10);
    expect(await shown()).toEqual({ status: 'CREATING', reads: 5 });
    await clock.advanceBy(10 * SECOND);
    await register(20);
    expect(await shown()).toEqual({ status: 'UPDATING', reads: 20 });
  });

  it('needs the role of the service, which the first call makes', async () => {
    let mayMake = false;
    const { clock, register } = await provisionedWorld({
      authorize: ({ operation }) => operation !== 'iam:CreateServiceLinkedRole' || mayMake,
    });
    await clock.advanceBy(10 * SECOND);
    expect(await failureOf(register(5))).toMatch(
      /^AccessDeniedException: .* perform: iam:CreateServiceLinkedRole on resource: \S+dynamodb\.application-autoscaling\.amazonaws\.com/,
    );
    mayMake = true;
    expect(await failureOf(register(5))).toBe('no failure');
    mayMake = false;
    expect(await failureOf(register(6))).toBe('no failure');
  });

  it('makes four alarms for a policy, and outlives the table', async () => {
    const { account, autoscaling, clock, cloudwatch, register } = await provisionedWorld();
    await clock.advanceBy(10 * SECOND);
    await register(5);
    const policy = {
      ...PLACE,
      PolicyName: 'follow',
      PolicyType: 'TargetTrackingScaling' as const,
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 70,
        PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' as const },
      },
    };
    const { Alarms } = await autoscaling.send(new PutScalingPolicyCommand(policy));
    expect(Alarms).toHaveLength(4);
    expect((await autoscaling.send(new PutScalingPolicyCommand(policy))).Alarms).toEqual(Alarms);
    deleteTable(account, 'Orders');
    const AlarmNamePrefix = 'TargetTracking-table/Orders-';
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName).sort()).toEqual(
      Alarms?.map(({ AlarmName }) => AlarmName).sort(),
    );
    const { ServiceNamespace } = PLACE;
    const left = await autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace }));
    expect(left.ScalingPolicies).toHaveLength(1);
  });

  it('refuses a range that is none, and a new target without one', async () => {
    const { autoscaling, clock, register } = await provisionedWorld();
    await clock.advanceBy(10 * SECOND);
    expect(await failureOf(register(101))).toMatch(/^ValidationException/);
    expect(await failureOf(autoscaling.send(new RegisterScalableTargetCommand(PLACE)))).toMatch(
      /^ValidationException/,
    );
  });
});

describe('a mapping', () => {
  it('changes over time, one change after the other', async () => {
    const { account, clock, lambda } = simWorld();
    await createFullTable(account, { name: 'Orders' });
    const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
    const UUID = EventSourceMappings?.[0]?.UUID;
    const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
    const change = (Enabled: boolean) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    expect((await change(false)).State).toBe('Disabling');
    expect(await failureOf(change(true))).toMatch(/^ResourceInUseException/);
    await clock.advanceBy(MINUTE);
    expect(await state()).toBe('Disabled');
    expect((await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))).State).toBe('Deleting');
    await clock.advanceBy(MINUTE);
    expect(await failureOf(state())).toMatch(/^ResourceNotFoundException/);
  });

  it('to the stream of a deleted table stays, and is made for a day more', async () => {
    const { account, clock, lambda } = simWorld();
    const { streamArn: EventSourceArn } = await createFullTable(account, { name: 'Orders' });
    deleteTable(account, 'Orders');
    await lambda.send(
      new CreateFunctionCommand({ FunctionName: 'second', Role: 'arn:aws:iam::1:role/r', Code: {} }),
    );
    const make = (FunctionName: string) =>
      failureOf(
        lambda.send(
          new CreateEventSourceMappingCommand({
            EventSourceArn,
            FunctionName,
            StartingPosition: 'TRIM_HORIZON',
          }),
        ),
      );
    expect(await make('second')).toBe('no failure');
    await clock.advanceBy(24 * 60 * MINUTE);
    expect(await make('Orders-reader')).toBe(
      `InvalidParameterValueException: Stream not found: ${EventSourceArn}`,
    );
    expect((await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toHaveLength(2);
  });
});

describe('a pipe', () => {
  it('keeps its source whatever an update says, and refuses a change while another is under way', async () => {
    const { account, clock, pipes } = simWorld();
    const { streamArn } = await createFullTable(account, { name: 'Orders' });
    const Name = 'Orders-pipe';
    const update = {
      Name,
      RoleArn: 'arn:aws:iam::111122223333:role/new',
      SourceParameters: { DynamoDBStreamParameters: { BatchSize: 99 } },
    };
    await pipes.send(new UpdatePipeCommand(update));
    expect(await failureOf(pipes.send(new StopPipeCommand({ Name })))).toMatch(/^ConflictException/);
    await clock.advanceBy(MINUTE);
    const shown = await pipes.send(new DescribePipeCommand({ Name }));
    expect(shown).toMatchObject({
      Source: streamArn,
      RoleArn: 'arn:aws:iam::111122223333:role/new',
      CurrentState: 'RUNNING',
      SourceParameters: { DynamoDBStreamParameters: { BatchSize: 99, StartingPosition: 'LATEST' } },
    });
  });
});

describe('what the caller may not do', () => {
  it.each([
    { call: 'application-autoscaling:DescribeScalableTargets', on: '*' },
    { call: 'cloudwatch:DescribeAlarms', on: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:*' },
    { call: 'lambda:ListEventSourceMappings', on: '*' },
    { call: 'pipes:DescribePipe', on: 'arn:aws:pipes:us-east-1:111122223333:pipe/orders' },
  ])('is denied by name: $call on $on', async ({ call, on }) => {
    const { autoscaling, cloudwatch, lambda, pipes } = simWorld({ authorize: () => false });
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      'application-autoscaling:DescribeScalableTargets': () =>
        autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'dynamodb' })),
      'cloudwatch:DescribeAlarms': () => cloudwatch.send(new DescribeAlarmsCommand({})),
      'lambda:ListEventSourceMappings': () => lambda.send(new ListEventSourceMappingsCommand({})),
      'pipes:DescribePipe': () => pipes.send(new DescribePipeCommand({ Name: 'orders' })),
    };
    const said = await failureOf(calls[call]?.() ?? Promise.resolve());
    const asked = call.replace('ScalableTargets', 'ScalingPolicies');
    expect(said).toContain(`is not authorized to perform: ${asked} on resource: ${on} `);
    expect(said).toMatch(/^AccessDenied/);
  });
});

describe('metrics', () => {
  it('are read as they were put, by period, newest first', async () => {
    const { clock, cloudwatch } = simWorld();
    const Metric = {
      Namespace: 'AWS/Lambda',
      MetricName: 'IteratorAge',
      Dimensions: [{ Name: 'FunctionName', Value: 'reader' }],
    };
    const start = clock.now();
    const { Namespace, ...metric } = Metric;
    for (const Value of [500, 200, 0]) {
      await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [{ ...metric, Value }] }));
      await clock.advanceBy(30 * SECOND);
    }
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(start),
        EndTime: new Date(clock.now()),
        MetricDataQueries: [{ Id: 'age', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
      }),
    );
    expect(MetricDataResults).toMatchObject([
      { Id: 'age', Values: [0, 500], Timestamps: [new Date(start + MINUTE), new Date(start)] },
    ]);
  });
});

describe('the writes of a table', () => {
  it('show in CloudWatch, minute by minute', async () => {
    const { account, clock, cloudwatch, dynamodb } = simWorld();
    createTable(account, { name: 'Orders' });
    const start = clock.now();
    const put = () => dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'a' } } }));
    await put();
    await put();
    await clock.advanceBy(2 * MINUTE);
    await put();
    await clock.advanceBy(MINUTE);
    const Dimensions = [{ Name: 'TableName', Value: 'Orders' }];
    const Metric = { Namespace: 'AWS/DynamoDB', MetricName: 'ConsumedWriteCapacityUnits', Dimensions };
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(start),
        EndTime: new Date(clock.now()),
        MetricDataQueries: [{ Id: 'writes', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
      }),
    );
    expect(MetricDataResults).toMatchObject([
      { Values: [1, 2], Timestamps: [new Date(start + 2 * MINUTE), new Date(start)] },
    ]);
  });
});

describe('CloudWatch over HTTP', () => {
  const alarmed = async () => {
    const { account } = simWorld();
    await createFullTable(account, { name: 'Orders' });
    const server = await startServer(account);
    onTestFinished(() => server.close());
    return server.url;
  };

  it('speaks CBOR, as the AWS CLI does', async () => {
    const url = await alarmed();
    const ask = async (operation: string, input: object) => {
      const response = await fetch(`${url}/service/GraniteServiceVersion20100801/operation/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body: Uint8Array.from(cbor.serialize(input)),
      });
      expect(response.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
      return { status: response.status, body: cbor.deserialize(await response.bytes()) as object };
    };
    const found = await ask('DescribeAlarms', { AlarmNames: ['Orders-throttled'] });
    expect(found).toMatchObject({
      status: 200,
      body: { MetricAlarms: [{ AlarmName: 'Orders-throttled', Threshold: 1 }] },
    });
    expect(await ask('DeleteAlarms', { AlarmNames: ['none'] })).toMatchObject({
      status: 404,
      body: { __type: 'com.amazonaws.cloudwatch#ResourceNotFound' },
    });
  });

  it('speaks the query protocol too, as older clients do', async () => {
    const form = {
      Action: 'DescribeAlarms',
      Version: '2010-08-01',
      'AlarmNames.member.1': 'Orders-throttled',
    };
    const response = await fetch(await alarmed(), { method: 'POST', body: new URLSearchParams(form) });
    const text = await response.text();
    expect(text).toContain('xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"');
    expect(text).toMatch(/<MetricAlarms><member>.*<AlarmName>Orders-throttled<\/AlarmName>/);
  });
});
