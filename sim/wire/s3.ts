import type { Answer, Call, Caller, Input, Sent } from '../call.ts';
import { type ServiceFailure, unknownOperation } from '../failure.ts';
import { toXml } from './xml.ts';

/** Says whether a request is signed for S3, whose paths are buckets and keys. */
export const isS3 = ({ headers }: Sent): boolean =>
  /Credential=[^/]+\/\d+\/[^/]+\/s3\//.test(headers.authorization ?? '');

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

const operationOf = ({ method, query = {} }: Sent, key: string): string => {
  if (method === 'GET' && key !== '') return 'GetObject';
  if (method === 'GET' && query['list-type'] === '2') return 'ListObjectsV2';
  if (method === 'DELETE' && key !== '') return 'DeleteObject';
  if (method === 'POST' && key === '' && 'delete' in query) return 'DeleteObjects';
  throw unknownOperation();
};

/** Decodes a request with the bucket in its path. */
export const readS3Call = (sent: Sent, caller: Caller): Call => {
  const [, bucket = '', path = ''] = /^\/([^/]+)\/?(.*)$/.exec(sent.path) ?? [];
  const key = decodeURIComponent(path);
  const operation = operationOf(sent, key);
  const asked = Object.entries(sent.query ?? {}).flatMap(([name, value]) => {
    const member = QUERY_MEMBERS[name];
    return member === undefined ? [] : [[member, value] as const];
  });
  const input = {
    ...{ Bucket: bucket, ...(key !== '' && { Key: key }), ...Object.fromEntries(asked) },
    ...(sent.headers.range !== undefined && { Range: sent.headers.range }),
    ...(operation === 'DeleteObjects' && keysOf(sent.body)),
  };
  return { service: 's3', operation, input, caller };
};

const ROOTS: Readonly<Record<string, string>> = {
  DeleteObjects: 'DeleteResult',
  ListObjectsV2: 'ListBucketResult',
};

/** A list is its elements one after the other, without one around them. */
const flattened = (output: object): string =>
  Object.entries(output)
    .map(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => `<${name}>${toXml(each)}</${name}>`).join(''),
    )
    .join('');

const xml = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${content}</${root}>`;

const headersOf = (requestId: string) => ({
  'x-amz-request-id': requestId,
  'content-type': 'application/xml',
});

interface FileOutput {
  readonly Body?: Uint8Array;
  readonly ETag?: string;
  readonly ContentRange?: string;
}

export const s3Success = ({ operation }: Call, output: object, requestId: string): Answer => {
  const { Body: body, ETag: etag, ContentRange: range } = output as FileOutput;
  if (body !== undefined) {
    const headers = { 'content-type': 'binary/octet-stream', 'content-length': String(body.length) };
    const ranged = range === undefined ? {} : { 'content-range': range };
    const status = range === undefined ? 200 : 206;
    return { status, headers: { ...headersOf(requestId), ...headers, ...ranged, etag: etag ?? '' }, body };
  }
  const root = ROOTS[operation];
  if (root === undefined) return { status: 204, headers: headersOf(requestId), body: '' };
  return { status: 200, headers: headersOf(requestId), body: xml(root, flattened(output)) };
};

export const s3Failure = ({ code, message, status }: ServiceFailure, requestId: string): Answer => ({
  status,
  headers: headersOf(requestId),
  body: xml(
    'Error',
    `<Code>${code}</Code><Message>${toXml(message)}</Message><RequestId>${requestId}</RequestId>`,
  ),
});
