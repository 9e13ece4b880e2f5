import pMap from 'p-map';
import type { Facet, Gap, Observation } from '../model/observation.ts';
import type { TaggedTable } from '../model/table.ts';
import type { Reading } from '../ports/inventory.ts';

/** A table with more read of it. */
export type TableReading = Reading<TaggedTable>;

/** What to read in addition, and of which tables. */
export interface Reads {
  readonly facet: Facet;
  /** In the order of their turns. */
  readonly names: readonly string[];
  /** Reads under way at once: enough to keep the rate busy, few enough for one Lambda's sockets. */
  readonly concurrency: number;
  read(table: TaggedTable): Promise<TableReading>;
}

type Readings = ReadonlyMap<string, TableReading>;

const readAll = async (
  tables: readonly TaggedTable[],
  { names, read, concurrency }: Reads,
): Promise<Readings> => {
  const known = new Map(tables.map((table) => [table.name, table]));
  const wanted = names.flatMap((name) => known.get(name) ?? []);
  const readOne = async (table: TaggedTable) => [table.name, await read(table)] as const;
  return new Map(await pMap(wanted, readOne, { concurrency }));
};

const gapOf = (facet: Facet, table: string, reading: TableReading | undefined): readonly Gap[] => {
  if (reading?.kind !== 'unreadable') return [];
  const { failure, deferred } = reading;
  return [{ facet, table, failure, ...(deferred !== undefined && { deferred }) }];
};

const seenOf = (table: TaggedTable, reading: TableReading | undefined): readonly TaggedTable[] => {
  if (reading?.kind === 'missing') return [];
  return reading?.kind === 'found' ? [reading.value] : [table];
};

/**
 * Adds what is read of the named tables to the observation and keeps the order of its tables. Drops
 * tables that turn out not to exist; those that could not be read leave a gap, and those whose turn
 * did not come a deferred one.
 */
export const readEach = async (observation: Observation, reads: Reads): Promise<Observation> => {
  const { tables, gaps } = observation;
  const readings = await readAll(tables, reads);
  return {
    ...observation,
    tables: tables.flatMap((table) => seenOf(table, readings.get(table.name))),
    gaps: [...gaps, ...tables.flatMap(({ name }) => gapOf(reads.facet, name, readings.get(name)))],
  };
};
