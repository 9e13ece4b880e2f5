import type { CutoverOutcome, CutoverRecord, CutoverStep } from '../model/cutover.ts';
import type { Instant } from '../model/instant.ts';
import type { Reading } from './inventory.ts';

/** A step that is one change of the account, or one look at it. */
export type AccountStep = Exclude<CutoverStep, { readonly kind: 'setting' | 'restore-under-name' }>;

/** Carries out single steps of cut-overs. Never throws for what the service answers. */
export interface CutoverWriter {
  /** Looks first: what another session did is `as-it-was`, and only what is certain to be what the record names is changed. */
  apply(step: AccountStep, record: CutoverRecord): Promise<CutoverOutcome>;
  /** Write units that a table consumed from one instant to another. */
  writeUnits(table: string, since: Instant, until: Instant): Promise<Reading<{ readonly units: number }>>;
  /** A recovery point by its ARN. */
  readPoint(arn: string): Promise<Reading<FinalPoint>>;
}

/** A recovery point of a table, as the service describes it. */
export interface FinalPoint {
  readonly id: string;
  readonly tableId: string;
  readonly createdAt: Instant;
  readonly sizeBytes: number;
  readonly isAvailable: boolean;
}

/** Keeps cut-overs under their target. Every method throws when the store cannot be reached. */
export interface CutoverRecords {
  /** Newest first. */
  list(): Promise<readonly CutoverRecord[]>;
  /** SAFETY: writes a record only where no other of its table is under way; returns false where one is. */
  begin(record: CutoverRecord): Promise<boolean>;
  /**
   * Writes what became of a record, and returns it as it stands now.
   * SAFETY: throws a `FailureError` where another session has written it since: two sessions never go on with one cut-over.
   */
  save(record: CutoverRecord): Promise<CutoverRecord>;
}
