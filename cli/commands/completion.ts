import { FINE } from '../answer.ts';
import { type CliCommand, choiceOf } from '../command.ts';
import { completionScript, SHELLS, type Shell } from '../completion/script.ts';

const SHELL = choiceOf('<shell>', SHELLS.join(', '), SHELLS);

/** Creates the command that prints completion for these commands and itself. */
export const completionCommand = (commands: readonly CliCommand[]): CliCommand<{ readonly shell: Shell }> => {
  const command: CliCommand<{ readonly shell: Shell }> = {
    name: 'completion',
    summary: 'print the completion of a shell; needs no AWS',
    argument: SHELL,
    run: async (_, { shell }) => {
      const lines = completionScript(shell, [...commands, command]);
      return { exitCode: FINE, lines, document: { command: 'completion', shell, script: lines }, notes: [] };
    },
  };
  return command;
};
