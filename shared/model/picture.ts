import type { Instant } from './instant.ts';
import type { Gap } from './observation.ts';
import type { Pitr } from './table.ts';
import type { Target } from './target.ts';

/**
 * The status of a table under one policy, by the age of what can be restored: `late` and `missing` are older than promised · `none`: the table is
 * too young to have one · `unseen`: a look did not reach far enough to tell.
 */
export interface RpoStatus {
  readonly kind: 'kept' | 'late' | 'missing' | 'none' | 'unseen';
  readonly text: string;
}

/** The same as an audit keeps it. */
export interface SeenStatus extends RpoStatus {
  readonly policy: string;
  /** Set where a finding said that it is overdue: once that is resolved, a newer one was made. */
  readonly isReported?: true;
}

/** How many recovery points of a table, and of no earlier one of its name, can be restored, and when the first and the last of them were made. */
export interface PointSpan {
  readonly count: number;
  readonly oldest: Instant;
  readonly newest: Instant;
}

/** Copies of a table's recovery points in other vaults of the account that can be restored, and where the newest of them is. */
export interface SeenCopies {
  readonly count: number;
  readonly createdAt: Instant;
  /** Absent where nothing says it. */
  readonly sizeBytes?: number;
  readonly vault: string;
  readonly region: string;
}

/** What cannot be restored of a table because of a key: recovery points, and copies of them. `inVaults`: those under the key of their vault. */
export interface SeenLocked {
  readonly count: number;
  readonly inVaults: number;
}

/** What governs a table, as far as it promises something to it. */
export interface SeenPolicy {
  readonly name: string;
  readonly rpoMs: number;
  readonly promisesPitr: boolean;
}

/** Why no second of a table can be restored. `key`: the key that it is encrypted with cannot be used · `deletion`: it is being deleted. */
export type Withheld = 'deletion' | 'key';

/** One table that opted in, as a look saw it: all that its verdict and its way back depend on, besides findings, drills and restores. */
export interface SeenTable {
  readonly name: string;
  /** Sorted by name; empty where its tag names none that exist. */
  readonly policies: readonly SeenPolicy[];
  /** Absent where it was not described. */
  readonly tableId?: string;
  readonly sizeBytes?: number;
  /** Absent where it was not read. */
  readonly pitr?: Pitr;
  /** One for each policy. */
  readonly statuses: readonly SeenStatus[];
  /** Whether any recovery point of this deployment, of any policy, can be restored. */
  readonly hasPoint: boolean;
  /** Absent where none can be restored. */
  readonly points?: PointSpan;
  /** Copies of what is left of it in other vaults, where nothing can be restored at home: absent otherwise, or without any. */
  readonly copies?: SeenCopies;
  /** The newest that can be restored. */
  readonly newest?: { readonly createdAt: Instant; readonly sizeBytes?: number; readonly isCold?: true };
  /** Absent without any. */
  readonly locked?: SeenLocked;
  /** Why no second of it can be restored, whatever its window is; absent where they can. */
  readonly withheld?: Withheld;
  /** What could not be read of it alone. */
  readonly gaps: readonly Gap[];
}

/** A legal hold of AWS Backup, and what it keeps of this deployment. */
export interface LegalHoldSummary {
  readonly title: string;
  readonly recoveryPoints: number;
  /** The names of the tables, sorted. */
  readonly tables: readonly string[];
}

/** What a look saw of every table. */
export interface Picture {
  readonly target: Target;
  readonly at: Instant;
  /** Names the policies that it was seen with. */
  readonly policiesDigest: string;
  /** Whole lists that could not be read. */
  readonly gaps: readonly Gap[];
  readonly legalHolds: readonly LegalHoldSummary[];
  /** Sorted by name. */
  readonly tables: readonly SeenTable[];
}

/** What a hint saw of one table; without `seen` it had not opted in, or was gone. */
export interface Glimpse {
  readonly table: string;
  readonly at: Instant;
  readonly seen?: SeenTable;
}
