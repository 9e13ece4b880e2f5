import { createHash } from 'node:crypto';
import { constants, gunzipSync } from 'node:zlib';
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { ExportPlace } from '../../model/drill.ts';
import type { Item } from '../../model/restore.ts';
import type { ExportBucket, ExportSample } from '../../ports/drill-export.ts';
import { type ClientOptions, clientConfig, paceClient } from '../aws/clients.ts';
import { readingOf, statedList, statedText } from '../aws/reading.ts';
import { type ExportedFile, exportedFiles, exportSummary, filesToRead } from './export-manifest.ts';

/** What is read of one file: items of a sample are at its beginning. */
const MOST_BYTES = 8_000_000;
/** What that may be once it is unpacked, so that it stays in memory. */
const MOST_UNPACKED_BYTES = 200_000_000;

interface Part {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** `bytes 0-7999999/20000000`: the last is the size of the whole. */
const sizeIn = (range: string | undefined): number => Number(/\/(\d+)$/.exec(range ?? '')?.[1] ?? Number.NaN);

const readPart = async (client: S3Client, bucket: string, key: string): Promise<Part> => {
  const range = `bytes=0-${MOST_BYTES - 1}`;
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
  const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
  return {
    bytes,
    isWhole: answer.ContentRange === undefined || sizeIn(answer.ContentRange) === bytes.length,
  };
};

const readText = async (client: S3Client, bucket: string, key: string): Promise<string> =>
  Buffer.from((await readPart(client, bucket, key)).bytes).toString('utf8');

/** Unpacks what is there of a file that may end in the middle. */
const unpacked = (bytes: Uint8Array): Buffer =>
  gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED_BYTES });

const itemOf = (line: string): Item | undefined => {
  const { Item: item } = JSON.parse(line) as { readonly Item?: Item };
  return item;
};

/** Reads whole lines from the beginning, at most so many. */
const itemsIn = (content: Buffer, most: number): readonly Item[] => {
  const items: Item[] = [];
  for (let from = 0; items.length < most; ) {
    const end = content.indexOf('\n', from);
    if (end < 0) return items;
    const item = itemOf(content.toString('utf8', from, end));
    if (item !== undefined) items.push(item);
    from = end + 1;
  }
  return items;
};

type FilesRead = Pick<ExportSample, 'filesRead' | 'items' | 'wrongFiles'>;

const isAsSummed = ({ bytes }: Part, { md5Checksum }: ExportedFile): boolean =>
  md5Checksum === undefined || createHash('md5').update(bytes).digest('base64') === md5Checksum;

/** A file that cannot be unpacked or read is wrong, and gives no items. */
const itemsOf = (part: Part, most: number): readonly Item[] | undefined => {
  try {
    return itemsIn(unpacked(part.bytes), most);
  } catch {
    return undefined;
  }
};

const readFiles = async (
  client: S3Client,
  bucket: string,
  files: readonly ExportedFile[],
  most: number,
): Promise<FilesRead> => {
  let read: FilesRead = { filesRead: 0, items: [], wrongFiles: [] };
  for (const file of files) {
    const part = await readPart(client, bucket, file.dataFileS3Key);
    const items = itemsOf(part, most - read.items.length);
    const isWrong = items === undefined || (part.isWhole && !isAsSummed(part, file));
    read = {
      filesRead: read.filesRead + (part.isWhole ? 1 : 0),
      items: [...read.items, ...(items ?? [])],
      wrongFiles: [...read.wrongFiles, ...(isWrong ? [file.dataFileS3Key] : [])],
    };
  }
  return read;
};

const readSample = async (
  client: S3Client,
  bucket: string,
  manifest: string,
  most: number,
): Promise<ExportSample | string> => {
  const summary = exportSummary(await readText(client, bucket, manifest));
  if (summary === undefined) return 'the summary of the export cannot be read';
  const files = exportedFiles(await readText(client, bucket, summary.manifestFilesS3Key));
  if (files === undefined) return 'the list of files of the export cannot be read';
  const { tableId, itemCount } = summary;
  return { tableId, itemCount, ...(await readFiles(client, bucket, filesToRead(files, most), most)) };
};

const listKeys = async (client: S3Client, { bucket, prefix }: ExportPlace): Promise<readonly string[]> => {
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return (statedList(Contents) ?? []).flatMap(({ Key }) => statedText(Key) ?? []);
};

/** Pages of a thousand: more are left to a later run. */
const MOST_PAGES = 50;

const clearAll = async (client: S3Client, place: ExportPlace): Promise<{ readonly removed: number }> => {
  let removed = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const keys = (await listKeys(client, place)).filter((key) => key.startsWith(place.prefix));
    if (keys.length === 0) break;
    const objects = keys.map((Key) => ({ Key }));
    await client.send(
      new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    removed += keys.length;
  }
  return { removed };
};

/**
 * Creates what reads and removes exports in a bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html (not verified)
 */
export const createExportBucket = (options: ClientOptions): ExportBucket => {
  const client = paceClient(new S3Client({ ...clientConfig(options), forcePathStyle: true }), options);
  return {
    sample: (bucket, manifest, most) =>
      readingOf('GetObject', () => readSample(client, bucket, manifest, most)),
    holds: (place) =>
      readingOf('ListObjectsV2', async () => ({ any: (await listKeys(client, place)).length > 0 })),
    clear: (place) => readingOf('DeleteObjects', () => clearAll(client, place)),
  };
};
