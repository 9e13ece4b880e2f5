import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DeleteTableCommand, type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { CutoverOutcome, CutoverRecord, CutoverStep } from '../../model/cutover.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Clock } from '../../ports/time.ts';
import { AS_ASKED, blocked, type Look, makeChange, open, unseen, wait } from '../restore/change.ts';
import { type DescribedTable, readDescribedTable } from '../restore/described-table.ts';
import { readFinalPoint } from './final-points.ts';
import { readWriteUnits } from './metrics.ts';

interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly cloudwatch: CloudWatchClient;
  readonly clock: Clock;
}

type Step<Kind extends CutoverStep['kind']> = Extract<CutoverStep, { readonly kind: Kind }>;

const BUSY: readonly (string | undefined)[] = ['CREATING', 'UPDATING'];

/** SAFETY: the name alone proves nothing: only the very table of the record may be changed. */
const isAnother = ({ description }: DescribedTable, tableId: string): boolean =>
  description.TableId !== tableId;

/** Switches the deletion protection of the old table off, as the last thing before it is deleted. */
export const liftProtection = (
  { dynamodb }: Clients,
  { table, tableId }: Step<'protection-off'>,
): Promise<CutoverOutcome> => {
  const operation = 'UpdateTable';
  return makeChange<undefined>({
    operation,
    look: async () => {
      const reading = await readDescribedTable(dynamodb, table);
      if (reading.kind === 'missing') return AS_ASKED;
      if (reading.kind !== 'found') return unseen(reading, 'DescribeTable');
      if (isAnother(reading.value, tableId)) return blocked(`${table} is another table now`, operation);
      const { shape, description } = reading.value;
      if (!shape.deletionProtection) return AS_ASKED;
      return BUSY.includes(description.TableStatus)
        ? wait(`the table is ${description.TableStatus ?? ''}`, operation)
        : open(undefined);
    },
    send: async () => {
      await dynamodb.send(new UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: false }));
      return undefined;
    },
  });
};

/** What a deletion rests on: the final recovery points of both tables, by ARN. */
export interface Safeguards {
  readonly old: string | undefined;
  readonly restored: string | undefined;
}

const OPERATION = 'DeleteTable';

type Kept = readonly [table: string, tableId: string, point: string | undefined];

/** Returns why a table is not kept as it is now; undefined where it is. */
const notKept = async (
  { dynamodb, cloudwatch, clock }: Clients,
  [table, tableId, arn]: Kept,
): Promise<Look<never> | undefined> => {
  if (arn === undefined) return blocked(`no final recovery point of ${table} was made`, OPERATION);
  const point = await readFinalPoint(dynamodb, arn);
  if (point.kind === 'missing') return blocked(`the final recovery point ${arn} is gone`, OPERATION);
  if (point.kind === 'unreadable') return { kind: 'unread', failure: point.failure };
  if (point.value.tableId !== tableId) return blocked(`${arn} is of another table`, OPERATION);
  if (!point.value.isAvailable) return wait(`the final recovery point of ${table} is being made`, OPERATION);
  const written = await readWriteUnits(cloudwatch, table, point.value.createdAt, clock.now());
  if (written.kind === 'missing') return wait('CloudWatch shows no metrics', OPERATION);
  if (written.kind === 'unreadable') return { kind: 'unread', failure: written.failure };
  const { units } = written.value;
  const why = `${table} was written to after its final recovery point (${units} write units): give this cut-over up and begin again`;
  return units > 0 ? blocked(why, OPERATION) : undefined;
};

/** SAFETY: returns why the deletion has no ground; undefined where both tables are kept as they are now. */
const missingGround = async (
  clients: Clients,
  { table, tableId, restored, restoredId }: CutoverRecord,
  points: Safeguards,
): Promise<Look<never> | undefined> =>
  (await notKept(clients, [table, tableId, points.old])) ??
  (await notKept(clients, [restored, restoredId, points.restored]));

/** Returns why a table of that state cannot be deleted now, or that it is being deleted; undefined where it can. */
const refusedByState = ({ description, shape }: DescribedTable, table: string): Look<never> | undefined => {
  const { TableStatus: status, Replicas: replicas = [] } = description;
  if (status === 'DELETING') return AS_ASKED;
  if (replicas.length > 0) return blocked(`${table} has replicas`, OPERATION);
  if (shape.deletionProtection) return blocked(`${table} is protected against deletion`, OPERATION);
  return BUSY.includes(status) ? wait(`the table is ${status ?? ''}`, OPERATION) : undefined;
};

const RECENT_REPLICA = 'last 24 hours';

/**
 * Deletes the old table. SAFETY: only the one with the id of the record, only when both tables have an AVAILABLE final recovery point, and only when
 * neither was written to since.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html (checked 2026-11-28)
 */
export const deleteOldTable = (
  clients: Clients,
  { table, tableId }: Step<'delete-table'>,
  record: CutoverRecord,
  points: Safeguards,
): Promise<CutoverOutcome> =>
  makeChange<undefined>({
    operation: OPERATION,
    look: async () => {
      const reading = await readDescribedTable(clients.dynamodb, table);
      if (reading.kind === 'missing') return AS_ASKED;
      if (reading.kind !== 'found') return unseen(reading, 'DescribeTable');
      if (isAnother(reading.value, tableId)) return blocked(`${table} is another table now`, OPERATION);
      return (
        refusedByState(reading.value, table) ??
        (await missingGround(clients, record, points)) ??
        open(undefined)
      );
    },
    send: async () => {
      await clients.dynamodb.send(new DeleteTableCommand({ TableName: table }));
      return undefined;
    },
    notBefore: ({ name, failure }): Instant | undefined =>
      name === 'ValidationException' && failure.message.includes(RECENT_REPLICA)
        ? clients.clock.now() + DAY_MS
        : undefined,
  });

/** One answer that a table is absent may come from a part of the service that does not know of it yet. */
const BETWEEN_ANSWERS_MS = 5 * SECOND_MS;

const failed = (why: string): CutoverOutcome => ({
  kind: 'failed',
  failure: ownFailure('not-as-asked', why, { operation: 'DescribeTable' }),
});

const lostUnits = async (
  { cloudwatch, dynamodb, clock }: Clients,
  table: string,
  point: string | undefined,
): Promise<number> => {
  const found = point === undefined ? undefined : await readFinalPoint(dynamodb, point);
  if (found?.kind !== 'found') return 0;
  const written = await readWriteUnits(cloudwatch, table, found.value.createdAt, clock.now());
  return written.kind === 'found' ? written.value.units : 0;
};

/** Waits until the name is free: two answers, seconds apart, that there is no such table. Counts what was written to it until then. */
export const nameIsFree = async (
  clients: Clients,
  { table, tableId }: Step<'name-free'>,
  point: string | undefined,
): Promise<CutoverOutcome> => {
  for (const isSecond of [false, true]) {
    const reading = await readDescribedTable(clients.dynamodb, table);
    if (reading.kind === 'found') {
      if (isAnother(reading.value, tableId)) return failed(`${table} is another table now`);
      const status = reading.value.description.TableStatus ?? '';
      const failure: Failure = ownFailure('not-ready', `${table} is ${status}`, {
        operation: 'DescribeTable',
      });
      return { kind: 'deferred', failure };
    }
    if (reading.kind === 'unreadable') return { kind: 'deferred', failure: reading.failure };
    if (!isSecond) await clients.clock.sleep(BETWEEN_ANSWERS_MS);
  }
  const units = await lostUnits(clients, table, point);
  return { kind: 'done', ...(units > 0 && { lostUnits: units }) };
};
