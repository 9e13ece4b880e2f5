import type { Instant } from '../model/instant.ts';
import type { Clock } from '../ports/time.ts';

/** The error of work that did not end in time; it names what was not answered. */
export class NotInTimeError extends Error {
  override readonly name = 'NotInTimeError';
}

/**
 * Waits for the work until that instant, then rejects with a `NotInTimeError`. The work continues
 * and its result is ignored.
 */
export const inTime = <Value>(
  clock: Pick<Clock, 'after' | 'now'>,
  until: Instant,
  work: () => Promise<Value>,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const stopWaiting = clock.after(until - clock.now(), () =>
      reject(new NotInTimeError('no answer came before the run had to end')),
    );
    work().then(resolve, reject).finally(stopWaiting);
  });
