import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { GlobalIndex, LocalIndex, ScalableTarget, ScalingRule, TableShape } from './table-settings.ts';
import type { Target } from './target.ts';

/** The backup vault that a recovery point is in. */
export interface VaultPlace {
  readonly name: string;
  /** Where the vault is: what is restored from it is made there and nowhere else. */
  readonly target: Target;
  /** Where the table is or was that it was made of; absent where that is the account and Region that are looked at. */
  readonly home?: Target;
  /** Set where it is in cold storage: a restore takes hours longer. */
  readonly isCold?: true;
  /** The key that the recovery point is encrypted with, where AWS Backup keeps it itself and says so. */
  readonly keyArn?: string;
}

/** What a restore reads from. */
export type RestoreSource =
  | {
      readonly kind: 'point-in-time';
      readonly table: string;
      readonly tableId: string;
      /** ARN of the source table; what a restore into another Region is started from. */
      readonly tableArn: string;
      readonly second: Instant;
    }
  | {
      readonly kind: 'recovery-point';
      readonly table: string;
      readonly tableId: string;
      /** ARN of the backup. */
      readonly id: string;
      readonly createdAt: Instant;
      /** `SYSTEM`: what the service made when the table was deleted. */
      readonly madeBy: 'this-instance' | 'someone-else' | 'system';
      /** Absent where the service does not say; zero in records of earlier versions. */
      readonly sizeBytes?: number;
      /** Absent for what DynamoDB itself restores. */
      readonly vault?: VaultPlace;
    };

/** What is sent with the call that starts a restore; a part that is absent stays as in the source. */
export interface RestoreOverrides {
  /** Empty: without any. */
  readonly globalIndexes?: readonly GlobalIndex[];
  readonly localIndexes?: readonly LocalIndex[];
  readonly billingMode?: TableShape['billingMode'];
  readonly encryption?: TableShape['encryption'];
}

/**
 * Stands in the policy of a stream for the label of a stream that is not made yet. Whoever puts the policy replaces it by the label that the
 * stream has then.
 */
export const STREAM_LABEL_TO_COME = '{label of the new stream}';

/**
 * One change that puts one setting back on a restored table, each with the one call that it is. With a Region it is about the replica there, not
 * about the table itself.
 */
export type SettingStep =
  | { readonly kind: 'deletion-protection'; readonly on: boolean; readonly region?: string }
  /** `leave`: key of the tag that stays as it is where the table bears one by then, whatever its value. */
  | {
      readonly kind: 'tags';
      readonly tags: Readonly<Record<string, string>>;
      readonly leave?: string;
      readonly region?: string;
    }
  | { readonly kind: 'pitr'; readonly recoveryPeriodDays: number; readonly region?: string }
  /** Only a stream of that view type, where one is given: it makes room for one of another type. */
  | { readonly kind: 'stream-off'; readonly viewType?: NonNullable<TableShape['stream']>['viewType'] }
  | { readonly kind: 'stream'; readonly viewType: NonNullable<TableShape['stream']>['viewType'] }
  | { readonly kind: 'table-class'; readonly tableClass: TableShape['tableClass'] }
  | { readonly kind: 'encryption'; readonly encryption: TableShape['encryption'] }
  | {
      readonly kind: 'throughput';
      readonly billingMode: TableShape['billingMode'];
      readonly capacity?: TableShape['capacity'];
      readonly onDemandMaximum?: TableShape['onDemandMaximum'];
      /** Those of which something differs. */
      readonly indexes: readonly Pick<GlobalIndex, 'name' | 'capacity' | 'onDemandMaximum'>[];
    }
  | {
      readonly kind: 'warm-throughput';
      readonly table?: TableShape['warmThroughput'];
      readonly indexes: readonly Pick<GlobalIndex, 'name' | 'warmThroughput'>[];
    }
  | {
      readonly kind: 'global-index';
      readonly index: GlobalIndex;
      readonly attributes: TableShape['attributes'];
    }
  | { readonly kind: 'resource-policy'; readonly of: 'table' | 'stream'; readonly policy: string }
  | { readonly kind: 'insights'; readonly index?: string; readonly mode?: string; readonly region?: string }
  | { readonly kind: 'kinesis'; readonly streamArn: string; readonly precision?: string }
  | { readonly kind: 'scalable-target'; readonly target: ScalableTarget }
  | { readonly kind: 'scaling-rule'; readonly rule: ScalingRule }
  | {
      readonly kind: 'replica';
      readonly region: string;
      readonly keyArn?: string;
      readonly tableClass?: string;
    }
  | { readonly kind: 'ttl'; readonly attribute: string };

/** What became of one step. */
export type StepOutcome =
  | { readonly kind: 'done' }
  /** It stood so already: no call was made. */
  | { readonly kind: 'as-it-was' }
  /** The service asks to wait, such as while the table is UPDATING. */
  | { readonly kind: 'deferred'; readonly failure: Failure }
  /** Not before that instant: a limit over time, such as one change of TTL an hour. */
  | { readonly kind: 'not-before'; readonly at: Instant; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A step with what became of it. */
export interface StepRecord {
  readonly step: SettingStep;
  readonly outcome?: StepOutcome;
  readonly at?: Instant;
}

/** One item or key in DynamoDB JSON: `{ pk: { S: 'a' } }`. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a sample of items shows. */
export interface ItemCheck {
  /** Items that were read of the restored table. */
  readonly read: number;
  /** Of those, how many TTL would delete at once if it were on; absent where the source has no TTL. */
  readonly expired?: number;
  /** Of those, how many the application has encrypted together with the name of their table. */
  readonly boundToName: number;
  /** How many keys of the source were looked up, are there, and hold the same; absent where the source is gone or unreadable. */
  readonly compared?: { readonly keys: number; readonly there: number; readonly equal: number };
  /** What AWS last counted of the source that stands, where nothing was read of the copy. */
  readonly sourceBytes?: number;
  /** Why less was read than wanted. */
  readonly failures: readonly Failure[];
}

/** Where a restore stands. It only moves forward; `ended` is final. */
export type RestorePhase = 'planned' | 'started' | 'active' | 'settings' | 'verifying' | 'ended';

/**
 * One restore, written before its call and after each step, so that another session goes on where this one stopped.
 * SAFETY: a name that stands in a record is never restored to again by itself.
 */
export interface RestoreRecord {
  /** Target name and the instant of the plan: unique in a target. */
  readonly id: string;
  readonly source: RestoreSource;
  /** Name of the table that is made. */
  readonly targetTable: string;
  /** Region in which it is made. */
  readonly targetRegion: string;
  readonly overrides: RestoreOverrides;
  readonly phase: RestorePhase;
  /** Counts what was written of it, so that a session notices when another one goes on with it. */
  readonly revision: number;
  readonly plannedAt: Instant;
  /** Set just before the call that starts it. */
  readonly askedAt?: Instant;
  /** Set once the service accepted it. */
  readonly acceptedAt?: Instant;
  /** The role that a job of AWS Backup is given; only of what comes from a vault. */
  readonly roleArn?: string;
  /** The job of AWS Backup, once it is known. */
  readonly jobId?: string;
  /** Table id of what was made, once it is known. */
  readonly targetTableId?: string;
  /** When the table was first to be seen: one that never was may still appear. */
  readonly seenAt?: Instant;
  readonly activeAt?: Instant;
  readonly endedAt?: Instant;
  readonly steps: readonly StepRecord[];
  readonly items?: ItemCheck;
  /** How it ended. */
  readonly result?: 'restored' | 'restored-with-differences' | 'failed' | 'given-up';
  readonly failure?: Failure;
  /** Choices of the person that a later session has to keep. */
  readonly choices: RestoreChoices;
}

/** What a person chose about the settings. */
export interface RestoreChoices {
  /** `--without-settings`: a bare copy. */
  readonly settings: 'all' | 'none';
  /** `--ttl`: TTL is never switched on by itself. */
  readonly ttl: 'on' | 'later';
  /** `--warm as-was`. */
  readonly warm: 'as-was' | 'leave';
  /** `--as-replacement`: the copy takes the policy tag of its source; else it opts out with `none`. */
  readonly role: 'replacement' | 'look-only';
  /** Whether a Kinesis stream that the source still sends its changes to takes those of the copy as well; asked where absent. */
  readonly kinesis?: 'share' | 'leave';
}
