import type { Input } from '../call.ts';
import type { ItemEngine } from './item-engine.ts';
import type { Item } from './item-store.ts';

/** Reads every item. */
export const readAll = async (engine: ItemEngine, tableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: Input = {};
  for (;;) {
    const page = await engine.call('Scan', { TableName: tableName, ...start });
    items.push(...((page.Items ?? []) as readonly Item[]));
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
};

/** Writes items into an engine. */
export const writeAll = async (
  engine: ItemEngine,
  tableName: string,
  items: readonly Item[],
): Promise<void> => {
  for (const item of items) await engine.call('PutItem', { TableName: tableName, Item: item });
};
