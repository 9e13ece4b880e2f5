import { indexAfter } from '../sorted-names.ts';
import type { Table } from './table.ts';

/** The tables that exist, by name. */
export interface TableIndex {
  get(name: string): Table | undefined;
  add(table: Table): void;
  remove(table: Table): void;
  all(): Iterable<Table>;
  readonly size: number;
  /** The first names greater than the given one, in order. */
  namesAfter(name: string | undefined, count: number): string[];
}

export const createTableIndex = (): TableIndex => {
  const byName = new Map<string, Table>();
  let sorted: readonly string[] | undefined;
  const sortedNames = (): readonly string[] => {
    sorted ??= [...byName.keys()].sort();
    return sorted;
  };
  return {
    get: (name) => byName.get(name),
    add(table) {
      byName.set(table.name, table);
      sorted = undefined;
    },
    remove(table) {
      if (byName.get(table.name) !== table) return;
      byName.delete(table.name);
      sorted = undefined;
    },
    all: () => byName.values(),
    get size() {
      return byName.size;
    },
    namesAfter(name, count) {
      const names = sortedNames();
      const start = indexAfter(names, name);
      return names.slice(start, start + count);
    },
  };
};
