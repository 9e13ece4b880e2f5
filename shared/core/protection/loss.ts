import type { Instant } from '../../model/instant.ts';

/**
 * How a policy stopped governing a table. `lost`: not said to be intended · `opted-out`: the tag says `none`, or `POLICY=none` · `replaced`: the tag
 * names a policy that did not govern the table before.
 */
export type LossKind = 'lost' | 'opted-out' | 'replaced';

/** The cause of a table that was deleted and is back without its tag, as after a restore. */
export const BACK_WITHOUT_TAG = 'back without its tag';

/** One policy that governed a table and does not any more, while the table is there. */
export interface Loss {
  readonly table: string;
  readonly policy: string;
  readonly kind: LossKind;
  readonly rpoMs: number;
  /** Absent where it promised no point-in-time recovery. */
  readonly pitrDays?: number;
  /** When it was last seen to govern the table, as far as that is known. */
  readonly until: Instant;
  /** When the newest recovery point under it that can be restored was made; absent where there is none. */
  readonly newestAt?: Instant;
  /** Set where nothing but the names of recovery points says that it ever governed the table: anybody may give such a name. */
  readonly shown?: true;
  /** The incarnation that it governed, where that is known. */
  readonly tableId?: string;
}
