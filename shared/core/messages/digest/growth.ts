import type { DigestMemory, TableSizes } from '../../../model/memory.ts';
import { shortHash } from '../../text/digest.ts';
import type { TableLine } from './table-line.ts';

/** How much larger or smaller a table is than when the last digest was sent, in bytes. */
export interface TableGrowth {
  readonly table: string;
  readonly bytesBefore: number;
  readonly bytes: number;
}

/** How the sizes of tables changed since the last digest. */
export interface Growth {
  /** Most first. */
  readonly grown: readonly TableGrowth[];
  /** Most first. */
  readonly shrunk: readonly TableGrowth[];
  /** Names of tables that no policy governed then, sorted; empty when that is not known. */
  readonly added: readonly string[];
}

/**
 * The number of sizes that safely fits one item of the state table: the limit is 400 KB, and a size takes up to 25
 * bytes.
 */
const MOST_SIZES = 10_000;

/**
 * Returns the sizes for the next digest to compare with. A size that could not be read is null, and of more than 10,000
 * tables only the largest are recorded.
 */
export const sizesOf = (lines: readonly TableLine[]): TableSizes =>
  Object.fromEntries(
    lines
      .toSorted((a, b) => (b.tableBytes ?? 0) - (a.tableBytes ?? 0) || (a.table < b.table ? -1 : 1))
      .slice(0, MOST_SIZES)
      .map(({ table, tableBytes = null }) => [shortHash(table), tableBytes]),
  );

const byChange = (a: TableGrowth, b: TableGrowth): number =>
  Math.abs(b.bytes - b.bytesBefore) - Math.abs(a.bytes - a.bytesBefore) || (a.table < b.table ? -1 : 1);

/** Returns the table's sizes then and now, if both are known. */
const changeOf = ({ table, tableBytes }: TableLine, sizes: TableSizes): readonly TableGrowth[] => {
  const before = sizes[shortHash(table)];
  const isKnown = typeof before === 'number' && tableBytes !== undefined;
  return isKnown ? [{ table, bytesBefore: before, bytes: tableBytes }] : [];
};

/** Lists new tables; none when only the largest were recorded, because a missing one may have been small. */
const addedSince = (lines: readonly TableLine[], sizes: TableSizes): readonly string[] =>
  Object.keys(sizes).length >= MOST_SIZES
    ? []
    : lines
        .filter(({ table }) => !(shortHash(table) in sizes))
        .map(({ table }) => table)
        .toSorted();

/** Compares tables with the sizes recorded with the last digest. Returns undefined when none were recorded. */
export const growthOf = (lines: readonly TableLine[], last: DigestMemory | undefined): Growth | undefined => {
  const sizes = last?.sizes;
  if (sizes === undefined) return undefined;
  const changes = lines.flatMap((line) => changeOf(line, sizes)).toSorted(byChange);
  return {
    grown: changes.filter(({ bytes, bytesBefore }) => bytes > bytesBefore),
    shrunk: changes.filter(({ bytes, bytesBefore }) => bytes < bytesBefore),
    added: addedSince(lines, sizes),
  };
};
