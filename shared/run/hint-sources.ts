import pMap from 'p-map';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { TableDetails, TaggedTable } from '../model/table.ts';
import type { EngineLists } from '../ports/engine.ts';
import type { Inventory, Listing, Reading, TableReader } from '../ports/inventory.ts';
import type { LookDeps } from './deps.ts';
import { listRecoveryPoints } from './engines.ts';

/** Reads under way at once; the rates, not this number, set the pace. */
const CONCURRENTLY = { concurrency: 20 };

/** Sources that are limited to a few tables, and what they saw of each. */
export interface HintSources extends Pick<LookDeps, 'inventory' | 'engines'> {
  detailsOf(table: string): Promise<Reading<TableDetails>>;
  /** With the tag key, including those that are gone by now. */
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
      if (reading.kind === 'unreadable') return { items: [], gap: reading.failure };
      return { items: reading.kind === 'found' ? tables.slice(index, index + 1) : [] };
    }),
  );

/** Reads the recovery points of some tables. */
export type PointsReader = (tables: readonly string[]) => Promise<Listing<RecoveryPoint>>;

/**
 * Creates a reader that shares one list of the whole target between all callers. A list with a gap
 * is read again for the next one.
 */
export const sharedPoints = (engines: EngineLists): PointsReader => {
  let whole: Promise<Listing<RecoveryPoint>> | undefined;
  return async (tables) => {
    whole ??= listRecoveryPoints(engines, {});
    const { items, gap } = await whole;
    if (gap !== undefined) whole = undefined;
    const wanted = new Set(tables);
    const ofTables = items.filter(({ tableName }) => wanted.has(tableName));
    return { items: ofTables, ...(gap !== undefined && { gap }) };
  };
};

/** Creates a reader that lists each table on its own. */
export const ownPointsOf =
  (tableReader: TableReader): PointsReader =>
  async (tables) =>
    joined(await pMap(tables, (table) => tableReader.listRecoveryPointsOf(table), CONCURRENTLY));

/**
 * Builds sources that contain only the named tables, so that a run observes no others. Each table
 * is described once. What cannot be read of one table is a gap of the whole list: nothing is
 * concluded of the others either, and the hint is retried.
 */
export const hintSources = (
  { tableReader, inventory, policies }: Pick<LookDeps, 'tableReader' | 'inventory' | 'policies'>,
  tables: readonly string[],
  points: PointsReader,
): HintSources => {
  const details = new Map(tables.map((table) => [table, once(() => inventory.describeTable(table))]));
  const detailsOf: Inventory['describeTable'] = (table) =>
    details.get(table)?.() ?? inventory.describeTable(table);
  const tagged = once(() => tableReader.listTagged(policies.tag, tables));
  return {
    detailsOf,
    tagged,
    inventory: {
      listTaggedTables: () => tagged(),
      listTableNames: async () => namesFrom(tables, await pMap(tables, detailsOf, CONCURRENTLY)),
      describeTable: detailsOf,
      readPitr: (table) => inventory.readPitr(table),
    },
    engines: { dynamodb: { list: () => points(tables) } },
  };
};
