import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import type { Context, Operation, Operations } from '../operation.ts';
import { pageBy } from '../paging.ts';
import { etagOf, type StoredObject } from './buckets.ts';

const textOf = (input: Input, name: string): string => {
  const value = input[name];
  return typeof value === 'string' ? value : '';
};

const noBucket = (): ServiceFailure =>
  serviceFailure('NoSuchBucket', 'The specified bucket does not exist', 404);

const bucketIn = ({ state }: SimAccount, input: Input): Map<string, StoredObject> => {
  const bucket = state.buckets.get(textOf(input, 'Bucket'));
  if (bucket === undefined) throw noBucket();
  return bucket;
};

/** What a page of S3 holds. */
const PAGE = 1000;

const shownObject = async ({ key, bytes, at }: StoredObject) => {
  const content = await bytes;
  return {
    Key: key,
    LastModified: new Date(at),
    ETag: etagOf(content),
    Size: content.length,
    StorageClass: 'STANDARD',
  };
};

const refuseToken = (): ServiceFailure =>
  serviceFailure('InvalidArgument', 'The continuation token provided is incorrect', 400);

const listObjects: Operation = async ({ account }, input) => {
  const prefix = textOf(input, 'Prefix');
  const found = [...bucketIn(account, input).values()].filter(({ key }) => key.startsWith(prefix));
  const wanted = Number(input.MaxKeys ?? PAGE);
  const { page, token } = pageBy(account, found, ({ key }) => key, {
    ...{ token: input.ContinuationToken, size: Math.min(PAGE, wanted), refuse: refuseToken },
  });
  return {
    Name: textOf(input, 'Bucket'),
    Prefix: prefix,
    KeyCount: page.length,
    MaxKeys: wanted,
    IsTruncated: token !== undefined,
    ...(token !== undefined && { NextContinuationToken: token }),
    Contents: await Promise.all(page.map(shownObject)),
  };
};

/** Only ranges that begin with the first byte are known here. */
const partOf = (bytes: Uint8Array, range: string): Uint8Array => {
  const [, last] = /^bytes=0-(\d+)$/.exec(range) ?? [];
  return last === undefined ? bytes : bytes.subarray(0, Number(last) + 1);
};

const getObject: Operation = async ({ account }, input) => {
  const object = bucketIn(account, input).get(textOf(input, 'Key'));
  if (object === undefined) throw serviceFailure('NoSuchKey', 'The specified key does not exist.', 404);
  const bytes = await object.bytes;
  const part = partOf(bytes, textOf(input, 'Range'));
  const range = part.length < bytes.length && { ContentRange: `bytes 0-${part.length - 1}/${bytes.length}` };
  const { at, contentType: ContentType = 'binary/octet-stream' } = object;
  return { Body: part, ContentType, ETag: etagOf(bytes), LastModified: new Date(at), ...range };
};

const putObject: Operation = ({ account }, input) => {
  const key = textOf(input, 'Key');
  const bytes = Promise.resolve(Buffer.from(textOf(input, 'Body')));
  const contentType = input.ContentType === undefined ? {} : { contentType: textOf(input, 'ContentType') };
  bucketIn(account, input).set(key, { key, bytes, at: account.clock.now(), ...contentType });
  return {};
};

/** Succeeds whether or not there is such an object. */
const remove = ({ account, caller: by }: Context, input: Input, keys: readonly string[]): void => {
  const objects = bucketIn(account, input);
  const facts = { kind: 'object-deleted' as const, at: account.clock.now(), bucket: textOf(input, 'Bucket') };
  for (const key of keys) if (objects.delete(key)) account.state.ledger.write({ ...facts, key, by });
};

const deleteObject: Operation = (context, input) => {
  remove(context, input, [textOf(input, 'Key')]);
  return {};
};

/** The keys that a request names. */
export const keysIn = (input: Input): readonly string[] => {
  const { Objects: objects = [] } = (input.Delete ?? {}) as { readonly Objects?: readonly Input[] };
  return objects.map((object) => textOf(object, 'Key'));
};

const deleteObjects: Operation = (context, input) => {
  const keys = keysIn(input);
  if (keys.length > PAGE) {
    const message =
      'The XML you provided was not well-formed or did not validate against our published schema';
    throw serviceFailure('MalformedXML', message, 400);
  }
  remove(context, input, keys);
  return { Deleted: keys.map((Key) => ({ Key })) };
};

/** Names are of all accounts and Regions; here each account of a Region has its own. */
const createBucket: Operation = ({ account: { state } }, input) => {
  const name = textOf(input, 'Bucket');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
    throw serviceFailure('InvalidBucketName', 'The specified bucket is not valid.', 400);
  if (state.buckets.has(name)) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.';
    throw serviceFailure('BucketAlreadyOwnedByYou', message, 409);
  }
  state.buckets.set(name, new Map());
  return {};
};

const deleteBucket: Operation = ({ account }, input) => {
  if (bucketIn(account, input).size > 0)
    throw serviceFailure('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
  account.state.buckets.delete(textOf(input, 'Bucket'));
  return {};
};

const headBucket: Operation = ({ account }, input) => {
  bucketIn(account, input);
  return {};
};

const listBuckets: Operation = ({ account: { state } }) => ({
  Bucket: [...state.buckets.keys()].toSorted().map((Name) => ({ Name })),
});

export const S3_OPERATIONS: Operations = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetObject: getObject,
  HeadBucket: headBucket,
  ListBuckets: listBuckets,
  ListObjectsV2: listObjects,
  PutObject: putObject,
};
