import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { MiddlewareStack, RetryErrorType, RetryStrategyV2, SdkError } from '@smithy/types';
import type { ClientOptions, Rewire } from '../../shared/adapters/aws/clients.ts';
import { pacedAttempt } from '../../shared/adapters/aws/pacing.ts';
import type { ServiceName } from '../../sim/call.ts';
import { isServiceFailure, type ServiceFailure } from '../../sim/failure.ts';
import { receivedFrom, sentOver } from './lean-value.ts';
import type { Wire } from './wire.ts';

// Signatures, endpoints, schemas and texts are most of the cost of a simulated year. This hands the same commands to the account through the
// product's own retries and pacing, without the rest of the SDK; test/prove/lean-client.long.test.ts runs the same seeds both ways.

/** What is known here, by the SDK's names. */
export const SERVICES: Readonly<Record<string, ServiceName>> = {
  'Application Auto Scaling': 'autoscaling',
  Backup: 'backup',
  CloudWatch: 'cloudwatch',
  DynamoDB: 'dynamodb',
  IAM: 'iam',
  KMS: 'kms',
  Lambda: 'lambda',
  Pipes: 'pipes',
  'Resource Groups Tagging API': 'tagging',
  SNS: 'sns',
  STS: 'sts',
};

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
  /** What this one command brings with it, besides what its client does to all. */
  readonly middlewareStack: MiddlewareStack<object, object>;
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
export const withRetries = async (
  strategy: RetryStrategyV2,
  once: () => Promise<unknown>,
): Promise<unknown> => {
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

/** SNS and IAM send shorter codes than the SDK's names for them. */
const NAMES: Readonly<Record<string, string>> = {
  AuthorizationError: 'AuthorizationErrorException',
  InternalError: 'InternalErrorException',
  InvalidParameter: 'InvalidParameterException',
  NoSuchEntity: 'NoSuchEntityException',
  NotFound: 'NotFoundException',
};

/** The failure as the SDK would throw it. */
export const sdkError = ({ code, message, status, details }: ServiceFailure): Error =>
  Object.assign(new Error(message), details, {
    name: NAMES[code] ?? code,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });

/** Whose the wire is. */
interface Line {
  readonly wire: Pick<Wire, 'call'>;
  readonly accessKeyId: string;
}

/** As the SDK does, each attempt goes through what the command brings with it; nearly all bring nothing. */
export const throughOwn = (
  { middlewareStack, input }: Pick<Command, 'input' | 'middlewareStack'>,
  attempt: () => Promise<unknown>,
) => {
  if (middlewareStack.identify().length === 0) return attempt;
  const handler = middlewareStack.resolve(
    async () => ({ response: undefined, output: (await attempt()) as object }),
    {},
  );
  return async (): Promise<unknown> => (await handler({ input })).output;
};

const senderOf = (client: Sender, service: ServiceName, options: ClientOptions, line: Line) => {
  const caller = { accessKeyId: line.accessKeyId, userAgent: '', via: 'memory' as const };
  return async (command: Command): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const call = { service, operation, input: sentOver(command.input), caller };
    const attempt = async (): Promise<unknown> => {
      const answer = await line.wire.call(call, options.region);
      if (isServiceFailure(answer)) throw sdkError(answer);
      return receivedFrom(answer);
    };
    const strategy = await client.config.retryStrategy();
    return await withRetries(strategy, () => pacedAttempt(options, operation, throughOwn(command, attempt)));
  };
};

/** Creates a wrapper that puts a wire under the clients of the services known here; every other client stays the SDK's. */
export const bypassSdk =
  (line: Line): Rewire =>
  (client, options) => {
    const sender = client as unknown as Sender;
    const service = SERVICES[sender.config.serviceId];
    return service === undefined
      ? client
      : Object.assign(client, { send: senderOf(sender, service, options, line) });
  };
