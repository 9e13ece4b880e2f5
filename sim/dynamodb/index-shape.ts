import { type Definition, statusOf, type Table } from './table.ts';

export const throughputOf = (throughput: Definition['provisionedThroughput'], decreases = 0) => ({
  NumberOfDecreasesToday: decreases,
  ReadCapacityUnits: throughput?.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: throughput?.WriteCapacityUnits ?? 0,
});

/** What a new table on demand is warm for, and one of provisioned capacity at least what it has. */
const WARM = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

interface Warmed {
  readonly ProvisionedThroughput?: Definition['provisionedThroughput'];
  readonly WarmThroughput?: Definition['warmThroughput'];
}

/** What a table or an index is warm for: what it was raised to, never below what it always has. */
export const warmOf = (billingMode: Definition['billingMode'], raised: Warmed) => {
  const { ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 } = raised.ProvisionedThroughput ?? {};
  const floor =
    billingMode === 'PROVISIONED' ? { ReadUnitsPerSecond: read, WriteUnitsPerSecond: write } : WARM;
  const { ReadUnitsPerSecond: reads = 0, WriteUnitsPerSecond: writes = 0 } = raised.WarmThroughput ?? {};
  return {
    ReadUnitsPerSecond: Math.max(reads, floor.ReadUnitsPerSecond),
    WriteUnitsPerSecond: Math.max(writes, floor.WriteUnitsPerSecond),
  };
};

const INDEX_STATUS = { build: 'CREATING', remove: 'DELETING', update: 'UPDATING' } as const;

/** Backfilling is said only of an index that was added to a table. */
const indexState = (table: Table, name: string, now: number) => {
  const work = table.settings.indexWork.get(name);
  if (statusOf(table, now) === 'CREATING') return { IndexStatus: 'CREATING' };
  if (!work || now >= work.until) return { IndexStatus: 'ACTIVE' };
  return { IndexStatus: INDEX_STATUS[work.kind], ...(work.isAdded ? { Backfilling: true } : {}) };
};

/** The indexes as the table shows them. */
export const describeIndexes = (table: Table, now: number) => {
  const { billingMode, globalSecondaryIndexes, localSecondaryIndexes } = table.definition;
  const facts = (indexName: string | undefined) => ({
    IndexArn: `${table.arn}/index/${indexName}`,
    IndexSizeBytes: 0,
    ItemCount: 0,
  });
  const global = globalSecondaryIndexes?.map((index) => ({
    ...index,
    ...facts(index.IndexName),
    ...indexState(table, index.IndexName ?? '', now),
    WarmThroughput: { ...warmOf(billingMode, index), Status: 'ACTIVE' },
    ProvisionedThroughput: throughputOf(index.ProvisionedThroughput),
  }));
  const local = localSecondaryIndexes?.map((index) => ({ ...index, ...facts(index.IndexName) }));
  return {
    ...(global?.length ? { GlobalSecondaryIndexes: global } : {}),
    ...(local?.length ? { LocalSecondaryIndexes: local } : {}),
  };
};
