import type { Instant } from '../model/instant.ts';
import type { Clock } from '../ports/time.ts';

/** What to give up on work that does not end: an error that names what was not answered. */
export class NotInTimeError extends Error {
  override readonly name = 'NotInTimeError';
}

/** Returns what the work gives, or rejects with a `NotInTimeError` at that instant; the work then goes on unheard. */
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
