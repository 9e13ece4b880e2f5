import type { Answer, Call, Input, Sent } from '../call.ts';
import { type ServiceFailure, serviceFailure, unknownOperation } from '../failure.ts';
import { scopeOf } from './credential.ts';
import { toXml } from './xml.ts';

/** Whether a request is one to S3, which alone is told by what it was signed for. */
export const isS3 = (sent: Sent): boolean => scopeOf(sent)?.service === 's3';

/** `https://BUCKET.s3.REGION.amazonaws.com/KEY`, or with the bucket in front of the key. */
const namesIn = ({ headers, path }: Sent): readonly [bucket: string, key: string] => {
  const decoded = decodeURIComponent(path.slice(1));
  const [, bucket] = /^([^.]+)\.s3[.-]/.exec(headers.host ?? '') ?? [];
  if (bucket !== undefined) return [bucket, decoded];
  const at = decoded.indexOf('/');
  return at === -1 ? [decoded, ''] : [decoded.slice(0, at), decoded.slice(at + 1)];
};

const OPERATIONS: Readonly<Record<string, string>> = { GET: 'GetObject', PUT: 'PutObject' };

/** Decodes a request to S3. */
export const readS3Call = (sent: Sent): Omit<Call, 'caller'> => {
  const operation = OPERATIONS[sent.method];
  if (operation === undefined) throw unknownOperation();
  const [Bucket, Key] = namesIn(sent);
  const { 'content-type': ContentType } = sent.headers;
  const content = { Body: sent.body, ...(ContentType !== undefined && { ContentType }) };
  const input: Input = { Bucket, Key, ...(operation === 'PutObject' && content) };
  return { service: 's3', operation, input };
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

export const s3Success = (output: object, requestId: string): Answer => {
  const { Body = '', ContentType = 'application/xml' } = output as { Body?: string; ContentType?: string };
  return { status: 200, headers: { 'content-type': ContentType, 'x-amz-request-id': requestId }, body: Body };
};

export const s3Failure = ({ code, message, status }: ServiceFailure, requestId: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
  body: toXml({ Error: { Code: code, Message: message, RequestId: requestId } }),
});
