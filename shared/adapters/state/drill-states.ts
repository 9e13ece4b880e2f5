import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DRILL_PHASES,
  type Drill,
  type DrillExport,
  type DrillRefusal,
  type DrillState,
  type DrillSum,
  type FailingDeletion,
} from '../../model/drill.ts';
import { FailureError, ownFailure } from '../../model/failure.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import { DRILL_LEVELS } from '../../model/policy.ts';
import { isFields, isNumber, isText, listOf, narrowed, oneOf, optional, shape } from '../../model/shape.ts';
import type { DrillStates } from '../../ports/drill.ts';
import { failureOf } from '../aws/errors.ts';
import { itemOf, placeOf, readEntries, type StateTable } from './items.ts';

/** For how long the drills of a table are remembered after the last was written: they say how long a restore may take. */
const KEPT_MS = 400 * DAY_MS;

const DRILLS = 'drill';

const isKind = shape<{ readonly kind: string }>({ kind: isText });

const isExport = shape<DrillExport>({
  bucket: isText,
  prefix: isText,
  arn: optional(isText),
  manifest: optional(isText),
});

const isDrill = narrowed(
  shape<Drill>({
    id: isText,
    table: isText,
    tableId: isText,
    policy: isText,
    level: oneOf(...DRILL_LEVELS),
    source: isKind,
    overrides: isFields,
    sample: isNumber,
    sizeBytes: optional(isNumber),
    itemCount: optional(isNumber),
    usd: isNumber,
    phase: oneOf(...DRILL_PHASES),
    plannedAt: isNumber,
    drillTable: optional(isText),
    export: optional(isExport),
    putOff: optional(isKind),
    askedAt: optional(isNumber),
    acceptedAt: optional(isNumber),
    jobId: optional(isText),
    drillTableId: optional(isText),
    seenAt: optional(isNumber),
    unreadyAt: optional(isNumber),
    activeAt: optional(isNumber),
    settledAt: optional(isNumber),
    checkedAt: optional(isNumber),
    deleteAskedAt: optional(isNumber),
    deletionFailing: optional(
      shape<Pick<FailingDeletion, 'since' | 'failure' | 'isProtected'>>({
        since: isNumber,
        failure: isFields,
        isProtected: optional(oneOf(true)),
      }),
    ),
    goneAt: optional(isNumber),
    endedAt: optional(isNumber),
    steps: listOf(shape<{ readonly step: unknown }>({ step: isKind })),
    checks: listOf(
      shape<{ readonly name: string; readonly verdict: string }>({ name: isText, verdict: isText }),
    ),
    result: optional(oneOf<NonNullable<Drill['result']>>('proved', 'failed')),
  }),
  ({ source }) => isText(source.table),
);

const isRefusal = shape<DrillRefusal>({
  policy: isText,
  reason: oneOf<DrillRefusal['reason']>('cap', 'no-bucket', 'nothing-to-restore'),
  since: isNumber,
  at: isNumber,
  usd: isNumber,
  spentUsd: isNumber,
  capUsd: isNumber,
});

const isState = shape<DrillState>({
  table: isText,
  revision: isNumber,
  current: optional(isDrill),
  past: listOf(isDrill),
  beyond: optional(shape<DrillSum>({ month: isNumber, usd: isNumber })),
  refused: optional(isRefusal),
});

/** What this run wrote itself is for the SDK's retries: when the first answer was lost, the second finds its own. */
const OWN = 'writer = :writer AND revision = :next';
const FREE = `attribute_not_exists(pk) OR (${OWN})`;
const UNCHANGED = `revision = :last OR (${OWN})`;

const overtaken = ({ table }: DrillState): FailureError =>
  new FailureError(ownFailure('claim-held', `another run goes on with the drills of ${table}`));

const writing = async (state: DrillState, write: Promise<unknown>): Promise<void> => {
  try {
    await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw overtaken(state);
    throw new FailureError(failureOf('PutItem', error).failure, { cause: error });
  }
};

/**
 * Creates the drills of a target in a state table: one item for each table, so that two of one table are never under way. `writer` tells the
 * runs apart.
 */
export const createDrillStates = (
  table: StateTable,
  now: () => Instant,
  writer: string = randomUUID(),
): DrillStates => {
  const pk = placeOf(table, DRILLS);
  return {
    list: async () => (await readEntries(table, pk, isState)).map(({ content }) => content),
    save: async (state) => {
      const next = { ...state, revision: state.revision + 1 };
      const put = new PutItemCommand({
        TableName: table.name,
        Item: {
          ...itemOf({ pk, sk: state.table, content: next }),
          revision: { N: String(next.revision) },
          writer: { S: writer },
          // SAFETY: what is under way is never forgotten.
          ...(next.current === undefined && {
            expiresAt: { N: String(Math.ceil((now() + KEPT_MS) / SECOND_MS)) },
          }),
        },
        ConditionExpression: state.revision === 0 ? FREE : UNCHANGED,
        ExpressionAttributeValues: {
          ':writer': { S: writer },
          ':next': { N: String(next.revision) },
          ...(state.revision > 0 && { ':last': { N: String(state.revision) } }),
        },
      });
      await writing(state, table.client.send(put));
      return next;
    },
  };
};
