import {
  type ApplicationAutoScalingClient,
  type ScalableTarget as DescribedTarget,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  type ScalingPolicy,
  type ScheduledAction,
} from '@aws-sdk/client-application-auto-scaling';
import type { Failure } from '../../model/failure.ts';
import type { AutoScaling, ScalableTarget, ScalingRule } from '../../model/table-settings.ts';
import type { Listing } from '../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from '../aws/paginate.ts';
import { statedList } from '../aws/reading.ts';
import { statedMembers } from './stated-json.ts';

const NAMESPACE = { ServiceNamespace: 'dynamodb' } as const;

/** What one call may name. */
const MOST_RESOURCES = 50;

/** What a policy and a scheduled action consist of; their ARNs, alarms and times are the service's. */
const POLICY_MEMBERS = [
  'PolicyType',
  'PredictiveScalingPolicyConfiguration',
  'StepScalingPolicyConfiguration',
  'TargetTrackingScalingPolicyConfiguration',
];
const ACTION_MEMBERS = ['EndTime', 'ScalableTargetAction', 'Schedule', 'StartTime', 'Timezone'];

const isSuspended = (state: object | undefined): boolean =>
  state !== undefined && Object.values(state).some((is) => is === true);

const toTarget = (target: Partial<DescribedTarget>): ScalableTarget[] => {
  const { ResourceId: resourceId, ScalableDimension: dimension, MinCapacity: min, MaxCapacity: max } = target;
  if (resourceId === undefined || dimension === undefined || min === undefined || max === undefined)
    return [];
  const state = target.SuspendedState;
  return [
    {
      resourceId,
      dimension,
      min,
      max,
      ...(state !== undefined &&
        isSuspended(state) && { suspended: statedMembers(state, Object.keys(state)) }),
    },
  ];
};

const toPolicy = (policy: Partial<ScalingPolicy>): ScalingRule[] => {
  const { PolicyName: name, ResourceId: resourceId, ScalableDimension: dimension } = policy;
  if (name === undefined || resourceId === undefined || dimension === undefined) return [];
  return [{ kind: 'policy', name, resourceId, dimension, content: statedMembers(policy, POLICY_MEMBERS) }];
};

const toAction = (action: Partial<ScheduledAction>): ScalingRule[] => {
  const { ScheduledActionName: name, ResourceId: resourceId, ScalableDimension: dimension } = action;
  if (name === undefined || resourceId === undefined || dimension === undefined) return [];
  return [
    { kind: 'scheduled-action', name, resourceId, dimension, content: statedMembers(action, ACTION_MEMBERS) },
  ];
};

const pageOf = <Entry extends object, Item>(
  list: string,
  entries: readonly Entry[] | undefined,
  convert: (entry: Partial<Entry>) => readonly Item[],
  token: unknown,
): Page<Item> => {
  const stated = statedList(entries);
  return stated === undefined ? pageWithout(list) : { items: stated.flatMap(convert), token };
};

const tokenOf = (token: string | undefined) => (token === undefined ? {} : { NextToken: token });

/**
 * Lists what auto scaling may move of the named resources; up to 50 in one call.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html (checked 2026-11-28)
 */
export const listTargets = (
  client: ApplicationAutoScalingClient,
  resourceIds: readonly string[],
): Promise<Listing<ScalableTarget>> =>
  readPages('DescribeScalableTargets', async (token) => {
    const input = { ...NAMESPACE, ResourceIds: [...resourceIds], ...tokenOf(token) };
    const answer = await client.send(new DescribeScalableTargetsCommand(input));
    return pageOf('ScalableTargets', answer.ScalableTargets, toTarget, answer.NextToken);
  });

/**
 * Lists the scaling policies of a resource.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html (checked 2026-11-28)
 */
export const listPolicies = (
  client: ApplicationAutoScalingClient,
  resourceId: string,
): Promise<Listing<ScalingRule>> =>
  readPages('DescribeScalingPolicies', async (token) => {
    const input = { ...NAMESPACE, ResourceId: resourceId, ...tokenOf(token) };
    const answer = await client.send(new DescribeScalingPoliciesCommand(input));
    return pageOf('ScalingPolicies', answer.ScalingPolicies, toPolicy, answer.NextToken);
  });

/**
 * Lists the scheduled actions of a resource.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html (checked 2026-11-28)
 */
export const listActions = (
  client: ApplicationAutoScalingClient,
  resourceId: string,
): Promise<Listing<ScalingRule>> =>
  readPages('DescribeScheduledActions', async (token) => {
    const input = { ...NAMESPACE, ResourceId: resourceId, ...tokenOf(token) };
    const answer = await client.send(new DescribeScheduledActionsCommand(input));
    return pageOf('ScheduledActions', answer.ScheduledActions, toAction, answer.NextToken);
  });

const chunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / MOST_RESOURCES) }, (_, at) =>
    ids.slice(at * MOST_RESOURCES, (at + 1) * MOST_RESOURCES),
  );

const inOrder = (a: ScalableTarget | ScalingRule, b: ScalableTarget | ScalingRule): number => {
  const [one, other] = [a, b].map((x) => [x.resourceId, x.dimension, 'name' in x ? x.name : ''].join(' '));
  return (one ?? '') < (other ?? '') ? -1 : 1;
};

/**
 * Reads auto scaling of a table and its indexes. Only what has a target is asked for policies and scheduled actions: without one there are none.
 * Targets of a table that was deleted are still there and apply to the next one of its name.
 */
export const readScaling = async (
  client: ApplicationAutoScalingClient,
  table: string,
  indexes: readonly string[],
): Promise<{ readonly value: AutoScaling } | { readonly failure: Failure }> => {
  const ids = [`table/${table}`, ...indexes.map((index) => `table/${table}/index/${index}`)];
  const listed = await Promise.all(chunks(ids).map((chunk) => listTargets(client, chunk)));
  const targets = listed.flatMap(({ items }) => items);
  const scaled = [...new Set(targets.map(({ resourceId }) => resourceId))];
  const ruled = await Promise.all(
    scaled.flatMap((id) => [listPolicies(client, id), listActions(client, id)]),
  );
  const gap = [...listed, ...ruled].find((listing) => listing.gap !== undefined)?.gap;
  if (gap !== undefined) return { failure: gap };
  const rules = ruled.flatMap(({ items }) => items);
  return { value: { targets: targets.toSorted(inOrder), rules: rules.toSorted(inOrder) } };
};
