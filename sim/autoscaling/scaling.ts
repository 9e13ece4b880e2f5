import type {
  ScalableDimension,
  ScheduledAction,
  StepScalingPolicyConfiguration,
  SuspendedState,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { type ServiceFailure, serviceFailure } from '../failure.ts';

/** Where capacity is scaled: a resource of a service, and which of its capacities. */
export interface Place {
  readonly namespace: string;
  /** Such as `table/Orders` or `table/Orders/index/by-customer`. */
  readonly resourceId: string;
  readonly dimension: ScalableDimension;
}

export interface ScalableTarget extends Place {
  minCapacity: number;
  maxCapacity: number;
  suspended: SuspendedState;
  readonly createdAt: number;
}

export interface ScalingPolicy extends Place {
  readonly name: string;
  readonly arn: string;
  readonly type: 'StepScaling' | 'TargetTrackingScaling';
  tracking: TargetTrackingScalingPolicyConfiguration | undefined;
  steps: StepScalingPolicyConfiguration | undefined;
  /** The alarms that target tracking made for itself. */
  readonly alarms: readonly { readonly AlarmName: string; readonly AlarmARN: string }[];
  readonly createdAt: number;
}

export interface PlannedAction extends Place {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  action: Pick<ScheduledAction, 'EndTime' | 'ScalableTargetAction' | 'Schedule' | 'StartTime' | 'Timezone'>;
}

/** What application auto scaling knows. It outlives the table that it is about. */
export interface Scaling {
  readonly targets: Map<string, ScalableTarget>;
  readonly policies: Map<string, ScalingPolicy>;
  readonly actions: Map<string, PlannedAction>;
}

export const createScaling = (): Scaling => ({
  targets: new Map(),
  policies: new Map(),
  actions: new Map(),
});

export const placeKey = ({ namespace, resourceId, dimension }: Place): string =>
  `${namespace} ${resourceId} ${dimension}`;

export const namedKey = (place: Place, name: string): string => `${placeKey(place)} ${name}`;

export const notFound = (what: string, { namespace, resourceId, dimension }: Place): ServiceFailure =>
  serviceFailure(
    'ObjectNotFoundException',
    `${what} service namespace: ${namespace}, resource ID: ${resourceId}, scalable dimension: ${dimension}`,
  );

/** The target that a policy or an action needs. */
export const requireTarget = (scaling: Scaling, place: Place): ScalableTarget => {
  const target = scaling.targets.get(placeKey(place));
  if (!target) throw notFound('No scalable target registered for', place);
  return target;
};

/** Whether writes of a table, or of one of its indexes, are scaled. */
export const isScaled = (scaling: Scaling, tableName: string, indexName?: string): boolean => {
  const isIndex = indexName !== undefined;
  const resourceId = isIndex ? `table/${tableName}/index/${indexName}` : `table/${tableName}`;
  const dimension = isIndex ? 'dynamodb:index:WriteCapacityUnits' : 'dynamodb:table:WriteCapacityUnits';
  return [...scaling.policies.values()].some(
    (policy) => policy.resourceId === resourceId && policy.dimension === dimension,
  );
};
