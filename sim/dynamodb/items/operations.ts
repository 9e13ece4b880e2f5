import { tableNameOf } from '../../arn.ts';
import type { Input } from '../../call.ts';
import { serviceFailure, validationFailure } from '../../failure.ts';
import type { Context, Operation, Operations } from '../../operation.ts';
import { statusOf, type Table } from '../table.ts';

/** A table that is being deleted still serves reads and writes, until it is gone. */
const openTable = ({ account, now }: Context, nameOrArn: unknown): Table => {
  if (typeof nameOrArn !== 'string') {
    throw validationFailure(
      "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    );
  }
  const table = account.state.tables.get(tableNameOf(nameOrArn));
  const status = table && statusOf(table, now);
  if (table && status !== 'CREATING') return table;
  throw serviceFailure('ResourceNotFoundException', 'Requested resource not found');
};

/** An index that is being filled cannot be read. */
const refuseBackfilling = ({ now }: Context, table: Table, index: unknown): void => {
  const work = typeof index === 'string' ? table.settings.indexWork.get(index) : undefined;
  if (work?.kind !== 'build' || now >= work.until) return;
  throw validationFailure(`Cannot read from backfilling global secondary index: ${String(index)}`);
};

const WRITES = new Set(['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem']);

/** Shows in CloudWatch that the table is written to: one unit a call, however large. */
const countWrite = ({ account, now }: Context, { name }: Table, operation: string): void => {
  if (!WRITES.has(operation)) return;
  const Dimensions = [{ Name: 'TableName', Value: name }];
  const metric = { Namespace: 'AWS/DynamoDB', MetricName: 'ConsumedWriteCapacityUnits', Dimensions };
  account.state.metrics.count(metric, now);
};

const onOneTable =
  (operation: string): Operation =>
  (context, input) => {
    const table = openTable(context, input.TableName);
    refuseBackfilling(context, table, input.IndexName);
    countWrite(context, table, operation);
    return context.account.state.items.call(table, operation, { ...input, TableName: table.name });
  };

const shareOf = (table: Table, request: unknown, input: Input): Input => ({
  ...input,
  RequestItems: { [table.name]: request },
});

const joinedMember = (values: readonly unknown[]): unknown =>
  values.some(Array.isArray) ? values.flat() : Object.assign({}, ...values);

/** The answers of the tables, each member joined. */
const joined = (answers: readonly Input[]): Input => {
  const members = new Set(answers.flatMap((answer) => Object.keys(answer)));
  const values = (member: string): readonly unknown[] =>
    answers.map((answer) => answer[member]).filter((value) => value !== undefined);
  return Object.fromEntries([...members].map((member) => [member, joinedMember(values(member))]));
};

const onManyTables =
  (operation: string): Operation =>
  async (context, input) => {
    const requests = Object.entries((input.RequestItems ?? {}) as Input);
    const open = requests.map(([name, request]) => [openTable(context, name), request] as const);
    for (const [table] of open) countWrite(context, table, operation);
    const answers = open.map(([table, request]) =>
      context.account.state.items.call(table, operation, shareOf(table, request, input)),
    );
    return joined(await Promise.all(answers));
  };

/** Single items, queries and batches. Transactions are unknown to dynalite, and so here. */
export const ITEM_OPERATIONS: Operations = {
  BatchGetItem: onManyTables('BatchGetItem'),
  BatchWriteItem: onManyTables('BatchWriteItem'),
  DeleteItem: onOneTable('DeleteItem'),
  GetItem: onOneTable('GetItem'),
  PutItem: onOneTable('PutItem'),
  Query: onOneTable('Query'),
  Scan: onOneTable('Scan'),
  UpdateItem: onOneTable('UpdateItem'),
};
