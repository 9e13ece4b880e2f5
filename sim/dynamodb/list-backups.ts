import type { SimAccount } from '../account.ts';
import { parseBackupArn, tableNameOf } from '../arn.ts';
import { validationFailure } from '../failure.ts';
import type { BackupType } from '../ledger.ts';
import { type Operation, pageSize } from '../operation.ts';
import { validated } from '../validation.ts';
import type { BackupQuery } from './backup-index.ts';
import { backupSummaryShape } from './backup-shape.ts';

interface ListBackupsInput {
  readonly TableName?: string;
  readonly Limit?: number;
  /** Seconds, inclusive. */
  readonly TimeRangeLowerBound?: number;
  /** Seconds, exclusive. */
  readonly TimeRangeUpperBound?: number;
  readonly ExclusiveStartBackupArn?: string;
  readonly BackupType?: 'ALL' | BackupType;
}

const CONSTRAINTS = {
  TableName: { length: [1, 1024] },
  Limit: { range: [1, 100] },
  ExclusiveStartBackupArn: { length: [37, 1024] },
  BackupType: { oneOf: ['USER', 'SYSTEM', 'AWS_BACKUP', 'ALL'] },
} as const;

/** AWS Backup's own backups are not listed, whatever the filter. */
const TYPES: Readonly<Record<'ALL' | BackupType, readonly BackupType[]>> = {
  USER: ['USER'],
  SYSTEM: ['SYSTEM'],
  AWS_BACKUP: [],
  ALL: ['USER', 'SYSTEM'],
};

/** One page says that they are listed where they are asked for. */
const typesOf = ({ state }: SimAccount, asked: 'ALL' | BackupType): readonly BackupType[] => {
  const isOfBackup = asked === 'ALL' || asked === 'AWS_BACKUP';
  return state.settings.listBackupsShowsAwsBackup && isOfBackup
    ? [...TYPES[asked], 'AWS_BACKUP']
    : TYPES[asked];
};

const milliseconds = (seconds: number | undefined, absent: number): number =>
  seconds === undefined ? absent : Math.round(seconds * 1000);

/** The cursor is a position: the backup it names need not exist. */
const cursorOf = (account: SimAccount, arn: string | undefined): BackupQuery['after'] => {
  if (arn === undefined) return undefined;
  const parts = parseBackupArn(arn);
  if (parts?.createdAt === undefined) throw validationFailure('Invalid ExclusiveStartBackupArn');
  if (parts.region !== account.region) {
    throw validationFailure('The supplied ExclusiveStartBackupArn does not match the region');
  }
  return { createdAt: parts.createdAt, arn };
};

const queryOf = (account: SimAccount, input: ListBackupsInput): Omit<BackupQuery, 'count'> => {
  const since = milliseconds(input.TimeRangeLowerBound, Number.NEGATIVE_INFINITY);
  const before = milliseconds(input.TimeRangeUpperBound, Number.POSITIVE_INFINITY);
  if (since > before) {
    throw validationFailure('Time range lower bound must be less than or equal to upper bound');
  }
  const table = input.TableName === undefined ? {} : { tableName: tableNameOf(input.TableName) };
  const after = cursorOf(account, input.ExclusiveStartBackupArn);
  return { ...table, types: typesOf(account, input.BackupType ?? 'USER'), since, before, after };
};

/** Oldest first. Backups of deleted tables stay listed, and a table that never was has none. */
export const listBackups: Operation = ({ account, now }, raw) => {
  const input = validated<ListBackupsInput>(raw, CONSTRAINTS);
  const query = queryOf(account, input);
  // A token is the last entry's ARN, so an empty page could not tell where to go on.
  const size = Math.max(1, pageSize(account, input.Limit ?? 100));
  const { backupListLagMs: lagMs } = account.state.settings;
  const before = lagMs > 0 ? Math.min(query.before, now - lagMs) : query.before;
  const found = account.state.backups.list({ ...query, before, count: size + 1 });
  const page = found.slice(0, size);
  const token = found.length > size ? { LastEvaluatedBackupArn: page.at(-1)?.arn } : {};
  return { BackupSummaries: page.map((backup) => backupSummaryShape(backup, now)), ...token };
};
