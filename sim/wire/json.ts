import type { Answer, Call, Sent } from '../call.ts';
import type { ServiceFailure } from '../failure.ts';

/** DynamoDB speaks JSON 1.0, the tagging API 1.1. */
const contentType = (isDynamoDb: boolean): string => `application/x-amz-json-1.${isDynamoDb ? 0 : 1}`;

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

export const jsonSuccess = (call: Call, output: object, requestId: string): Answer => ({
  status: 200,
  headers: { 'content-type': contentType(call.service === 'dynamodb'), 'x-amzn-requestid': requestId },
  body: JSON.stringify(output),
});

export const jsonFailure = (sent: Sent, failure: ServiceFailure, requestId: string): Answer => {
  const isDynamoDb = (sent.headers['x-amz-target'] ?? '').startsWith('DynamoDB_');
  const { code, message, status, details } = failure;
  const text = isDynamoDb ? { message } : { Message: message, message };
  return {
    status,
    headers: { 'content-type': contentType(isDynamoDb), 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: typeOf(code, isDynamoDb), ...text, ...details }),
  };
};
