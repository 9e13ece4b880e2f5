import type { DescribeTimeToLiveInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { createdTable } from './find.ts';

const SWITCHING = { on: 'ENABLING', off: 'DISABLING' };
const SWITCHED = { on: 'ENABLED', off: 'DISABLED' };

export const describeTimeToLive: Operation = (context, raw) => {
  const input = validated<DescribeTimeToLiveInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  const { timeToLive } = createdTable(context, input.TableName ?? '');
  if (timeToLive === undefined) return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } };
  const { attributeName, changedAt, enabled } = timeToLive;
  const isUnderWay = context.now < changedAt + context.account.state.settings.ttlSwitchMs;
  const status = isUnderWay ? SWITCHING : SWITCHED;
  const name = enabled || isUnderWay ? { AttributeName: attributeName } : {};
  return { TimeToLiveDescription: { TimeToLiveStatus: status[enabled ? 'on' : 'off'], ...name } };
};
