import type { Input } from '../../sim/call.ts';
import type { Item } from '../../sim/dynamodb/items/item-engine.ts';
import type { ItemStore } from '../../sim/dynamodb/items/item-store.ts';
import type { Table } from '../../sim/dynamodb/table.ts';

// Applications write to every table as a clock does: one item each second, each minute and so on, so that what a table held at any second is known
// without a write, and which second a copy is of can be read from it.

const SECOND_MS = 1_000;
const PERIODS = {
  'every-second': SECOND_MS,
  'every-minute': 60 * SECOND_MS,
  'every-hour': 3_600 * SECOND_MS,
  'every-day': 86_400 * SECOND_MS,
} as const;

/** What is known of the writes to one table. */
interface Writing {
  readonly tableId: string;
  /** Nothing is written before it, and nothing at it. */
  readonly since: number;
  /** What it held then. */
  readonly base: readonly Item[];
}

const keyOf = (item: Item): string => (item.pk as { readonly S: string }).S;

const lastWrite = (periodMs: number, at: number): number => Math.floor(at / periodMs) * periodMs;

const itemOf = (tableId: string, pk: string, writtenAt: number): Item => ({
  pk: { S: pk },
  table: { S: tableId },
  written: { N: String(writtenAt) },
  expires: { N: String(writtenAt / SECOND_MS + 86_400) },
});

/** Comes with each odd hour and goes with each even one. */
const comingAndGoing = ({ tableId, since }: Writing, at: number): readonly Item[] => {
  const hour = lastWrite(PERIODS['every-hour'], at);
  const isOdd = (hour / PERIODS['every-hour']) % 2 === 1;
  return hour > since && isOdd ? [itemOf(tableId, 'odd-hours', hour)] : [];
};

const heldBy = (writing: Writing, at: number): readonly Item[] => {
  const { tableId, since, base } = writing;
  const written = Object.entries(PERIODS).flatMap(([pk, periodMs]) => {
    const writtenAt = lastWrite(periodMs, at);
    return writtenAt > since ? [itemOf(tableId, pk, writtenAt)] : [];
  });
  const items = [...written, ...comingAndGoing(writing, at)];
  return [...base.filter((one) => !items.some((item) => keyOf(item) === keyOf(one))), ...items];
};

/** The items of all tables that ever were, at any instant. */
export interface WrittenItems extends ItemStore {
  heldAt(table: Pick<Table, 'id' | 'createdAt'>, at: number): readonly Item[];
  /** A restored table holds what it was filled with, until applications write to it. */
  goesOn(tableId: string, since: number): void;
}

const parts = (
  input: Input,
): { readonly segment: number; readonly limit: number; readonly after?: string } => {
  const from = input.ExclusiveStartKey as Item | undefined;
  return {
    segment: Number(input.Segment ?? 0),
    limit: Number(input.Limit ?? Number.POSITIVE_INFINITY),
    ...(from !== undefined && { after: keyOf(from) }),
  };
};

/** All items are in the first segment. */
const scan = (held: readonly Item[], input: Input): Input => {
  const { segment, limit, after = '' } = parts(input);
  if (segment > 0) return { Items: [], Count: 0 };
  const rest = held.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).filter((item) => keyOf(item) > after);
  const Items = rest.slice(0, limit);
  const last = Items.at(-1);
  const isMore = last !== undefined && rest.length > Items.length;
  return { Items, Count: Items.length, ...(isMore && { LastEvaluatedKey: { pk: last.pk } }) };
};

const getBatch = (held: readonly Item[], table: string, input: Input): Input => {
  const { Keys } = (input.RequestItems as Readonly<Record<string, { readonly Keys: readonly Item[] }>>)[
    table
  ] ?? { Keys: [] };
  const wanted = new Set(Keys.map(keyOf));
  return { Responses: { [table]: held.filter((item) => wanted.has(keyOf(item))) }, UnprocessedKeys: {} };
};

/** Creates the store for every table but that of the state, which `state` serves. */
export const createWrittenItems = (
  now: () => number,
  isState: (table: Table) => boolean,
  state: ItemStore,
): WrittenItems => {
  const filled = new Map<string, Writing>();
  const heldAt: WrittenItems['heldAt'] = ({ id, createdAt }, at) =>
    heldBy(filled.get(id) ?? { tableId: id, since: createdAt, base: [] }, at);
  const itemsNow = async (table: Table): Promise<readonly Item[]> => heldAt(table, now());
  return {
    heldAt,
    goesOn: (tableId, since) => {
      const writing = filled.get(tableId);
      if (writing !== undefined) filled.set(tableId, { ...writing, since });
    },
    call: async (table, operation, input) => {
      if (isState(table)) return await state.call(table, operation, input);
      if (operation === 'Scan') return scan(heldAt(table, now()), input);
      if (operation === 'BatchGetItem') return getBatch(heldAt(table, now()), table.name, input);
      throw new Error(`not known here: ${operation} of ${table.name}`);
    },
    copyOf: (table) => (isState(table) ? undefined : itemsNow(table)),
    copyAsOf: (table, instant) => Promise.resolve(heldAt(table, instant)),
    count: () => undefined,
    fill: (table, items) => {
      filled.set(table.id, { tableId: table.id, since: Number.POSITIVE_INFINITY, base: [] });
      void items.then((base) =>
        filled.set(table.id, { tableId: table.id, since: Number.POSITIVE_INFINITY, base }),
      );
    },
    drop: () => undefined,
    wait: (work) => work,
    notePitr: () => undefined,
  };
};
