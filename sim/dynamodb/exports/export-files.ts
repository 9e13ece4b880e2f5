import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Item } from '../items/item-engine.ts';
import type { Export } from './exports.ts';

type File = readonly [key: string, bytes: Promise<Uint8Array>];

const folderOf = ({ prefix, arn }: Export): string => {
  const start = prefix === undefined || prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`;
  return `${start}AWSDynamoDB/${arn.split('/export/')[1]}`;
};

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('base64');

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

const dataFile = (items: readonly Item[]): Uint8Array =>
  gzipSync(items.map((item) => `${JSON.stringify({ Item: item })}\n`).join(''));

const shareOf = (items: readonly Item[], part: number, parts: number): readonly Item[] =>
  items.filter((_item, at) => at % parts === part);

const summaryOf = (one: Export, filesKey: string, itemCount: number) => ({
  version: '2020-06-30',
  exportArn: one.arn,
  startTime: new Date(one.startedAt).toISOString(),
  endTime: new Date(one.endedAt ?? one.startedAt).toISOString(),
  tableArn: one.tableArn,
  tableId: one.tableId,
  exportTime: new Date(one.exportTime).toISOString(),
  s3Bucket: one.bucket,
  s3Prefix: one.prefix ?? null,
  s3SseAlgorithm: 'AES256',
  s3SseKmsKeyId: null,
  manifestFilesS3Key: filesKey,
  billedSizeBytes: one.sizeBytes,
  itemCount,
  outputFormat: one.format,
  exportType: 'FULL_EXPORT',
});

/** What an export writes into its folder: data in as many files as names are given, a list of these, a summary, and sums of both. */
export const exportFiles = (
  one: Export,
  items: Promise<readonly Item[]>,
  names: readonly string[],
): readonly File[] => {
  const folder = folderOf(one);
  const data = names.map(
    (name, part): File => [
      `${folder}/data/${name}.json.gz`,
      items.then((all) => dataFile(shareOf(all, part, names.length))),
    ],
  );
  const entryOf = async ([dataFileS3Key, bytes]: File, part: number): Promise<string> => {
    const content = await bytes;
    return JSON.stringify({
      itemCount: shareOf(await items, part, names.length).length,
      md5Checksum: md5(content),
      etag: createHash('md5').update(content).digest('hex'),
      dataFileS3Key,
    });
  };
  const filesKey = `${folder}/manifest-files.json`;
  const files = Promise.all(data.map(entryOf)).then((lines) => text(lines.join('\n')));
  const summary = items.then((all) => text(JSON.stringify(summaryOf(one, filesKey, all.length))));
  const sums = (bytes: Promise<Uint8Array>): Promise<Uint8Array> =>
    bytes.then((content) => text(md5(content)));
  return [
    [`${folder}/_started`, Promise.resolve(text(''))],
    ...data,
    [filesKey, files],
    [`${folder}/manifest-files.md5`, sums(files)],
    [`${folder}/manifest-summary.json`, summary],
    [`${folder}/manifest-summary.md5`, sums(summary)],
  ];
};

/** The key of the summary, which DescribeExport names. */
export const summaryKeyOf = (one: Export): string => `${folderOf(one)}/manifest-summary.json`;
