import type { SimAccount } from '../account.ts';
import { functionArn, mappingArn } from '../arn.ts';
import type { Input } from '../call.ts';
import { type Mapping, stateOf } from './mappings.ts';

const STREAM_DEFAULTS = {
  BatchSize: 100,
  MaximumBatchingWindowInSeconds: 0,
  ParallelizationFactor: 1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  DestinationConfig: { OnFailure: {} },
};

/** What a mapping is when nothing else is said. */
export const withDefaults = (definition: Input, sourceArn: string | undefined): Input =>
  sourceArn !== undefined && /:(dynamodb|kinesis):/.test(sourceArn)
    ? { ...STREAM_DEFAULTS, ...definition }
    : { BatchSize: 10, ...definition };

export const mappingShape = (account: SimAccount, mapping: Mapping, now: number): object => ({
  ...mapping.definition,
  UUID: mapping.uuid,
  EventSourceMappingArn: mappingArn(account, mapping.uuid),
  ...(mapping.sourceArn === undefined ? {} : { EventSourceArn: mapping.sourceArn }),
  FunctionArn: functionArn(account, mapping.functionName),
  LastModified: mapping.changedAt / 1000,
  LastProcessingResult: mapping.lastResult,
  State: stateOf(mapping, now),
  StateTransitionReason: 'User action',
});
