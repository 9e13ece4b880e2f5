import type { TaggedTable } from '../model/table.ts';
import type { Listing } from '../ports/inventory.ts';
import type { Deps } from './deps.ts';

/** Puts what a table says of its own tags in place of what the list says of it. */
const withTable = (
  listing: Listing<TaggedTable>,
  table: TaggedTable,
  tagKey: string | undefined,
): Listing<TaggedTable> => {
  const others = listing.items.filter(({ name }) => name !== table.name);
  const isListed =
    tagKey === undefined ? Object.keys(table.tags).length > 0 : Object.hasOwn(table.tags, tagKey);
  const items = isListed ? [...others, table].toSorted((a, b) => (a.name < b.name ? -1 : 1)) : others;
  return { ...listing, items };
};

/**
 * Returns parts that read the tags of one table from the table itself, because the list of all tagged tables may be minutes behind. Where the table
 * cannot be asked, the list stands.
 */
export const askingTable = (parts: Deps, name: string): Deps => ({
  ...parts,
  inventory: {
    ...parts.inventory,
    listTaggedTables: async (tagKey) => {
      const [listing, own] = await Promise.all([
        parts.inventory.listTaggedTables(tagKey),
        parts.tableReader.readTags(name),
      ]);
      return own.kind === 'found' ? withTable(listing, { name, tags: own.value }, tagKey) : listing;
    },
  },
});
