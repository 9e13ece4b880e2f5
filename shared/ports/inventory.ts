import type { Pitr, TableDetails, TaggedTable } from '../model/table.ts';

/**
 * A list read to its last page, or as far as it went. With `gap`, what is missing is unknown: an empty list with a gap never means "none".
 */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** The operation and the service's own words for why the list ends early. */
  readonly gap?: string;
}

/** One thing read: found, not there, or not readable, with the operation and the service's own words. */
export type Reading<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      /** Set where nothing stood in the way but the end of the run's time: it was not asked for. */
      readonly deferred?: true;
      /** Set where it was asked for in vain, and the run's time ended within minutes of that. */
      readonly cutShort?: true;
    };

/** What tables there are. Every method only reads; none throws for what the service answers. */
export interface Inventory {
  /** Tables with the tag key, by the tagging API: may miss changes of the last seconds and may list tables deleted hours ago. */
  listTaggedTables(tagKey: string): Promise<Listing<TaggedTable>>;
  /** Every table of the target. */
  listTableNames(): Promise<Listing<string>>;
  describeTable(table: string): Promise<Reading<TableDetails>>;
  /** `missing` while the table does not exist or is still being created. */
  readPitr(table: string): Promise<Reading<Pitr>>;
}
