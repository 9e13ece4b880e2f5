import pMap from 'p-map';
import type { Instant } from '../model/instant.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { TableDetails, TaggedTable } from '../model/table.ts';
import type { Engine } from '../ports/engine.ts';
import type { Listing, Reading, TableReader } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';

/** Reads under way at once; the rates, not this number, set the pace. */
const CONCURRENTLY = { concurrency: 20 };

/** Reads the recovery points of some tables. */
export type PointsReader = (tables: readonly string[]) => Promise<Listing<RecoveryPoint>>;

/** The only tables of a run, how their recovery points are read, and until when. */
export interface TableScope {
  readonly tables: readonly string[];
  readonly points: PointsReader;
  readonly deadline: Instant;
}

/** The lists that a run decides from: of the whole target, or of the tables of its scope. */
export interface Lists {
  /** With the tag key, or with any tag where none is given, including those that are gone by now. */
  tagged(tagKey?: string): Promise<Listing<TaggedTable>>;
  names(): Promise<Listing<string>>;
  recoveryPoints(since?: Instant): Promise<Listing<RecoveryPoint>>;
  describe(table: string): Promise<Reading<TableDetails>>;
  /** The tables of the scope that are deleted or being deleted; absent without a scope. */
  readonly gone?: () => Promise<readonly string[]>;
}

/**
 * Creates a reader that shares one list of the whole target between all callers. A list with a gap
 * is read again for the next one.
 */
export const sharedPoints = (engine: Engine): PointsReader => {
  let whole: Promise<Listing<RecoveryPoint>> | undefined;
  return async (tables) => {
    whole ??= engine.listRecoveryPoints();
    const { items, gap } = await whole;
    if (gap !== undefined) whole = undefined;
    const wanted = new Set(tables);
    const ofTables = items.filter(({ tableName }) => wanted.has(tableName));
    return { items: ofTables, ...(gap !== undefined && { gap }) };
  };
};

const joined = <Item>(listings: readonly Listing<Item>[]): Listing<Item> => {
  const gap = listings.find((listing) => listing.gap !== undefined)?.gap;
  return { items: listings.flatMap(({ items }) => items), ...(gap !== undefined && { gap }) };
};

/** Creates a reader that lists each table on its own. */
export const ownPointsOf =
  (tableReader: TableReader): PointsReader =>
  async (tables) =>
    joined(await pMap(tables, (table) => tableReader.listRecoveryPointsOf(table), CONCURRENTLY));

type ListDeps = Pick<Deps, 'engine' | 'inventory' | 'policies' | 'tableReader'>;

const listsOfAll = ({ engine, inventory }: ListDeps): Lists => ({
  tagged: (tagKey) => inventory.listTaggedTables(tagKey),
  names: () => inventory.listTableNames(),
  recoveryPoints: (since) => engine.listRecoveryPoints(since),
  describe: (table) => inventory.describeTable(table),
});

const isGone = (reading: Reading<TableDetails>): boolean =>
  reading.kind === 'missing' || (reading.kind === 'found' && reading.value.status === 'DELETING');

/**
 * Which tables exist is known from describing each of them, once. One that cannot be described is a
 * gap in the names: it may exist.
 */
const listsOfScope = (
  { inventory, policies, tableReader }: ListDeps,
  { points, tables }: TableScope,
): Lists => {
  const readings = new Map<string, Promise<Reading<TableDetails>>>();
  const describe: Lists['describe'] = (table) => {
    const reading = readings.get(table) ?? inventory.describeTable(table);
    readings.set(table, reading);
    return reading;
  };
  const describeAll = () => pMap(tables, describe, CONCURRENTLY);
  return {
    tagged: () => tableReader.listTagged(policies.tag, tables),
    names: async () =>
      joined(
        (await describeAll()).map((reading, index): Listing<string> => {
          if (reading.kind === 'unreadable') return { items: [], gap: reading.failure };
          return { items: reading.kind === 'found' ? tables.slice(index, index + 1) : [] };
        }),
      ),
    recoveryPoints: () => points(tables),
    describe,
    gone: async () => {
      const read = await describeAll();
      return tables.filter((_, index) => read.slice(index, index + 1).some(isGone));
    },
  };
};

/** Creates the lists of a run, of the tables in its scope if it has one. */
export const listsOf = (deps: ListDeps, scope: TableScope | undefined): Lists =>
  scope === undefined ? listsOfAll(deps) : listsOfScope(deps, scope);
