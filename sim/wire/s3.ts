import type { Answer, Call, Caller, Input, Sent } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import { scopeOf } from './credential.ts';
import { toXml } from './xml.ts';

/** Says whether a request is signed for S3, whose paths are buckets and keys. */
export const isS3 = (sent: Sent): boolean => scopeOf(sent)?.service === 's3';

const QUERY_MEMBERS: Readonly<Record<string, string>> = {
  'continuation-token': 'ContinuationToken',
  'max-keys': 'MaxKeys',
  prefix: 'Prefix',
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

const keysOf = (body: string): Input => ({
  Delete: {
    Objects: [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => ({ Key: unescaped(key ?? '') })),
  },
});

const notHere = (): never => {
  throw serviceFailure('NotImplemented', 'The simulated account does not have this operation of S3.', 501);
};

const OF_KEYS: Readonly<Record<string, string>> = {
  DELETE: 'DeleteObject',
  GET: 'GetObject',
  PUT: 'PutObject',
};

const OF_BUCKETS: Readonly<Record<string, string>> = {
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
};

/** Settings and versions of a bucket stand in the query; none of them is here. */
const ofBucket = ({ method, query = {} }: Sent): string => {
  if (method === 'GET' && query['list-type'] === '2') return 'ListObjectsV2';
  if (method === 'POST' && 'delete' in query) return 'DeleteObjects';
  return (Object.keys(query).length === 0 ? OF_BUCKETS[method] : undefined) ?? notHere();
};

const operationOf = (sent: Sent, bucket: string, key: string): string => {
  if (bucket === '') return sent.method === 'GET' ? 'ListBuckets' : notHere();
  return key === '' ? ofBucket(sent) : (OF_KEYS[sent.method] ?? notHere());
};

/** `https://BUCKET.s3.REGION.amazonaws.com/KEY`, or with the bucket in front of the key. */
const namesIn = ({ headers, path }: Sent): readonly [bucket: string, key: string] => {
  const [, host] = /^([^.]+)\.s3[.-]/.exec(headers.host ?? '') ?? [];
  if (host !== undefined) return [host, decodeURIComponent(path.slice(1))];
  const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  return [bucket, decodeURIComponent(key)];
};

const contentOf = ({ body, headers: { 'content-type': type } }: Sent): Input => ({
  Body: body,
  ...(type !== undefined && { ContentType: type }),
});

/** Decodes a request with the bucket in its path, or in the name of its host. */
export const readS3Call = (sent: Sent, caller: Caller): Call => {
  const [bucket, key] = namesIn(sent);
  const operation = operationOf(sent, bucket, key);
  const asked = Object.entries(sent.query ?? {}).flatMap(([name, value]) => {
    const member = QUERY_MEMBERS[name];
    return member === undefined ? [] : [[member, value] as const];
  });
  const input = {
    ...{ Bucket: bucket, ...(key !== '' && { Key: key }), ...Object.fromEntries(asked) },
    ...(sent.headers.range !== undefined && { Range: sent.headers.range }),
    ...(operation === 'DeleteObjects' && keysOf(sent.body)),
    ...(operation === 'PutObject' && contentOf(sent)),
  };
  return { service: 's3', operation, input, caller };
};

const COMPACT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Refuses a signed address that has expired. */
export const checkExpiry = ({ query = {} }: Sent, now: number): void => {
  const [, ...parts] = COMPACT.exec(String(query['X-Amz-Date'])) ?? [];
  if (parts.length === 0) return;
  const [year = 0, month = 0, ...rest] = parts.map(Number);
  const signedAt = Date.UTC(year, month - 1, ...rest);
  if (now > signedAt + Number(query['X-Amz-Expires']) * 1000)
    throw serviceFailure('AccessDenied', 'Request has expired', 403);
};

const ROOTS: Readonly<Record<string, string>> = {
  DeleteObjects: 'DeleteResult',
  ListBuckets: 'ListAllMyBucketsResult',
  ListObjectsV2: 'ListBucketResult',
};

/** A list is its elements one after the other, without one around them. */
const flattened = (output: object): string =>
  Object.entries(output)
    .map(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => `<${name}>${toXml(each)}</${name}>`).join(''),
    )
    .join('');

/** Buckets alone stand in an element around them. */
const listed = (operation: string, output: object): string =>
  operation === 'ListBuckets' ? `<Buckets>${flattened(output)}</Buckets>` : flattened(output);

const xml = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${content}</${root}>`;

const headersOf = (requestId: string) => ({
  'x-amz-request-id': requestId,
  'content-type': 'application/xml',
});

interface FileOutput {
  readonly Body?: Uint8Array;
  readonly ContentType?: string;
  readonly ETag?: string;
  readonly ContentRange?: string;
}

export const s3Success = ({ operation }: Call, output: object, requestId: string): Answer => {
  const { Body: body, ContentType: type = '', ETag: etag, ContentRange: range } = output as FileOutput;
  if (body !== undefined) {
    const headers = { 'content-type': type, 'content-length': String(body.length) };
    const ranged = range === undefined ? {} : { 'content-range': range };
    const status = range === undefined ? 200 : 206;
    return { status, headers: { ...headersOf(requestId), ...headers, ...ranged, etag: etag ?? '' }, body };
  }
  if (['CreateBucket', 'HeadBucket', 'PutObject'].includes(operation))
    return { status: 200, headers: headersOf(requestId), body: '' };
  const root = ROOTS[operation];
  if (root === undefined) return { status: 204, headers: headersOf(requestId), body: '' };
  return { status: 200, headers: headersOf(requestId), body: xml(root, listed(operation, output)) };
};

export const s3Failure = ({ code, message, status }: ServiceFailure, requestId: string): Answer => ({
  status,
  headers: headersOf(requestId),
  body: xml(
    'Error',
    `<Code>${code}</Code><Message>${toXml(message)}</Message><RequestId>${requestId}</RequestId>`,
  ),
});
