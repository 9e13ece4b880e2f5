import type { EmissionRefusal, LeftOut, LiveTable } from '../../model/infrastructure-code.ts';
import type {
  Capacity,
  GlobalIndex,
  KinesisDestination,
  SettingFacet,
  TableSettings,
  TableShape,
} from '../../model/table-settings.ts';

/** A live table of which at least the shape is known. */
export interface KnownTable extends LiveTable {
  readonly settings: Partial<TableSettings> & Pick<TableSettings, 'shape'>;
}

/** Takes a table whose shape was read, and refuses one of which too little is known. */
export const knownTable = (live: LiveTable): KnownTable | EmissionRefusal => {
  const { settings, gaps } = live.reading;
  const { shape } = settings;
  if (shape === undefined) {
    const gap = gaps.find(({ facet }) => facet === 'shape');
    if (gap === undefined) throw new Error(`the shape of ${live.table} is neither read nor a gap`);
    return { kind: 'shape-unread', failure: gap.failure };
  }
  if (shape.billingMode === 'PROVISIONED' && shape.capacity === undefined) return { kind: 'capacity-unread' };
  return { ...live, settings: { ...settings, shape } };
};

/** Returns the table's own capacity where it is provisioned; an on-demand table shows zeros, which may never be sent. */
export const capacityOf = ({ billingMode, capacity }: TableShape): Capacity | undefined =>
  billingMode === 'PROVISIONED' ? capacity : undefined;

/** Returns an index's capacity, which is the table's where it has none of its own. */
export const indexCapacity = (index: GlobalIndex, shape: TableShape): Capacity | undefined =>
  capacityOf({ ...shape, ...(index.capacity && { capacity: index.capacity }) });

/** Returns the members of an on-demand maximum that limit something. */
export const onDemandMaximum = (
  { billingMode }: Pick<TableShape, 'billingMode'>,
  maximum: Capacity | undefined,
): Partial<Capacity> | undefined => {
  if (billingMode !== 'PAY_PER_REQUEST' || maximum === undefined) return undefined;
  const { reads, writes } = maximum;
  if (reads < 1 && writes < 1) return undefined;
  return { ...(reads > 0 && { reads }), ...(writes > 0 && { writes }) };
};

/** Lists the attributes that are part of some key: the service refuses any other. */
export const keyAttributes = ({ keys, attributes, globalIndexes, localIndexes }: TableShape) => {
  const used = new Set(
    [keys, ...[...globalIndexes, ...localIndexes].map((index) => index.keys)].flat().map(({ name }) => name),
  );
  return attributes.filter(({ name }) => used.has(name));
};

/** Returns the tags that a person may set, sorted by key. */
export const ownTags = (
  tags: Readonly<Record<string, string>> = {},
): readonly (readonly [string, string])[] =>
  Object.entries(tags)
    .filter(([key]) => !key.toLowerCase().startsWith('aws:'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const INSIGHTS_MODES: ReadonlySet<string> = new Set(['ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS']);

/** Contributor Insights that are on; a mode that nobody knows is left to the service. */
export interface InsightsOn {
  readonly index?: string;
  readonly mode?: string;
}

/** Lists where Contributor Insights are on: the table first, then indexes that exist. */
export const insightsOn = ({ settings }: KnownTable): readonly InsightsOn[] => {
  const indexes = new Set<string | undefined>([
    undefined,
    ...settings.shape.globalIndexes.map(({ name }) => name),
  ]);
  return (settings.insights ?? [])
    .filter(({ index, status }) => indexes.has(index) && (status === 'ENABLED' || status === 'ENABLING'))
    .map(({ index, mode }) => ({
      ...(index !== undefined && { index }),
      ...(mode !== undefined && INSIGHTS_MODES.has(mode) && { mode }),
    }))
    .toSorted((a, b) => ((a.index ?? '') < (b.index ?? '') ? -1 : 1));
};

/** Lists the Kinesis streams that get changes now. */
export const kinesisOn = ({ settings }: KnownTable): readonly KinesisDestination[] =>
  (settings.kinesis ?? []).filter(
    ({ status }) => status === 'ACTIVE' || status === 'ENABLING' || status === 'UPDATING',
  );

/** Lists the replicas in other Regions. */
export const otherReplicas = ({ settings, target }: KnownTable) =>
  (settings.replicas ?? []).filter(({ region }) => region !== target.region);

/** Checks whether a facet could not be read. */
export const isUnread = ({ reading }: LiveTable, facet: SettingFacet): boolean =>
  reading.gaps.some((gap) => gap.facet === facet);

/** Lists what is left out in every language. */
export const leftOutOf = (live: KnownTable): readonly LeftOut[] => {
  const { shape, attachments = [] } = live.settings;
  const isWarm = [shape, ...shape.globalIndexes].some(({ warmThroughput }) => warmThroughput !== undefined);
  return [
    ...live.reading.gaps.map(({ facet, failure }): LeftOut => ({ kind: 'unread', facet, failure })),
    ...(isWarm ? [{ kind: 'warm-throughput' } as const] : []),
    ...(attachments.length > 0 ? [{ kind: 'attachments', count: attachments.length } as const] : []),
  ];
};
