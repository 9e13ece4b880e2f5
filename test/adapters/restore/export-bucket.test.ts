import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createCallRecorder } from '../../../shared/adapters/aws/pacing.ts';
import { createExportBucket } from '../../../shared/adapters/restore/export-bucket.ts';
import { filesToRead } from '../../../shared/adapters/restore/export-manifest.ts';
import { createAccount } from '../../../sim/account.ts';
import { createVirtualClock } from '../../../sim/clock.ts';
import { createBucket, keysOf, putObject } from '../../../sim/console/buckets.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { NOW, optionsOn } from '../connect.ts';

const bucketWorld = () => {
  const clock = createVirtualClock(NOW);
  const account = createAccount({ clock });
  createBucket(account, 'exports');
  const bucket = createExportBucket(optionsOn(requestHandlerOf(account), clock, createCallRecorder()));
  const put = (key: string, content: Uint8Array | string): void =>
    putObject(account, 'exports', key, typeof content === 'string' ? Buffer.from(content) : content);
  return { account, clock, bucket, put };
};

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');

const linesOf = (from: number, count: number, filler = ''): string =>
  Array.from(
    { length: count },
    (_, at) => `${JSON.stringify({ Item: { pk: { S: `${from + at}${filler}` } } })}\n`,
  ).join('');

/** An export of those files, each with its content and how many items the manifest says it has. */
const anExport = (
  files: Readonly<Record<string, { readonly bytes: Uint8Array; readonly items: number }>>,
) => {
  const world = bucketWorld();
  const entries = Object.entries(files).map(([key, { bytes, items }]) => {
    world.put(key, bytes);
    return JSON.stringify({ itemCount: items, md5Checksum: md5(bytes), dataFileS3Key: key });
  });
  world.put('files.json', entries.join('\n'));
  const itemCount = Object.values(files).reduce((sum, { items }) => sum + items, 0);
  world.put('summary.json', JSON.stringify({ tableId: 'id', itemCount, manifestFilesS3Key: 'files.json' }));
  return world;
};

const SMALL = { bytes: gzipSync(linesOf(0, 3)), items: 3 };
const OTHER = { bytes: gzipSync(linesOf(3, 2)), items: 2 };

describe('a sample of an export', () => {
  it('comes out of as few files as have it, and all of it where there is no more', async () => {
    const { bucket, clock } = anExport({ 'a.gz': OTHER, 'b.gz': SMALL });
    const few = await clock.run(bucket.sample('exports', 'summary.json', 2));
    expect(few).toMatchObject({ value: { tableId: 'id', itemCount: 5, filesRead: 1, wrongFiles: [] } });
    expect(few).toMatchObject({ value: { items: [{ pk: { S: '0' } }, { pk: { S: '1' } }] } });
    const all = await clock.run(bucket.sample('exports', 'summary.json', 100));
    expect(all).toMatchObject({ value: { filesRead: 2, items: { length: 5 } } });
  });

  it('of an empty table is empty', async () => {
    const { bucket, clock } = anExport({ 'a.gz': { bytes: gzipSync(''), items: 0 } });
    expect(await clock.run(bucket.sample('exports', 'summary.json', 5))).toMatchObject({
      value: { itemCount: 0, items: [], wrongFiles: [] },
    });
  });

  it('names files that are not as the manifest sums them, or cannot be unpacked', async () => {
    const { bucket, clock, put } = anExport({ 'a.gz': SMALL, 'b.gz': OTHER });
    put('a.gz', gzipSync(linesOf(7, 3)));
    put('b.gz', 'no archive');
    expect(await clock.run(bucket.sample('exports', 'summary.json', 5))).toMatchObject({
      value: { wrongFiles: ['a.gz', 'b.gz'] },
    });
  });

  it('reads the beginning of a large file, which is then not summed', async () => {
    const random = createHash('shake256', { outputLength: 9_000_000 }).update('seed').digest('base64');
    const bytes = gzipSync(`${linesOf(0, 3)}${linesOf(3, 1, random)}`);
    expect(bytes.length).toBeGreaterThan(8_000_000);
    const { bucket, clock } = anExport({ 'a.gz': { bytes, items: 4 } });
    expect(await clock.run(bucket.sample('exports', 'summary.json', 4))).toMatchObject({
      value: { filesRead: 0, wrongFiles: [], items: { length: 3 } },
    });
  });

  it('is missing without its manifest, and unreadable where that is none', async () => {
    const { bucket, clock, put } = bucketWorld();
    const sample = () => clock.run(bucket.sample('exports', 'summary.json', 5));
    expect(await sample()).toEqual({ kind: 'missing' });
    put('summary.json', '{"tableId":');
    expect(await sample()).toMatchObject({ kind: 'unreadable', failure: { code: 'answer-unusable' } });
  });
});

describe('what is removed', () => {
  it('is below the prefix, of more than a page too, and nothing else', async () => {
    const { account, bucket, clock, put } = bucketWorld();
    for (let at = 0; at < 1_003; at += 1) put(`drills/prod/a/${at}`, '');
    for (const key of ['drills/prod/ab/1', 'drills/prod', 'other']) put(key, '');
    const place = { bucket: 'exports', prefix: 'drills/prod/a/' };
    expect(await clock.run(bucket.holds(place))).toMatchObject({ value: { any: true } });
    expect(await clock.run(bucket.clear(place))).toMatchObject({ value: { removed: 1_003 } });
    expect(await clock.run(bucket.holds(place))).toMatchObject({ value: { any: false } });
    expect(keysOf(account, 'exports')).toEqual(['drills/prod', 'drills/prod/ab/1', 'other']);
  });

  it('is nothing where there is no bucket, and unreadable where it may not be listed', async () => {
    const { account, bucket, clock } = bucketWorld();
    expect(await clock.run(bucket.clear({ bucket: 'none', prefix: 'a/' }))).toEqual({ kind: 'missing' });
    account.faults.add({ operation: 'ListObjectsV2', kind: 'access-denied' });
    expect(await clock.run(bucket.holds({ bucket: 'exports', prefix: 'a/' }))).toMatchObject({
      kind: 'unreadable',
      failure: { denial: { action: 's3:ListBucket' } },
    });
  });
});

it('the fullest files are read first, and empty ones never', () => {
  const files = [0, 3, 9, 1].map((itemCount) => ({ itemCount, dataFileS3Key: `${itemCount}` }));
  const keys = (most: number) => filesToRead(files, most).map(({ dataFileS3Key }) => dataFileS3Key);
  expect([keys(1), keys(10), keys(99)]).toEqual([['9'], ['9', '3'], ['9', '3', '1']]);
});
