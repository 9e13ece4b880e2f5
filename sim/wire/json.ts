import type { Answer, Call, Input, Sent } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';

/** Reads a body as a structure; an empty one is an empty structure. */
export const readJson = (body: string): Input => {
  try {
    const value: unknown = JSON.parse(body || '{}');
    if (typeof value === 'object' && value !== null) return value as Input;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw serviceFailure('SerializationException', '');
};

/** DynamoDB and CloudWatch speak JSON 1.0, the others 1.1. */
const contentType = (isFirst: boolean): string => `application/x-amz-json-1.${isFirst ? 0 : 1}`;

/** Errors that every service shares come in these name spaces, all others in DynamoDB's own. */
const NAME_SPACES: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  ThrottlingException: 'com.amazon.coral.availability',
  AccessDeniedException: 'com.amazon.coral.service',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
};

const typeOf = (code: string, isDynamoDb: boolean): string => {
  const nameSpace = NAME_SPACES[code] ?? (isDynamoDb ? 'com.amazonaws.dynamodb.v20120810' : undefined);
  return nameSpace === undefined ? code : `${nameSpace}#${code}`;
};

/** CloudWatch's outputs hold dates, which are seconds here; JSON would make them text before a replacer sees them. */
const withSeconds = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withSeconds(each)]));
};

export const jsonSuccess = (call: Call, output: object, requestId: string): Answer => ({
  status: 200,
  headers: {
    'content-type': contentType(call.service === 'dynamodb' || call.service === 'cloudwatch'),
    'x-amzn-requestid': requestId,
  },
  body: JSON.stringify(call.service === 'cloudwatch' ? withSeconds(output) : output),
});

export const jsonFailure = (sent: Sent, failure: ServiceFailure, requestId: string): Answer => {
  const target = sent.headers['x-amz-target'] ?? '';
  const isDynamoDb = target.startsWith('DynamoDB_');
  const { code, message, status, details } = failure;
  const text = isDynamoDb ? { message } : { Message: message, message };
  return {
    status,
    headers: {
      'content-type': contentType(isDynamoDb || target.startsWith('GraniteService')),
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ __type: typeOf(code, isDynamoDb), ...text, ...details }),
  };
};
