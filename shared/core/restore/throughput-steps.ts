import type { SettingStep } from '../../model/restore.ts';
import type {
  AutoScaling,
  Capacity,
  GlobalIndex,
  TableSettings,
  TableShape,
} from '../../model/table-settings.ts';
import type { RestoreInput } from './context.ts';
import { highest, isSameMaximum, NO_LIMIT, reaches } from './same.ts';

/** What auto scaling may move a capacity between. */
interface Range {
  readonly min: number;
  readonly max: number;
}

const rangeOf = (scaling: AutoScaling | undefined, index: string | undefined, what: 'Read' | 'Write') => {
  const dimension = `dynamodb:${index === undefined ? 'table' : 'index'}:${what}CapacityUnits`;
  return scaling?.targets.find(
    (target) =>
      target.dimension === dimension &&
      (index === undefined || target.resourceId.endsWith(`/index/${index}`)),
  );
};

const isWithin = (value: number, range: Range | undefined): boolean =>
  range !== undefined && value >= range.min && value <= range.max;

/**
 * Says whether a capacity is as wanted. Where auto scaling moves it, anything between its ends is: the number in the manifest was that of a moment.
 */
export const isCapacityAsWanted = (
  live: Capacity | undefined,
  wanted: Capacity,
  scaling: AutoScaling | undefined,
  index?: string,
): boolean => {
  if (live === undefined) return false;
  const isRight = (value: number, other: number, what: 'Read' | 'Write'): boolean =>
    value === other || isWithin(value, rangeOf(scaling, index, what));
  return isRight(live.reads, wanted.reads, 'Read') && isRight(live.writes, wanted.writes, 'Write');
};

type ThroughputStep = Extract<SettingStep, { kind: 'throughput' }>;
type IndexPart = ThroughputStep['indexes'][number];

/** What of the two tables is compared; indexes by their names, and only those that both have. */
interface Pair {
  readonly wanted: TableShape;
  readonly has: TableShape;
  readonly scaling: TableSettings['auto-scaling'] | undefined;
}

const pairsOf = ({ wanted, has }: Pair): readonly (readonly [GlobalIndex, GlobalIndex])[] =>
  has.globalIndexes.flatMap((index) => {
    const source = wanted.globalIndexes.find(({ name }) => name === index.name);
    return source === undefined ? [] : [[source, index] as const];
  });

/** A table that becomes provisioned needs a capacity for itself and for every index that it has. */
const becomingProvisioned = ({ wanted, has }: Pair): readonly SettingStep[] => {
  const { capacity } = wanted;
  if (capacity === undefined) return [];
  const indexes = has.globalIndexes.map(({ name }) => ({
    name,
    capacity: wanted.globalIndexes.find((index) => index.name === name)?.capacity ?? capacity,
  }));
  return [{ kind: 'throughput', billingMode: 'PROVISIONED', capacity, indexes }];
};

/** Only what changes is sent: the service refuses a capacity that is there already. */
const capacityChanges = (pair: Pair): readonly SettingStep[] => {
  const { wanted, has, scaling } = pair;
  const own = wanted.capacity;
  const isRight = own === undefined || isCapacityAsWanted(has.capacity, own, scaling);
  const indexes = pairsOf(pair).flatMap(([source, index]): IndexPart[] => {
    const { name, capacity } = source;
    if (capacity === undefined || isCapacityAsWanted(index.capacity, capacity, scaling, name)) return [];
    return [{ name, capacity }];
  });
  if (isRight && indexes.length === 0) return [];
  return [{ kind: 'throughput', billingMode: 'PROVISIONED', ...(!isRight && { capacity: own }), indexes }];
};

const maximumChanges = (pair: Pair): readonly SettingStep[] => {
  const { wanted, has } = pair;
  const isRight = isSameMaximum(wanted.onDemandMaximum, has.onDemandMaximum);
  const indexes = pairsOf(pair)
    .filter(([source, index]) => !isSameMaximum(source.onDemandMaximum, index.onDemandMaximum))
    .map(([{ name, onDemandMaximum = NO_LIMIT }]): IndexPart => ({ name, onDemandMaximum }));
  if (isRight && indexes.length === 0 && has.billingMode === 'PAY_PER_REQUEST') return [];
  const { onDemandMaximum = NO_LIMIT } = wanted;
  return [
    { kind: 'throughput', billingMode: 'PAY_PER_REQUEST', ...(!isRight && { onDemandMaximum }), indexes },
  ];
};

/**
 * Brings back how the table is paid for, its capacity or its on-demand maximum, and those of its indexes, all in one change. Nothing is taken for
 * granted of what the restore gave it. An index that the source lacks is left alone.
 */
export const throughputSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  if (expected.shape === undefined || live.shape === undefined) return [];
  const pair = { wanted: expected.shape, has: live.shape, scaling: live['auto-scaling'] };
  if (expected.shape.billingMode === 'PAY_PER_REQUEST') return maximumChanges(pair);
  return live.shape.billingMode === 'PROVISIONED' ? capacityChanges(pair) : becomingProvisioned(pair);
};

/** Raises warm throughput where the person asked for it, and only what is below: it costs money and does not go down again. */
export const warmSteps = ({ expected, live, context }: RestoreInput): readonly SettingStep[] => {
  if (context.choices.warm !== 'as-was' || expected.shape === undefined || live.shape === undefined)
    return [];
  const [wanted, has] = [expected.shape, live.shape];
  const table = wanted.warmThroughput;
  const isLow = table !== undefined && !reaches(has.warmThroughput, table);
  const indexes = pairsOf({ wanted, has, scaling: undefined }).flatMap(([source, index]) => {
    const warm = source.warmThroughput;
    if (warm === undefined || reaches(index.warmThroughput, warm)) return [];
    return [{ name: source.name, warmThroughput: highest(index.warmThroughput, warm) }];
  });
  if (!isLow && indexes.length === 0) return [];
  return [{ kind: 'warm-throughput', ...(isLow && { table: highest(has.warmThroughput, table) }), indexes }];
};
