import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { FailureError, ownFailure } from '../../model/failure.ts';
import { DAY_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { isFields, isNumber, isText, listOf, narrowed, oneOf, optional, shape } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import type { RestoreRecords } from '../../ports/restore.ts';
import { itemOf, readEntries, type StateTable, unwritten } from './items.ts';

/** For how long an ended restore is remembered: it says how long the next one may take. */
const KEPT_MS = 400 * DAY_MS;

/** One item for each name that a restore makes: the newest restore to it. */
const placeOf = ({ accountId }: Target, { targetRegion, targetTable }: RestoreRecord) => ({
  pk: `restore#${accountId}`,
  sk: `${targetRegion}/${targetTable}`,
});

const isKind = shape<{ readonly kind: string }>({ kind: isText });

const isRecord = narrowed(
  shape<RestoreRecord>({
    id: isText,
    source: isKind,
    targetTable: isText,
    targetRegion: isText,
    overrides: isFields,
    phase: oneOf<RestoreRecord['phase']>('planned', 'started', 'active', 'settings', 'verifying', 'ended'),
    revision: isNumber,
    plannedAt: isNumber,
    askedAt: optional(isNumber),
    acceptedAt: optional(isNumber),
    roleArn: optional(isText),
    jobId: optional(isText),
    targetTableId: optional(isText),
    seenAt: optional(isNumber),
    activeAt: optional(isNumber),
    endedAt: optional(isNumber),
    steps: listOf(shape<{ readonly step: unknown }>({ step: isKind })),
    choices: isFields,
  }),
  ({ source }) => isText(source.table),
);

const itemOfRecord = (target: Target, record: RestoreRecord, writer: string) => ({
  ...itemOf({ ...placeOf(target, record), content: record }),
  restoreId: { S: record.id },
  revision: { N: String(record.revision) },
  writer: { S: writer },
  isEnded: { BOOL: record.phase === 'ended' },
  ...(record.endedAt !== undefined && {
    expiresAt: { N: String(Math.ceil((record.endedAt + KEPT_MS) / SECOND_MS)) },
  }),
});

/** What this session wrote itself is for the SDK's retries: when the first answer was lost, the second finds its own record. */
const OWN = 'restoreId = :id AND writer = :writer AND revision = :next';
const FREE = `attribute_not_exists(pk) OR isEnded = :yes OR (${OWN})`;
const UNCHANGED = `(restoreId = :id AND revision = :last) OR (${OWN})`;

const isFree = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw unwritten('PutItem', error);
  }
};

const overtaken = ({ targetTable }: RestoreRecord): FailureError =>
  new FailureError(ownFailure('claim-held', `another session goes on with the restore to ${targetTable}`));

/**
 * Creates the records of restores in a state table, for one account: a restore into another Region stands beside the others. `writer` tells the
 * sessions apart: two that begin in the same second are two.
 */
export const createRestoreRecords = (
  state: StateTable,
  target: Target,
  writer: string = randomUUID(),
): RestoreRecords => {
  const put = (record: RestoreRecord, condition: string, values: Record<string, AttributeValue>) =>
    isFree(
      state.client.send(
        new PutItemCommand({
          TableName: state.name,
          Item: itemOfRecord(target, record, writer),
          ConditionExpression: condition,
          ExpressionAttributeValues: {
            ':id': { S: record.id },
            ':writer': { S: writer },
            ':next': { N: String(record.revision) },
            ...values,
          },
        }),
      ),
    );
  return {
    list: async () => {
      const entries = await readEntries(state, `restore#${target.accountId}`, isRecord);
      return entries.map(({ content }) => content).toSorted((a, b) => b.plannedAt - a.plannedAt);
    },
    begin: (record) => put(record, FREE, { ':yes': { BOOL: true } }),
    save: async (record) => {
      const next = { ...record, revision: record.revision + 1 };
      if (!(await put(next, UNCHANGED, { ':last': { N: String(record.revision) } }))) throw overtaken(record);
      return next;
    },
  };
};
