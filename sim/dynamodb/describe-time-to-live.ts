import type { DescribeTimeToLiveInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { createdTable } from './find.ts';

export const describeTimeToLive: Operation = (context, raw) => {
  const input = validated<DescribeTimeToLiveInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  const { timeToLive } = createdTable(context, input.TableName ?? '');
  const description = timeToLive?.enabled
    ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attributeName }
    : { TimeToLiveStatus: 'DISABLED' };
  return { TimeToLiveDescription: description };
};
