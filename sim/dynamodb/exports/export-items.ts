import { createItemEngine, type Item, writeAll } from '../items/item-engine.ts';
import type { Table } from '../table.ts';
import type { ExportInput } from './export-input.ts';

/** Keeps what a filter lets through: a query of one partition where it says which, else a scan. */
export const filteredItems = async (
  table: Table,
  items: readonly Item[],
  filter: ExportInput['FilterSpecification'],
): Promise<readonly Item[]> => {
  if (filter === undefined) return items;
  const engine = await createItemEngine(table);
  await writeAll(engine, table.name, items);
  const operation = filter.KeyConditionExpression === undefined ? 'Scan' : 'Query';
  const kept: Item[] = [];
  let start = {};
  for (;;) {
    const page = await engine.call(operation, { TableName: table.name, ...filter, ...start });
    kept.push(...((page.Items ?? []) as readonly Item[]));
    if (page.LastEvaluatedKey === undefined) return kept;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
};
