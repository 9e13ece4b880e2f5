import type { ExportPlace } from '../model/drill.ts';
import type { Failure } from '../model/failure.ts';
import type { Instant } from '../model/instant.ts';
import type { Item } from '../model/restore.ts';
import type { Reading } from './inventory.ts';

/** What is exported, and where to. */
export interface ExportWish extends ExportPlace {
  readonly tableArn: string;
  readonly second: Instant;
  /** SAFETY: the same for the same drill: sent again within eight hours, the call begins no second export. */
  readonly token: string;
}

/** What the service answered. `unknown`: it may have begun · `deferred`: it has not, and can later. */
export type ExportStart =
  | { readonly kind: 'accepted'; readonly arn: string }
  | { readonly kind: 'deferred' | 'refused' | 'unknown'; readonly failure: Failure };

/** What an export has come to. */
export interface ExportState {
  readonly status: 'completed' | 'failed' | 'going-on';
  readonly tableId?: string;
  /** Key of its summary; present once it is completed. */
  readonly manifest?: string;
  /** Present where it failed. */
  readonly failure?: Failure;
}

/** Exports tables to a bucket. */
export interface TableExporter {
  start(wish: ExportWish): Promise<ExportStart>;
  /** `missing`: AWS forgets an export three months after it ended. */
  look(arn: string): Promise<Reading<ExportState>>;
}

/** What was read of an export. */
export interface ExportSample {
  /** The table that its summary names. */
  readonly tableId: string;
  /** Of the whole export, as its summary says. */
  readonly itemCount: number;
  readonly items: readonly Item[];
  /** How many of its files were read whole, and the keys of those that are not as the manifest sums them. */
  readonly filesRead: number;
  readonly wrongFiles: readonly string[];
}

/** Reads exports in their bucket and removes them. */
export interface ExportBucket {
  /** Reads at most so many items, out of as few files as have them. */
  sample(bucket: string, manifest: string, most: number): Promise<Reading<ExportSample>>;
  /** Says whether any object is there; `missing` where the bucket itself is not. */
  holds(place: ExportPlace): Promise<Reading<{ readonly any: boolean }>>;
  /** SAFETY: removes every object whose key begins with the prefix, and no other. */
  clear(place: ExportPlace): Promise<Reading<{ readonly removed: number }>>;
}
