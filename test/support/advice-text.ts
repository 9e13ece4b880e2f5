import { type Advice, advise, stepsOf } from '../../shared/model/advice.ts';
import { commandText } from '../../shared/model/shell.ts';

/** Writes advice as one text, with its commands on lines of their own. */
export const adviceText = (advice: Advice | undefined): string =>
  stepsOf(advice ?? advise(''))
    .flatMap(({ say, commands }) => [say, ...commands.map((command) => `  ${commandText(command)}`)])
    .filter((line) => line !== '')
    .join('\n');

/** The words of a command that holds no spaces but between them. */
export const commandOf = (text: string): readonly string[] => text.split(' ');
