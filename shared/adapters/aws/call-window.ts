import type { FinalizeHandler, MiddlewareStack } from '@smithy/types';
import { isoInstant, SECOND_MS } from '../../model/instant.ts';
import type { CallWindow } from '../../ports/engine.ts';
import type { Clock } from '../../ports/time.ts';

/** The least time that a response gets. A call whose turn comes later is not sent, because its result would not be known. */
export const LEAST_ANSWER_MS = SECOND_MS;

/** What the failure of such a call has for its code. */
export const OUT_OF_TIME_CODE = 'OutOfTime';

/** Thrown in place of a call for which no time is left: it was not made. */
export class OutOfTimeError extends Error {
  override readonly name = OUT_OF_TIME_CODE;
  constructor() {
    super('the time of this run ended before its turn');
  }
}

const cutShort = new WeakSet<Error>();

/** Notes that nothing but the end of the run's time keeps this failure of a call from being tried again, before it had failed for long. */
export const noteCutShort = (error: unknown): void => {
  if (error instanceof Error) cutShort.add(error);
};

export const isCutShort = (error: Error): boolean => cutShort.has(error);

/** Returns what a call throws that was not answered in its time: it may have been made. */
export const noAnswerInTime = (): Error =>
  Object.assign(new Error('no answer came in time'), { name: 'TimeoutError' });

/** The call did not leave: it was outside of its window when its turn came. */
export class CallWindowError extends Error {
  override readonly name = 'CallWindowError';
}

interface Command<Input extends object, Output extends object> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, 'add'>;
}

/**
 * SAFETY: Lets no attempt of a command leave outside of its window. The clock is read when the request is signed and about to leave, after every
 * wait for a token and for a retry; what holds it up after that, AWS refuses once its signature is five minutes old. Throws a
 * `CallWindowError` in place of the call, which certainly was not made.
 */
export const withinWindow = <
  Input extends object,
  Output extends object,
  Given extends Command<Input, Output>,
>(
  command: Given & Command<Input, Output>,
  clock: Clock,
  { from, until }: CallWindow,
): Given => {
  const guard =
    (next: FinalizeHandler<Input, Output>): FinalizeHandler<Input, Output> =>
    async (args) => {
      const now = clock.now();
      if (now >= from && now <= until) return await next(args);
      const turn = `its turn came at ${isoInstant(now)}`;
      throw new CallWindowError(
        now > until
          ? `${turn}, after the end of the run at ${isoInstant(until)}`
          : `${turn}: the clock was set back meanwhile`,
      );
    };
  command.middlewareStack.add(guard, { step: 'finalizeRequest', priority: 'low', name: 'callWindow' });
  return command;
};
