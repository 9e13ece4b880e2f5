import type { Instant } from '../../model/instant.ts';

/**
 * How a policy stopped governing a table. `lost`: not said to be intended · `opted-out`: the tag says `none`, or `POLICY=none` · `replaced`: the tag
 * names a policy that did not govern the table before.
 */
export type LossKind = 'lost' | 'opted-out' | 'replaced';

/** The cause of a table that was deleted and is back without its tag, as after a restore. */
export const BACK_WITHOUT_TAG = 'back without its tag';

/** One policy that governed a table and no longer does, while the table exists. */
export interface Loss {
  readonly table: string;
  readonly policy: string;
  readonly kind: LossKind;
  readonly rpoMs: number;
  /** Absent when it promised no point-in-time recovery. */
  readonly pitrDays?: number;
  /** When it was last seen to govern the table, as far as known. */
  readonly until: Instant;
  /** When the newest restorable recovery point under it was made; absent when there is none. */
  readonly newestAt?: Instant;
  /**
   * Set when only the names of recovery points show that it ever governed the table: anyone may
   * give such a name.
   */
  readonly shown?: true;
  /** The incarnation that it governed, if known. */
  readonly tableId?: string;
}
