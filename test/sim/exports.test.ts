import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  DescribeExportCommand,
  type DynamoDBClient,
  ExportTableToPointInTimeCommand,
  type ExportTableToPointInTimeCommandInput,
  ListExportsCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createBucket, keysOf, putObject } from '../../sim/console/buckets.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { startServer } from '../../sim/server.ts';
import { DAY, failureOf, HOUR, MINUTE, simWorld } from './world.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';

/** A table of five items with point-in-time recovery, and a bucket. */
const exportWorld = async (options: Parameters<typeof simWorld>[0] = {}) => {
  const world = simWorld(options);
  const { account, clock, dynamodb } = world;
  createTable(account, { name: 'Orders', pitr: true, sizeBytes: 5_000 });
  createBucket(account, 'exports');
  await clock.advanceBy(HOUR);
  for (let at = 0; at < 5; at += 1)
    await dynamodb.send(
      new PutItemCommand({
        TableName: 'Orders',
        Item: { pk: { S: `item-${at}` }, price: { N: String(at) } },
      }),
    );
  await clock.advanceBy(HOUR);
  const s3 = new S3Client({
    ...{ region: 'us-east-1', forcePathStyle: true, maxAttempts: 1 },
    requestHandler: requestHandlerOf(account),
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
  });
  return { ...world, s3 };
};

const begin = (dynamodb: DynamoDBClient, wish: Partial<ExportTableToPointInTimeCommandInput> = {}) =>
  dynamodb.send(
    new ExportTableToPointInTimeCommand({ TableArn: ARN, S3Bucket: 'exports', S3Prefix: 'here', ...wish }),
  );

const look = async (dynamodb: DynamoDBClient, ExportArn: string | undefined) =>
  (await dynamodb.send(new DescribeExportCommand({ ExportArn }))).ExportDescription ?? {};

const read = async (s3: S3Client, Key: string | undefined): Promise<Uint8Array> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'exports', Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The items that an export wrote, as its manifest says where; each file has the sum that the manifest states. */
const itemsOf = async (s3: S3Client, manifest: string | undefined) => {
  const summary = JSON.parse(textOf(await read(s3, manifest)));
  const lines = textOf(await read(s3, summary.manifestFilesS3Key)).split('\n');
  const files = await Promise.all(
    lines.map(async (line) => {
      const { dataFileS3Key, md5Checksum, itemCount } = JSON.parse(line);
      const bytes = await read(s3, dataFileS3Key);
      expect(createHash('md5').update(bytes).digest('base64')).toBe(md5Checksum);
      const items = textOf(gunzipSync(bytes))
        .split('\n')
        .filter((one) => one !== '');
      expect(items).toHaveLength(itemCount);
      return items.map((one) => JSON.parse(one).Item);
    }),
  );
  return { summary, items: files.flat() };
};

describe('an export', () => {
  it('writes the items as they were, with a manifest, minutes after it was accepted', async () => {
    const { clock, dynamodb, s3, account } = await exportWorld();
    const asOf = new Date(clock.now() - 30 * MINUTE);
    await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'later' } } }));
    const { ExportDescription: begun = {} } = await begin(dynamodb, { ExportTime: asOf });
    expect(begun).toMatchObject({
      ExportStatus: 'IN_PROGRESS',
      TableArn: ARN,
      ExportFormat: 'DYNAMODB_JSON',
    });
    expect(begun.ExportArn).toMatch(/table\/Orders\/export\/\d{14}-[0-9a-f]{8}$/);
    expect(keysOf(account, 'exports')).toEqual([]);
    await clock.advanceBy(15 * MINUTE);
    const ended = await look(dynamodb, begun.ExportArn);
    expect(ended).toMatchObject({ ExportStatus: 'COMPLETED', ItemCount: 5, BilledSizeBytes: 5_000 });
    const { summary, items } = await itemsOf(s3, ended.ExportManifest);
    expect(summary).toMatchObject({
      itemCount: 5,
      tableId: begun.TableId,
      s3Prefix: 'here',
      outputFormat: 'DYNAMODB_JSON',
    });
    expect(items.map(({ pk }) => pk.S).toSorted()).toEqual([
      'item-0',
      'item-1',
      'item-2',
      'item-3',
      'item-4',
    ]);
    expect(keysOf(account, 'exports').every((key) => key.startsWith('here/AWSDynamoDB/'))).toBe(true);
  });

  it('writes what a filter lets through', async () => {
    const { clock, dynamodb, s3 } = await exportWorld();
    const { ExportDescription } = await begin(dynamodb, {
      FilterSpecification: {
        FilterExpression: 'price > :least',
        ProjectionExpression: 'pk',
        ExpressionAttributeValues: { ':least': { N: '2' } },
      },
    });
    await clock.advanceBy(15 * MINUTE);
    const { ExportManifest } = await look(dynamodb, ExportDescription?.ExportArn);
    const { items } = await itemsOf(s3, ExportManifest);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({ pk: { S: 'item-4' } });
  });

  it('is the same for the same token during eight hours, and no other request has it', async () => {
    const { clock, dynamodb } = await exportWorld();
    const time = { ExportTime: new Date(clock.now() - HOUR), ClientToken: 'one' };
    const first = (await begin(dynamodb, time)).ExportDescription?.ExportArn;
    await clock.advanceBy(7 * HOUR);
    expect((await begin(dynamodb, time)).ExportDescription?.ExportArn).toBe(first);
    expect(await failureOf(begin(dynamodb, { ...time, S3Prefix: 'there' }))).toMatch(
      /^ExportConflictException: /,
    );
    await clock.advanceBy(2 * HOUR);
    expect((await begin(dynamodb, time)).ExportDescription?.ExportArn).not.toBe(first);
  });

  it('is refused without point-in-time recovery, before its bucket is looked at, and outside of the window', async () => {
    const { account, clock, dynamodb } = await exportWorld();
    const early = { ExportTime: new Date(clock.now() - 3 * HOUR) };
    expect(await failureOf(begin(dynamodb, early))).toMatch(/^InvalidExportTimeException: /);
    createTable(account, { name: 'Plain' });
    const plain = { TableArn: ARN.replace('Orders', 'Plain'), S3Bucket: 'nowhere' };
    expect(await failureOf(begin(dynamodb, plain))).toMatch(/^PointInTimeRecoveryUnavailableException: /);
    expect(await failureOf(begin(dynamodb, { TableArn: ARN.replace('Orders', 'None') }))).toMatch(
      /^TableNotFoundException: /,
    );
  });

  it.each([
    { name: 'a bucket that is not there', options: {}, bucket: 'nowhere', code: 'S3NoSuchBucket' },
    {
      name: 'a bucket that the caller may not write to',
      options: { authorize: ({ operation }: { readonly operation: string }) => operation !== 's3:PutObject' },
      bucket: 'exports',
      code: 'S3AccessDenied',
    },
  ])('is accepted for $name, and fails minutes later', async ({ options, bucket, code }) => {
    const { clock, dynamodb } = await exportWorld(options);
    const { ExportDescription } = await begin(dynamodb, { S3Bucket: bucket });
    await clock.advanceBy(15 * MINUTE);
    const ended = await look(dynamodb, ExportDescription?.ExportArn);
    expect(ended).toMatchObject({ ExportStatus: 'FAILED', FailureCode: code });
  });

  it('is listed until its table is gone, and described for three months', async () => {
    const { account, clock, dynamodb } = await exportWorld();
    const { ExportDescription } = await begin(dynamodb);
    const list = async () =>
      (await dynamodb.send(new ListExportsCommand({ TableArn: ARN }))).ExportSummaries ?? [];
    expect((await list()).map(({ ExportStatus }) => ExportStatus)).toEqual(['IN_PROGRESS']);
    deleteTable(account, 'Orders');
    expect(await list()).toEqual([]);
    await clock.advanceBy(89 * DAY);
    expect((await look(dynamodb, ExportDescription?.ExportArn)).ExportStatus).toBe('COMPLETED');
    await clock.advanceBy(2 * DAY);
    expect(await failureOf(look(dynamodb, ExportDescription?.ExportArn))).toMatch(
      /^ExportNotFoundException: /,
    );
  });
});

describe('a bucket', () => {
  it('lists by prefix, page by page, and deletes what is named', async () => {
    const { account, s3 } = await exportWorld();
    for (const key of ['a/1', 'a/2&3', 'b/1']) putObject(account, 'exports', key, Buffer.from(key));
    const page = async (ContinuationToken?: string) =>
      await s3.send(
        new ListObjectsV2Command({ Bucket: 'exports', Prefix: 'a/', MaxKeys: 1, ContinuationToken }),
      );
    const first = await page();
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 1 });
    expect(first.Contents?.[0]).toMatchObject({ Key: 'a/1', Size: 3 });
    const second = await page(first.NextContinuationToken);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['a/2&3']);
    expect(second.IsTruncated).toBe(false);
    const keys = [{ Key: 'a/2&3' }, { Key: 'not/there' }];
    await s3.send(new DeleteObjectsCommand({ Bucket: 'exports', Delete: { Objects: keys } }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'exports', Key: 'a/1' }));
    expect(keysOf(account, 'exports')).toEqual(['b/1']);
    expect(account.ledger.of('object-deleted').map(({ key }) => key)).toEqual(['a/2&3', 'a/1']);
  });

  it('fails as S3 does', async () => {
    const { account, s3 } = await exportWorld({
      authorize: ({ resource }) => resource !== 'arn:aws:s3:::exports/secret',
    });
    const get = (Bucket: string, Key: string) => failureOf(s3.send(new GetObjectCommand({ Bucket, Key })));
    expect(await get('exports', 'none')).toMatch(/^NoSuchKey: /);
    expect(await get('nowhere', 'none')).toMatch(/^NoSuchBucket: /);
    expect(await get('exports', 'secret')).toMatch(
      /^AccessDenied: .* s3:GetObject on resource: arn:aws:s3:::exports\/secret/,
    );
    account.faults.add({ operation: 'GetObject', kind: 'throttle', times: 1 });
    expect(await get('exports', 'none')).toMatch(/^SlowDown: /);
  });

  it('is read over HTTP', async () => {
    const { account } = await exportWorld();
    putObject(account, 'exports', 'a b/1', Buffer.from([0, 255, 1]));
    const server = await startServer(account);
    const s3 = new S3Client({
      ...{ region: 'us-east-1', forcePathStyle: true, endpoint: server.url },
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    });
    try {
      expect([...(await read(s3, 'a b/1'))]).toEqual([0, 255, 1]);
    } finally {
      s3.destroy();
      await server.close();
    }
  });
});
