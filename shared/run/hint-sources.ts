import pMap from 'p-map';
import type { TableDetails, TaggedTable } from '../model/table.ts';
import type { Inventory, Listing, Reading } from '../ports/inventory.ts';
import type { Parts } from './parts.ts';

/** Reads under way at once; the rates, not this number, set the pace. */
const CONCURRENT_READS = 20;

/** Sources that know of a few tables and of nothing else, and what they saw of each. */
export interface HintSources extends Pick<Parts, 'inventory' | 'engine'> {
  detailsOf(table: string): Promise<Reading<TableDetails>>;
  /** With the tag key, those included that are gone by now. */
  tagged(): Promise<Listing<TaggedTable>>;
}

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let reading: Promise<Value> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
};

const joined = <Item>(listings: readonly Listing<Item>[]): Listing<Item> => {
  const gap = listings.find((listing) => listing.gap !== undefined)?.gap;
  return { items: listings.flatMap(({ items }) => items), ...(gap !== undefined && { gap }) };
};

const namesFrom = (tables: readonly string[], readings: readonly Reading<TableDetails>[]): Listing<string> =>
  joined(
    readings.map((reading, index) => {
      if (reading.kind === 'unreadable') return { items: [], gap: reading.reason };
      return { items: reading.kind === 'found' ? tables.slice(index, index + 1) : [] };
    }),
  );

/**
 * Given the parts of a run and names of tables, returns sources for which these tables are all there is, so that a run observes them and no
 * others. Each table is described once. At the edge what could not be read of one table is a gap of the whole list: nothing is said of the
 * others either, and the hint is tried again.
 */
export const hintSources = (
  { closeLook, engine, inventory, policies }: Pick<Parts, 'closeLook' | 'engine' | 'inventory' | 'policies'>,
  tables: readonly string[],
): HintSources => {
  const options = { concurrency: CONCURRENT_READS };
  const details = new Map(tables.map((table) => [table, once(() => inventory.describeTable(table))]));
  const detailsOf: Inventory['describeTable'] = (table) =>
    details.get(table)?.() ?? inventory.describeTable(table);
  const tagged = once(() => closeLook.listTagged(policies.tag, tables));
  return {
    detailsOf,
    tagged,
    inventory: {
      listTaggedTables: () => tagged(),
      listTableNames: async () => namesFrom(tables, await pMap(tables, detailsOf, options)),
      describeTable: detailsOf,
      readPitr: (table) => inventory.readPitr(table),
    },
    engine: {
      ...engine,
      listRecoveryPoints: async () =>
        joined(await pMap(tables, (table) => closeLook.listRecoveryPointsOf(table), options)),
    },
  };
};
