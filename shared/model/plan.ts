import type { Action } from './action.ts';
import type { Finding } from './finding.ts';
import type { Instant } from './instant.ts';
import type { Memory } from './memory.ts';
import type { RecoveryPoint } from './recovery-point.ts';
import type { Target } from './target.ts';

/** What a run is for: `protect` creates, `expire` deletes, `audit` checks and repairs point-in-time recovery. */
export type Mode = 'protect' | 'expire' | 'audit';

export type VerdictStatus = 'protected' | 'at-risk' | 'unprotected' | 'unknown';

/** How a governed table stands, and why. */
export interface Verdict {
  readonly table: string;
  readonly status: VerdictStatus;
  readonly reason: string;
}

/** Whether one of our recovery points is kept or expires, and every reason for it. */
export interface RetentionDecision {
  readonly recoveryPoint: RecoveryPoint;
  readonly policy: string;
  readonly decision: 'keep' | 'expire';
  readonly reasons: readonly string[];
  /** Set where it expires because its table was deleted. */
  readonly isOfGoneTable?: true;
  /** Why it stays although no rule keeps it; absent where one does, and where it expires. */
  readonly heldBack?: readonly string[];
}

/** What should change and what is wrong, decided from one observation. */
export interface Plan {
  readonly target: Target;
  readonly mode: Mode;
  readonly plannedAt: Instant;
  /** Whether the observation behind it had no gap. */
  readonly complete: boolean;
  /** Most urgent first. */
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
  /** One for every governed table, sorted by table. */
  readonly verdicts: readonly Verdict[];
  /** Sorted by table, policy, newest slot first. */
  readonly retention: readonly RetentionDecision[];
  /** Names the set of expiries: a person approves exactly this set past a guardrail. */
  readonly expiryDigest: string;
  /** A digest that a person gave and that names another set: nothing expires, and the run ends as a failure. */
  readonly otherApproval?: string;
  /** What the next run needs to know of this one. */
  readonly memory: Memory;
}
