import type { UpdateTimeToLiveInput } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { createdTable } from './find.ts';

const CONSTRAINTS = {
  TableName: TABLE_NAME_OR_ARN,
  TimeToLiveSpecification: { required: true },
  'TimeToLiveSpecification.AttributeName': { required: true, length: [1, 255] },
  'TimeToLiveSpecification.Enabled': { required: true },
} as const;

/** One change per table and hour. */
const CHANGE_INTERVAL_MS = 3_600_000;

export const updateTimeToLive: Operation = (context, raw) => {
  const { now } = context;
  const input = validated<UpdateTimeToLiveInput>(raw, CONSTRAINTS);
  const table = createdTable(context, input.TableName ?? '');
  const { AttributeName: attributeName = '', Enabled: enabled = false } = input.TimeToLiveSpecification ?? {};
  if (enabled === (table.timeToLive?.enabled ?? false)) {
    throw validationFailure(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  if (table.timeToLive && now - table.timeToLive.changedAt < CHANGE_INTERVAL_MS) {
    throw validationFailure('Time to live has been modified multiple times within a fixed interval');
  }
  table.timeToLive = { attributeName, enabled, changedAt: now };
  return { TimeToLiveSpecification: { AttributeName: attributeName, Enabled: enabled } };
};
