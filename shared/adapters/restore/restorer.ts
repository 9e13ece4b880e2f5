import {
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { type Failure, ownFailure } from '../../model/failure.ts';
import type { RestoreOverrides, RestoreSource } from '../../model/restore.ts';
import type { Target } from '../../model/target.ts';
import type { RestoredTable, Restorer, RestoreStart } from '../../ports/restore.ts';
import { type ClientOptions, createDynamoDBClient, createRestoreClient } from '../aws/clients.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { readingOf, statedCount, statedInstant, statedText } from '../aws/reading.ts';
import { incarnationOf } from '../aws/table-arn.ts';
import { sseOf } from './change-table.ts';
import { globalIndexDefinition, indexDefinition } from './change-throughput.ts';

/** Only what the person chose is sent, member by member: what is left out comes back as it was recorded. */
const overridesOf = ({ globalIndexes, localIndexes, billingMode, encryption }: RestoreOverrides) => ({
  ...(billingMode !== undefined && { BillingModeOverride: billingMode }),
  ...(globalIndexes !== undefined && {
    GlobalSecondaryIndexOverride: globalIndexes.map((index) => globalIndexDefinition(index, billingMode)),
  }),
  ...(localIndexes !== undefined && { LocalSecondaryIndexOverride: localIndexes.map(indexDefinition) }),
  ...(encryption !== undefined && { SSESpecificationOverride: sseOf(encryption) }),
});

/** Fifty run already, or one of this backup does. */
const LATER: ReadonlySet<string> = new Set(['BackupInUseException', 'LimitExceededException']);

const startOf = ({ kind, name, failure }: FailedCall): RestoreStart => {
  if (kind === 'ambiguous') return { kind: 'unknown', failure };
  const isLater = kind === 'throttled' || kind === 'out-of-time' || LATER.has(name);
  return { kind: isLater ? 'deferred' : 'refused', failure };
};

const REGION = /^arn:[^:]*:[^:]*:([^:]*):/;

/** The Region that the source is in. */
const regionOf = (source: RestoreSource): string | undefined =>
  REGION.exec(source.kind === 'point-in-time' ? source.tableArn : source.id)?.[1];

const send = async (
  once: DynamoDBClient,
  source: RestoreSource,
  TargetTableName: string,
  overrides: RestoreOverrides,
  isElsewhere: boolean,
): Promise<TableDescription | undefined> => {
  const more = { TargetTableName, ...overridesOf(overrides) };
  if (source.kind === 'recovery-point') {
    const answer = await once.send(new RestoreTableFromBackupCommand({ BackupArn: source.id, ...more }));
    return answer.TableDescription;
  }
  const from = isElsewhere ? { SourceTableArn: source.tableArn } : { SourceTableName: source.table };
  const answer = await once.send(
    new RestoreTableToPointInTimeCommand({ ...from, RestoreDateTime: new Date(source.second), ...more }),
  );
  return answer.TableDescription;
};

/** The service refuses it as well; said before, it costs nothing and names what is missing. */
const keyNotGiven = (operation: string): Failure =>
  ownFailure('key-not-given', 'a restore into another Region has to say how the table is encrypted there', {
    operation,
  });

const isUnderWay = ({ IndexStatus }: GlobalSecondaryIndexDescription): boolean =>
  IndexStatus !== undefined && IndexStatus !== 'ACTIVE';

const toRestored = (table: TableDescription): RestoredTable | string => {
  const [tableId, status] = [incarnationOf(table), statedText(table.TableStatus)];
  const createdAt = statedInstant(table.CreationDateTime);
  const { SourceBackupArn, SourceTableArn, RestoreDateTime } = table.RestoreSummary ?? {};
  const restoredFrom = statedText(SourceBackupArn) ?? statedText(SourceTableArn);
  const restoredTo = statedInstant(RestoreDateTime);
  if (tableId === undefined || status === undefined || createdAt === undefined)
    return 'the answer lacks the id, the status or the creation of the table';
  return {
    tableId,
    status,
    createdAt,
    ...(restoredFrom !== undefined && { restoredFrom }),
    ...(restoredTo !== undefined && { restoredTo }),
    sizeBytes: statedCount(table.TableSizeBytes) ?? 0,
    itemCount: statedCount(table.ItemCount) ?? 0,
    indexesUnderWay: (table.GlobalSecondaryIndexes ?? [])
      .filter(isUnderWay)
      .flatMap(({ IndexName }) => (IndexName === undefined ? [] : [IndexName])),
    ...(table.DeletionProtectionEnabled === true && { isProtected: true as const }),
  };
};

/**
 * Creates what starts restores into the account and Region of its options, and looks at what they make.
 * SAFETY: the call that starts one is sent once; only a throttled one, which did nothing, is repeated.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html (checked 2026-11-28)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html (checked 2026-11-28)
 */
export const createRestorer = (options: ClientOptions, { region }: Target): Restorer => {
  const once = createRestoreClient(options);
  const dynamodb = createDynamoDBClient(options);
  return {
    start: async (source, targetTable, overrides) => {
      const operation =
        source.kind === 'point-in-time' ? 'RestoreTableToPointInTime' : 'RestoreTableFromBackup';
      const isElsewhere = regionOf(source) !== region;
      if (isElsewhere && overrides.encryption === undefined)
        return { kind: 'refused', failure: keyNotGiven(operation) };
      try {
        const made = await send(once, source, targetTable, overrides, isElsewhere);
        const tableId = statedText(made?.TableId);
        return { kind: 'accepted', ...(tableId !== undefined && { tableId }) };
      } catch (error) {
        return startOf(failureOf(operation, error));
      }
    },
    look: (table) =>
      readingOf('DescribeTable', async () => {
        const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
        return toRestored(Table);
      }),
  };
};
