import type { Instant } from './instant.ts';
import type { KeySpan } from './key-span.ts';
import type { Known, SeenKey } from './vault-facts.ts';

/** One incarnation of a table that has or had a customer's key. */
export interface TableKeys {
  readonly table: string;
  readonly tableId: string;
  /** Absent while it exists, and until an audit has seen that it is gone. */
  readonly goneAt?: Instant;
  /** Oldest first. */
  readonly spans: readonly KeySpan[];
}

/** A key, and what KMS says of it. */
export interface AskedKey {
  readonly arn: string;
  readonly seen: Known<SeenKey>;
}

/** Which keys recovery points need, and how these stand. */
export interface KeyFacts {
  /** Sorted by table; tables that never had a customer's key are not among them. */
  readonly tables: readonly TableKeys[];
  /** Those that something needs, sorted. */
  readonly keys: readonly AskedKey[];
}

/** A key that something cannot be restored without, and cannot be used. `ending`: it is deleted at `deletesAt`, and cannot be used until that is taken back. */
export interface LockingKey {
  readonly arn: string;
  readonly state: 'disabled' | 'ending' | 'gone' | 'unusable';
  readonly deletesAt?: Instant;
}

/** The key that keeps a recovery point from being restored. */
export interface PointLock extends LockingKey {
  /** Set where it may need another one: it was made at about the time at which its table changed its key. */
  readonly isUnsure?: true;
}
