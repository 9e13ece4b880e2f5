import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { failureOf, isThrottling } from '../../../shared/adapters/aws/errors.ts';
import { failureText } from '../../../shared/model/failure.ts';
import { type Answer, onAnswers } from '../connect.ts';

const refusal = (type: string, status = 400): Answer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'the words' },
});
const broken = (code: string, name = 'Error'): Answer => ({
  breaks: Object.assign(new Error('the words'), { name, code }),
});

/** What a client really throws when the service answers so. */
const thrownFor = async (answer: Answer): Promise<unknown> => {
  const { dynamodb, run } = onAnswers(() => answer);
  return await run(dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }))).catch(
    (error: unknown) => error,
  );
};

describe('a failed call', () => {
  it.each([
    {
      name: 'over the rate is throttled',
      answer: refusal('ThrottlingException'),
      kind: 'throttled',
      says: 'ThrottlingException',
    },
    {
      name: 'over the request limit is throttled',
      answer: refusal('RequestLimitExceeded'),
      kind: 'throttled',
      says: 'RequestLimitExceeded',
    },
    {
      name: 'without permission is denied',
      answer: refusal('AccessDeniedException'),
      kind: 'access-denied',
      says: 'AccessDeniedException',
    },
    {
      name: 'with an old token is denied',
      answer: refusal('ExpiredTokenException'),
      kind: 'access-denied',
      says: 'ExpiredTokenException',
    },
    {
      name: 'with unknown keys is denied',
      answer: refusal('UnrecognizedClientException'),
      kind: 'access-denied',
      says: 'UnrecognizedClientException',
    },
    {
      name: 'about a missing table is not found',
      answer: refusal('TableNotFoundException'),
      kind: 'not-found',
      says: 'TableNotFoundException',
    },
    {
      name: 'about a missing resource is not found',
      answer: refusal('ResourceNotFoundException'),
      kind: 'not-found',
      says: 'ResourceNotFoundException',
    },
    {
      name: 'with an internal error may have been done',
      answer: refusal('InternalServerError', 500),
      kind: 'ambiguous',
      says: 'InternalServerError',
    },
    {
      name: 'at a service that is unavailable may have been done',
      answer: refusal('ServiceUnavailable', 503),
      kind: 'ambiguous',
      says: 'ServiceUnavailable',
    },
    {
      name: 'with a bad gateway in HTML may have been done',
      answer: { status: 502, body: '<html>' },
      kind: 'ambiguous',
      says: '',
    },
    {
      name: 'with an answer that is no JSON may have been done',
      answer: { body: '{"Table": {' },
      kind: 'ambiguous',
      says: '',
    },
    {
      name: 'that timed out may have been done',
      answer: broken('ETIMEDOUT', 'TimeoutError'),
      kind: 'ambiguous',
      says: 'TimeoutError: the words',
    },
    {
      name: 'whose connection was reset may have been done',
      answer: broken('ECONNRESET'),
      kind: 'ambiguous',
      says: 'ECONNRESET: the words',
    },
    {
      name: 'whose host has no address is ambiguous',
      answer: broken('ENOTFOUND'),
      kind: 'ambiguous',
      says: 'ENOTFOUND: the words',
    },
    {
      name: 'with a bad certificate is ambiguous',
      answer: broken('CERT_HAS_EXPIRED'),
      kind: 'ambiguous',
      says: 'CERT_HAS_EXPIRED: the words',
    },
    {
      name: 'with a wrong shape is refused',
      answer: refusal('ValidationException'),
      kind: 'refused',
      says: 'ValidationException: the words',
    },
    {
      name: 'with an error nobody declared is refused',
      answer: refusal('BrandNewException'),
      kind: 'refused',
      says: 'BrandNewException',
    },
  ])('$name', async ({ answer, kind, says }) => {
    const failure = failureOf('DescribeTable', await thrownFor(answer));
    expect(failure.kind).toBe(kind);
    expect(failureText(failure.failure)).toMatch(/^DescribeTable: \w+: /);
    expect(failureText(failure.failure)).toContain(says);
  });

  it.each([
    { name: 'a mistake of the program', thrown: new TypeError('undefined is not a function') },
    {
      name: "a mistake in an argument of Node's",
      thrown: Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' }),
    },
    { name: 'something that is no error', thrown: 'text' },
  ])('is thrown on when it is $name', ({ thrown }) => {
    expect(() => failureOf('DescribeTable', thrown)).toThrow(thrown instanceof Error ? thrown : undefined);
  });

  it('stays a mistake of the program when it happened behind the retries', async () => {
    const thrown = await thrownFor({ breaks: new TypeError('undefined is not a function') });
    expect(() => failureOf('DescribeTable', thrown)).toThrow(TypeError);
  });

  it.each([
    ...[
      'BandwidthLimitExceeded',
      'EC2ThrottledException',
      'LimitExceededException',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'TransactionInProgressException',
    ].map((name) => ({ name, answer: refusal(name), throttled: true })),
    { name: "SNS's Throttled, which is 429", answer: refusal('Throttled', 429), throttled: true },
    { name: 'a 429 of any name', answer: refusal('BrandNewException', 429), throttled: true },
    { name: 'a SlowDown of 503', answer: refusal('SlowDown', 503), throttled: true },
    { name: 'ValidationException', answer: refusal('ValidationException'), throttled: false },
    { name: 'InternalServerError', answer: refusal('InternalServerError', 500), throttled: false },
    { name: 'a broken connection', answer: broken('ECONNRESET'), throttled: false },
  ])('$name counts as throttled: $throttled', async ({ answer, throttled }) => {
    const thrown = await thrownFor(answer);
    expect(isThrottling(thrown)).toBe(throttled);
    expect(failureOf('DescribeTable', thrown).kind === 'throttled').toBe(throttled);
  });

  it('counts as throttled what the model of a service says is', () => {
    const thrown = Object.assign(new Error('no'), { $fault: 'client', $retryable: { throttling: true } });
    expect(isThrottling(thrown)).toBe(true);
  });
});
