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

export const updateTimeToLive: Operation = (context, raw) => {
  const { now } = context;
  const input = validated<UpdateTimeToLiveInput>(raw, CONSTRAINTS);
  const table = createdTable(context, input.TableName ?? '');
  const { AttributeName: attributeName = '', Enabled: enabled = false } = input.TimeToLiveSpecification ?? {};
  const former = table.timeToLive;
  if (enabled && former?.enabled && former.attributeName !== attributeName) {
    throw validationFailure('TimeToLive is active on a different AttributeName');
  }
  if (enabled === (former?.enabled ?? false)) {
    throw validationFailure(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  if (former && now - former.changedAt < context.account.state.settings.ttlChangeMs) {
    throw validationFailure('Time to live has been modified multiple times within a fixed interval');
  }
  table.timeToLive = { attributeName, enabled, changedAt: now };
  return { TimeToLiveSpecification: { AttributeName: attributeName, Enabled: enabled } };
};
