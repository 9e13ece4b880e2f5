import type { FinalizeHandler, MiddlewareStack } from '@smithy/types';
import { isoInstant } from '../../model/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallWindow } from '../../ports/engine.ts';

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
