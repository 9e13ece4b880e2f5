import type { Failure } from '../model/failure.ts';
import type { FormerReplica } from '../model/former-replica.ts';
import type { Instant } from '../model/instant.ts';
import type { JobCause, JobState } from '../model/job.ts';
import type { KeySpan } from '../model/key-span.ts';
import type { Manifest, ManifestHead, SettingsHint, SettingsReading } from '../model/manifest.ts';
import type { Observation } from '../model/observation.ts';
import type {
  Item,
  RestoreOverrides,
  RestoreRecord,
  RestoreSource,
  SettingStep,
  StepOutcome,
} from '../model/restore.ts';
import type { SettingFacet, TableShape } from '../model/table-settings.ts';
import type { Vault } from '../model/vault-arn.ts';
import type { RestoreRoleFacts } from '../model/vault-facts.ts';
import type { Reading } from './inventory.ts';

/** Settings as they were read, and of which incarnation, where that was seen. */
export interface TableReading extends SettingsReading {
  readonly tableId?: string;
  /** Set where the end of the run's time kept something from being read: it says nothing of what may be read. */
  readonly isCutShort?: true;
}

/** Reads the settings of one table. Only reads; never throws for what the service answers. */
export interface SettingsReader {
  /** All facets unless some are named. `shape` unreadable or the table missing: every facet is a gap with that failure. */
  read(table: string, facets?: readonly SettingFacet[]): Promise<TableReading>;
}

/** What the service answered to the call that starts a restore. */
export type RestoreStart =
  | { readonly kind: 'accepted'; readonly tableId?: string }
  /** The answer was lost: it may have been started. */
  | { readonly kind: 'unknown'; readonly failure: Failure }
  /** Would be accepted later: fifty run already, or one of this backup. */
  | { readonly kind: 'deferred'; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** How a table that is being restored looks. */
export interface RestoredTable {
  readonly tableId: string;
  readonly status: string;
  readonly createdAt: Instant;
  /** ARN of the backup or table that it comes from; absent where the service does not say it any more. */
  readonly restoredFrom?: string;
  /** The second of what it was restored to; said with `restoredFrom`. */
  readonly restoredTo?: Instant;
  readonly sizeBytes: number;
  readonly itemCount: number;
  /** Those that are not ACTIVE. */
  readonly indexesUnderWay: readonly string[];
  /** Set where deletion protection is on. */
  readonly isProtected?: true;
}

/** Starts restores and looks at what they make. */
export interface Restorer {
  /** SAFETY: sends the call once and never repeats one whose answer was lost. */
  start(source: RestoreSource, targetTable: string, overrides: RestoreOverrides): Promise<RestoreStart>;
  look(table: string): Promise<Reading<RestoredTable>>;
}

/** Puts settings back on a table, each step with what the service says of it. */
export interface SettingsWriter {
  /** Reads first, and makes no call where the setting stands so already. Never throws for what the service answers. */
  apply(table: string, step: SettingStep): Promise<StepOutcome>;
}

/** Items of tables, as far as a verification needs them. Keys and items are in DynamoDB JSON. */
export interface ItemReader {
  /** Reads up to `most` items from all over the table. */
  sample(table: string, most: number): Promise<Reading<readonly Item[]>>;
  /** Reads items by their keys, consistently; one that is not there is undefined. */
  byKeys(table: string, keys: readonly Item[]): Promise<Reading<readonly (Item | undefined)[]>>;
}

/** What a run needs to see which settings are due. */
export interface KeptSettings {
  readonly heads: readonly ManifestHead[];
  readonly hints: readonly SettingsHint[];
}

/** Notes that settings may have changed, for the next audit. Throws when the store cannot be reached. */
export interface SettingsHints {
  add(hints: readonly SettingsHint[]): Promise<void>;
}

/** Keeps manifests under their target. Every method throws when the store cannot be reached. */
export interface ManifestStore {
  /** All versions of all incarnations of the name, oldest first. */
  readOf(table: string): Promise<readonly Manifest[]>;
  /** The newest of every incarnation, without its settings: to see what has to be read again. */
  readNewest(): Promise<readonly ManifestHead[]>;
  /** The same with the hints that wait, in one look. */
  readDue(): Promise<KeptSettings>;
  /** Returns the mark of settings and gaps: the same for the same. */
  digestOf(reading: SettingsReading): string;
  /** Writes a version, which becomes the newest of its incarnation, with the keys that the table had until then; without them an audit fills them in. */
  save(manifest: Manifest, keys?: readonly KeySpan[]): Promise<void>;
  /** Writes heads with the keys that versions say. */
  noteKeys(heads: readonly ManifestHead[]): Promise<void>;
  /** Writes that settings were found as they were: the incarnation exists. */
  confirm(heads: readonly ManifestHead[], at: Instant): Promise<void>;
  /** Writes that incarnations were found gone. */
  noteGone(heads: readonly ManifestHead[], at: Instant): Promise<void>;
  /** Removes hints that were followed. */
  removeHints(hints: readonly SettingsHint[]): Promise<void>;
  /** Forgets versions, and incarnations of which no version is left. */
  forget(gone: {
    readonly versions: readonly Pick<ManifestHead, 'table' | 'tableId' | 'capturedAt'>[];
    readonly heads: readonly Pick<ManifestHead, 'table' | 'tableId'>[];
  }): Promise<void>;
}

/** Keeps restores under their target. Every method throws when the store cannot be reached. */
export interface RestoreRecords {
  /** Newest first. */
  list(): Promise<readonly RestoreRecord[]>;
  /** SAFETY: writes a record only where no other under way has its target name; returns false where one has. */
  begin(record: RestoreRecord): Promise<boolean>;
  /**
   * Writes what became of a record, and returns it as it stands now.
   * SAFETY: throws a `FailureError` where another session has written it since: two sessions never go on with one restore.
   */
  save(record: RestoreRecord): Promise<RestoreRecord>;
}

/** Keeps the settings of tables, so that a restore can put them back. */
export interface SettingsKeeper {
  /**
   * Reads and saves what is due until that instant; the rest is due the next time. Never throws: returns what could not be kept for a week, which is
   * a failure of the run.
   */
  keep(observation: Observation, until: Instant): Promise<readonly string[]>;
}

/** What a job of AWS Backup that restores a table has come to. */
export interface RestoreJob {
  readonly id: string;
  readonly state: JobState;
  /** The table that it made, by name; absent until it says so. */
  readonly table?: string;
  readonly createdAt: Instant;
  /** Absent while it goes on. */
  readonly endedAt?: Instant;
  /** Present where it failed. */
  readonly cause?: JobCause;
  /** AWS's own words, with the cause. */
  readonly message?: string;
}

/** What AWS Backup answered to the call that starts a restore: as `RestoreStart`, with the job. */
export type JobStart =
  | { readonly kind: 'accepted'; readonly jobId: string }
  | Exclude<RestoreStart, { readonly kind: 'accepted' }>;

/** What a restore record has that a job is started from and found again by. */
export type JobWish = Pick<
  RestoreRecord,
  'id' | 'source' | 'targetTable' | 'overrides' | 'roleArn' | 'askedAt'
>;

/** Restores what is in backup vaults, in the Region of the vault. */
export interface VaultRestorer {
  /** Reads how the table of a recovery point was encrypted; an empty answer where AWS Backup does not say. */
  readEncryption(source: RestoreSource): Promise<Reading<{ readonly encryption?: TableShape['encryption'] }>>;
  /** SAFETY: sends the call once, with a token that is the same for the same record: sent again, it starts no second job. */
  start(wish: JobWish): Promise<JobStart>;
  /** `missing`: AWS Backup forgets a job some weeks after it has ended. */
  look(jobId: string): Promise<Reading<RestoreJob>>;
  /** Finds the job of a call whose answer was lost, by what is restored, to which name and when. */
  find(wish: JobWish): Promise<Reading<RestoreJob>>;
}

/** The role of one restore, by ARN, with what it makes of what. */
export interface RestoreRoleWish {
  readonly roleArn: string;
  readonly table: string;
  readonly pointArn: string;
}

/** Looks at the role that a job of AWS Backup will be given, before there is a job. It only reads, and never throws for what IAM answers. */
export interface RestoreRoleReader {
  read(wish: RestoreRoleWish): Promise<RestoreRoleFacts>;
}

/** Where a recovery point is that is only known by its ARN. */
export interface FoundPoint {
  readonly table: string;
  readonly vault: Vault;
}

/** Finds recovery points in backup vaults by their ARN. */
export interface PointFinder {
  /** Asks each vault of the Region that the ARN names; `missing` where none has it. */
  find(pointArn: string): Promise<Reading<FoundPoint>>;
}

/** Finds the global tables that lost tables were part of. Never throws. */
export interface FormerReplicas {
  /** `presentId`: the table that has the name now. Undefined where the lost one was no replica, nothing of it stands, or nothing is known of it. */
  read(table: string, presentId?: string): Promise<FormerReplica | undefined>;
}
