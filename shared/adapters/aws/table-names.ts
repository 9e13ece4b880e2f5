import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedTable } from '../../model/table.ts';
import { type Target, tableArn } from '../../model/target.ts';
import type { Listing } from '../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from './paginate.ts';
import { statedText } from './reading.ts';
import { toTaggedPage } from './tagged-tables.ts';

const PAGE_SIZE = 100;

const toPage = (names: readonly string[] | undefined, token: unknown): Page<string> => {
  if (!Array.isArray(names)) return pageWithout('TableNames');
  const items = names.filter((name) => statedText(name) !== undefined);
  const isWhole = items.length === names.length;
  return { items, token, ...(!isWhole && { gap: 'an entry is no name' }) };
};

/**
 * Lists the names of all tables of the target, sorted. An entry that is not a name is left out with a gap.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html (checked 2026-11-22)
 */
export const listTableNames = async (dynamodb: DynamoDBClient): Promise<Listing<string>> => {
  const listing = await readPages('ListTables', async (token) => {
    const { TableNames, LastEvaluatedTableName } = await dynamodb.send(
      new ListTablesCommand({
        Limit: PAGE_SIZE,
        ...(token !== undefined && { ExclusiveStartTableName: token }),
      }),
    );
    return toPage(TableNames, LastEvaluatedTableName);
  });
  return { ...listing, items: [...new Set(listing.items)].toSorted() };
};

/** Which tables to ask the tagging API for, and by which key. */
export interface NamedSearch {
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly target: Target;
  readonly tagKey: string;
}

/** As many ARNs as one call takes. */
const ARNS_AT_ONCE = 100;

const chunksOf = (arns: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(arns.length / ARNS_AT_ONCE) }, (_, index) =>
    arns.slice(index * ARNS_AT_ONCE, (index + 1) * ARNS_AT_ONCE),
  );

/**
 * Lists which of the named tables carry the tag key now, sorted by name. The tagging API does not know tables that never had a tag. Without names no
 * call is made.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html (checked 2026-11-22)
 */
export const listNamedTables = async (
  { tagging, target, tagKey }: NamedSearch,
  names: readonly string[],
): Promise<Listing<TaggedTable>> => {
  const chunks = chunksOf([...new Set(names)].toSorted().map((name) => tableArn(name, target)));
  if (chunks.length === 0) return { items: [] };
  const listing = await readPages('GetResources', async (token) => {
    const index = Number(token ?? 0);
    const { ResourceTagMappingList } = await tagging.send(
      new GetResourcesCommand({ ResourceARNList: [...(chunks[index] ?? [])] }),
    );
    const next = index + 1 < chunks.length ? String(index + 1) : undefined;
    return toTaggedPage(ResourceTagMappingList, next, { region: target.region, tagKey });
  });
  return { ...listing, items: listing.items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
};
