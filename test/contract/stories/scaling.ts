import {
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { errorOf, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

const PLACE = {
  ServiceNamespace: 'dynamodb' as const,
  ResourceId: 'table/orders',
  ScalableDimension: 'dynamodb:table:WriteCapacityUnits' as ScalableDimension,
};

const provisionedTable = async (world: World): Promise<void> => {
  await world.dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 10 },
    }),
  );
  await settle(world);
};

const register = (world: World, more: object = {}) =>
  world.autoscaling.send(
    new RegisterScalableTargetCommand({ ...PLACE, MinCapacity: 5, MaxCapacity: 100, ...more }),
  );

const putPolicy = (world: World) =>
  world.autoscaling.send(
    new PutScalingPolicyCommand({
      ...PLACE,
      PolicyName: 'follow',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 70,
        PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBWriteCapacityUtilization' },
      },
    }),
  );

const targetsOf = async ({ autoscaling }: World) => {
  const { ServiceNamespace } = PLACE;
  const listed = await autoscaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace }));
  return listed.ScalableTargets;
};

export const SCALING_STORIES: readonly Story[] = [
  {
    name: 'a target that is registered is listed with its range, and one that is registered again changes',
    tell: async (world) => {
      await provisionedTable(world);
      await register(world);
      expect(await targetsOf(world)).toMatchObject([{ ...PLACE, MinCapacity: 5, MaxCapacity: 100 }]);
      await register(world, { MaxCapacity: 200 });
      expect(await targetsOf(world)).toMatchObject([{ MinCapacity: 5, MaxCapacity: 200 }]);
    },
  },
  {
    name: 'a policy of target tracking needs a target',
    tell: async (world) => {
      await provisionedTable(world);
      expect(await errorOf(putPolicy(world))).toBe('ObjectNotFoundException');
    },
  },
  {
    name: 'a policy of target tracking is listed as it was put',
    tell: async (world) => {
      await provisionedTable(world);
      await register(world);
      const { PolicyARN } = await putPolicy(world);
      const { ServiceNamespace } = PLACE;
      const listed = await world.autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace }));
      expect(listed.ScalingPolicies).toMatchObject([
        {
          ...PLACE,
          PolicyARN,
          PolicyName: 'follow',
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
        },
      ]);
    },
  },
  {
    name: 'a policy that is deleted is gone, and cannot be deleted again',
    tell: async (world) => {
      await provisionedTable(world);
      await register(world);
      await putPolicy(world);
      const remove = new DeleteScalingPolicyCommand({ ...PLACE, PolicyName: 'follow' });
      await world.autoscaling.send(remove);
      const { ServiceNamespace } = PLACE;
      const listed = await world.autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace }));
      expect(listed.ScalingPolicies).toEqual([]);
      expect(await errorOf(world.autoscaling.send(remove))).toBe('ObjectNotFoundException');
    },
  },
  {
    name: 'a scheduled action is listed as it was put',
    tell: async (world) => {
      await provisionedTable(world);
      await register(world);
      const action = {
        Schedule: 'cron(0 6 ? * MON *)',
        Timezone: 'Europe/Zurich',
        ScalableTargetAction: { MinCapacity: 20, MaxCapacity: 100 },
      };
      const ScheduledActionName = 'monday';
      await world.autoscaling.send(
        new PutScheduledActionCommand({ ...PLACE, ScheduledActionName, ...action }),
      );
      const { ServiceNamespace } = PLACE;
      const listed = await world.autoscaling.send(new DescribeScheduledActionsCommand({ ServiceNamespace }));
      expect(listed.ScheduledActions).toMatchObject([{ ...PLACE, ScheduledActionName, ...action }]);
    },
  },
  {
    name: 'a target that is taken away takes its policies with it',
    tell: async (world) => {
      await provisionedTable(world);
      await register(world);
      await putPolicy(world);
      await world.autoscaling.send(new DeregisterScalableTargetCommand(PLACE));
      expect(await targetsOf(world)).toEqual([]);
      const { ServiceNamespace } = PLACE;
      const listed = await world.autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace }));
      expect(listed.ScalingPolicies).toEqual([]);
    },
  },
  {
    name: 'a target that is not there cannot be taken away',
    tell: async ({ autoscaling }) => {
      const call = autoscaling.send(new DeregisterScalableTargetCommand(PLACE));
      expect(await errorOf(call)).toBe('ObjectNotFoundException');
    },
  },
  {
    name: 'a target cannot be registered before its table is there',
    tell: async (world) => {
      expect(await errorOf(register(world))).toBe('ValidationException');
    },
  },
];
