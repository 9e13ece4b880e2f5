import { type Advice, type Command, stepsOf } from '../../shared/model/advice.ts';
import { commandText, isShown, NOT_SHOWN } from '../../shared/model/shell.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

/** Commands stand on lines of their own and are never broken, so that they can be copied. */
const commandLines = (command: Command, indent: string, screen: Screen): readonly string[] =>
  isShown(command) ? [`${indent}${commandText(command)}`] : paragraph(NOT_SHOWN, indent, screen);

/** Formats advice as lines behind an indent, with its commands further in. */
export const adviceLines = (advice: Advice, indent: string, screen: Screen): readonly string[] =>
  stepsOf(advice).flatMap(({ say, commands }) => [
    ...paragraph(say, indent, screen),
    ...commands.flatMap((command) => commandLines(command, `${indent}  `, screen)),
  ]);
