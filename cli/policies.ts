import { readFile } from 'node:fs/promises';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { advise, type Said } from '../shared/model/advice.ts';
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

const OTHER_FILE = 'Give the policy file with --policies FILE.';

/** Where there is none yet, one is begun with. */
const BEGIN = advise('Give the policy file with --policies FILE, or begin with one:', [
  'tablekeeper',
  'init',
]);

const cannotRead = (file: string, what: string, fix: Said, cause?: unknown): UserError =>
  new UserError({ code: 'no-policy-file', what, where: { file }, fix }, { cause });

const readBytes = async ({ options, terminal }: Session, file: string): Promise<Uint8Array> => {
  if (file === '-') return await terminal.readInput();
  try {
    return await readFile(file);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    const what = WHAT[code] ?? `The file cannot be read (${code}).`;
    const isMissing = code === 'ENOENT' && file === options.policies;
    throw cannotRead(file, what, isMissing ? BEGIN : OTHER_FILE, error);
  }
};

type Pair = readonly (number | undefined)[] | undefined;

const isNothing = (pair: Pair): boolean => pair?.every((byte) => byte === 0) === true;

const isPlain = (pair: Pair): boolean =>
  pair?.every((byte) => byte !== undefined && byte >= 0x20 && byte < 0x7f) === true;

/** Both orders of bytes, with the mark that editors write, and the usual first letters without it. */
const isUtf16 = (bytes: Uint8Array): boolean => {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const [low, high] = [0, 1].map((offset) => [bytes[offset], bytes[offset + 2]]);
  return (isNothing(high) && isPlain(low)) || (isNothing(low) && isPlain(high));
};

/** Its little mark begins with that of UTF-16. */
const isUtf32 = (bytes: Uint8Array): boolean => {
  const [first, second, third, fourth] = bytes;
  const isPlainLetter = (letter: number | undefined, ...zeros: Pair & object): boolean =>
    isNothing(zeros) && letter !== undefined && letter >= 0x20 && letter < 0x7f;
  return (
    (first === 0xff && second === 0xfe && isNothing([third, fourth])) ||
    (third === 0xfe && fourth === 0xff && isNothing([first, second])) ||
    isPlainLetter(first, second, third, fourth) ||
    isPlainLetter(fourth, first, second, third)
  );
};

const notUtf8 = (form: 'UTF-16' | 'UTF-32', file: string): UserError =>
  new UserError({
    code: 'not-utf-8',
    what: `The file is written in ${form}.`,
    where: { file },
    fix: advise('Save it as UTF-8 where the editor saves, or with this, which prints it:', [
      ...['iconv', '-f', form, '-t', 'UTF-8', file],
    ]),
  });

const textIn = (bytes: Uint8Array, file: string): string => {
  if (isUtf32(bytes)) throw notUtf8('UTF-32', file);
  if (isUtf16(bytes)) throw notUtf8('UTF-16', file);
  return new TextDecoder().decode(bytes);
};

/**
 * Reads a policy file, or standard input for `-`. Throws a `UserError` if there is no file to read, and `UserErrors` with
 * every mistake in it; the text is then among the session's sources.
 */
export const readPolicies = async (session: Session, file: string): Promise<Policies> => {
  const text = textIn(await readBytes(session, file), file);
  session.sources.set(file, text);
  return loadPolicies(text, file, session.options.policyTag);
};

/** Names the file that a command is about: the one that was typed as its argument, which commands that are shown then name, or that of `--policies`. What was read from standard input is not there any more. */
export const chosenFile = ({ here, options }: Session, argument: string | undefined): string => {
  if (argument !== undefined && argument !== '-') here.policies = argument;
  return argument ?? options.policies;
};
