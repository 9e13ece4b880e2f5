import type { Finding, Severity } from './finding.ts';
import type { Instant } from './instant.ts';
import type { Retention } from './policy.ts';
import type { VaultRecord } from './vault-record.ts';

/** A finding that was reported, and when. */
export interface OpenFinding extends Finding {
  /** When it was first found. */
  readonly openedAt: Instant;
  /** When it was found as it was first reported, where it has reopened since and people were not told that it was over; absent where it has not, and in what older versions wrote. */
  readonly incidentAt?: Instant;
  /** When people were last alerted to it; absent while no message was sent. */
  readonly notifiedAt?: Instant;
  /** When people first heard of it, where that was an hour or more after it was found; absent where it was not, and in what older versions wrote. */
  readonly toldFirstAt?: Instant;
  /** When a run repaired what is wrong: it was over then, and what is found later is another. Absent while no repair was made. */
  readonly repairedAt?: Instant;
  /** How severe people were told it is, where it is otherwise now. */
  readonly toldSeverity?: Severity;
  /** When it reopened within two days after it was resolved, oldest first, for a week; absent if it never did. */
  readonly returns?: readonly Instant[];
  /** The marks of everything that was reported as covered; absent if it covers one thing, or an older version reported it. */
  readonly toldSubjects?: readonly string[];
  /** Set while it is flapping: further changes are suppressed. */
  readonly flapping?: true;
  /** When it was seen to be over; absent while it is open. */
  readonly resolvedAt?: Instant;
  /** Set from before a message about it is sent until that is saved. Left by a run that was killed in between: people may have been alerted. */
  readonly telling?: true;
}

/** A finding that is resolved, remembered for a while because it may reopen. With `notifiedAt`, the resolution was not announced yet. */
export interface ResolvedFinding extends OpenFinding {
  readonly resolvedAt: Instant;
  /** When the run that found it resolved began to look; absent in what older versions wrote. */
  readonly lookedAt?: Instant;
}

/** What a table's restorable window looked like when it was last known to be whole. */
export interface PitrBaseline {
  readonly table: string;
  readonly tableId: string;
  readonly earliestRestorableAt: Instant;
  readonly recoveryPeriodDays: number;
  /** When the window was seen to have restarted; absent once it has grown back to the promise. */
  readonly restartedAt?: Instant;
}

/** What a policy promised a table. */
export interface PastPromise {
  /** The policy's name. */
  readonly name: string;
  readonly rpoMs: number;
  /** Absent where it promised no point-in-time recovery. */
  readonly pitrDays?: number;
  /** Since when it asks for drills of the table, as runs saw it; absent where it asks for none, and in what older versions wrote. */
  readonly drillsSince?: Instant;
  /** When a run first saw the policy govern the table; absent where it is gone, and where an older version saw it first. */
  readonly governedSince?: Instant;
  /** When the policy was last seen to govern the table; absent while it does. */
  readonly until?: Instant;
  /** Set where the tag named another policy in its place, one that did not govern the table before. */
  readonly replaced?: true;
  /** Set where nothing but the names of recovery points says that it ever governed the table. */
  readonly shown?: true;
}

/** A hold by a table's tag: empty while the tag says so. */
export interface HoldMemory {
  /** When a run first saw that the tag does not say so any more. */
  readonly liftedAt?: Instant;
  /** When people were alerted to that. */
  readonly toldAt?: Instant;
}

/** Which policies govern a table, or did when it was last governed, so that a loss is seen that nothing else shows. */
export interface Protection {
  readonly table: string;
  /** The incarnation that was governed; absent while no run has confirmed it. */
  readonly tableId?: string;
  /** Sorted by policy. A policy that is gone stays until it governs again or someone said that it is intended. */
  readonly promises: readonly PastPromise[];
  /** Names of the policies that governed it before the first of those that are gone went, sorted; absent where none is gone, or an older version saw it go. */
  readonly namedBefore?: readonly string[];
  /** Names of policies that governed it once and are not missed, sorted; absent if there are none. */
  readonly accepted?: readonly string[];
  /** Present while its tag stops expiry, and from when that went until what it kept may expire. */
  readonly hold?: HoldMemory;
}

/** How many tables opted in by the policy tag, and when all tags were last read. */
export interface CoverageBaseline {
  readonly tables: number;
  readonly seenAt: Instant;
  /** When an audit last held all recovery points against what was remembered of them; absent while none has. */
  readonly pointsSeenAt?: Instant;
}

/** The sizes of tables in bytes, by a short mark of their names; null where one could not be read. */
export type TableSizes = Readonly<Record<string, number | null>>;

/** The last digest that was sent, and what it measured. */
export interface DigestMemory {
  /** The slot of the schedule that it was for. */
  readonly digestedSlot: Instant;
  readonly sentAt: Instant;
  /** The size of all tables together, and of all recovery points of this deployment; absent if not all could be read. */
  readonly tableBytes?: number;
  readonly recoveryPointBytes: number;
  /** Absent in what was remembered before sizes were. */
  readonly sizes?: TableSizes;
}

/** What stood in the way of backups: `throttled`: AWS asked for patience · `out-of-time`: the run had no time left · `other`: the cause says it. */
export type DeferralKind = 'throttled' | 'out-of-time' | 'other';

/** Backups that the last backup run had to put off, and what stood in the way of all of them. */
export interface Deferral {
  readonly kind: DeferralKind;
  /** The operation and the error's name: `CreateBackup: ThrottlingException`. */
  readonly cause: string;
  /** The error's name alone, where the cause is a call's. */
  readonly errorName?: string;
  readonly backups: number;
  /** When a run first had to put backups off for it, without one in between that had not. */
  readonly since: Instant;
  /** A short mark for each table and policy, sorted; of very many, some. */
  readonly marks: readonly string[];
}

/** What the last backup run deferred; absent if nothing was deferred for a known cause. */
export interface DeferralMemory {
  readonly deferredAt: Instant;
  /** Sorted by cause. */
  readonly deferrals: readonly Deferral[];
}

/** What a policy asked for during a time, as runs saw it: an edit of the schedule, the zone or the retention begins another. */
export interface Regime {
  readonly schedule: string;
  readonly timezone: string;
  readonly retention: Retention;
  /** The first run that saw it so. */
  readonly since: Instant;
  /** The last run that is known to have seen it so; up to a day behind. */
  readonly seenAt: Instant;
}

/** The regimes of one policy, oldest first; the last is in force. */
export interface PolicyHistory {
  readonly policy: string;
  readonly regimes: readonly Regime[];
}

/** Recovery points of one series that an edit of its policy cost, by when they were made. The rules before the edit would still keep them. */
export interface SeriesLoss {
  readonly table: string;
  readonly tableId: string;
  readonly policy: string;
  /** Sorted. */
  readonly madeAt: readonly Instant[];
}

/** The recovery points of one series as the last audit saw them, by when they were made, in whole seconds: what is missing of them later was deleted. */
export interface SeriesSeen {
  readonly table: string;
  readonly tableId: string;
  readonly policy: string;
  /** Those that were there, sorted. */
  readonly seen: readonly Instant[];
  /** Those that the rules keep and that are gone, sorted; absent where none is. */
  readonly gone?: readonly Instant[];
  /** When the last of them was found to be gone; absent where none is. */
  readonly goneAt?: Instant;
}

/** A subscriber of the alert topic as audits have seen it. */
export interface SubscriberMemory {
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether it was ever seen confirmed. */
  readonly wasConfirmed: boolean;
  /** Since when nothing is delivered to it: it waits for confirmation, or is gone. Absent while it is confirmed. */
  readonly unreachedSince?: Instant;
  /** Set where it is not subscribed any more. */
  readonly gone?: true;
}

/** A time for which a table was asked to be muted. */
export interface MuteSpell {
  /** When it was first seen. */
  readonly from: Instant;
  /** As the tag said, or when the tag was seen to be gone. */
  readonly until: Instant;
}

/** For how long a table was asked to be muted over the last year. */
export interface MuteRecord {
  readonly mutedTable: string;
  /** Oldest first, at least one. */
  readonly spells: readonly MuteSpell[];
  /** When the end of a mute was last extended while it lasted. */
  readonly renewedAt?: Instant;
}

/** Since when a policy asks for drills, as runs saw it. */
export interface DrillsAsked {
  readonly policy: string;
  readonly since: Instant;
}

/** Since when a policy names a vault to copy to, as runs saw it; 0 where that was before runs remembered it. */
export interface CopiesAsked {
  readonly policy: string;
  /** The ARN of the vault. */
  readonly vault: string;
  readonly since: Instant;
}

/**
 * A table that an audit found to be gone and whose recovery points a policy ends after that. SAFETY: a table of that name, whatever its id, ends the
 * record, and without the record nothing of the table is ever deleted.
 */
export interface GoneTable {
  readonly goneTable: string;
  /** The incarnation that was governed when it was last seen. */
  readonly tableId: string;
  /** Names of the policies that governed it then, sorted. */
  readonly policies: readonly string[];
  /** The first audit that read tags, names and recovery points whole and found no table of the name. */
  readonly since: Instant;
  /** Set where its tags stopped expiry when it was last seen, or had until lately: its recovery points stay. */
  readonly held?: true;
  /** SAFETY: nothing of it ends before: the table had lost nearly all it held, and what it held before was promised to stay until then. Absent where it had not. */
  readonly notBefore?: Instant;
  /** Set while no policy ends what is left of it any more: where one does again, its days begin again. */
  readonly paused?: true;
  /** When people were told that its recovery points end. */
  readonly toldAt?: Instant;
  /** When an audit found that their time is over: from then on prune may delete them. */
  readonly dueAt?: Instant;
  /** What runs noted that they deleted of it; absent where none did. */
  readonly deleted?: DeletedOfGone;
  /** When an audit first saw that none of them is left, or that a table of the name is there again; it is remembered for a while so that tables that end are counted. */
  readonly endedAt?: Instant;
}

/** How many recovery points of a gone table runs deleted, and when the last of these runs began. */
export interface DeletedOfGone {
  readonly points: number;
  readonly at: Instant;
}

/** A deleted table whose recovery points a person asked to keep. */
export interface KeptTable {
  readonly keptTable: string;
  readonly keptAt: Instant;
}

/**
 * What one run remembers for the next, besides the open findings. It sharpens findings, and says what was asked for before. SAFETY: without it more
 * is kept and asked about, never less.
 */
export interface Memory {
  /** Sorted by policy; absent in what was remembered before histories were. */
  readonly histories?: readonly PolicyHistory[];
  /** Sorted by table and policy; absent where nothing was lost. */
  readonly losses?: readonly SeriesLoss[];
  /** Sorted by policy and vault, empty where nothing is copied; absent where no policy has a vault, and in what was remembered before destinations were. */
  readonly copiesAsked?: readonly CopiesAsked[];
  readonly coverage?: CoverageBaseline;
  readonly deferred?: DeferralMemory;
  readonly digest?: DigestMemory;
  /** Sorted by policy; absent where none asks for drills. */
  readonly drillsAsked?: readonly DrillsAsked[];
  /** When an audit last read tags, names and recovery points whole; absent where no policy ends what is left of deleted tables. */
  readonly goneLookedAt?: Instant;
  /** Sorted by table; absent where none is remembered. */
  readonly goneTables?: readonly GoneTable[];
  /** Sorted by table. A person writes these, and no run does; read only where a policy ends what is left of deleted tables. */
  readonly keptTables?: readonly KeptTable[];
  /** Sorted by table; absent where none was muted. */
  readonly mutes?: readonly MuteRecord[];
  /** Sorted by table. */
  readonly pitrBaselines: readonly PitrBaseline[];
  /** Sorted by protocol and endpoint; absent until an audit has listed them. */
  readonly subscribers?: readonly SubscriberMemory[];
  /** The table at which the next audit begins to read point-in-time recovery; absent where the last one read all. */
  readonly pitrResumeAt?: string;
  /** Sorted by table; absent in what was remembered before protections were. */
  readonly protections?: readonly Protection[];
  /** Sorted by table and policy; absent in what was remembered before series were. */
  readonly series?: readonly SeriesSeen[];
  /** Sorted by table; absent where no table has anything in a vault. */
  readonly vaultRecords?: readonly VaultRecord[];
}
