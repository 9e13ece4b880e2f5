import { validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { moveIntoRange, tableAt } from './capacity.ts';
import { listed, namesIn, PLACE, placeOf } from './input.ts';
import { notFound, placeKey, type ScalableTarget } from './scaling.ts';

const LINKED_ROLE =
  'role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable';
const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

interface Registration {
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
  readonly SuspendedState?: ScalableTarget['suspended'];
}

const targetArn = (accountId: string, region: string, target: ScalableTarget): string =>
  `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/${placeKey(target).replace(/\W+/g, '')}`;

/** Registers a target, or changes one: what is not given stays. A role that is given is accepted and replaced by the service's own. */
export const registerScalableTarget: Operation = ({ account, now }, raw) => {
  const place = placeOf(raw);
  const { MinCapacity, MaxCapacity, SuspendedState } = validated<Registration>(raw, PLACE);
  const { targets } = account.state.scaling;
  const existing = targets.get(placeKey(place));
  tableAt(account, place);
  const minCapacity = MinCapacity ?? existing?.minCapacity;
  const maxCapacity = MaxCapacity ?? existing?.maxCapacity;
  if (minCapacity === undefined || maxCapacity === undefined) {
    throw validationFailure(
      'You must specify both a MinCapacity and a MaxCapacity for a new scalable target',
    );
  }
  if (minCapacity > maxCapacity) {
    throw validationFailure('Maximum capacity cannot be less than minimum capacity');
  }
  const suspended = { ...NOT_SUSPENDED, ...existing?.suspended, ...SuspendedState };
  const target = { ...place, minCapacity, maxCapacity, suspended, createdAt: existing?.createdAt ?? now };
  targets.set(placeKey(place), target);
  moveIntoRange(account, target);
  return { ScalableTargetARN: targetArn(account.accountId, account.region, target) };
};

/** Takes the target away, with its policies and scheduled actions. */
export const deregisterScalableTarget: Operation = ({ account }, raw) => {
  const place = placeOf(raw);
  const { targets, policies, actions } = account.state.scaling;
  const key = placeKey(place);
  if (!targets.delete(key)) throw notFound('No scalable target found for', place);
  for (const [name, policy] of policies) {
    if (placeKey(policy) !== key) continue;
    policies.delete(name);
    for (const { AlarmName } of policy.alarms) account.state.alarms.delete(AlarmName);
  }
  for (const [name, action] of actions) if (placeKey(action) === key) actions.delete(name);
  return {};
};

export const describeScalableTargets: Operation = ({ account }, raw) => {
  const ids = namesIn(raw.ResourceIds);
  const { page, next } = listed(
    account,
    account.state.scaling.targets,
    raw,
    ({ resourceId }) => ids?.has(resourceId) ?? true,
  );
  return {
    ScalableTargets: page.map((target) => ({
      ServiceNamespace: target.namespace,
      ResourceId: target.resourceId,
      ScalableDimension: target.dimension,
      MinCapacity: target.minCapacity,
      MaxCapacity: target.maxCapacity,
      RoleARN: `arn:aws:iam::${account.accountId}:${LINKED_ROLE}`,
      CreationTime: target.createdAt / 1000,
      SuspendedState: target.suspended,
      ScalableTargetARN: targetArn(account.accountId, account.region, target),
    })),
    ...next,
  };
};
