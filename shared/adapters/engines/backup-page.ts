import { type BackupSummary, type DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import type {
  RecoveryPoint,
  RecoveryPointLocation,
  RecoveryPointOrigin,
  RecoveryPointStatus,
} from '../../model/recovery-point.ts';
import { parseRecoveryPointName } from '../../model/recovery-point-name.ts';
import type { RecoveryPointQuery } from '../../ports/engine.ts';
import type { Log } from '../../ports/log.ts';
import { type Page, pageWithout } from '../aws/paginate.ts';
import { statedCount, statedInstant, statedList, statedText } from '../aws/reading.ts';
import { incarnationOf } from '../aws/table-arn.ts';

/** Returns an equal text that was seen before, if any, so that equal texts are stored once. */
export type Sharer = (text: string) => string;

/** Creates an empty sharer. It keeps every text that it has seen until it is released itself. */
export const createSharer = (): Sharer => {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known === undefined) seen.set(text, text);
    return known ?? text;
  };
};

/** Reads what a backup's name says of who made it; undefined for everybody else's. */
export type OriginReader = (name: string) => RecoveryPointOrigin | undefined;

/**
 * SAFETY: the only place that reads whose a backup of DynamoDB is. Creates a reader that reads each
 * name once: names recur from table to table, and reading one is the most expensive step of a list.
 */
export const createOriginReader = (): OriginReader => {
  const known = new Map<string, RecoveryPointOrigin | undefined>();
  return (name) => {
    const origin = known.get(name);
    if (origin !== undefined || known.has(name)) return origin;
    const read = parseRecoveryPointName(name);
    known.set(name, read);
    return read;
  };
};

/**
 * What a page is read with, and where its backups are. Hundreds of thousands of entries repeat few
 * tables and slots: `shared` keeps one copy of each, and `originOf` reads each name once.
 */
export interface BackupSource {
  readonly dynamodb: DynamoDBClient;
  readonly log: Log;
  readonly shared: Sharer;
  readonly originOf: OriginReader;
  readonly location: RecoveryPointLocation;
}

const PAGE_SIZE = 100;

const STATUSES: ReadonlyMap<unknown, RecoveryPointStatus> = new Map([
  ['AVAILABLE', 'available'],
  ['CREATING', 'creating'],
  ['DELETED', 'deleted'],
]);

/** Types of backups that Tablekeeper does not make. */
const MADE_BY_OTHERS: readonly unknown[] = ['AWS_BACKUP', 'SYSTEM'];

/**
 * Maps an uncertain status to "still being created": the point keeps its slot and counts towards
 * nothing.
 */
const toStatus = ({ BackupStatus, BackupArn }: BackupSummary, log: Log): RecoveryPointStatus => {
  const status = STATUSES.get(BackupStatus);
  if (status === undefined)
    log.warn('a backup has a status this version does not know', { BackupArn, BackupStatus });
  return status ?? 'creating';
};

const toRecoveryPoint = (
  summary: BackupSummary,
  { location, log, originOf, shared }: BackupSource,
): RecoveryPoint | undefined => {
  const id = statedText(summary.BackupArn);
  const name = statedText(summary.BackupName);
  const tableName = statedText(summary.TableName);
  const tableId = incarnationOf(summary);
  const createdAt = statedInstant(summary.BackupCreationDateTime);
  if (summary.BackupType !== 'USER' || !id || !name || !tableName || !tableId || createdAt === undefined)
    return undefined;
  const origin = originOf(name);
  return {
    id,
    name: shared(name),
    engine: 'dynamodb',
    location,
    ...(origin !== undefined && { origin }),
    tableName: shared(tableName),
    tableId: shared(tableId),
    createdAt,
    status: toStatus(summary, log),
    sizeBytes: statedCount(summary.BackupSizeBytes) ?? 0,
  };
};

const toPage = (
  summaries: readonly BackupSummary[],
  token: unknown,
  source: BackupSource,
): Page<RecoveryPoint> => {
  const points = summaries.map((summary) => toRecoveryPoint(summary, source));
  const items = points.filter((point) => point !== undefined);
  const skipped = points.length - items.length;
  return {
    items,
    token,
    ...(skipped > 0 && { gap: `${skipped} of the entries lack a type, a name, a table or a date` }),
  };
};

/**
 * Reads one page of user-made backups. Filters for USER again, because not everything that speaks
 * this protocol filters. An entry that lacks a required field or has an unknown type is left out
 * with a gap.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html (checked 2026-11-22)
 */
export const readBackupPage = async (
  source: BackupSource,
  { table, since }: RecoveryPointQuery,
  token: string | undefined,
): Promise<Page<RecoveryPoint>> => {
  const { BackupSummaries, LastEvaluatedBackupArn } = await source.dynamodb.send(
    new ListBackupsCommand({
      BackupType: 'USER',
      Limit: PAGE_SIZE,
      ...(table !== undefined && { TableName: table }),
      ...(since !== undefined && { TimeRangeLowerBound: new Date(since) }),
      ...(token !== undefined && { ExclusiveStartBackupArn: token }),
    }),
  );
  const summaries = statedList(BackupSummaries);
  if (summaries === undefined) return pageWithout('BackupSummaries');
  const madeByUsers = summaries.filter(({ BackupType }) => !MADE_BY_OTHERS.includes(BackupType));
  return toPage(madeByUsers, LastEvaluatedBackupArn, source);
};
