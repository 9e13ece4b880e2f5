import type { Capacity } from '../../model/table-settings.ts';
import type { Fields } from './cfn-parts.ts';
import { capacityOf, indexCapacity, type KnownTable, onDemandMaximum } from './live.ts';
import { scaledTargets } from './scaling.ts';

/** Scaling as a global table's definition holds it: what the policy tracks, without its metric, which is the service's. */
const scaling = (live: KnownTable, of: 'reads' | 'writes', index: string | undefined, seed: number) => {
  const found = scaledTargets(live).find((one) => one.of === of && one.index === index);
  const [policy] = found?.policies ?? [];
  if (found === undefined || policy === undefined) return undefined;
  const { TargetValue = null, DisableScaleIn, ScaleInCooldown, ScaleOutCooldown } = policy.tracking;
  return {
    MinCapacity: found.target.min,
    MaxCapacity: found.target.max,
    SeedCapacity: seed,
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue,
      ...(DisableScaleIn !== undefined && { DisableScaleIn }),
      ...(ScaleInCooldown !== undefined && { ScaleInCooldown }),
      ...(ScaleOutCooldown !== undefined && { ScaleOutCooldown }),
    },
  };
};

const shapes = (live: KnownTable, indexName: string | undefined) => {
  const { shape } = live.settings;
  const index = shape.globalIndexes.find(({ name }) => name === indexName);
  const capacity = index === undefined ? capacityOf(shape) : indexCapacity(index, shape);
  return { capacity, limit: onDemandMaximum(shape, (index ?? shape).onDemandMaximum) };
};

/** Writes how reads are paid for in one Region. */
export const readFields = (live: KnownTable, index?: string): Fields => {
  const { capacity, limit } = shapes(live, index);
  if (limit?.reads !== undefined)
    return { ReadOnDemandThroughputSettings: { MaxReadRequestUnits: limit.reads } };
  if (capacity === undefined) return {};
  const scaled = scaling(live, 'reads', index, capacity.reads);
  return {
    ReadProvisionedThroughputSettings:
      scaled === undefined
        ? { ReadCapacityUnits: capacity.reads }
        : { ReadCapacityAutoScalingSettings: scaled },
  };
};

const writesOf = (
  live: KnownTable,
  index: string | undefined,
  {
    capacity,
    limit,
  }: { readonly capacity?: Capacity | undefined; readonly limit?: Partial<Capacity> | undefined },
): Fields | undefined => {
  if (limit?.writes !== undefined)
    return { WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: limit.writes } };
  if (capacity === undefined) return {};
  const scaled = scaling(live, 'writes', index, capacity.writes);
  return scaled && { WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: scaled } };
};

/** Writes how writes are paid for in all Regions; undefined where provisioned writes do not scale, which a global table has to. */
export const writeFields = (live: KnownTable, index?: string): Fields | undefined =>
  writesOf(live, index, shapes(live, index));
