import { type UserError, UserErrors } from '../../shared/model/errors.ts';
import { adviceLine } from '../../shared/model/shell.ts';

/** Builds the document of a command that has no answer. */
export const errorDocument = (code: string, message: string) => ({ errors: [{ code, message }] });

const mistake = ({ content: { code, where, what, fix, facts }, message }: UserError) => ({
  code,
  message,
  ...(where !== undefined && { file: where.file, line: where.line, column: where.column }),
  what,
  ...(typeof fix === 'string' ? { fix } : { fix: adviceLine(fix), advice: fix }),
  ...facts,
});

/**
 * Builds the document of a person's mistakes: each with its code, its place if any, what is wrong
 * and what to do, then whatever else is known of it.
 */
export const mistakesDocument = (error: UserError) => ({
  errors: (error instanceof UserErrors ? error.errors : [error]).map(mistake),
});
