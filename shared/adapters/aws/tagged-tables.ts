import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedTable } from '../../model/table.ts';
import type { Listing } from '../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from './paginate.ts';
import { statedList, statedText } from './reading.ts';
import { parseTableArn } from './table-arn.ts';

/** Where to look for tagged tables, and by which key; without one, for those with any tag. */
export interface TagSearch {
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly region: string;
  readonly tagKey?: string | undefined;
}

const PAGE_SIZE = 100;

/** Undefined where a tag lacks its key or its value, which may be empty: it could be the one that stops expiry. */
const tagsOf = ({ Tags }: ResourceTagMapping): Readonly<Record<string, string>> | undefined => {
  const tags = statedList(Tags)?.flatMap(({ Key, Value }) =>
    statedText(Key) !== undefined && typeof Value === 'string' ? [[Key, Value]] : [],
  );
  return tags === undefined || tags.length < (Tags?.length ?? 0) ? undefined : Object.fromEntries(tags);
};

/** Nothing for parts of tables and for tables that had the tag once; a gap in words for what should not be in the list at all. */
const toTable = (
  resource: ResourceTagMapping,
  { region, tagKey }: Omit<TagSearch, 'tagging'>,
): TaggedTable | string | undefined => {
  const named = statedText(resource.ResourceARN);
  const arn = parseTableArn(named ?? '');
  if (arn === 'part') return undefined;
  if (arn === undefined) return `an entry names no table: ${named ?? 'no ARN'}`;
  if (arn.region !== region) return `an entry is of another Region: ${named}`;
  const tags = tagsOf(resource);
  if (tags === undefined) return `the tags of ${arn.table} are not whole`;
  const isTagged = tagKey === undefined ? Object.keys(tags).length > 0 : Object.hasOwn(tags, tagKey);
  return isTagged ? { name: arn.table, tags } : undefined;
};

/**
 * Reads one page of GetResources: the tables in it that carry the tag key now, and where the next page begins. See `listTaggedTables` for what is
 * left out.
 */
export const toTaggedPage = (
  resources: readonly ResourceTagMapping[] | undefined,
  token: unknown,
  search: Omit<TagSearch, 'tagging'>,
): Page<TaggedTable> => {
  const entries = statedList(resources)?.map((resource) => toTable(resource, search));
  if (entries === undefined) return pageWithout('ResourceTagMappingList');
  return {
    items: entries.filter((entry) => typeof entry === 'object'),
    token,
    gap: entries.find((entry) => typeof entry === 'string'),
  };
};

const readPage = async (search: TagSearch, token: string | undefined): Promise<Page<TaggedTable>> => {
  const { ResourceTagMappingList, PaginationToken } = await search.tagging.send(
    new GetResourcesCommand({
      ...(search.tagKey !== undefined && { TagFilters: [{ Key: search.tagKey }] }),
      ResourceTypeFilters: ['dynamodb:table'],
      ResourcesPerPage: PAGE_SIZE,
      ...(token !== undefined && { PaginationToken: token }),
    }),
  );
  return toTaggedPage(ResourceTagMappingList, PaginationToken, search);
};

/** Pages are not one view of the account, so a table may stand on two of them. */
const once = (tables: readonly TaggedTable[]): readonly TaggedTable[] =>
  [...new Map(tables.map((table) => [table.name, table])).values()].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );

/**
 * Lists every table that carries a tag key now, whatever its value, or any tag where no key is given, sorted by name. Tables listed with no tags left
 * are not tagged; an entry of another Region, one that names no table, or one whose tags are not whole is left out with a gap.
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html (checked 2026-11-22)
 */
export const listTaggedTables = async (search: TagSearch): Promise<Listing<TaggedTable>> => {
  const listing = await readPages('GetResources', (token) => readPage(search, token));
  return { ...listing, items: once(listing.items) };
};
