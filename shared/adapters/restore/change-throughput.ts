import type {
  GlobalSecondaryIndex,
  GlobalSecondaryIndexUpdate,
  OnDemandThroughput,
  ProvisionedThroughput,
  UpdateTableCommandInput,
  WarmThroughput,
} from '@aws-sdk/client-dynamodb';
import type { SettingStep } from '../../model/restore.ts';
import type { Capacity, GlobalIndex, LocalIndex, TableShape } from '../../model/table-settings.ts';
import { type Look, wait } from './change.ts';
import type { DescribedTable } from './described-table.ts';

type Update = Omit<UpdateTableCommandInput, 'TableName'>;
type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { readonly kind: Kind }>;
type Asked = (described: DescribedTable) => Update | undefined | Look<never>;

const NO_LIMIT: Capacity = { reads: -1, writes: -1 };

const isSame = (one: Capacity | undefined, other: Capacity | undefined): boolean =>
  one?.reads === other?.reads && one?.writes === other?.writes;

const provisioned = ({ reads, writes }: Capacity): ProvisionedThroughput => ({
  ReadCapacityUnits: reads,
  WriteCapacityUnits: writes,
});

const onDemand = ({ reads, writes }: Capacity): OnDemandThroughput => ({
  MaxReadRequestUnits: reads,
  MaxWriteRequestUnits: writes,
});

const warmed = ({ reads, writes }: Capacity): WarmThroughput => ({
  ReadUnitsPerSecond: reads,
  WriteUnitsPerSecond: writes,
});

/** What a throughput is set to: a member is there only where it changes. */
interface Members {
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
}

interface Throughput {
  readonly capacity?: Capacity | undefined;
  readonly onDemandMaximum?: Capacity | undefined;
}

/** The call is all or nothing: a capacity that is there already would be refused with all that is beside it. */
const changed = (asked: Throughput, has: Throughput, isOtherMode: boolean): Members => {
  const { capacity, onDemandMaximum } = asked;
  const isMaximumSame = isSame(onDemandMaximum, has.onDemandMaximum ?? NO_LIMIT);
  return {
    ...(capacity !== undefined &&
      (isOtherMode || !isSame(capacity, has.capacity)) && { ProvisionedThroughput: provisioned(capacity) }),
    ...(onDemandMaximum !== undefined && !isMaximumSame && { OnDemandThroughput: onDemand(onDemandMaximum) }),
  };
};

const isEmpty = (members: object): boolean => Object.keys(members).length === 0;

const indexUpdates = <Asked extends { readonly name: string }>(
  asked: readonly Asked[],
  shape: TableShape,
  membersOf: (asked: Asked, has: GlobalIndex) => object,
): readonly GlobalSecondaryIndexUpdate[] =>
  asked.flatMap((index) => {
    const has = shape.globalIndexes.find(({ name }) => name === index.name);
    const members = has === undefined ? {} : membersOf(index, has);
    return isEmpty(members) ? [] : [{ Update: { IndexName: index.name, ...members } }];
  });

/** Asks for a way to pay, and for capacities or maxima of the table and its indexes, all in one call. */
export const askThroughput =
  (step: Step<'throughput'>): Asked =>
  ({ shape }) => {
    const isOtherMode = shape.billingMode !== step.billingMode;
    const updates = indexUpdates(step.indexes, shape, (index, has) => changed(index, has, isOtherMode));
    const update: Update = {
      ...(isOtherMode && { BillingMode: step.billingMode }),
      ...changed(step, shape, isOtherMode),
      ...(updates.length > 0 && { GlobalSecondaryIndexUpdates: [...updates] }),
    };
    return isEmpty(update) ? undefined : update;
  };

const raised = (has: Capacity | undefined, asked: Capacity | undefined): WarmThroughput | undefined => {
  if (asked === undefined) return undefined;
  const reads = Math.max(asked.reads, has?.reads ?? 0);
  const writes = Math.max(asked.writes, has?.writes ?? 0);
  return isSame(has, { reads, writes }) ? undefined : warmed({ reads, writes });
};

/** Asks for more warm throughput. The service refuses less of any member, so each is the higher of both. */
export const askWarmth =
  (step: Step<'warm-throughput'>): Asked =>
  ({ shape }) => {
    const own = raised(shape.warmThroughput, step.table);
    const updates = indexUpdates(step.indexes, shape, ({ warmThroughput }, has) => {
      const more = raised(has.warmThroughput, warmThroughput);
      return more === undefined ? {} : { WarmThroughput: more };
    });
    const update: Update = {
      ...(own !== undefined && { WarmThroughput: own }),
      ...(updates.length > 0 && { GlobalSecondaryIndexUpdates: [...updates] }),
    };
    return isEmpty(update) ? undefined : update;
  };

/** Converts what defines an index. */
export const indexDefinition = ({ name, keys, projection }: LocalIndex) => ({
  IndexName: name,
  KeySchema: keys.map((key) => ({ AttributeName: key.name, KeyType: key.role })),
  Projection: {
    ProjectionType: projection.type,
    ...(projection.attributes !== undefined && { NonKeyAttributes: [...projection.attributes] }),
  },
});

/** Converts a global index member by member: on-demand tables show a capacity of zeros that the service refuses. */
export const globalIndexDefinition = (
  index: GlobalIndex,
  mode: TableShape['billingMode'] | undefined,
): GlobalSecondaryIndex => ({
  ...indexDefinition(index),
  ...(mode !== 'PAY_PER_REQUEST' &&
    index.capacity !== undefined && { ProvisionedThroughput: provisioned(index.capacity) }),
});

/**
 * Asks for a global index. The service builds one at a time, and takes the attributes of all keys that the table has then.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html (checked 2026-11-28)
 */
export const askIndex =
  ({ index, attributes }: Step<'global-index'>): Asked =>
  ({ shape, description }) => {
    const has = description.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.name);
    if (has?.IndexStatus === 'ACTIVE') return undefined;
    const busy = description.GlobalSecondaryIndexes?.find(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
    if (busy !== undefined) return wait(`the index ${busy.IndexName} is ${busy.IndexStatus}`, 'UpdateTable');
    const { onDemandMaximum } = index;
    const isLimited = shape.billingMode === 'PAY_PER_REQUEST' && onDemandMaximum !== undefined;
    const all = new Map([...shape.attributes, ...attributes].map(({ name, type }) => [name, type]));
    return {
      AttributeDefinitions: [...all].map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            ...globalIndexDefinition(index, shape.billingMode),
            ...(isLimited && { OnDemandThroughput: onDemand(onDemandMaximum) }),
          },
        },
      ],
    };
  };
