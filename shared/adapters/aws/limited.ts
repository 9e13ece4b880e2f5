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

const paced =
  ({ limiter, recorder }: Pacing) =>
  <Input extends object, Output extends MetadataBearer>(
    next: FinalizeHandler<Input, Output>,
    context: HandlerExecutionContext,
  ): FinalizeHandler<Input, Output> =>
  async (args) => {
    const operation = operationOf(context);
    await limiter.take(operation);
    recorder.sent(operation);
    try {
      return await next(args);
    } catch (error) {
      if (isThrottling(error)) {
        recorder.throttled(operation);
        limiter.slowDown(operation);
      }
      throw error;
    }
  };

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
