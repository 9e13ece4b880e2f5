import type { DescribeTableInput } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { existingTable } from './find.ts';
import type { Table } from './table.ts';
import { tableShape } from './table-shape.ts';

/** A restore that was accepted is not always visible at once. */
const refuseHidden = ({ state }: SimAccount, table: Table, now: number): void => {
  if (table.restoredFrom === undefined || now >= table.createdAt + state.settings.restoreHiddenMs) return;
  const message = `Requested resource not found: Table: ${table.name} not found`;
  throw serviceFailure('ResourceNotFoundException', message);
};

/** Counts the items when that is due. Nothing is counted of a table that no call ever wrote to. */
const takeCensus = ({ state }: SimAccount, table: Table, now: number): Promise<void> | undefined => {
  if (now < table.census.at + state.settings.countEveryMs) return undefined;
  return state.items.count(table)?.then((counted) => {
    table.census = { at: now, ...counted };
  });
};

export const describeTable: Operation = async (context, raw) => {
  const { account, now } = context;
  const input = validated<DescribeTableInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  const table = existingTable(context, input.TableName ?? '');
  refuseHidden(account, table, now);
  const census = takeCensus(account, table, now);
  if (census) await census;
  return { Table: tableShape(table, now, account.state.settings) };
};
