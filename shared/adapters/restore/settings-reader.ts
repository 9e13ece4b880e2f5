import { type Failure, ownFailure } from '../../model/failure.ts';
import type { SettingGap, SettingsReading } from '../../model/manifest.ts';
import type { TableTags } from '../../model/table.ts';
import { SETTING_FACETS, type SettingFacet, type TableSettings } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { SettingsReader } from '../../ports/restore.ts';
import { OUT_OF_TIME_CODE } from '../aws/call-window.ts';
import type { ClientOptions } from '../aws/clients.ts';
import { readPitr } from '../aws/pitr.ts';
import { readTableTags } from '../aws/table-tags.ts';
import { createAttachments } from './attachments.ts';
import { type DescribedTable, readDescribedTable } from './described-table.ts';
import { readInsights, readKinesis, readPolicy, readTtlState } from './read-facets.ts';
import { pitrSettingOf, readReplicas } from './read-replicas.ts';
import { readScaling } from './read-scaling.ts';
import {
  createAttachmentClients,
  createSettingsClients,
  type OptionsInRegion,
  type SettingsClients,
} from './settings-clients.ts';

/** One facet as it was read. Both: what was read of it, and why there may be more. */
interface ReadFacet<Facet extends SettingFacet = SettingFacet> {
  readonly value?: TableSettings[Facet];
  readonly failure?: Failure;
}

const GONE = 'the service does not find it';

const failureIn = (reading: Exclude<Reading<unknown>, { kind: 'found' }>, operation: string): Failure =>
  reading.kind === 'unreadable' ? reading.failure : ownFailure('not-there', GONE, { operation });

/** Converts what was found; what was not is a failure. */
const facetOf = <Found, Value>(
  operation: string,
  reading: Reading<Found>,
  convert: (found: Found) => Value,
): { readonly value: Value } | { readonly failure: Failure } =>
  reading.kind === 'found' ? { value: convert(reading.value) } : { failure: failureIn(reading, operation) };

/** How each facet is read of a table that was described. */
type Readers = {
  readonly [Facet in SettingFacet]: (table: string, described: DescribedTable) => Promise<ReadFacet<Facet>>;
};

/** The service lists tags in any order. */
const inOrder = (tags: TableTags): TableTags =>
  Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const policyOf = async (clients: SettingsClients, arn: string | undefined) =>
  arn === undefined
    ? { value: null }
    : facetOf(
        'GetResourcePolicy',
        await readPolicy(clients.dynamodb, arn),
        ({ value }) => value?.policy ?? null,
      );

const readersOf = (
  clients: SettingsClients,
  attachmentsOf: ReturnType<typeof createAttachments>,
): Readers => {
  const { dynamodb, scaling, target } = clients;
  return {
    shape: async (_table, { shape }) => ({ value: shape }),
    tags: async (table) =>
      facetOf('ListTagsOfResource', await readTableTags(dynamodb, table, target), inOrder),
    ttl: async (table) =>
      facetOf('DescribeTimeToLive', await readTtlState(dynamodb, table), ({ status, attribute }) =>
        attribute !== undefined && status.startsWith('ENABL') ? { attribute } : null,
      ),
    pitr: async (table) =>
      facetOf('DescribeContinuousBackups', await readPitr(dynamodb, table), pitrSettingOf),
    'resource-policy': (_table, { description }) => policyOf(clients, description.TableArn),
    'stream-policy': (_table, { shape }) => policyOf(clients, shape.stream?.arn),
    insights: (table) => readInsights(dynamodb, table),
    kinesis: async (table) =>
      facetOf('DescribeKinesisStreamingDestination', await readKinesis(dynamodb, table), (found) => found),
    'auto-scaling': (table, { shape }) =>
      readScaling(
        scaling,
        table,
        shape.globalIndexes.map(({ name }) => name),
      ),
    replicas: async (table, { description }) => ({
      value: await readReplicas(clients, table, description),
    }),
    attachments: (table) => attachmentsOf(table),
  };
};

const gathered = (read: readonly (readonly [SettingFacet, ReadFacet])[]): SettingsReading => ({
  settings: Object.fromEntries(
    read.filter(([, { value }]) => value !== undefined).map(([facet, { value }]) => [facet, value]),
  ) as Partial<TableSettings>,
  gaps: read.flatMap(([facet, { failure }]): SettingGap[] =>
    failure === undefined ? [] : [{ facet, failure }],
  ),
});

/**
 * Creates a reader of the settings of tables in one account and Region. It keeps the lists of the whole account (alarms, mappings, pipes) from the
 * first table on: make one for each run. Replicas are asked in their Regions, by default with the same options.
 */
export const createSettingsReader = (
  options: ClientOptions,
  target: Target,
  optionsIn?: OptionsInRegion,
): SettingsReader => {
  const clients = createSettingsClients(options, target, optionsIn);
  const readers = readersOf(clients, createAttachments(createAttachmentClients(options), target));
  return {
    read: async (table, facets = SETTING_FACETS) => {
      const described = await readDescribedTable(clients.dynamodb, table);
      if (described.kind !== 'found') {
        const failure = failureIn(described, 'DescribeTable');
        return { settings: {}, gaps: facets.map((facet) => ({ facet, failure })) };
      }
      const read = await Promise.all(
        facets.map(async (facet) => [facet, await readers[facet](table, described.value)] as const),
      );
      const { TableId: tableId } = described.value.description;
      const reading = gathered(read);
      const isCutShort = reading.gaps.some(({ failure }) => failure.code === OUT_OF_TIME_CODE);
      return {
        ...reading,
        ...(tableId !== undefined && { tableId }),
        ...(isCutShort && { isCutShort }),
      };
    },
  };
};
