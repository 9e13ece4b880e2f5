import type { DescribeContinuousBackupsInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { restorableTable } from './find.ts';
import { continuousBackupsShape } from './pitr.ts';

export const describeContinuousBackups: Operation = (context, raw) => {
  const input = validated<DescribeContinuousBackupsInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  return continuousBackupsShape(restorableTable(context, input.TableName ?? ''), context.now);
};
