import { isoInstant, SECOND_MS } from '../../model/instant.ts';
import type { AutoScaling, Json, ScalableTarget, ScalingRule } from '../../model/table-settings.ts';
import { type AllowList, allowed, isObject } from './allow-list.ts';
import type { KnownTable } from './live.ts';

const DIMENSIONS: AllowList = { Name: true, Value: true };

/** As PutScalingPolicy takes it, without what only answers hold. */
const TARGET_TRACKING: AllowList = {
  TargetValue: true,
  DisableScaleIn: true,
  ScaleInCooldown: true,
  ScaleOutCooldown: true,
  PredefinedMetricSpecification: { PredefinedMetricType: true, ResourceLabel: true },
  CustomizedMetricSpecification: {
    MetricName: true,
    Namespace: true,
    Statistic: true,
    Unit: true,
    Dimensions: [DIMENSIONS],
    Metrics: [
      {
        Expression: true,
        Id: true,
        Label: true,
        ReturnData: true,
        MetricStat: {
          Metric: { MetricName: true, Namespace: true, Dimensions: [DIMENSIONS] },
          Stat: true,
          Unit: true,
        },
      },
    ],
  },
};

const SUSPENDED: AllowList = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};

const SCHEDULED: AllowList = {
  Schedule: true,
  Timezone: true,
  StartTime: true,
  EndTime: true,
  ScalableTargetAction: { MinCapacity: true, MaxCapacity: true },
};

type Fields = { readonly [key: string]: Json };

/** Returns what a policy tracks; undefined for another type of policy, which tables do not scale by. */
export const trackingOf = ({ kind, content }: ScalingRule): Fields | undefined => {
  const tracking = content.TargetTrackingScalingPolicyConfiguration;
  return kind === 'policy' && isObject(tracking) && tracking.TargetValue !== undefined
    ? allowed(tracking, TARGET_TRACKING)
    : undefined;
};

/** Returns what is suspended of a target; undefined where nothing is written of it. */
export const suspendedOf = ({ suspended }: ScalableTarget): Fields | undefined => {
  const fields = allowed(suspended ?? {}, SUSPENDED);
  return Object.values(fields).includes(true) ? fields : undefined;
};

/** An instant may stand there as the SDK's JSON or as the wire's seconds. */
const timeText = (time: Json): Json => (typeof time === 'number' ? isoInstant(time * SECOND_MS) : time);

/** Returns a scheduled action's members, with its instants as text. */
export const scheduledOf = ({ content }: ScalingRule): Fields => {
  const { StartTime, EndTime, ...fields } = allowed(content, SCHEDULED);
  return {
    ...fields,
    ...(StartTime !== undefined && { StartTime: timeText(StartTime) }),
    ...(EndTime !== undefined && { EndTime: timeText(EndTime) }),
  };
};

/** What stands on one target. */
export interface ScaledTarget {
  readonly target: ScalableTarget;
  /** The index that it scales; absent for the table. */
  readonly index?: string;
  readonly of: 'reads' | 'writes';
  readonly policies: readonly { readonly name: string; readonly tracking: Fields }[];
  readonly scheduled: readonly { readonly name: string; readonly action: Fields }[];
  /** Names of policies of another type. */
  readonly other: readonly string[];
}

const NONE: AutoScaling = { targets: [], rules: [] };

/** Lists the table's and its indexes' scalable targets with what stands on each, the table first. */
export const scaledTargets = ({ table, settings }: KnownTable): readonly ScaledTarget[] => {
  const { targets, rules } = settings['auto-scaling'] ?? NONE;
  const places = [undefined, ...settings.shape.globalIndexes.map(({ name }) => name)];
  return places.flatMap((index) => {
    const resourceId = index === undefined ? `table/${table}` : `table/${table}/index/${index}`;
    const kind = index === undefined ? 'table' : 'index';
    return (['reads', 'writes'] as const).flatMap((of): readonly ScaledTarget[] => {
      const dimension = `dynamodb:${kind}:${of === 'reads' ? 'Read' : 'Write'}CapacityUnits`;
      const isHere = (one: ScalableTarget | ScalingRule) =>
        one.resourceId === resourceId && one.dimension === dimension;
      const target = targets.find(isHere);
      if (target === undefined) return [];
      const here = rules.filter(isHere).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const policies = here.filter((rule) => rule.kind === 'policy');
      return [
        {
          target,
          of,
          ...(index !== undefined && { index }),
          policies: policies.flatMap((rule) => {
            const tracking = trackingOf(rule);
            return tracking === undefined ? [] : [{ name: rule.name, tracking }];
          }),
          scheduled: here
            .filter((rule) => rule.kind === 'scheduled-action')
            .map((rule) => ({ name: rule.name, action: scheduledOf(rule) })),
          other: policies.filter((rule) => trackingOf(rule) === undefined).map(({ name }) => name),
        },
      ];
    });
  });
};
