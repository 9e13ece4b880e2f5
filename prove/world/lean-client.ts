import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { RetryErrorType, RetryStrategyV2, SdkError } from '@smithy/types';
import type { ClientOptions, Rewire } from '../../shared/adapters/aws/client-options.ts';
import { pacedAttempt } from '../../shared/adapters/aws/limited.ts';
import type { SdkRequestHandler } from '../../sim/request-handler.ts';
import { leanJson } from './lean-json.ts';
import type { LeanProtocol } from './lean-protocol.ts';
import { leanQuery } from './lean-query.ts';

// Signatures, endpoints and schemas are most of what a simulated year costs. This sends the same commands in the same words through the
// product's own retries and pacing, without the rest of the SDK; test/prove/lean-client.test.ts lives the same lives both ways.

const PROTOCOLS: Readonly<Record<string, LeanProtocol>> = {
  DynamoDB: leanJson('DynamoDB_20120810'),
  'Resource Groups Tagging API': leanJson('ResourceGroupsTaggingAPI_20170126'),
  SNS: leanQuery,
};

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

interface Sender {
  readonly config: { readonly serviceId: string; readonly retryStrategy: () => Promise<RetryStrategyV2> };
}

/** The SDK's own judgement of an error. */
const typeOf = (error: SdkError): RetryErrorType => {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
};

/** Tries until it succeeds or the strategy allows no further attempt; then the last error is thrown. */
const withRetries = async (strategy: RetryStrategyV2, once: () => Promise<unknown>): Promise<unknown> => {
  let token = await strategy.acquireInitialRetryToken('');
  for (;;) {
    try {
      return await once();
    } catch (thrown) {
      const error = thrown as SdkError;
      const info = { error, errorType: typeOf(error) };
      const next = await strategy.refreshRetryTokenForRetry(token, info).catch(() => undefined);
      if (next === undefined) throw thrown;
      token = next;
    }
  }
};

const serviceError = (statusCode: number, body: string, { decodeFailure }: LeanProtocol): Error => {
  const { name, message, more } = decodeFailure(body);
  const $fault = statusCode < 500 ? 'client' : 'server';
  return Object.assign(new Error(message), more, { name, $fault, $metadata: { httpStatusCode: statusCode } });
};

/** Whose the wire is. */
interface Line {
  readonly handler: SdkRequestHandler;
  readonly accessKeyId: string;
}

const senderOf = (client: Sender, protocol: LeanProtocol, options: ClientOptions, line: Line) => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${line.accessKeyId}/simulated`;
  return async (command: Command): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const { headers, body } = protocol.encode(operation, command.input);
    const request = { headers: { ...headers, authorization }, body };
    const attempt = async (): Promise<unknown> => {
      const { response } = await line.handler.handle(request);
      const answer = Buffer.from(response.body).toString('utf8');
      if (response.statusCode >= 300) throw serviceError(response.statusCode, answer, protocol);
      return protocol.decode(answer);
    };
    const strategy = await client.config.retryStrategy();
    return await withRetries(strategy, () => pacedAttempt(options, operation, attempt));
  };
};

/** Given a wire, returns what puts it under the clients of the services known here; every other client stays the SDK's. */
export const leanlyOver =
  (line: Line): Rewire =>
  (client, options) => {
    const sender = client as unknown as Sender;
    const protocol = PROTOCOLS[sender.config.serviceId];
    return protocol === undefined
      ? client
      : Object.assign(client, { send: senderOf(sender, protocol, options, line) });
  };
