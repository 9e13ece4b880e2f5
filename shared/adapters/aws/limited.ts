import type { FinalizeHandler, HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import type { CallRecorder } from './call-recorder.ts';
import { isThrottling } from './errors.ts';
import type { Limiter } from './limiter.ts';

/** What paces and counts a client's calls. */
export interface Pacing {
  readonly limiter: Limiter;
  readonly recorder: CallRecorder;
}

const operationOf = ({ commandName = 'Unknown' }: HandlerExecutionContext): string =>
  commandName.replace(/Command$/, '');

/** Given an operation, makes one attempt at it: once there is a token for it, counted, and the slower for it where AWS throttled it. */
export const pacedAttempt = async <Output>(
  { limiter, recorder }: Pacing,
  operation: string,
  attempt: () => Promise<Output>,
): Promise<Output> => {
  await limiter.take(operation);
  recorder.sent(operation);
  try {
    return await attempt();
  } catch (error) {
    if (isThrottling(error)) {
      recorder.throttled(operation);
      limiter.slowDown(operation);
    }
    throw error;
  }
};

const paced =
  (pacing: Pacing) =>
  <Input extends object, Output extends MetadataBearer>(
    next: FinalizeHandler<Input, Output>,
    context: HandlerExecutionContext,
  ): FinalizeHandler<Input, Output> =>
  (args) =>
    pacedAttempt(pacing, operationOf(context), () => next(args));

/**
 * Given a limiter and a recorder, returns an SDK plug-in that makes every attempt, retries included, wait for its token and be counted.
 * It stands behind the retries and before the signature, so that a request is signed when it leaves and not when it queued up.
 */
export const limitedPlugin = <Input extends object, Output extends MetadataBearer>(
  pacing: Pacing,
): Pluggable<Input, Output> => ({
  applyToStack: (stack) => {
    stack.addRelativeTo(paced(pacing), {
      name: 'pacedMiddleware',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
      override: true,
    });
  },
});
