import { type Advice, type Command, stepsOf } from '../../shared/model/advice.ts';
import { commandText, isShown, NOT_SHOWN } from '../../shared/model/shell.ts';
import type { Screen } from './colour.ts';
import { brokenLines, paragraph } from './paragraph.ts';

/** Writes a command as it acts where this session does. */
export const shownCommand = (command: Command, { complete }: Screen): string =>
  commandText(complete?.(command) ?? command);

/** Formats a command on a line of its own, which is never broken, so that it can be copied. */
export const commandLines = (command: Command, indent: string, screen: Screen): readonly string[] =>
  isShown(command) ? [`${indent}${shownCommand(command, screen)}`] : paragraph(NOT_SHOWN, indent, screen);

/** Formats advice as lines behind an indent, with its commands further in. */
export const adviceLines = (advice: Advice, indent: string, screen: Screen): readonly string[] =>
  stepsOf(advice).flatMap(({ say, commands }) => [
    ...paragraph(say, indent, screen),
    ...commands.flatMap((command) => commandLines(command, `${indent}  `, screen)),
  ]);

/** Formats advice behind a mark such as `- `: what follows its first line stands below the first word. */
export const markedAdvice = (mark: string, advice: Advice, screen: Screen): readonly string[] => {
  const { say, commands, next = [] } = advice;
  const indent = ' '.repeat(mark.length);
  const [first = '', ...rest] = brokenLines(say, { first: mark.length, hang: mark.length }, screen);
  return [
    `${mark}${first}`,
    ...rest.map((line) => `${indent}${line}`),
    ...adviceLines({ say: '', commands, next }, indent, screen),
  ];
};
