import type { KeySpan } from './key-span.ts';
import type { Known, SeenKey } from './vault-facts.ts';

/** One incarnation of a table that has or had a customer's key. */
export interface TableKeys {
  readonly table: string;
  readonly tableId: string;
  /** Absent while it exists, and until an audit has seen that it is gone. */
  readonly goneAt?: number;
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
