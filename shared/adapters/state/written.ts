import { FailureError, ownFailure } from '../../model/failure.ts';
import { failureOf } from '../aws/errors.ts';

/** Makes what is thrown where a call that writes to the state table failed, from what the call threw. */
export const unwritten = (operation: string, thrown: unknown): FailureError => {
  const because = failureOf(operation, thrown).failure;
  return new FailureError(
    ownFailure('state-unwritten', 'the state table could not be written', { because }),
    {
      cause: thrown,
    },
  );
};

/** Awaits a call that writes to the state table. Throws a `FailureError` where the service or the connection did not let it succeed. */
export const written = async <Output>(operation: string, call: Promise<Output>): Promise<Output> => {
  try {
    return await call;
  } catch (error) {
    throw unwritten(operation, error);
  }
};
