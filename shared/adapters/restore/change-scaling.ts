import {
  type ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  PutScheduledActionCommand,
  type PutScheduledActionCommandInput,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import type { SettingStep } from '../../model/restore.ts';
import type { Json, ScalableTarget, ScalingRule } from '../../model/table-settings.ts';
import { AS_ASKED, type Change, open, unseen, wait } from './change.ts';
import type { TableAt } from './change-plain.ts';
import { readDescribedTable } from './described-table.ts';
import { listActions, listPolicies, listTargets } from './read-scaling.ts';
import { isSameJson } from './stated-json.ts';

type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { readonly kind: Kind }>;

const placeOf = ({ resourceId, dimension }: Pick<ScalableTarget, 'resourceId' | 'dimension'>) => ({
  ServiceNamespace: 'dynamodb' as const,
  ResourceId: resourceId,
  ScalableDimension: dimension as ScalableDimension,
});

const NOTHING_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/**
 * Registers what auto scaling may move. That moves the capacity into its range at once, so the table has to be in no other change. The role is
 * left to the service, which takes its own.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html (checked 2026-11-28)
 */
export const targetChange = (
  scaling: ApplicationAutoScalingClient,
  { dynamodb, table }: TableAt,
  { target }: Step<'scalable-target'>,
): Change<ScalableTarget | undefined> => ({
  operation: 'RegisterScalableTarget',
  look: async () => {
    const { items, gap } = await listTargets(scaling, [target.resourceId]);
    if (gap !== undefined) return { kind: 'unread', failure: gap };
    const has = items.find(({ dimension }) => dimension === target.dimension);
    if (isSameJson(has, target)) return AS_ASKED;
    const described = await readDescribedTable(dynamodb, table);
    if (described.kind !== 'found') return unseen(described, 'DescribeTable');
    const status = described.value.description.TableStatus;
    return status === 'ACTIVE' ? open(has) : wait(`the table is ${status}`, 'RegisterScalableTarget');
  },
  send: async (has) => {
    const suspended = target.suspended ?? (has?.suspended && NOTHING_SUSPENDED);
    await scaling.send(
      new RegisterScalableTargetCommand({
        ...placeOf(target),
        MinCapacity: target.min,
        MaxCapacity: target.max,
        ...(suspended !== undefined && { SuspendedState: suspended }),
      }),
    );
    return undefined;
  },
});

type Content = { readonly [key: string]: Json };

const instantIn = (content: Content, name: string) =>
  typeof content[name] === 'string' ? { [name]: new Date(content[name]) } : {};

const actionInput = ({ name, content, ...rule }: ScalingRule): PutScheduledActionCommandInput => ({
  ...(content as Partial<PutScheduledActionCommandInput>),
  ...instantIn(content, 'StartTime'),
  ...instantIn(content, 'EndTime'),
  ...placeOf(rule),
  ScheduledActionName: name,
});

const policyInput = ({ name, content, ...rule }: ScalingRule): PutScalingPolicyCommandInput => ({
  ...(content as Partial<PutScalingPolicyCommandInput>),
  ...placeOf(rule),
  PolicyName: name,
});

/**
 * Puts a scaling policy or a scheduled action. Its target comes first.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html (checked 2026-11-28)
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html (checked 2026-11-28)
 */
export const ruleChange = (
  scaling: ApplicationAutoScalingClient,
  { rule }: Step<'scaling-rule'>,
): Change<undefined> => {
  const isPolicy = rule.kind === 'policy';
  return {
    operation: isPolicy ? 'PutScalingPolicy' : 'PutScheduledAction',
    look: async () => {
      const list = isPolicy ? listPolicies : listActions;
      const { items, gap } = await list(scaling, rule.resourceId);
      if (gap !== undefined) return { kind: 'unread', failure: gap };
      const has = items.find(({ name, dimension }) => name === rule.name && dimension === rule.dimension);
      return isSameJson(has, rule) ? AS_ASKED : open(undefined);
    },
    send: async () => {
      if (isPolicy) await scaling.send(new PutScalingPolicyCommand(policyInput(rule)));
      else await scaling.send(new PutScheduledActionCommand(actionInput(rule)));
      return undefined;
    },
  };
};
