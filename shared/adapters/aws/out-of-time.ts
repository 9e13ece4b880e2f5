import { SECOND_MS } from '../../model/instant.ts';

/** What an answer is given at the least. A call whose turn comes later is not made: nobody would know what came of it. */
export const LEAST_ANSWER_MS = SECOND_MS;

/** Thrown in place of a call for which no time is left: it was not made. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTime';
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
