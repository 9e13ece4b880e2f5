import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { CutoverRecord } from '../../model/cutover.ts';
import { FailureError, ownFailure } from '../../model/failure.ts';
import { DAY_MS, SECOND_MS } from '../../model/instant.ts';
import { isFields, isNumber, isText, listOf, oneOf, optional, shape } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';
import type { CutoverRecords } from '../../ports/cutover.ts';
import { itemOf, readEntries, type StateTable, unwritten } from './items.ts';

/** The definitions of what was deleted are in the record: it is kept as long as anyone may ask for them. */
const KEPT_MS = 400 * DAY_MS;

const partitionOf = ({ accountId, region }: Target): string => `cutover#${accountId}/${region}`;

const isKind = shape<{ readonly kind: string }>({ kind: isText });

const isRecord = shape<CutoverRecord>({
  id: isText,
  table: isText,
  tableId: isText,
  restored: isText,
  restoredId: isText,
  region: isText,
  revision: isNumber,
  choices: isFields,
  plannedAt: isNumber,
  phase: oneOf<CutoverRecord['phase']>('under-way', 'ended'),
  givenUp: optional((value): value is true => value === true),
  endedAt: optional(isNumber),
  steps: listOf(shape<{ readonly step: unknown }>({ step: isKind })),
  policyTag: optional(shape({ key: isText, value: optional(isText), had: optional(isText) })),
  settings: isFields,
});

/** What this session wrote itself is for the SDK's retries: when the first answer was lost, the second finds its own record. */
const OWN = 'cutoverId = :id AND writer = :writer AND revision = :next';
const FREE = `attribute_not_exists(pk) OR (isEnded = :yes AND cutoverId = :before) OR (${OWN})`;
const KEEP = `attribute_not_exists(pk) OR cutoverId = :id OR (${OWN})`;
const UNCHANGED = `(cutoverId = :id AND revision = :last) OR (${OWN})`;

const isTaken = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return false;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return true;
    throw unwritten('PutItem', error);
  }
};

const overtaken = ({ table }: CutoverRecord): FailureError =>
  new FailureError(ownFailure('claim-held', `another session goes on with the cut-over of ${table}`));

/** Where the last cut-over of a table is, which keeps a second one from beginning. */
const lastOf = ({ table }: Pick<CutoverRecord, 'table'>): string => table;

/** Where one is kept once the next one of its table begins. Its id has a slash, and no table's name has. */
const formerOf = ({ id }: CutoverRecord): string => id;

/** One that is kept twice, because a session died before the next one began, is one. */
const eachOnce = (records: readonly CutoverRecord[]): readonly CutoverRecord[] => [
  ...new Map(records.toReversed().map((record) => [record.id, record])).values(),
];

/**
 * Creates the records of cut-overs in a state table: for each old table the last one, and those before it. `writer` tells the sessions apart.
 */
export const createCutoverRecords = (
  state: StateTable,
  target: Target,
  writer: string = randomUUID(),
): CutoverRecords => {
  const pk = partitionOf(target);
  const put = (
    record: CutoverRecord,
    ConditionExpression: string,
    more: Record<string, AttributeValue>,
    sk = lastOf(record),
  ): Promise<boolean> =>
    isTaken(
      state.client.send(
        new PutItemCommand({
          TableName: state.name,
          Item: {
            ...itemOf({ pk, sk, content: record }),
            cutoverId: { S: record.id },
            revision: { N: String(record.revision) },
            writer: { S: writer },
            isEnded: { BOOL: record.phase === 'ended' },
            ...(record.endedAt !== undefined && {
              expiresAt: { N: String(Math.ceil((record.endedAt + KEPT_MS) / SECOND_MS)) },
            }),
          },
          ConditionExpression,
          ExpressionAttributeValues: {
            ':id': { S: record.id },
            ':writer': { S: writer },
            ':next': { N: String(record.revision) },
            ...more,
          },
        }),
      ),
    );
  /** SAFETY: the definitions of what an earlier cut-over deleted are in its record, and nowhere else. */
  const keepFormer = async (record: CutoverRecord): Promise<CutoverRecord | undefined> => {
    const last = (await readEntries(state, pk, isRecord)).find(({ sk }) => sk === lastOf(record))?.content;
    if (last?.phase === 'ended') await put(last, KEEP, {}, formerOf(last));
    return last;
  };
  return {
    list: async () => {
      const entries = await readEntries(state, pk, isRecord);
      return eachOnce(entries.map(({ content }) => content)).toSorted((a, b) => b.plannedAt - a.plannedAt);
    },
    begin: async (record) => {
      const before = await keepFormer(record);
      return !(await put(record, FREE, { ':yes': { BOOL: true }, ':before': { S: before?.id ?? '-' } }));
    },
    save: async (record) => {
      const next = { ...record, revision: record.revision + 1 };
      if (await put(next, UNCHANGED, { ':last': { N: String(record.revision) } })) throw overtaken(record);
      return next;
    },
  };
};
