import type { OwnFailure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { EngineName, RecoveryPoint } from './recovery-point.ts';

/** What a job of AWS Backup is asked for. */
export interface JobRequest {
  /** The vault's name. */
  readonly vault: string;
  /** Counted from 1: AWS takes the same request twice for one, and never repeats a job that failed. */
  readonly attempt: number;
  /** The value of the tag that says whose the recovery point is; absent where the table has no room for it. */
  readonly mark?: string;
  readonly coldAfterDays?: number;
  readonly deleteAfterDays?: number;
  readonly startWindowMinutes: number;
  readonly completeWindowMinutes?: number;
}

/** Make the recovery point of one slot. */
export interface CreateAction {
  readonly kind: 'create';
  readonly engine: EngineName;
  readonly table: string;
  readonly tableId: string;
  readonly policy: string;
  readonly slot: Instant;
  /** The recovery point's name, which is also the identity of the claim. */
  readonly name: string;
  /** How far past its promise the table is: age over RPO; Infinity where no recovery point exists. */
  readonly urgency: number;
  /** Present for the engine `aws-backup`. */
  readonly job?: JobRequest;
  /** What it waits for: it is deferred and not tried. */
  readonly waits?: OwnFailure;
  readonly reason: string;
}

/** Copy one recovery point to another vault. */
export interface CopyAction {
  readonly kind: 'copy';
  readonly engine: EngineName;
  readonly table: string;
  readonly policy: string;
  readonly recoveryPoint: RecoveryPoint;
  /** The ARN of the vault to copy to. */
  readonly destination: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly coldAfterDays?: number;
  /** Counted from when the source was made. */
  readonly deleteAfterDays: number;
  /** What it waits for: it is deferred and not tried. */
  readonly waits?: OwnFailure;
  readonly reason: string;
}

/** Delete one recovery point that no rule keeps. */
export interface ExpireAction {
  readonly kind: 'expire';
  /** The one that the recovery point is of, whatever its policy says by now. */
  readonly engine: EngineName;
  readonly table: string;
  readonly policy: string;
  readonly recoveryPoint: RecoveryPoint;
  /** Set where its table was deleted and a policy ends what is left: it needs another proof just before. */
  readonly isOfGoneTable?: true;
  readonly reason: string;
}

/** Switch point-in-time recovery on with the promised period. */
export interface EnablePitrAction {
  readonly kind: 'enable-pitr';
  readonly table: string;
  readonly tableId: string;
  readonly recoveryPeriodDays: number;
  readonly reason: string;
}

export type Action = CreateAction | CopyAction | ExpireAction | EnablePitrAction;
