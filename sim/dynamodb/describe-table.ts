import type { DescribeTableInput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { existingTable } from './find.ts';
import { tableShape } from './table-shape.ts';

export const describeTable: Operation = (context, raw) => {
  const input = validated<DescribeTableInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  return { Table: tableShape(existingTable(context, input.TableName ?? ''), context.now) };
};
