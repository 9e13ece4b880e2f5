import type { Fields } from './cfn-parts.ts';
import type { KnownTable } from './live.ts';
import { logicalId, pascal } from './names.ts';
import { type ScaledTarget, scaledTargets, suspendedOf } from './scaling.ts';

const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const targetResource = (scaled: ScaledTarget, dependsOn: string): Fields => {
  const { target, scheduled } = scaled;
  const suspended = suspendedOf(target);
  return {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    ...RETAINED,
    // Registering a target changes the table: one after another.
    DependsOn: dependsOn,
    Properties: {
      ServiceNamespace: 'dynamodb',
      ResourceId: target.resourceId,
      ScalableDimension: target.dimension,
      MinCapacity: target.min,
      MaxCapacity: target.max,
      ...(suspended && { SuspendedState: suspended }),
      ...(scheduled.length > 0 && {
        ScheduledActions: scheduled.map(({ name, action }) => ({ ScheduledActionName: name, ...action })),
      }),
    },
  };
};

const policyResource = (name: string, tracking: Fields, targetId: string): Fields => ({
  Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  ...RETAINED,
  Properties: {
    PolicyName: name,
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: { Ref: targetId },
    TargetTrackingScalingPolicyConfiguration: tracking,
  },
});

/** Writes auto scaling as resources by logical id, for the update after the import. */
export const scalingResources = (
  live: KnownTable,
  tableId: string,
  taken: Set<string>,
): Readonly<Record<string, Fields>> => {
  const resources: Record<string, Fields> = {};
  let previous = tableId;
  for (const scaled of scaledTargets(live)) {
    const stem = `${tableId}${pascal(scaled.index ?? '')}${scaled.of === 'reads' ? 'Read' : 'Write'}`;
    const targetId = logicalId(stem, 'Target', taken);
    resources[targetId] = targetResource(scaled, previous);
    for (const { name, tracking } of scaled.policies)
      resources[logicalId(stem, 'Scaling', taken)] = policyResource(name, tracking, targetId);
    previous = targetId;
  }
  return resources;
};
