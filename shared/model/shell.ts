import { type Advice, type Command, stepsOf } from './advice.ts';

/** What no shell takes for anything but itself, wherever it stands. `=` at the start is a command's path in zsh. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** What nobody sees, or what breaks the line. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Between single quotes a shell takes everything as it is but the quote itself. */
const shellWord = (argument: string): string =>
  PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Quotes the words of a command so that every POSIX shell gives the program just these. What an older version wrote as one line is one word
 * and stays as it is.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 (checked 2026-11-28)
 */
export const shellWords = (command: Command): readonly string[] =>
  command.length > 1 ? command.map(shellWord) : command;

/** Writes a command on one line that can be pasted into a shell. */
export const commandText = (command: Command): string => shellWords(command).join(' ');

/** Whether people see all of a command. One with a sign in it that shows as nothing, or as something else, is not to be pasted. */
export const isShown = (command: Command): boolean => !command.some((word) => UNSHOWN.test(word));

/** What stands in the place of a command that is not shown. */
export const NOT_SHOWN =
  'A command with signs that cannot be shown is left out here; the command line has it with --json.';

/** Writes advice as one line, for logs and programs. Where people read it, its commands stand on lines of their own. */
export const adviceLine = (advice: Advice): string =>
  stepsOf(advice)
    .map(({ say, commands }) => [say, commands.map(commandText).join(' and ')].filter(Boolean).join(' '))
    .join('. ');
