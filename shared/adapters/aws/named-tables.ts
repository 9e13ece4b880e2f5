import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedTable } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import type { Listing } from '../../ports/inventory.ts';
import { readPages } from './paginate.ts';
import { tableArn } from './table-arn.ts';
import { toTaggedPage } from './tagged-tables.ts';

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
 * Given names of tables, returns those that carry the tag key now, sorted by name. At the edge a table that never had a tag is not known to
 * the tagging API, and none is asked for where no name is given.
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
