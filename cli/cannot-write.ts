import { UserError } from '../shared/model/errors.ts';

/** There is no room: another name would not help. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

const isFull = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && FULL.includes(cause.code);

/** Builds the error of a file or folder that cannot be written; `what` is how its reader knows it: `the page`. */
export const cannotWrite = (
  { file, fix, what }: { readonly file: string; readonly fix: string; readonly what: string },
  cause: unknown,
): UserError =>
  new UserError(
    {
      code: isFull(cause) ? 'disk-full' : 'cannot-write',
      what: `${what} cannot be written (${cause instanceof Error ? cause.message : String(cause)}).`,
      where: { file },
      fix: isFull(cause) ? 'Make room where it is written, and try again.' : fix,
    },
    { cause },
  );
