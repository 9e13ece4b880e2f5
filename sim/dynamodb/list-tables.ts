import type { ListTablesInput } from '@aws-sdk/client-dynamodb';
import { type Operation, pageSize } from '../operation.ts';
import { validated } from '../validation.ts';

const CONSTRAINTS = {
  Limit: { range: [1, 100] },
  ExclusiveStartTableName: { length: [3, 255], pattern: /[a-zA-Z0-9_.-]+/ },
} as const;

export const listTables: Operation = ({ account }, raw) => {
  const input = validated<ListTablesInput>(raw, CONSTRAINTS);
  // A token is a name, so an empty page could not tell where to go on.
  const size = Math.max(1, pageSize(account, input.Limit ?? 100));
  const names = account.state.tables.namesAfter(input.ExclusiveStartTableName, size + 1);
  const page = names.slice(0, size);
  return { TableNames: page, ...(names.length > size ? { LastEvaluatedTableName: page.at(-1) } : {}) };
};
