import {
  ListTagsOfResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { expect } from 'vitest';
import { describeTable, errorOf, makeTables, numbered, STANDARD_TAG, settle } from '../doing.ts';
import type { Story, World } from '../story.ts';

const arnOf = async (world: World, table: string): Promise<string> =>
  (await describeTable(world, table)).TableArn ?? '';

const tagsOf = async (world: World, table: string): Promise<readonly Tag[]> => {
  const ResourceArn = await arnOf(world, table);
  const { Tags = [] } = await world.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  return Tags;
};

const tag = async (world: World, table: string, tags: readonly Tag[]): Promise<void> => {
  const ResourceArn = await arnOf(world, table);
  await world.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [...tags] }));
  await settle(world);
};

const TABLES = { ResourceTypeFilters: ['dynamodb:table'] };

/** The names of the tables on one page of the tagging API. */
const findTables = async ({ tagging }: World, input: GetResourcesCommandInput) => {
  const answer = await tagging.send(new GetResourcesCommand({ ...TABLES, ...input }));
  const names = (answer.ResourceTagMappingList ?? []).map(({ ResourceARN = '' }) =>
    ResourceARN.split('/').at(-1),
  );
  return { names: names.toSorted(), token: answer.PaginationToken };
};

const withTag = (Key: string, ...Values: readonly string[]): GetResourcesCommandInput => ({
  TagFilters: [{ Key, ...(Values.length > 0 && { Values: [...Values] }) }],
});

export const TAG_STORIES: readonly Story[] = [
  {
    name: 'the tags a table is made with are there',
    tell: async (world) => {
      await makeTables(world, ['orders'], [STANDARD_TAG]);
      expect(await tagsOf(world, 'orders')).toEqual([STANDARD_TAG]);
    },
  },
  {
    name: 'a tag is added to those that are there',
    tell: async (world) => {
      await makeTables(world, ['orders'], [STANDARD_TAG]);
      await tag(world, 'orders', [{ Key: 'backup:hold', Value: 'true' }]);
      const keys = (await tagsOf(world, 'orders')).map(({ Key }) => Key);
      expect(keys.toSorted()).toEqual(['backup:hold', 'backup:policy']);
    },
  },
  {
    name: 'a tag that is set again has the new value',
    tell: async (world) => {
      await makeTables(world, ['orders'], [STANDARD_TAG]);
      await tag(world, 'orders', [{ Key: 'backup:policy', Value: 'none' }]);
      expect(await tagsOf(world, 'orders')).toEqual([{ Key: 'backup:policy', Value: 'none' }]);
    },
  },
  {
    name: 'a tag that is taken away is gone, and the table is found by it no more',
    tell: async (world) => {
      await makeTables(world, ['carts', 'orders'], [STANDARD_TAG]);
      const ResourceArn = await arnOf(world, 'orders');
      const TagKeys = ['backup:policy'];
      await world.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
      await settle(world);
      expect(await tagsOf(world, 'orders')).toEqual([]);
      expect((await findTables(world, withTag('backup:policy'))).names).toEqual(['carts']);
    },
  },
  {
    name: 'the tags of a table that is not there are not found',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const ResourceArn = `${await arnOf(world, 'orders')}-of-old`;
      const call = world.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
      expect(await errorOf(call)).toBe('ResourceNotFoundException');
    },
  },
  {
    name: 'the tagging API finds tables by a key, and by a key with one of some values',
    tell: async (world) => {
      await makeTables(world, ['carts'], [{ Key: 'backup:policy', Value: 'none' }]);
      await makeTables(world, ['orders'], [STANDARD_TAG]);
      await makeTables(world, ['users'], [{ Key: 'backup:policy', Value: 'offsite' }]);
      await makeTables(world, ['untagged']);
      await makeTables(world, ['elsewhere'], [{ Key: 'team', Value: 'shop' }]);
      const byKey = await findTables(world, withTag('backup:policy'));
      expect(byKey.names).toEqual(['carts', 'orders', 'users']);
      const byValue = await findTables(world, withTag('backup:policy', 'standard', 'offsite'));
      expect(byValue.names).toEqual(['orders', 'users']);
    },
  },
  {
    name: 'the tagging API finds only tables that have every key asked for',
    tell: async (world) => {
      await makeTables(world, ['orders'], [STANDARD_TAG, { Key: 'team', Value: 'shop' }]);
      await makeTables(world, ['carts'], [STANDARD_TAG]);
      const TagFilters = [{ Key: 'backup:policy' }, { Key: 'team' }];
      expect((await findTables(world, { TagFilters })).names).toEqual(['orders']);
    },
  },
  {
    name: 'the tagging API tells the tags of what it finds',
    tell: async (world) => {
      await makeTables(world, ['orders'], [STANDARD_TAG]);
      const found = await world.tagging.send(new GetResourcesCommand(TABLES));
      expect(found.ResourceTagMappingList?.map(({ Tags }) => Tags)).toEqual([[STANDARD_TAG]]);
    },
  },
  {
    name: 'the tagging API shows more than a hundred tables in pages, each once',
    tell: async (world) => {
      const names = numbered('table', 230);
      await makeTables(world, names, [STANDARD_TAG]);
      const seen: (string | undefined)[] = [];
      const sizes: number[] = [];
      let token: string | undefined;
      do {
        const page = await findTables(world, {
          ...withTag('backup:policy'),
          ResourcesPerPage: 100,
          ...(token && { PaginationToken: token }),
        });
        sizes.push(page.names.length);
        seen.push(...page.names);
        token = page.token;
      } while (token);
      expect(sizes.every((size) => size <= 100)).toBe(true);
      expect(seen.toSorted()).toEqual(names);
    },
  },
  {
    name: 'a tag set through the tagging API is on the table',
    tell: async (world) => {
      await makeTables(world, ['orders']);
      const ResourceARNList = [await arnOf(world, 'orders')];
      const Tags = { 'backup:policy': 'standard' };
      await world.tagging.send(new TagResourcesCommand({ ResourceARNList, Tags }));
      await settle(world);
      expect(await tagsOf(world, 'orders')).toEqual([STANDARD_TAG]);
    },
  },
  {
    name: 'the tagging API refuses a type of resource that there is not',
    tell: async (world) => {
      const call = findTables(world, { ResourceTypeFilters: ['dynamodb:chair'] });
      expect(await errorOf(call)).toBe('InvalidParameterException');
    },
  },
];
