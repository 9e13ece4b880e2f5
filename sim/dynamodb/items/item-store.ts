import type { Input } from '../../call.ts';
import type { VirtualClock } from '../../clock.ts';
import type { Table } from '../table.ts';
import { createItemEngine, type Item, type ItemEngine, readAll, writeAll } from './item-engine.ts';

/** The items of all tables. A table gets its engine at the first call that concerns items. */
export interface ItemStore {
  /** One operation of the data plane. Those of one table are done one after the other. */
  call(table: Table, operation: string, input: Input): Promise<Input>;
  /** The items of a table now, or undefined when none were ever written through the API. */
  copyOf(table: Table): Promise<readonly Item[]> | undefined;
  /** The items of a table with point-in-time recovery as they were at an instant. */
  copyAsOf(table: Table, instant: number): Promise<readonly Item[]> | undefined;
  /** Puts items into a table that has none yet. */
  fill(table: Table, items: Promise<readonly Item[]>): void;
  /** How many items there are now and how large they are, or undefined when none were ever written through the API. */
  count(table: Table): Promise<{ readonly items: number; readonly bytes: number }> | undefined;
  /** Lets the clock stand still until work on copied items is done. */
  wait<T>(work: Promise<T>): Promise<T>;
  drop(table: Table): void;
  /** Says that point-in-time recovery of the table was switched. */
  notePitr(table: Table): void;
}

interface Write {
  readonly at: number;
  readonly operation: string;
  readonly input: Input;
}

/** What point-in-time recovery needs: the items when it was switched on, and every write since. */
interface History {
  readonly base: Promise<readonly Item[]>;
  readonly writes: Write[];
}

interface Mirror {
  engine: Promise<ItemEngine>;
  /** The indexes that the engine knows. */
  indexes: string;
  history: History | undefined;
  /** What was last read of it; absent once something was written since. */
  copy?: Promise<readonly Item[]> | undefined;
  /** Settles when everything asked for so far is done. */
  tail: Promise<unknown>;
}

const WRITES = new Set(['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem']);

const startHistory = (base: Promise<readonly Item[]>): History => ({ base, writes: [] });

const rotateFrom = <T>(mirror: Mirror, work: (engine: ItemEngine) => Promise<T>): Promise<T> => {
  const result = mirror.tail.then(() => mirror.engine).then(work);
  mirror.tail = result.catch(() => {});
  return result;
};

const filledEngine = async (table: Table, items: Promise<readonly Item[]>): Promise<ItemEngine> => {
  const engine = await createItemEngine(table);
  await writeAll(engine, table.name, await items);
  return engine;
};

const indexesOf = ({ definition }: Table): string =>
  JSON.stringify([definition.globalSecondaryIndexes ?? [], definition.localSecondaryIndexes ?? []]);

/** Builds the engine of a table again, with the indexes that the table has now. */
const followIndexes = (table: Table, mirror: Mirror): void => {
  const indexes = indexesOf(table);
  if (mirror.indexes === indexes) return;
  mirror.indexes = indexes;
  void rotateFrom(mirror, async (engine) => {
    mirror.engine = filledEngine(table, readAll(engine, table.name));
    await mirror.engine;
  });
};

const createMirror = (table: Table, items: Promise<readonly Item[]>): Mirror => ({
  engine: filledEngine(table, items),
  indexes: indexesOf(table),
  history: table.pitr ? startHistory(items) : undefined,
  tail: Promise.resolve(),
});

const replay = async (table: Table, history: History, instant: number): Promise<readonly Item[]> => {
  const engine = await filledEngine(table, history.base);
  for (const { at, operation, input } of history.writes) {
    if (at <= instant) await engine.call(operation, input);
  }
  return readAll(engine, table.name);
};

const NO_ITEMS: Promise<readonly Item[]> = Promise.resolve([]);

/** Real work goes on behind it, so the clock stands still meanwhile. */
export const createItemStore = (clock: VirtualClock): ItemStore => {
  const mirrors = new Map<string, Mirror>();
  let underWay = 0;
  clock.busyWhen(() => underWay > 0);

  const counted = <T>(work: Promise<T>): Promise<T> => {
    underWay += 1;
    return work.finally(() => {
      underWay -= 1;
    });
  };
  const mirrorOf = (table: Table): Mirror => {
    const mirror = mirrors.get(table.id) ?? createMirror(table, NO_ITEMS);
    mirrors.set(table.id, mirror);
    return mirror;
  };
  const copyOf = (table: Table): Promise<readonly Item[]> | undefined => {
    const mirror = mirrors.get(table.id);
    if (mirror === undefined) return undefined;
    mirror.copy ??= counted(rotateFrom(mirror, (engine) => readAll(engine, table.name)));
    return mirror.copy;
  };

  return {
    copyOf,
    wait: counted,
    count: (table) =>
      copyOf(table)?.then((items) => ({ items: items.length, bytes: JSON.stringify(items).length })),
    call(table, operation, input) {
      const mirror = mirrorOf(table);
      followIndexes(table, mirror);
      if (WRITES.has(operation)) mirror.copy = undefined;
      const at = clock.now();
      const work = async (engine: ItemEngine): Promise<Input> => {
        const output = await engine.call(operation, input);
        if (WRITES.has(operation)) mirror.history?.writes.push({ at, operation, input });
        return output;
      };
      return counted(rotateFrom(mirror, work));
    },
    copyAsOf(table, instant) {
      const mirror = mirrors.get(table.id);
      if (!mirror) return undefined;
      const { history } = mirror;
      return history ? counted(mirror.tail.then(() => replay(table, history, instant))) : copyOf(table);
    },
    fill(table, items) {
      mirrors.set(table.id, createMirror(table, items));
    },
    drop: (table) => void mirrors.delete(table.id),
    notePitr(table) {
      const mirror = mirrors.get(table.id);
      if (!mirror) return;
      if (!table.pitr) mirror.history = undefined;
      else mirror.history ??= startHistory(copyOf(table) ?? NO_ITEMS);
    },
  };
};
