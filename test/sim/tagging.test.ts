import {
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  GetTagKeysCommand,
  GetTagValuesCommand,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, it } from 'vitest';
import { createTable, deleteTable, tagTable } from '../../sim/console/tables.ts';
import { arnOf, failureOf, HOUR, MINUTE, SECOND, simWorld } from './world.ts';

type World = ReturnType<typeof simWorld>;

const found = async (
  { tagging }: World,
  input: GetResourcesCommandInput = {},
): Promise<Record<string, unknown>> => {
  const tables: Record<string, unknown> = {};
  let PaginationToken: string | undefined;
  do {
    const page = await tagging.send(new GetResourcesCommand({ ...input, PaginationToken }));
    for (const { ResourceARN = '', Tags = [] } of page.ResourceTagMappingList ?? []) {
      tables[ResourceARN.split('/')[1] ?? ''] = Object.fromEntries(
        Tags.map(({ Key, Value }) => [Key, Value]),
      );
    }
    PaginationToken = page.PaginationToken || undefined;
  } while (PaginationToken);
  return tables;
};

const worldWithTables = (): World => {
  const world = simWorld();
  createTable(world.account, { name: 'both', tags: { env: 'prod', team: 'a' } });
  createTable(world.account, { name: 'dev', tags: { env: 'dev' } });
  createTable(world.account, { name: 'empty', tags: { env: '' } });
  createTable(world.account, { name: 'never' });
  return world;
};

describe('GetResources', () => {
  it.each([
    { name: 'no filter: every tagged table', TagFilters: [], finds: ['both', 'dev', 'empty'] },
    { name: 'a key: whatever its value', TagFilters: [{ Key: 'env' }], finds: ['both', 'dev', 'empty'] },
    {
      name: 'values: any of them',
      TagFilters: [{ Key: 'env', Values: ['prod', 'dev'] }],
      finds: ['both', 'dev'],
    },
    {
      name: 'two keys: both of them',
      TagFilters: [{ Key: 'env' }, { Key: 'team', Values: ['a'] }],
      finds: ['both'],
    },
    { name: 'a value in other letters: nothing', TagFilters: [{ Key: 'env', Values: ['Prod'] }], finds: [] },
  ])('by $name', async ({ TagFilters, finds }) => {
    const tables = await found(worldWithTables(), { TagFilters, ResourceTypeFilters: ['dynamodb:table'] });
    expect(Object.keys(tables)).toEqual(finds);
  });

  it('shows tables that once were tagged, without tags, and never those that never were', async () => {
    const world = worldWithTables();
    tagTable(world.account, 'dev', { env: null });
    expect(await found(world)).toMatchObject({ dev: {} });
    expect(Object.keys(await found(world))).not.toContain('never');
  });

  it('learns of a change made through the API seconds later', async () => {
    const world = worldWithTables();
    await world.dynamodb.send(
      new TagResourceCommand({ ResourceArn: arnOf('never'), Tags: [{ Key: 'env', Value: 'new' }] }),
    );
    expect(Object.keys(await found(world))).not.toContain('never');
    await world.clock.advanceBy(2 * SECOND);
    expect(await found(world)).toMatchObject({ never: { env: 'new' } });
  });

  it('goes on showing deleted tables for hours', async () => {
    const world = worldWithTables();
    deleteTable(world.account, 'both');
    await world.clock.advanceBy(2 * HOUR);
    expect(await found(world)).toMatchObject({ both: { env: 'prod' } });
    await world.clock.advanceBy(2 * HOUR);
    expect(Object.keys(await found(world))).toEqual(['dev', 'empty']);
  });

  it('does not lose a table that was made again under its old name', async () => {
    const world = worldWithTables();
    deleteTable(world.account, 'both');
    createTable(world.account, { name: 'both', tags: { env: 'again' } });
    await world.clock.advanceBy(4 * HOUR);
    expect(await found(world)).toMatchObject({ both: { env: 'again' } });
  });

  it('pages a hundred at a time, and with `shortPages` in short or empty pages with a token', async () => {
    for (const shortPages of [0, 0.7]) {
      const world = simWorld({ shortPages });
      for (let index = 0; index < 250; index += 1)
        createTable(world.account, { name: `t-${index}`, tags: { a: 'b' } });
      expect(Object.keys(await found(world))).toHaveLength(250);
      const calls = world.account.calls.of('GetResources');
      if (shortPages === 0) expect(calls).toBe(3);
      else expect(calls).toBeGreaterThan(3);
    }
  });

  it('forgets its tokens after fifteen minutes', async () => {
    const { clock, tagging } = worldWithTables();
    const { PaginationToken } = await tagging.send(new GetResourcesCommand({ ResourcesPerPage: 1 }));
    await clock.advanceBy(16 * MINUTE);
    expect(await failureOf(tagging.send(new GetResourcesCommand({ PaginationToken })))).toMatch(
      /^PaginationTokenExpiredException/,
    );
  });

  it.each([
    { name: 'a type of resource that does not exist', input: { ResourceTypeFilters: ['dynamodb:tables'] } },
    { name: 'a token that was never given', input: { PaginationToken: 'x' } },
    { name: 'a page of 101', input: { ResourcesPerPage: 101 } },
    {
      name: 'ARNs together with filters',
      input: { ResourceARNList: [arnOf('both')], TagFilters: [{ Key: 'env' }] },
    },
    {
      name: 'more than fifty filters',
      input: { TagFilters: Array.from({ length: 51 }, () => ({ Key: 'a' })) },
    },
  ])('refuses $name', async ({ input }) => {
    const failure = await failureOf(worldWithTables().tagging.send(new GetResourcesCommand(input)));
    expect(failure).toMatch(/^InvalidParameterException/);
  });

  it('finds by ARN, and other services have nothing here', async () => {
    const world = worldWithTables();
    expect(Object.keys(await found(world, { ResourceARNList: [arnOf('dev'), arnOf('none')] }))).toEqual([
      'dev',
    ]);
    expect(await found(world, { ResourceTypeFilters: ['s3:bucket'] })).toEqual({});
  });
});

describe('tags', () => {
  const listed = async ({ dynamodb }: World, table: string): Promise<(string | undefined)[]> => {
    const keys: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await dynamodb.send(
        new ListTagsOfResourceCommand({ ResourceArn: arnOf(table), NextToken }),
      );
      keys.push(...(page.Tags ?? []).map((tag) => `${tag.Key}=${tag.Value}`));
      NextToken = page.NextToken;
    } while (NextToken);
    return keys;
  };

  it('are overwritten, taken away, and listed page by page, all a moment later', async () => {
    const world = worldWithTables();
    const Tags = Array.from({ length: 25 }, (_, index) => ({ Key: `k-${index}`, Value: 'v' }));
    const ResourceArn = arnOf('dev');
    await world.dynamodb.send(
      new TagResourceCommand({ ResourceArn, Tags: [...Tags, { Key: 'env', Value: 'x' }] }),
    );
    expect(await listed(world, 'dev')).toEqual(['env=dev']);
    await world.clock.advanceBy(2 * SECOND);
    expect(await listed(world, 'dev')).toHaveLength(26);
    expect(await listed(world, 'dev')).toContain('env=x');
    await world.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: Tags.map(({ Key }) => Key) }));
    await world.clock.advanceBy(2 * SECOND);
    expect(await listed(world, 'dev')).toEqual(['env=x']);
  });

  it.each([
    {
      name: 'a backup',
      arn: `${arnOf('dev')}/backup/01489602797149-73d8d5bc`,
      tag: { Key: 'a', Value: 'b' },
      says: /^ValidationException/,
    },
    {
      name: 'a table that is missing',
      arn: arnOf('none'),
      tag: { Key: 'a', Value: 'b' },
      says: /^ResourceNotFoundException/,
    },
    {
      name: 'a table with a # in the value',
      arn: arnOf('dev'),
      tag: { Key: 'a', Value: '#' },
      says: /^ValidationException/,
    },
    {
      name: 'a table with an @ in the value, which is allowed,',
      arn: arnOf('dev'),
      tag: { Key: 'a', Value: 'a@b' },
      says: /^no failure/,
    },
  ])('on $name', async ({ arn, tag, says }) => {
    const { dynamodb } = worldWithTables();
    expect(await failureOf(dynamodb.send(new TagResourceCommand({ ResourceArn: arn, Tags: [tag] })))).toMatch(
      says,
    );
  });

  it('are at most fifty', async () => {
    const { dynamodb } = worldWithTables();
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k-${index}`, Value: 'v' }));
    const send = dynamodb.send(new TagResourceCommand({ ResourceArn: arnOf('dev'), Tags }));
    expect(await failureOf(send)).toMatch(/Too many tags/);
  });

  it('are locked for a moment after a change, where the account does so', async () => {
    const { account, clock, dynamodb } = simWorld({ tagLockMs: 3 * SECOND });
    createTable(account, { name: 'Orders' });
    const tag = new TagResourceCommand({ ResourceArn: arnOf('Orders'), Tags: [{ Key: 'a', Value: 'b' }] });
    await dynamodb.send(tag);
    expect(await failureOf(dynamodb.send(tag))).toBe(
      'LimitExceededException: Subscriber limit exceeded: Table tags are being updated: Orders',
    );
    await clock.advanceBy(3 * SECOND);
    await dynamodb.send(tag);
  });

  it('can be changed through the tagging API, which names what it could not change', async () => {
    const world = worldWithTables();
    const tagged = await world.tagging.send(
      new TagResourcesCommand({ ResourceARNList: [arnOf('dev'), arnOf('none')], Tags: { team: 'b' } }),
    );
    expect(Object.keys(tagged.FailedResourcesMap ?? {})).toEqual([arnOf('none')]);
    await world.tagging.send(
      new UntagResourcesCommand({ ResourceARNList: [arnOf('both')], TagKeys: ['env'] }),
    );
    await world.clock.advanceBy(2 * SECOND);
    expect(await found(world)).toMatchObject({ dev: { env: 'dev', team: 'b' }, both: { team: 'a' } });
    expect((await world.tagging.send(new GetTagKeysCommand({}))).TagKeys).toEqual(['env', 'team']);
    expect((await world.tagging.send(new GetTagValuesCommand({ Key: 'team' }))).TagValues).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('short pages', () => {
  it.each([1, 2, 3])('never end with a token that came before, seed %i', async (seed) => {
    const world = simWorld({ seed, shortPages: 1 });
    const tags = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`key-${index}`, 'x']));
    for (const name of ['Orders', 'Users', 'Carts']) createTable(world.account, { name, tags });
    for (let round = 0; round < 20; round += 1) {
      const seen: (string | undefined)[] = [];
      let NextToken: string | undefined;
      do {
        const page = await world.dynamodb.send(
          new ListTagsOfResourceCommand({ ResourceArn: arnOf('Orders'), NextToken }),
        );
        NextToken = page.NextToken;
        seen.push(NextToken);
      } while (NextToken);
      let PaginationToken: string | undefined;
      do {
        const page = await world.tagging.send(
          new GetResourcesCommand({ ResourcesPerPage: 2, PaginationToken }),
        );
        PaginationToken = page.PaginationToken || undefined;
        seen.push(PaginationToken);
      } while (PaginationToken);
      const tokens = seen.filter((token) => token !== undefined);
      expect(new Set(tokens).size).toBe(tokens.length);
    }
  });
});
