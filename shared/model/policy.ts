import type { Duration } from './duration.ts';
import type { EngineName } from './recovery-point.ts';

/**
 * What is kept, in restic's words: a recovery point is kept when any rule keeps it. Counts are numbers of recovery points;
 * `within` is measured back from the newest one.
 */
export interface Retention {
  readonly last?: number;
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
  readonly within?: Duration;
}

export type OnDrift = 'alert' | 'repair';

/** What a policy promises about point-in-time recovery, in days, and whether drift is only reported or also repaired. */
export interface PitrPromise {
  readonly recoveryPeriodDays: number;
  readonly onDrift: OnDrift;
}

/** A vault that recovery points are copied to: in another Region, another account, or beside their own. */
export interface CopyDestination {
  readonly vaultArn: string;
  /** How long copies are kept there; absent where the retention of the policy says it. */
  readonly retention?: Retention;
  /** When copies move to cold storage, in days since their source was made; absent where they stay warm. */
  readonly coldAfterDays?: number;
}

/** Where and how AWS Backup keeps the recovery points of a policy. */
export interface VaultRules {
  /** The name of the vault in the account and Region of the table. */
  readonly name: string;
  /** When recovery points move to cold storage; absent where they stay warm. */
  readonly coldAfterDays?: number;
  /** When AWS Backup itself deletes recovery points that are still there; absent where only the plan expires them. */
  readonly deleteAfterDays?: number;
  /** How long a job may wait to be started. */
  readonly startWindowMinutes: number;
  /** How long after its scheduled time a job may still run; absent where AWS Backup sets no end. */
  readonly completeWindowMinutes?: number;
  /** In the order of the file. */
  readonly copyTo: readonly CopyDestination[];
}

/**
 * How far a drill goes. `listed`: what is restored from is there · `described`: AWS describes it, with the keys and indexes of the table · `sampled`: it
 * is exported to a bucket, read there and removed · `restored`: a table is made of it, checked and deleted.
 */
export const DRILL_LEVELS = ['listed', 'described', 'sampled', 'restored'] as const;
export type DrillLevel = (typeof DRILL_LEVELS)[number];

/** What drills of a month may cost where the file does not say. */
export const USUAL_DRILL_CAP_USD = 20;

/** How often it is proved that a table can be restored, and how. */
export interface DrillRule {
  readonly everyMs: number;
  readonly level: DrillLevel;
  /** Larger tables are not exported or restored, only described. */
  readonly maxSizeBytes: number;
  /** How many items of an export or of a restored table are read. */
  readonly sample: number;
}

/** What becomes of the recovery points of a table after it was deleted. */
export interface AfterDeletion {
  /** For how long they stay since an audit first saw that the table is gone. */
  readonly keepMs: number;
}

/** The rules a table opts in to by naming them in its tag. */
export interface Policy {
  readonly name: string;
  readonly engine: EngineName;
  /** Present for the engine `aws-backup`, and for no other. */
  readonly vault?: VaultRules;
  /** Five-field cron, read in `timezone`. */
  readonly schedule: string;
  /** IANA zone of the schedule and of the calendar of retention. */
  readonly timezone: string;
  readonly retention: Retention;
  /** Absent when the policy promises no point-in-time recovery. */
  readonly pitr?: PitrPromise;
  /** The most data, as time, that may be lost, in milliseconds: given, or the longest interval of the schedule plus a grace. */
  readonly rpoMs: number;
  /** How long a restore may take, in milliseconds; absent where nothing is promised. */
  readonly rtoMs?: number;
  /** Absent where restores are not tried. */
  readonly drill?: DrillRule;
  /** Absent where the recovery points of deleted tables stay until a person deletes them. */
  readonly afterDeletion?: AfterDeletion;
}

/** A plan that would take more of any series expires nothing. */
export interface GuardrailLimits {
  /** The share of the recovery points a series should have, or of its reach, over 0 and up to 1. */
  readonly maxShare: number;
  /** How many recovery points younger than a day are exempt when it is not known which rules were in force. */
  readonly floor: number;
}

/** When a digest is due: a five-field cron, and the IANA zone to read it in. */
export interface DigestSchedule {
  readonly schedule: string;
  readonly timezone: string;
}

/** The policy file, compiled: checked, completed with defaults, sorted by policy name. */
export interface Policies {
  readonly tag: string;
  /** Set where the instance was given this key in place of the file's, so that commands have to name it. No rule depends on it. */
  readonly isOwnTag?: true;
  /** Set where the package put them beside the functions. No rule depends on it. */
  readonly isPackaged?: true;
  readonly guardrail: GuardrailLimits;
  /** Absent if no digests are configured. */
  readonly digest?: DigestSchedule;
  /** What all drills of a calendar month (UTC) may cost, in US dollars; absent where no policy has drills. */
  readonly drillCapUsd?: number;
  /** The ARNs of vaults that a person says were deleted on purpose, sorted; absent without any. */
  readonly deletedVaults?: readonly string[];
  readonly policies: readonly Policy[];
}

/** What commands have to know of a deployment besides its instance. */
export interface DeployedAs {
  /** The key that the instance was given; absent where it acts by the one of the policy file. */
  readonly policyTag?: string;
  /** Set where it was made by the package: there is no `npm run deploy`. */
  readonly isPackaged?: true;
}

/** Reads off policies how they were deployed. */
export const deployedAs = ({
  isOwnTag,
  isPackaged,
  tag,
}: Pick<Policies, 'isOwnTag' | 'isPackaged' | 'tag'>): DeployedAs => ({
  ...(isOwnTag === true && { policyTag: tag }),
  ...(isPackaged === true && { isPackaged }),
});

/** Selects the policies that end what is left of deleted tables. */
export const endingPolicies = ({ policies }: Pick<Policies, 'policies'>): readonly Policy[] =>
  policies.filter(({ afterDeletion }) => afterDeletion !== undefined);
