import { describe, expect, it } from 'vitest';
import { createTable, deleteTable, tagTable } from '../../../sim/console/tables.ts';
import { asRead, gapText } from '../../support/failures.ts';
import { onAnswers, onSim } from '../connect.ts';
import { denied, estate, nameOf, TAG } from '../estate.ts';

describe('tagged tables', () => {
  it.each([
    { name: 'none', count: 0 },
    { name: 'one page', count: 7 },
    { name: 'exactly one full page', count: 100 },
    { name: 'one more than a page', count: 101 },
    { name: 'many pages', count: 350 },
  ])('are all found: $name', async ({ count }) => {
    const { inventory, run } = estate(count);
    const listing = await run(inventory.listTaggedTables(TAG));
    expect(listing.gap).toBeUndefined();
    expect(listing.items.map(({ name }) => name)).toEqual(
      Array.from({ length: count }, (_, index) => nameOf(index)),
    );
  });

  it('are all found behind short and empty pages', async () => {
    const { inventory, run } = estate(230, { shortPages: 0.5, seed: 7 });
    expect((await run(inventory.listTaggedTables(TAG))).items).toHaveLength(230);
  });

  it('come with all their tags, whatever their value', async () => {
    const { account, inventory, run } = onSim();
    createTable(account, { name: 'Orders', tags: { [TAG]: 'standard+offsite', team: 'shop' } });
    createTable(account, { name: 'Empty', tags: { [TAG]: '' } });
    expect((await run(inventory.listTaggedTables(TAG))).items).toEqual([
      { name: 'Empty', tags: { [TAG]: '' } },
      { name: 'Orders', tags: { [TAG]: 'standard+offsite', team: 'shop' } },
    ]);
  });

  it('are not those that had the tag once, nor those with other tags', async () => {
    const { account, inventory, run } = onSim();
    createTable(account, { name: 'Was', tags: { [TAG]: 'standard' } });
    createTable(account, { name: 'Other', tags: { team: 'shop' } });
    tagTable(account, 'Was', { [TAG]: null });
    expect(await run(inventory.listTaggedTables(TAG))).toEqual({ items: [] });
  });

  it('may be ghosts, which DescribeTable tells', async () => {
    const { account, inventory, run } = estate(2);
    deleteTable(account, nameOf(0));
    expect((await run(inventory.listTaggedTables(TAG))).items).toHaveLength(2);
    expect(await run(inventory.describeTable(nameOf(0)))).toEqual({ kind: 'missing' });
  });

  it.each([
    {
      name: 'access is denied',
      fault: denied('GetResources'),
      words: 'GetResources: AccessDeniedException: ',
    },
    {
      name: 'throttling never ends',
      fault: { operation: 'GetResources', kind: 'throttle' },
      words: 'GetResources: Thrott',
    },
    {
      name: 'the service is broken',
      fault: { operation: 'GetResources', kind: 'internal-error' },
      words: 'GetResources: Intern',
    },
    {
      name: 'nothing answers',
      fault: { operation: 'GetResources', kind: 'timeout' },
      words: 'GetResources: TimeoutError',
    },
  ] as const)('are never "none" when $name', async ({ fault, words }) => {
    const { account, inventory, run } = estate(3);
    account.faults.add(fault);
    const { items, gap } = await run(inventory.listTaggedTables(TAG));
    expect(items).toEqual([]);
    expect(gapText({ gap })).toContain(words);
  });

  it('are known as far as they were read when a later page fails', async () => {
    const { account, inventory, run } = estate(150);
    account.faults.add({ ...denied('GetResources'), after: 1 });
    const { items, gap } = await run(inventory.listTaggedTables(TAG));
    expect(items).toHaveLength(100);
    expect(gapText({ gap })).toContain('AccessDenied');
  });
});

const arn = (rest: string, region = 'us-east-1'): string =>
  `arn:aws:dynamodb:${region}:111122223333:table/${rest}`;
const tagged = (ResourceARN: string, value = 'standard') => ({
  ResourceARN,
  Tags: [{ Key: TAG, Value: value }],
});

describe('odd answers of the tagging API', () => {
  it.each([
    {
      name: 'a table listed twice counts once',
      list: [tagged(arn('Orders')), tagged(arn('Orders'))],
      items: ['Orders'],
      gap: undefined,
    },
    {
      name: 'an index is no table',
      list: [tagged(arn('Orders')), tagged(arn('Orders/index/byDate'))],
      items: ['Orders'],
      gap: undefined,
    },
    { name: 'a stream is no table', list: [tagged(arn('Orders/stream/2026'))], items: [], gap: undefined },
    {
      name: 'a table without tags is not tagged',
      list: [{ ResourceARN: arn('Orders'), Tags: [] }],
      items: [],
      gap: undefined,
    },
    {
      name: 'a table of another Region is a gap',
      list: [tagged(arn('Orders')), tagged(arn('Parcels', 'eu-west-1'))],
      items: ['Orders'],
      gap: 'another Region',
    },
    {
      name: 'an ARN of nothing is a gap',
      list: [tagged('arn:what'), tagged(arn('Orders'))],
      items: ['Orders'],
      gap: 'names no table',
    },
    { name: 'an entry without an ARN is a gap', list: [{ Tags: [] }], items: [], gap: 'no ARN' },
    ...[
      { name: 'no tags', Tags: undefined },
      { name: 'tags that are no list', Tags: 'backup:policy' },
      { name: 'a tag without a key', Tags: [{ Key: TAG, Value: 'standard' }, { Value: 'true' }] },
      { name: 'a tag without a value', Tags: [{ Key: TAG, Value: 'standard' }, { Key: 'backup:hold' }] },
      { name: 'a tag whose value is a number', Tags: [{ Key: TAG, Value: 7 }] },
      { name: 'a tag that is nothing', Tags: [{ Key: TAG, Value: 'standard' }, null] },
    ].map(({ name, Tags }) => ({
      name: `a table with ${name} is a gap, for a tag could stop its expiry`,
      list: [{ ResourceARN: arn('Orders'), Tags }],
      items: [],
      gap: 'the tags of Orders are not whole',
    })),
  ])('$name', async ({ list, items, gap }) => {
    const { inventory, run } = onAnswers(() => ({
      body: { ResourceTagMappingList: list, PaginationToken: '' },
    }));
    const listing = await run(inventory.listTaggedTables(TAG));
    expect(listing.items.map(({ name }) => name)).toEqual(items);
    expect(gapText(listing)).toContain(gap ?? 'none');
  });

  it.each([{}, { ResourceTagMappingList: null }, { ResourceTagMappingList: {} }])(
    'an answer without a list is a gap: %j',
    async (body) => {
      const { inventory, run } = onAnswers(() => ({ body }));
      const gap = 'GetResources: the answer has no ResourceTagMappingList';
      expect(asRead(await run(inventory.listTaggedTables(TAG)))).toEqual({ items: [], gap });
    },
  );

  it('asks by key alone, for tables, in full pages', async () => {
    const { inventory, run, sent } = onAnswers(() => ({ body: {} }));
    await run(inventory.listTaggedTables(TAG));
    expect(sent).toEqual([
      {
        operation: 'GetResources',
        input: { TagFilters: [{ Key: TAG }], ResourceTypeFilters: ['dynamodb:table'], ResourcesPerPage: 100 },
      },
    ]);
  });
});
