import { readFile } from 'node:fs/promises';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import type { Session } from './session.ts';

const WHAT: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EACCES: 'The file may not be read.',
  EISDIR: 'This is a folder.',
};

/** The code of the system's own errors, such as `ENOENT`. */
const systemCodeOf = (thrown: unknown): string | undefined => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return /^E[A-Z]+$/.test(code) ? code : undefined;
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    const what = WHAT[code] ?? `The file cannot be read (${code}).`;
    const fix = 'Give the policy file with --policies FILE.';
    throw new UserError({ code: 'no-policy-file', what, where: { file }, fix }, { cause: error });
  }
};

/**
 * Reads a policy file. Throws a `UserError` if there is no file to read, and `UserErrors` with
 * every mistake in it; the text is then among the session's sources.
 */
export const readPolicies = async ({ sources }: Session, file: string): Promise<Policies> => {
  const text = await readText(file);
  sources.set(file, text);
  return loadPolicies(text, file);
};
