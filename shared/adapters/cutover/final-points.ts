import {
  type BackupDetails,
  CreateBackupCommand,
  DescribeBackupCommand,
  type DynamoDBClient,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import type { CutoverOutcome, CutoverStep } from '../../model/cutover.ts';
import type { FinalPoint } from '../../ports/cutover.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readPages } from '../aws/paginate.ts';
import { readingOf, statedCount, statedInstant, statedText } from '../aws/reading.ts';
import { AS_ASKED, blocked, type Look, open, unseen, wait } from '../restore/change.ts';
import { readDescribedTable } from '../restore/described-table.ts';
import { madeChange, UNDER_WAY } from './outcome.ts';

const OPERATION = 'CreateBackup';

/** Reads a recovery point by its ARN. */
export const readFinalPoint = (dynamodb: DynamoDBClient, BackupArn: string): Promise<Reading<FinalPoint>> =>
  readingOf('DescribeBackup', async () => {
    const { BackupDescription } = await dynamodb.send(new DescribeBackupCommand({ BackupArn }));
    const details: Partial<BackupDetails> = BackupDescription?.BackupDetails ?? {};
    const tableId = statedText(BackupDescription?.SourceTableDetails?.TableId);
    const createdAt = statedInstant(details.BackupCreationDateTime);
    if (details.BackupArn !== BackupArn || tableId === undefined || createdAt === undefined)
      return 'the answer lacks the ARN, the table or the creation of the backup';
    return {
      id: BackupArn,
      tableId,
      createdAt,
      sizeBytes: statedCount(details.BackupSizeBytes) ?? 0,
      isAvailable: details.BackupStatus === 'AVAILABLE',
    };
  });

interface Listed {
  readonly id: string;
  readonly tableId: string | undefined;
  readonly name: string | undefined;
}

const listed = (dynamodb: DynamoDBClient, TableName: string) =>
  readPages<Listed>('ListBackups', async (token) => {
    const { BackupSummaries = [], LastEvaluatedBackupArn } = await dynamodb.send(
      new ListBackupsCommand({
        TableName,
        BackupType: 'USER',
        ...(token !== undefined && { ExclusiveStartBackupArn: token as string }),
      }),
    );
    const items = BackupSummaries.flatMap(({ BackupArn: id, TableId: tableId, BackupName: name }) =>
      id === undefined ? [] : [{ id, tableId, name }],
    );
    return { items, token: LastEvaluatedBackupArn };
  });

/**
 * Makes the final recovery point of a table, once, and waits until it is AVAILABLE: one of that name and table id is the one that an earlier
 * session made.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const makeFinalPoint = (
  { dynamodb, once }: { readonly dynamodb: DynamoDBClient; readonly once: DynamoDBClient },
  { table, tableId, name }: Extract<CutoverStep, { readonly kind: 'final-point' }>,
): Promise<CutoverOutcome> => {
  let made: string | undefined;
  const judge = async (id: string): Promise<Look<undefined>> => {
    const point = await readFinalPoint(dynamodb, id);
    if (point.kind === 'unreadable') return { kind: 'unread', failure: point.failure };
    if (point.kind === 'missing') return open(undefined);
    if (point.value.tableId !== tableId) return blocked(`${id} is of another table`, OPERATION);
    made = id;
    return point.value.isAvailable ? AS_ASKED : wait('the recovery point is being made', OPERATION);
  };
  const look = async (): Promise<Look<undefined>> => {
    const list = await listed(dynamodb, table);
    const own = list.items.find((one) => one.name === name && one.tableId === tableId);
    if (own !== undefined) return await judge(own.id);
    if (list.gap !== undefined) return { kind: 'unread', failure: list.gap };
    const described = await readDescribedTable(dynamodb, table);
    if (described.kind !== 'found') return unseen(described, 'DescribeTable');
    if (described.value.description.TableId !== tableId)
      return blocked(`${table} is another table now`, OPERATION);
    return open(undefined);
  };
  const send = async () => {
    await once.send(new CreateBackupCommand({ TableName: table, BackupName: name }));
    return UNDER_WAY(OPERATION);
  };
  return madeChange({ operation: OPERATION, look, send }, () => made);
};
