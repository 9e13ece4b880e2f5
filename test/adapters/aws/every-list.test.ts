import { describe, expect, it } from 'vitest';
import { createTaggingClient } from '../../../shared/adapters/aws/clients.ts';
import { listTableNames } from '../../../shared/adapters/aws/table-names.ts';
import { listTaggedTables } from '../../../shared/adapters/aws/tagged-tables.ts';
import { listBackups, listSystemBackups } from '../../../shared/adapters/engines/list-backups.ts';
import { readEntries } from '../../../shared/adapters/state/items.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { isText } from '../../../shared/model/shape.ts';
import { NOW, onAnswers, REGION, TARGET } from '../connect.ts';

// Every list that comes in pages, at the wire: a page may be empty, or short, and is not the last one while it says where the next begins.

type World = ReturnType<typeof onAnswers>;

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

const backup = (type: string) => (name: string) => ({
  BackupArn: `arn:aws:dynamodb:${REGION}:111122223333:table/Orders/backup/0170000000000${name}-00000000`,
  BackupName: name,
  BackupType: type,
  BackupStatus: 'AVAILABLE',
  BackupCreationDateTime: NOW / 1000,
  BackupSizeBytes: 1,
  TableName: 'Orders',
  TableId: '11111111-1111-4111-8111-111111111111',
  TableArn: `arn:aws:dynamodb:${REGION}:111122223333:table/Orders`,
});

interface PagedList {
  readonly operation: string;
  readonly items: string;
  readonly item: (name: string) => unknown;
  readonly nextIn: string;
  readonly nextOut: string;
  readonly token: (at: number) => unknown;
  readonly rest?: (count: number) => Readonly<Record<string, unknown>>;
  readonly read: (world: World) => Promise<{ readonly items: readonly unknown[]; readonly gap?: Failure }>;
}

const arnOf = (at: number): string =>
  `arn:aws:dynamodb:${REGION}:111122223333:table/Orders/backup/0${at}-00000000`;

const LISTS: readonly PagedList[] = [
  {
    operation: 'ListBackups',
    items: 'BackupSummaries',
    item: backup('USER'),
    nextIn: 'LastEvaluatedBackupArn',
    nextOut: 'ExclusiveStartBackupArn',
    token: arnOf,
    read: ({ dynamodb }) => listBackups({ dynamodb, log: LOG, target: TARGET }, {}),
  },
  {
    operation: 'ListBackups of SYSTEM',
    items: 'BackupSummaries',
    item: backup('SYSTEM'),
    nextIn: 'LastEvaluatedBackupArn',
    nextOut: 'ExclusiveStartBackupArn',
    token: arnOf,
    read: ({ dynamodb }) => listSystemBackups(dynamodb, 'Orders'),
  },
  {
    operation: 'ListTables',
    items: 'TableNames',
    item: (name) => name,
    nextIn: 'LastEvaluatedTableName',
    nextOut: 'ExclusiveStartTableName',
    token: (at) => `token-${at}`,
    read: ({ dynamodb }) => listTableNames(dynamodb),
  },
  {
    operation: 'GetResources',
    items: 'ResourceTagMappingList',
    item: (name) => ({
      ResourceARN: `arn:aws:dynamodb:${REGION}:111122223333:table/${name}`,
      Tags: [{ Key: 'backup:policy', Value: 'standard' }],
    }),
    nextIn: 'PaginationToken',
    nextOut: 'PaginationToken',
    token: (at) => `token-${at}`,
    read: ({ options }) =>
      listTaggedTables({ tagging: createTaggingClient(options), region: REGION, tagKey: 'backup:policy' }),
  },
  {
    operation: 'Query',
    items: 'Items',
    item: (name) => ({ pk: { S: 'p' }, sk: { S: name }, content: { S: JSON.stringify(name) } }),
    nextIn: 'LastEvaluatedKey',
    nextOut: 'ExclusiveStartKey',
    token: (at) => ({ pk: { S: 'p' }, sk: { S: `token-${at}` } }),
    rest: (count) => ({ Count: count, ScannedCount: count }),
    read: async ({ dynamodb }) => ({
      items: await readEntries({ client: dynamodb, name: 'state' }, 'p', isText),
    }),
  },
];

const SHAPES: readonly { readonly name: string; readonly pages: readonly number[] }[] = [
  { name: 'one page', pages: [2] },
  { name: 'an empty list', pages: [0] },
  { name: 'short pages', pages: [1, 1, 2] },
  { name: 'an empty first page', pages: [0, 2] },
  { name: 'an empty page between two', pages: [2, 0, 1] },
  { name: 'empty pages in a row', pages: [1, 0, 0, 0, 1] },
  { name: 'an empty last page', pages: [2, 0] },
];

describe.each(LISTS)('$operation', ({ items, item, nextIn, nextOut, token, rest, read }) => {
  it.each(SHAPES)('is read to its end: $name', async ({ pages }) => {
    let made = 0;
    let page = 0;
    const world = onAnswers(() => {
      const count = pages[page] ?? 0;
      page += 1;
      const body: Record<string, unknown> = {
        [items]: Array.from({ length: count }, () => item(`name${made++}`)),
        ...rest?.(count),
      };
      if (page < pages.length) body[nextIn] = token(page);
      return { body };
    });
    const listing = await world.run(read(world));
    expect(listing.gap).toBeUndefined();
    expect(listing.items).toHaveLength(pages.reduce((sum, count) => sum + count, 0));
    const asked = world.sent.map(({ input }) => input[nextOut]);
    expect(asked).toEqual([undefined, ...pages.slice(1).map((_, at) => token(at + 1))]);
  });
});
