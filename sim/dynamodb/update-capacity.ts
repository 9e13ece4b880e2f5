import type { ProvisionedThroughput, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import { warmOf } from './index-shape.ts';
import type { Definition, Table } from './table.ts';
import { countChange } from './update-limits.ts';

const invalid = (why: string): Error =>
  validationFailure(`One or more parameter values were invalid: ${why}`);

const isLess = (asked: ProvisionedThroughput, now: ProvisionedThroughput | undefined): boolean =>
  (asked.ReadCapacityUnits ?? 0) < (now?.ReadCapacityUnits ?? 0) ||
  (asked.WriteCapacityUnits ?? 0) < (now?.WriteCapacityUnits ?? 0);

const isSame = (asked: ProvisionedThroughput, now: ProvisionedThroughput | undefined): boolean =>
  asked.ReadCapacityUnits === now?.ReadCapacityUnits && asked.WriteCapacityUnits === now?.WriteCapacityUnits;

const refuseUnchanged = (input: UpdateTableInput, { billingMode, provisionedThroughput }: Definition) => {
  const { ProvisionedThroughput: asked, GlobalSecondaryIndexUpdates: others, BillingMode: mode } = input;
  if (!asked || others || (mode !== undefined && mode !== billingMode)) return;
  if (!isSame(asked, provisionedThroughput)) return;
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = asked;
  throw validationFailure(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${reads}. Requested ReadCapacityUnits: ${reads}. Current WriteCapacityUnits provisioned for the table: ${writes}. Requested WriteCapacityUnits: ${writes}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
};

const limited = (maximum: number | undefined): number | undefined => (maximum === -1 ? undefined : maximum);

const onDemandOf = (
  input: UpdateTableInput,
  definition: Definition,
): Pick<Definition, 'onDemandThroughput'> => {
  const { onDemandThroughput: former } = definition;
  const asked = input.OnDemandThroughput;
  if (!asked) return former ? { onDemandThroughput: former } : {};
  const merged = { ...former, ...asked };
  const reads = limited(merged.MaxReadRequestUnits);
  const writes = limited(merged.MaxWriteRequestUnits);
  if (reads === undefined && writes === undefined) return {};
  return {
    onDemandThroughput: {
      ...(reads === undefined ? {} : { MaxReadRequestUnits: reads }),
      ...(writes === undefined ? {} : { MaxWriteRequestUnits: writes }),
    },
  };
};

const refuseIncoherent = (
  billingMode: Definition['billingMode'],
  definition: Definition,
  { ProvisionedThroughput: asked, OnDemandThroughput: maximum }: UpdateTableInput,
): void => {
  if (billingMode === 'PAY_PER_REQUEST' && asked) {
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (billingMode === 'PROVISIONED' && maximum) {
    throw invalid('OnDemandThroughput cannot be specified when BillingMode is PROVISIONED');
  }
  if (billingMode === 'PROVISIONED' && !(asked ?? definition.provisionedThroughput)) {
    throw invalid(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
};

/** An index that has no capacity of its own yet gets that of the table. */
const provisionedIndexes = (definition: Definition, throughput: ProvisionedThroughput | undefined) =>
  definition.globalSecondaryIndexes?.map((index) =>
    index.ProvisionedThroughput || !throughput ? index : { ...index, ProvisionedThroughput: throughput },
  );

/** The definition with its billing mode and capacities as asked. Indexes lose their capacity with the table. */
export const changedCapacity = (
  table: Table,
  definition: Definition,
  input: UpdateTableInput,
  now: number,
): Definition => {
  const billingMode = input.BillingMode ?? definition.billingMode;
  const asked = input.ProvisionedThroughput;
  refuseIncoherent(billingMode, definition, input);
  refuseUnchanged(input, definition);
  if (asked && isLess(asked, definition.provisionedThroughput)) countChange(table, 'decrease', now);
  const { provisionedThroughput: former, onDemandThroughput: _onDemand, ...rest } = definition;
  if (billingMode === 'PROVISIONED') {
    const throughput = asked ?? former;
    const global = provisionedIndexes(definition, throughput);
    return {
      ...rest,
      billingMode,
      ...(throughput && { provisionedThroughput: throughput }),
      ...(global && { globalSecondaryIndexes: global }),
    };
  }
  if (definition.billingMode === 'PROVISIONED') countChange(table, 'on-demand', now);
  const global = rest.globalSecondaryIndexes?.map(({ ProvisionedThroughput: _none, ...index }) => index);
  return {
    ...rest,
    billingMode,
    ...onDemandOf(input, definition),
    ...(global && { globalSecondaryIndexes: global }),
  };
};

/** The definition with the warm throughput as asked. No member of it goes down. */
export const changedWarmth = (definition: Definition, input: UpdateTableInput): Definition => {
  const asked = input.WarmThroughput;
  if (!asked) return definition;
  const { billingMode, provisionedThroughput: ProvisionedThroughput, warmThroughput } = definition;
  const live = warmOf(billingMode, {
    ...(ProvisionedThroughput && { ProvisionedThroughput }),
    ...(warmThroughput && { WarmThroughput: warmThroughput }),
  });
  const wanted = { ...live, ...asked };
  if (
    (wanted.ReadUnitsPerSecond ?? 0) < live.ReadUnitsPerSecond ||
    (wanted.WriteUnitsPerSecond ?? 0) < live.WriteUnitsPerSecond
  ) {
    throw invalid('decreasing WarmThroughput is not supported');
  }
  return { ...definition, warmThroughput: wanted };
};
