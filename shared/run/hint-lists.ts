import pMap from 'p-map';
import type { SystemBackupList } from '../model/observation.ts';
import type { RecoveryPoint } from '../model/recovery-point.ts';
import type { TableDetails } from '../model/table.ts';
import type { EngineLists } from '../ports/engine.ts';
import type { Listing, Reading, TableReader } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';
import { listRecoveryPoints } from './engines.ts';
import type { Lists } from './lists.ts';

/** Reads under way at once; the rates, not this number, set the pace. */
const CONCURRENTLY = { concurrency: 20 };

/** Reads the recovery points of some tables. */
type PointsReader = (tables: readonly string[]) => Promise<Listing<RecoveryPoint>>;

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

const joined = <Item>(listings: readonly Listing<Item>[]): Listing<Item> => {
  const gap = listings.find((listing) => listing.gap !== undefined)?.gap;
  return { items: listings.flatMap(({ items }) => items), ...(gap !== undefined && { gap }) };
};

/** Creates a reader that lists each table on its own. */
export const ownPointsOf =
  (tableReader: TableReader): PointsReader =>
  async (tables) =>
    joined(await pMap(tables, (table) => tableReader.listRecoveryPointsOf(table), CONCURRENTLY));

/** Does not wait for those that are not shown yet: a hint has waited already. */
const readSystemBackupsOf = async (
  tableReader: TableReader,
  tables: readonly string[],
): Promise<SystemBackupList> => {
  const lists = await pMap(
    tables,
    async (table) => ({ table, ...(await tableReader.listSystemBackupsOf(table)) }),
    CONCURRENTLY,
  );
  const unread = lists.filter(({ gap }) => gap !== undefined);
  const gap = unread[0]?.gap;
  return {
    items: lists.flatMap(({ items }) => items),
    ...(gap !== undefined && { gap, unreadOf: unread.map(({ table }) => table) }),
  };
};

const isGone = (reading: Reading<TableDetails>): boolean =>
  reading.kind === 'missing' || (reading.kind === 'found' && reading.value.status === 'DELETING');

/**
 * Creates the lists of a few tables. Which tables exist is known from describing each of them, once. One that cannot be described is a
 * gap in the names: it may exist.
 */
export const listsOfTables = (
  { inventory, policies, tableReader }: Pick<Deps, 'inventory' | 'policies' | 'tableReader'>,
  tables: readonly string[],
  points: PointsReader,
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
    systemBackupsOf: (deleted) => readSystemBackupsOf(tableReader, deleted),
  };
};
