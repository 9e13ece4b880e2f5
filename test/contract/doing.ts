import {
  type BackupDetails,
  type BackupSummary,
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  type ListBackupsCommandInput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { World } from './story.ts';

// What the stories do over and over.

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
/** Longer than any change of a table, a tag or a backup takes. */
const A_WHILE_MS = 10 * MINUTE_MS;

export const STANDARD_TAG = { Key: 'backup:policy', Value: 'standard' };

type Tags = readonly { readonly Key: string; readonly Value: string }[];

export const newTable = (TableName: string, Tags: Tags = []): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...(Tags.length > 0 && { Tags: [...Tags] }),
  });

/** Lets everything under way come to its end. */
export const settle = ({ pass }: World): Promise<void> => pass(A_WHILE_MS);

/** Makes tables, and lets them become active and their tags known. */
export const makeTables = async (world: World, names: readonly string[], tags: Tags = []): Promise<void> => {
  for (const name of names) await world.dynamodb.send(newTable(name, tags));
  await settle(world);
};

export const describeTable = async ({ dynamodb }: World, name: string): Promise<TableDescription> => {
  const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
  return Table;
};

export const deleteTable = async (world: World, name: string): Promise<void> => {
  await world.dynamodb.send(new DeleteTableCommand({ TableName: name }));
  await settle(world);
};

/** Backs a table up, and lets the backup become available. */
export const backUp = async (world: World, table: string, name: string): Promise<BackupDetails> => {
  const input = { TableName: table, BackupName: name };
  const { BackupDetails } = await world.dynamodb.send(new CreateBackupCommand(input));
  await settle(world);
  if (BackupDetails === undefined) throw new Error('CreateBackup answered without a backup');
  return BackupDetails;
};

/** One page of the list. */
export const listPage = async (
  { dynamodb }: World,
  input: ListBackupsCommandInput = {},
): Promise<{ readonly backups: readonly BackupSummary[]; readonly token: string | undefined }> => {
  const answer = await dynamodb.send(new ListBackupsCommand(input));
  return { backups: answer.BackupSummaries ?? [], token: answer.LastEvaluatedBackupArn };
};

/** The names on the first page of the list. */
export const listedNames = async (
  world: World,
  input: ListBackupsCommandInput = {},
): Promise<readonly (string | undefined)[]> =>
  (await listPage(world, input)).backups.map(({ BackupName }) => BackupName);

/** What a call fails with: the error's name, or `no error`. */
export const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    if (error instanceof Error) return error.name;
    throw error;
  }
};

/** As many names as asked for, in order. */
export const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(4, '0')}`);
