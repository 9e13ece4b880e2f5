import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { DrillLevel } from './policy.ts';
import type { RestoreOverrides, RestoreSource, StepRecord } from './restore.ts';

/**
 * Where a drill is. It only moves forward; `ended` is final. Without a table of its own a drill goes from `planned` to `ended`. `deleting` lasts until its
 * table is gone when it is described.
 */
export const DRILL_PHASES = [
  'planned',
  'started',
  'active',
  'settings',
  'checking',
  'deleting',
  'ended',
] as const;
export type DrillPhase = (typeof DRILL_PHASES)[number];

/**
 * What is checked. `source`: what is restored from is there · `schema`: keys · `indexes`: names and keys of indexes · `size`: of a backup, beside the
 * table · `item-count` · `items`: a sample can be read · `files`: those of an
 * export are as its manifest sums them · `settings`: what the manifest has is set again.
 */
export type DrillCheckName =
  | 'source'
  | 'schema'
  | 'indexes'
  | 'size'
  | 'item-count'
  | 'items'
  | 'files'
  | 'settings';

/** One check of a drill. `unread`: it could not be seen, which proves nothing. */
export interface DrillCheck {
  readonly name: DrillCheckName;
  readonly verdict: 'passed' | 'failed' | 'unread';
  /** As it should be, and as it was found. */
  readonly expected?: string;
  readonly found?: string;
  /** Set where not one item was read of what should have some. */
  readonly isNothing?: true;
  readonly failure?: Failure;
}

/** Where an export is written. All objects whose keys begin with the prefix are of one drill. */
export interface ExportPlace {
  readonly bucket: string;
  /** With the slash at its end. */
  readonly prefix: string;
}

/** What the keys of all objects begin with that drills of an instance make. */
export const exportPrefixOf = (instance: string): string => `drills/${instance}/`;

/** Says whether objects whose keys begin so may be of a drill of an instance. */
export const isExportPrefixOf = (instance: string, prefix: string): boolean =>
  prefix.startsWith(exportPrefixOf(instance));

/** The export of a drill. */
export interface DrillExport extends ExportPlace {
  /** Once it is known. */
  readonly arn?: string;
  /** Key of its summary, once it is written. */
  readonly manifest?: string;
}

/** Why the table of a drill is not gone yet, though a run asked for that. It is tried at every run. */
export interface FailingDeletion {
  readonly since: Instant;
  readonly failure: Failure;
  /** Set where deletion protection is on. */
  readonly isProtected?: true;
}

/** One drill: written before its call and after each step, so that a later run goes on where one stopped. */
export interface Drill {
  /** Table and the instant of the plan: unique in a target. */
  readonly id: string;
  readonly table: string;
  /** The incarnation that is restored. */
  readonly tableId: string;
  readonly policy: string;
  readonly level: DrillLevel;
  /** What the policy asks for, where this went less far: the table is too large, or nothing can be described. */
  readonly askedLevel?: DrillLevel;
  readonly source: RestoreSource;
  readonly overrides: RestoreOverrides;
  readonly sample: number;
  /** Of the source as it was planned; absent where nothing says it. */
  readonly sizeBytes?: number;
  /** Items of the table when it was planned. */
  readonly itemCount?: number;
  /** What it is estimated to cost. */
  readonly usd: number;
  readonly phase: DrillPhase;
  readonly plannedAt: Instant;
  /** Name of the table that is made; absent where none is. */
  readonly drillTable?: string;
  /** What is written into a bucket; absent where nothing is. */
  readonly export?: DrillExport;
  /** Why AWS puts the restore off; present until it is accepted. */
  readonly putOff?: Failure;
  /** Set just before the call that starts the restore or the export. */
  readonly askedAt?: Instant;
  readonly acceptedAt?: Instant;
  /** The job of AWS Backup that restores from a vault, once it is known. */
  readonly jobId?: string;
  /** SAFETY: only the table with this id is ever changed or deleted. */
  readonly drillTableId?: string;
  readonly seenAt?: Instant;
  /** When its table was last seen not ready yet: nothing says when it became so, and the restore took until then at the least. */
  readonly unreadyAt?: Instant;
  readonly activeAt?: Instant;
  readonly settledAt?: Instant;
  readonly checkedAt?: Instant;
  /** Set just before the call that deletes its table. */
  readonly deleteAskedAt?: Instant;
  /** Present while its table cannot be deleted. */
  readonly deletionFailing?: FailingDeletion;
  /** When its table was described and not there any more. */
  readonly goneAt?: Instant;
  readonly endedAt?: Instant;
  readonly steps: readonly StepRecord[];
  readonly checks: readonly DrillCheck[];
  /** Known before its table is deleted. */
  readonly result?: 'proved' | 'failed';
  readonly failure?: Failure;
}

/** Why a drill that is due was not begun. */
export interface DrillRefusal {
  readonly policy: string;
  readonly reason: 'cap' | 'no-bucket' | 'nothing-to-restore';
  readonly since: Instant;
  /** When a run last refused it. */
  readonly at: Instant;
  /** What it would cost, what drills of this month cost already, and what they may. */
  readonly usd: number;
  readonly spentUsd: number;
  readonly capUsd: number;
}

/** What drills that began in a calendar month (UTC) are estimated to cost. */
export interface DrillSum {
  /** Since the year 0. */
  readonly month: number;
  readonly usd: number;
}

/** All that is kept of the drills of one table name. */
export interface DrillState {
  readonly table: string;
  /** Counts what was written of it, so that a run notices when another one goes on with it. */
  readonly revision: number;
  /** SAFETY: one at a time. */
  readonly current?: Drill;
  /** Ended ones, newest first; at most `MOST_PAST_DRILLS`. */
  readonly past: readonly Drill[];
  /** What ended ones of a month cost that are not among them any more; absent where none is missing. */
  readonly beyond?: DrillSum;
  readonly refused?: DrillRefusal;
}

/** Two months of daily drills: what they proved, and how long they took. What a month cost is known beyond them. */
export const MOST_PAST_DRILLS = 64;
