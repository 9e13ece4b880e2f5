import type { MiddlewareStack, RetryStrategyV2 } from '@smithy/types';
import { SERVICES, sdkError, throughOwn, withRetries } from '../../prove/world/lean-client.ts';
import { receivedFrom, sentOver } from '../../prove/world/lean-value.ts';
import type { SimAccount } from '../../sim/account.ts';
import { connectedCall } from '../../sim/answer.ts';
import type { ServiceName } from '../../sim/call.ts';
import { isServiceFailure } from '../../sim/failure.ts';

/** One command of a built function's SDK client, before the SDK has done anything with it. */
export interface Line {
  readonly config: {
    readonly serviceId: string;
    readonly region: () => Promise<string>;
    readonly retryStrategy: () => Promise<RetryStrategyV2>;
    readonly credentials: () => Promise<{ readonly accessKeyId: string }>;
  };
  readonly operation: string;
  readonly input: object;
  /** What the command brings with it, besides what its client does to all. */
  readonly middlewareStack: MiddlewareStack<object, object>;
  /** Makes an error what the SDK of that function would throw. */
  readonly asThrown: (error: Error) => Error;
  /** Makes one attempt under the function's own pacing. */
  readonly paced: (attempt: () => Promise<unknown>) => Promise<unknown>;
}

/** Carries a command, or leaves it to the SDK. */
export type Wire = (line: Line) => Promise<unknown> | undefined;

const SHORT_WIRE = Symbol.for('tablekeeper-demo-short-wire');

const carry = async (account: SimAccount, service: ServiceName, line: Line): Promise<unknown> => {
  const { config, operation, input, asThrown, paced } = line;
  const { accessKeyId } = await config.credentials();
  const caller = { accessKeyId, userAgent: '', via: 'memory' as const };
  const there = account.state.regions.get(await config.region()) ?? account;
  const call = { service, operation, input: sentOver(input), caller };
  const attempt = async (): Promise<unknown> => {
    try {
      return receivedFrom(await connectedCall(there, call));
    } catch (error) {
      if (isServiceFailure(error)) throw asThrown(sdkError(error));
      throw error;
    }
  };
  return await withRetries(await config.retryStrategy(), () => paced(throughOwn(line, attempt)));
};

/**
 * Lets the SDK clients of the built functions hand their commands straight to the account: their own pacing and retries, no signatures, no
 * HTTP. Returns how to put the whole SDK back.
 */
export const shortenWire = (account: SimAccount): (() => void) => {
  const wire: Wire = (line) => {
    const service = SERVICES[line.config.serviceId];
    return service === undefined ? undefined : carry(account, service, line);
  };
  Object.assign(globalThis, { [SHORT_WIRE]: wire });
  return () => Reflect.deleteProperty(globalThis, SHORT_WIRE);
};
