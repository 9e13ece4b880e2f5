import { type BackupSettings, DEFAULT_BACKUP_SETTINGS } from './backup/settings.ts';
import type { RateMode } from './rates.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** One call as the authorization hook sees it. */
export interface AuthorizationRequest {
  /** Such as `dynamodb:CreateBackup`. */
  readonly operation: string;
  /** The ARN, or `*` where the operation names none. */
  readonly resource: string;
  /** A key, or the ARN of the role that AWS Backup works under. */
  readonly accessKeyId: string;
}

/** How an account behaves. Times are virtual milliseconds. */
export interface Settings extends BackupSettings {
  readonly rates: RateMode;
  readonly latencyMs: number;
  /** Whether a request opens the Region that it is signed for, and the account whose id is its access key. */
  readonly opensOnRequest: boolean;
  /** How a call to a Region that is not enabled fails. */
  readonly disabledRegion: 'OptInRequired' | 'UnrecognizedClientException';
  /** How long a backup of that size stays CREATING. */
  readonly backupMs: (sizeBytes: number) => number;
  readonly createTableMs: number;
  readonly updateTableMs: number;
  readonly deleteTableMs: number;
  /** How long after it turned ACTIVE a new table still refuses backups and PITR. */
  readonly backupsEnabledMs: number;
  /** How long a restored table stays CREATING, at the least and at the most. */
  readonly restoreMs: readonly [min: number, max: number];
  /** The same for a point in time; as for a backup when absent. AWS says at least 20 minutes, others saw less. */
  readonly pitrRestoreMs?: readonly [min: number, max: number];
  /** The same from another Region. */
  readonly crossRegionRestoreMs: readonly [min: number, max: number];
  /** How long an export goes on: that of a small table takes minutes. */
  readonly exportMs: readonly [min: number, max: number];
  /** How long after a restore was accepted the table is not visible yet. */
  readonly restoreHiddenMs: number;
  /** How much longer than the table the global indexes of a restored table stay CREATING. */
  readonly restoredIndexMs: number;
  /** Whether a table goes on saying where it was restored from once it is ACTIVE: AWS's guide implies it, others saw that it does not. */
  readonly restoreSummaryStays: boolean;
  /** What a restore to a point in time takes the settings from: the table as it is now (API reference), as it was then (guide), or now with the least capacity. */
  readonly pitrSettings: 'least-capacity' | 'now' | 'then';
  /** How often items are counted again; a restored table shows no items before the first time. */
  readonly countEveryMs: number;
  /** How long an index that is added is built. */
  readonly indexBuildMs: number;
  /** Whether an UpdateTable may change several settings at once that AWS does not name as exclusive. */
  readonly updateTogether: boolean;
  /** How long between two changes of time to live: an hour by the documentation, others saw half of it. */
  readonly ttlChangeMs: number;
  /** How long time to live is ENABLING or DISABLING. */
  readonly ttlSwitchMs: number;
  /** How late GetResourcePolicy learns of a change. */
  readonly policyLagMs: number;
  /** How long a Kinesis destination, Contributor Insights, a mapping and a pipe take to change. */
  readonly kinesisMs: number;
  readonly insightsMs: number;
  readonly mappingMs: number;
  readonly pipeMs: number;
  /** Kinesis streams that are not there, by ARN. */
  readonly missingStreams: readonly string[];
  /** Tables, by name, with rules of Contributor Insights that an earlier table of the name left behind. */
  readonly leftInsightsRules: readonly string[];
  /** How long a new replica takes. */
  readonly replicaMs: number;
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
  /** Whether a call is allowed, or else in IAM's words why not. */
  readonly authorize: (request: AuthorizationRequest) => boolean | { readonly because: string };
}

export const DEFAULT_SETTINGS: Settings = {
  ...DEFAULT_BACKUP_SETTINGS,
  rates: 'documented',
  latencyMs: 0,
  opensOnRequest: false,
  disabledRegion: 'UnrecognizedClientException',
  backupMs: (sizeBytes) => 50 + sizeBytes / 50_000,
  createTableMs: 5 * SECOND_MS,
  updateTableMs: 2 * SECOND_MS,
  deleteTableMs: 3 * SECOND_MS,
  backupsEnabledMs: 3 * SECOND_MS,
  restoreMs: [222 * SECOND_MS, 259 * SECOND_MS],
  crossRegionRestoreMs: [252 * SECOND_MS, 767 * SECOND_MS],
  exportMs: [706 * SECOND_MS, 739 * SECOND_MS],
  restoreHiddenMs: 0,
  restoredIndexMs: 0,
  restoreSummaryStays: false,
  pitrSettings: 'now',
  countEveryMs: 6 * HOUR_MS,
  indexBuildMs: 5 * 60 * SECOND_MS,
  updateTogether: true,
  ttlChangeMs: HOUR_MS,
  ttlSwitchMs: 0,
  policyLagMs: 0,
  kinesisMs: 30 * SECOND_MS,
  insightsMs: 30 * SECOND_MS,
  mappingMs: 20 * SECOND_MS,
  pipeMs: 20 * SECOND_MS,
  missingStreams: [],
  leftInsightsRules: [],
  replicaMs: 10 * 60 * SECOND_MS,
  tagLagMs: 2 * SECOND_MS,
  ownTagLagMs: SECOND_MS / 2,
  tagLockMs: 0,
  ghostMs: 3 * HOUR_MS,
  backupListLagMs: 0,
  shortPages: 0,
  authorize: () => true,
};
