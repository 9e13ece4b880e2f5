import type { DrillState } from '../model/drill.ts';
import type { Failure } from '../model/failure.ts';
import type { TableShape } from '../model/table-settings.ts';
import type { Reading } from './inventory.ts';

/** Keeps the drills of tables under their target. Every method throws when the store cannot be reached. */
export interface DrillStates {
  /** Sorted by table. */
  list(): Promise<readonly DrillState[]>;
  /**
   * Writes the drills of a table, and returns them as they stand now. `revision` zero: nothing was kept of it yet.
   * SAFETY: throws a `FailureError` where another run has written them since: two runs never go on with one drill.
   */
  save(state: DrillState): Promise<DrillState>;
}

/** What the service answered to the call that deletes a table. `later`: it may have been done, or can be tried again. */
export type Removal =
  | { readonly kind: 'asked' | 'gone' }
  | { readonly kind: 'later' | 'refused'; readonly failure: Failure };

/** Deletes tables that drills made. */
export interface TableRemover {
  /** SAFETY: whoever calls has just seen under this name the table that a drill recorded. */
  remove(table: string): Promise<Removal>;
}

/** A backup as AWS describes it. */
export interface DescribedPoint {
  readonly isAvailable: boolean;
  readonly sizeBytes?: number;
  readonly shape: Pick<TableShape, 'keys'> & { readonly indexes: readonly string[] };
}

/** Describes backups. */
export interface PointDescriber {
  /** `id` is the ARN. Never throws for what the service answers. */
  describe(id: string): Promise<Reading<DescribedPoint>>;
}
