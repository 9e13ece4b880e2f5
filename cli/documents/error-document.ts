import { type UserError, UserErrors } from '../../shared/model/errors.ts';

/** Given a code and a message, returns the document of a command that has no answer. */
export const errorDocument = (code: string, message: string) => ({ errors: [{ code, message }] });

const mistake = ({ content: { code, where, what, fix }, message }: UserError) => ({
  code,
  message,
  ...(where !== undefined && { file: where.file, line: where.line, column: where.column }),
  what,
  fix,
});

/** Given a person's mistakes, returns their document: each with its code, its place where it has one, what is wrong and what to do. */
export const mistakesDocument = (error: UserError) => ({
  errors: (error instanceof UserErrors ? error.errors : [error]).map(mistake),
});
