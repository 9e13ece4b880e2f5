import { type Command, withCommands } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';

/** Services that are the same in every Region. */
const EVERYWHERE: readonly string[] = ['iam', 'organizations'];

const commandIn = (command: Command, region: string): Command => {
  const [program, service = '', ...options] = command;
  if (program === 'npm' && options.join(' ') === 'deploy') return [...command, '--', '--region', region];
  if (program !== 'aws' || EVERYWHERE.includes(service) || options.includes('--region')) return command;
  return [...command, '--region', region];
};

/**
 * Adds the inspected Region to every command of a fix, because the shell in which it is pasted may use another one, or
 * none. A command that already names a Region is unchanged.
 */
export const inRegion = (diagnosis: Diagnosis, region: string): Diagnosis =>
  diagnosis.fix === undefined
    ? diagnosis
    : { ...diagnosis, fix: withCommands(diagnosis.fix, (command) => commandIn(command, region)) };
