import type { Instant } from './instant.ts';
import type { EngineName, RecoveryPoint } from './recovery-point.ts';

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

export type Action = CreateAction | ExpireAction | EnablePitrAction;
