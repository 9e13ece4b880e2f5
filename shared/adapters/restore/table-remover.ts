import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { Removal, TableRemover } from '../../ports/drill.ts';
import { type ClientOptions, createRestoreClient } from '../aws/clients.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';

/** It is being made, changed or deleted, or too many tables are. */
const LATER: ReadonlySet<string> = new Set(['ResourceInUseException', 'LimitExceededException']);

const removalOf = ({ kind, name, failure }: FailedCall): Removal => {
  if (kind === 'not-found') return { kind: 'gone' };
  const isLater = kind !== 'refused' && kind !== 'access-denied';
  return { kind: isLater || LATER.has(name) ? 'later' : 'refused', failure };
};

/**
 * Creates what deletes the tables of drills. A call whose answer was lost is not repeated: what it did is looked at instead.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html (checked 2026-11-29)
 */
export const createTableRemover = (options: ClientOptions): TableRemover => {
  const client = createRestoreClient(options);
  return {
    remove: async (table) => {
      try {
        await client.send(new DeleteTableCommand({ TableName: table }));
        return { kind: 'asked' };
      } catch (error) {
        return removalOf(failureOf('DeleteTable', error));
      }
    },
  };
};
