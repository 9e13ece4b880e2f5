import type { RateMode } from './rates.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** One call as the authorization hook sees it. */
export interface AuthorizationRequest {
  /** Such as `dynamodb:CreateBackup`. */
  readonly operation: string;
  /** The ARN, or `*` where the operation names none. */
  readonly resource: string;
  readonly accessKeyId: string;
}

/** How an account behaves. Times are virtual milliseconds. */
export interface Settings {
  readonly rates: RateMode;
  readonly latencyMs: number;
  /** How long a backup of that size stays CREATING. */
  readonly backupMs: (sizeBytes: number) => number;
  readonly createTableMs: number;
  readonly updateTableMs: number;
  readonly deleteTableMs: number;
  /** How long after it turned ACTIVE a new table still refuses backups and PITR. */
  readonly backupsEnabledMs: number;
  /** How long a restored table stays CREATING, at the least and at the most. */
  readonly restoreMs: readonly [min: number, max: number];
  /** How late GetResources learns of a change of tags made through the API. */
  readonly tagLagMs: number;
  /** How late ListTagsOfResource does, never later than GetResources. */
  readonly ownTagLagMs: number;
  /** How long a change of tags locks the tags of a table. */
  readonly tagLockMs: number;
  /** How long GetResources goes on showing a deleted table. */
  readonly ghostMs: number;
  /** How long ListBackups does not show a new backup yet. */
  readonly backupListLagMs: number;
  /** How likely a listing stops early, even empty, with a token. From 0 to 1. */
  readonly shortPages: number;
  readonly authorize: (request: AuthorizationRequest) => boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  rates: 'documented',
  latencyMs: 0,
  backupMs: (sizeBytes) => 50 + sizeBytes / 50_000,
  createTableMs: 5 * SECOND_MS,
  updateTableMs: 2 * SECOND_MS,
  deleteTableMs: 3 * SECOND_MS,
  backupsEnabledMs: 3 * SECOND_MS,
  restoreMs: [222 * SECOND_MS, 259 * SECOND_MS],
  tagLagMs: 2 * SECOND_MS,
  ownTagLagMs: SECOND_MS / 2,
  tagLockMs: 0,
  ghostMs: 3 * HOUR_MS,
  backupListLagMs: 0,
  shortPages: 0,
  authorize: () => true,
};
