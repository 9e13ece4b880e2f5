import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Listing } from '../../ports/inventory.ts';
import type { Log } from '../../ports/log.ts';
import { readPages } from '../aws/paginate.ts';
import { type BackupQuery, readBackupPage } from './backup-page.ts';
import { createSharer } from './sharer.ts';

const inOrder = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Not everything that speaks this protocol keeps to the bounds of a query. */
const isAskedFor = (point: RecoveryPoint, { table, since }: BackupQuery): boolean =>
  (table === undefined || point.tableName === table) && (since === undefined || point.createdAt >= since);

/**
 * Given a query, returns the user-made backups it asks for, in order of creation, then of id: the service promises no order across tables.
 * At the edge `since` is inclusive, to the millisecond.
 */
export const listBackups = async (
  source: { readonly dynamodb: DynamoDBClient; readonly log: Log },
  query: BackupQuery,
): Promise<Listing<RecoveryPoint>> => {
  const reading = { ...source, shared: createSharer() };
  const listing = await readPages('ListBackups', (token) => readBackupPage(reading, query, token));
  const asked = listing.items.filter((point) => isAskedFor(point, query));
  const items = [...new Map(asked.map((point) => [point.id, point])).values()].toSorted(inOrder);
  return { ...listing, items };
};
