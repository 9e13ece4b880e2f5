import type { SimAccount } from '../account.ts';
import { alarmArn } from '../arn.ts';
import { trackingAlarms } from '../cloudwatch/alarm-shape.ts';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { listed, namesIn, PLACE, placeOf } from './input.ts';
import { namedKey, type Place, requireTarget, type ScalingPolicy } from './scaling.ts';

interface PolicyInput {
  readonly PolicyName: string;
  readonly PolicyType?: ScalingPolicy['type'];
  readonly TargetTrackingScalingPolicyConfiguration?: ScalingPolicy['tracking'];
  readonly StepScalingPolicyConfiguration?: ScalingPolicy['steps'];
}

const NAMED = { ...PLACE, PolicyName: { required: true, length: [1, 256] } } as const;

const policyArn = ({ accountId, region, state }: SimAccount, place: Place, name: string): string =>
  `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${state.random.uuid()}:resource/${place.namespace}/${place.resourceId}:policyName/${name}`;

const refuseIncoherent = (input: PolicyInput): void => {
  const type = input.PolicyType ?? 'StepScaling';
  if (type === 'TargetTrackingScaling' && !input.TargetTrackingScalingPolicyConfiguration) {
    throw validationFailure(
      'TargetTrackingScalingPolicyConfiguration must be specified for this policy type',
    );
  }
  if (type === 'StepScaling') {
    throw validationFailure('Policy type StepScaling is not supported for service namespace dynamodb');
  }
};

const made = (account: SimAccount, place: Place, input: PolicyInput, now: number): ScalingPolicy => {
  const names = trackingAlarms(account, place, now);
  return {
    ...place,
    name: input.PolicyName,
    arn: policyArn(account, place, input.PolicyName),
    type: input.PolicyType ?? 'StepScaling',
    tracking: input.TargetTrackingScalingPolicyConfiguration,
    steps: undefined,
    alarms: names.map((AlarmName) => ({ AlarmName, AlarmARN: alarmArn(account, AlarmName) })),
    createdAt: now,
  };
};

/** Makes a policy with the four alarms of target tracking, or changes one: its alarms stay. */
export const putScalingPolicy: Operation = ({ account, now }, raw) => {
  const place = placeOf(raw);
  const input = validated<PolicyInput>(raw, NAMED);
  const { scaling } = account.state;
  requireTarget(scaling, place);
  refuseIncoherent(input);
  const key = namedKey(place, input.PolicyName);
  const policy = scaling.policies.get(key) ?? made(account, place, input, now);
  policy.tracking = input.TargetTrackingScalingPolicyConfiguration ?? policy.tracking;
  scaling.policies.set(key, policy);
  return { PolicyARN: policy.arn, Alarms: policy.alarms };
};

export const deleteScalingPolicy: Operation = ({ account }, raw) => {
  const place = placeOf(raw);
  const { PolicyName: name } = validated<PolicyInput>(raw, NAMED);
  const { policies } = account.state.scaling;
  const policy = policies.get(namedKey(place, name));
  if (!policy) {
    const { namespace, resourceId, dimension } = place;
    const where = `service namespace: ${namespace}, resource ID: ${resourceId}, scalable dimension: ${dimension}`;
    throw serviceFailure(
      'ObjectNotFoundException',
      `No scaling policy found for ${where}, policy name: ${name}`,
    );
  }
  policies.delete(namedKey(place, name));
  for (const { AlarmName } of policy.alarms) account.state.alarms.delete(AlarmName);
  return {};
};

export const describeScalingPolicies: Operation = ({ account }, raw) => {
  const names = namesIn(raw.PolicyNames);
  const { page, next } = listed(
    account,
    account.state.scaling.policies,
    raw,
    ({ name, resourceId }) => (names?.has(name) ?? true) && (raw.ResourceId ?? resourceId) === resourceId,
  );
  return {
    ScalingPolicies: page.map((policy) => ({
      PolicyARN: policy.arn,
      PolicyName: policy.name,
      ServiceNamespace: policy.namespace,
      ResourceId: policy.resourceId,
      ScalableDimension: policy.dimension,
      PolicyType: policy.type,
      TargetTrackingScalingPolicyConfiguration: policy.tracking,
      Alarms: policy.alarms,
      CreationTime: policy.createdAt / 1000,
    })),
    ...next,
  };
};
