import { UserError } from '../shared/model/errors.ts';

/** Builds the error of a file or folder that cannot be written; `what` is how its reader knows it: `the page`. */
export const cannotWrite = (
  { file, fix, what }: { readonly file: string; readonly fix: string; readonly what: string },
  cause: unknown,
): UserError =>
  new UserError(
    {
      code: 'cannot-write',
      what: `${what} cannot be written (${cause instanceof Error ? cause.message : String(cause)}).`,
      where: { file },
      fix,
    },
    { cause },
  );
