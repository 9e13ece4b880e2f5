import type { FinalizeHandler, HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { CallCounter } from '../../ports/call-counter.ts';
import type { CallTime, Clock } from '../../ports/time.ts';
import { LEAST_ANSWER_MS, noAnswerInTime } from './call-window.ts';
import { isThrottling } from './errors.ts';
import type { Limiter } from './limiter.ts';

/** A call counter that can be written to. */
export interface CallRecorder extends CallCounter {
  sent(operation: string): void;
  throttled(operation: string): void;
}

const addOne = (counts: Map<string, number>, operation: string): void => {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
};

/** Creates a counter at zero. Operations that were never sent are not listed. */
export const createCallRecorder = (): CallRecorder => {
  const calls = new Map<string, number>();
  const throttles = new Map<string, number>();
  const followers: (() => void)[] = [];
  const count = (counts: Map<string, number>, operation: string): void => {
    addOne(counts, operation);
    for (const changed of followers) changed();
  };
  return {
    sent: (operation) => count(calls, operation),
    throttled: (operation) => count(throttles, operation),
    follow: (changed) => void followers.push(changed),
    reset: () => {
      calls.clear();
      throttles.clear();
    },
    counts: () =>
      [...calls]
        .map(([operation, count]) => ({ operation, calls: count, throttles: throttles.get(operation) ?? 0 }))
        .toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
  };
};

/** What paces, counts and bounds a client's calls. */
export interface Pacing {
  readonly limiter: Limiter;
  readonly recorder: CallRecorder;
  readonly clock: Clock;
  /** Until when calls may go on; without it an attempt alone is bounded. */
  readonly callTime?: CallTime;
}

/** Far longer than the sockets' own time-outs, which give a reason; this one ends what no socket notices. In milliseconds. */
const ATTEMPT_MS = MINUTE_MS;

const operationOf = ({ commandName = 'Unknown' }: HandlerExecutionContext): string =>
  commandName.replace(/Command$/, '');

/** Rejects where no answer came by that instant. What was sent may still be carried out. */
const answeredBy = <Output>(clock: Clock, until: Instant, attempt: () => Promise<Output>): Promise<Output> =>
  new Promise((resolve, reject) => {
    const stopWaiting = clock.after(until - clock.now(), () => reject(noAnswerInTime()));
    attempt().then(resolve, reject).finally(stopWaiting);
  });

/**
 * Makes one attempt at an operation: once there is a token for it, counted, no longer than its time, and the slower after it where AWS throttled
 * it. Throws an `OutOfTimeError` where its turn would come too late.
 */
export const pacedAttempt = async <Output>(
  { limiter, recorder, clock, callTime }: Pacing,
  operation: string,
  attempt: () => Promise<Output>,
): Promise<Output> => {
  const until = callTime?.until() ?? Number.POSITIVE_INFINITY;
  await limiter.take(operation, until - LEAST_ANSWER_MS);
  recorder.sent(operation);
  try {
    return await answeredBy(clock, Math.min(until, clock.now() + ATTEMPT_MS), attempt);
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
 * Creates an SDK plug-in that makes every attempt, retries included, wait for its token and be counted. It runs after the retry step and before
 * signing, so that a request is signed when it is sent and not when it was queued.
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
