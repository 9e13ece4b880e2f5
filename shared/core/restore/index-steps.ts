import type { SettingStep } from '../../model/restore.ts';
import type { GlobalIndex, TableSettings, TableShape } from '../../model/table-settings.ts';

/** Warm throughput is bought only on request. */
const toBuild = (index: GlobalIndex, table: TableShape): GlobalIndex => {
  const { name, keys, projection, capacity, onDemandMaximum } = index;
  const own = capacity ?? table.capacity;
  return {
    name,
    keys,
    projection,
    ...(table.billingMode === 'PROVISIONED' && own !== undefined && { capacity: own }),
    ...(table.billingMode === 'PAY_PER_REQUEST' && onDemandMaximum !== undefined && { onDemandMaximum }),
  };
};

/**
 * Lists the global indexes that the source has and the restored table lacks, each as the change that builds it. They are built one by one, and each
 * reads the whole table.
 */
export const indexSteps = (
  wanted: Partial<TableSettings>,
  live: Partial<TableSettings>,
): readonly SettingStep[] => {
  const [source, table] = [wanted.shape, live.shape];
  if (source === undefined || table === undefined) return [];
  const has = new Set(table.globalIndexes.map(({ name }) => name));
  return source.globalIndexes
    .filter(({ name }) => !has.has(name))
    .map((index) => ({
      kind: 'global-index',
      index: toBuild(index, table),
      attributes: source.attributes.filter(({ name }) => index.keys.some((key) => key.name === name)),
    }));
};

/** Returns the settings that a table will have once its missing indexes are built. */
export const withBuilt = (
  wanted: Partial<TableSettings>,
  live: Partial<TableSettings>,
): Partial<TableSettings> => {
  const { shape } = live;
  if (shape === undefined) return live;
  const built = indexSteps(wanted, live).flatMap((step) =>
    step.kind === 'global-index' ? [step.index] : [],
  );
  return { ...live, shape: { ...shape, globalIndexes: [...shape.globalIndexes, ...built] } };
};
