import { cbor, tag } from '@smithy/core/cbor';
import type { Answer, Input, Sent } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';

// The protocol in which the AWS CLI speaks to CloudWatch: the operation in the path, structures as CBOR.

const PATH = /^\/service\/(?<service>[^/]+)\/operation\/(?<operation>[^/]+)\/?$/;

/** The service and the operation that a path names. */
export const cborTarget = (path: string): { readonly service: string; readonly operation: string } => {
  const { service = '', operation = '' } = PATH.exec(path)?.groups ?? {};
  return { service, operation };
};

export const isCbor = ({ path }: Sent): boolean => PATH.test(path);

/** Numbers with fractions come in a wrapper of the library's own. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if ('tag' in value && 'value' in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
};

export const readCbor = (bytes: Uint8Array = new Uint8Array()): Input => {
  if (bytes.length === 0) return {};
  const value = plain(cbor.deserialize(bytes));
  if (typeof value === 'object' && value !== null) return value as Input;
  throw serviceFailure('SerializationException', '');
};

const tagged = (value: unknown): unknown => {
  if (value instanceof Date) return tag({ tag: 1, value: value.getTime() / 1000 });
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(members.map(([name, each]) => [name, tagged(each)]));
};

const encoded = (status: number, output: object, requestId: string): Answer => ({
  status,
  headers: {
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  },
  body: Uint8Array.from(cbor.serialize(tagged(output))),
});

export const cborSuccess = (output: object, requestId: string): Answer => encoded(200, output, requestId);

export const cborFailure = (failure: ServiceFailure, requestId: string): Answer => {
  const { code, message, status, details } = failure;
  const output = { __type: `com.amazonaws.cloudwatch#${code}`, message, Message: message, ...details };
  return encoded(status, output, requestId);
};
