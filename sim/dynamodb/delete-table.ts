import type { DeleteTableInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { removeTable } from './change-tables.ts';
import { existingTable } from './find.ts';
import { refuseRecentSource } from './replicas.ts';
import { statusOf, type Table } from './table.ts';
import { tableShape } from './table-shape.ts';

const VERBS = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' } as const;

/** A table in any other state than ACTIVE cannot be changed. */
export const refuseUnlessActive = (table: Table, now: number): void => {
  const status = statusOf(table, now);
  if (status === 'ACTIVE') return;
  const reason = `Table is being ${VERBS[status]}: ${table.name}`;
  throw serviceFailure(
    'ResourceInUseException',
    `Attempt to change a resource which is still in use: ${reason}`,
  );
};

export const deleteTable: Operation = (context, raw) => {
  const { account, caller, now } = context;
  const input = validated<DeleteTableInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  const table = existingTable(context, input.TableName ?? '');
  refuseUnlessActive(table, now);
  if (table.deletionProtection) {
    throw validationFailure(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  refuseRecentSource(table, now);
  removeTable(account, table, account.state.settings.deleteTableMs, caller);
  return { TableDescription: tableShape(table, now, account.state.settings) };
};
