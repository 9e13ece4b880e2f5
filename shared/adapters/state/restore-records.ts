import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DAY_MS, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { isFields, isNumber, isText, listOf, narrowed, oneOf, optional, shape } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import type { RestoreRecords } from '../../ports/restore.ts';
import { itemOf, readEntries, type StateTable } from './items.ts';

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
    plannedAt: isNumber,
    askedAt: optional(isNumber),
    acceptedAt: optional(isNumber),
    targetTableId: optional(isText),
    activeAt: optional(isNumber),
    endedAt: optional(isNumber),
    steps: listOf(shape<{ readonly step: unknown }>({ step: isKind })),
    choices: isFields,
  }),
  ({ source }) => isText(source.table),
);

const itemOfRecord = (target: Target, record: RestoreRecord) => ({
  ...itemOf({ ...placeOf(target, record), content: record }),
  restoreId: { S: record.id },
  isEnded: { BOOL: record.phase === 'ended' },
  ...(record.endedAt !== undefined && {
    expiresAt: { N: String(Math.ceil((record.endedAt + KEPT_MS) / SECOND_MS)) },
  }),
});

/** The own id is for the SDK's retries: when the first answer was lost, the second finds its own record. */
const FREE = 'attribute_not_exists(pk) OR isEnded = :yes OR restoreId = :id';

const isFree = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Creates the records of restores in a state table, for one account: a restore into another Region stands beside the others. */
export const createRestoreRecords = (state: StateTable, target: Target): RestoreRecords => {
  const putOf = (record: RestoreRecord) => ({ TableName: state.name, Item: itemOfRecord(target, record) });
  return {
    list: async () => {
      const entries = await readEntries(state, `restore#${target.accountId}`, isRecord);
      return entries.map(({ content }) => content).toSorted((a, b) => b.plannedAt - a.plannedAt);
    },
    begin: (record) =>
      isFree(
        state.client.send(
          new PutItemCommand({
            ...putOf(record),
            ConditionExpression: FREE,
            ExpressionAttributeValues: { ':yes': { BOOL: true }, ':id': { S: record.id } },
          }),
        ),
      ),
    save: async (record) => {
      const saved = await isFree(
        state.client.send(
          new PutItemCommand({
            ...putOf(record),
            ConditionExpression: 'restoreId = :id',
            ExpressionAttributeValues: { ':id': { S: record.id } },
          }),
        ),
      );
      if (!saved) throw new Error(`another restore to ${record.targetTable} has taken the place of this one`);
    },
  };
};
