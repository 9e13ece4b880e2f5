import type { CliCommand } from '../command.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { wordsOf } from './words.ts';
import { zshScript } from './zsh.ts';

/** The shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const WRITERS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * Writes the script that makes a shell complete these commands and their options, after `tablekeeper` and after `npx tablekeeper`. SAFETY: it
 * starts no program: what stands in a folder, or in a registry under this name, is never run by a completion.
 */
export const completionScript = (shell: Shell, commands: readonly CliCommand[]): readonly string[] =>
  WRITERS[shell](commands.map(wordsOf));
