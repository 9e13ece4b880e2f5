import { type Check, isText, listOf, narrowed, optional, shape } from './shape.ts';

/**
 * A program and its arguments, each as the program gets it. One entry without any argument is a whole line as an older version wrote it:
 * it is shown as it is.
 */
export type Command = readonly string[];

/** What to do in words, and the commands that do it in the order in which they are shown; empty where the words are enough. */
export interface AdviceStep {
  readonly say: string;
  readonly commands: readonly Command[];
}

/** What to do. Most advice is one step. */
export interface Advice extends AdviceStep {
  /** The steps after the first, where words and commands alternate; absent where there are none. */
  readonly next?: readonly AdviceStep[];
}

/** Makes advice of one step. */
export const advise = (say: string, ...commands: readonly Command[]): Advice => ({ say, commands });

/** What to do: words alone, or advice where there is a command in it. */
export type Said = Advice | string;

/** Returns what is said as advice, whichever way it is written. */
export const asAdvice = (said: Said): Advice => (typeof said === 'string' ? advise(said) : said);

/** Adds steps at the end of advice. */
export const followedBy = ({ next = [], ...first }: Advice, ...steps: readonly AdviceStep[]): Advice => {
  const all = [...next, ...steps];
  return { ...first, ...(all.length > 0 && { next: all }) };
};

/** Lists the steps of advice in their order. */
export const stepsOf = ({ say, commands, next = [] }: Advice): readonly AdviceStep[] => [
  { say, commands },
  ...next,
];

/** Changes every command of advice and leaves its words. */
export const withCommands = ({ next, ...first }: Advice, change: (command: Command) => Command): Advice => {
  const changed = ({ say, commands }: AdviceStep): AdviceStep => ({ say, commands: commands.map(change) });
  return { ...changed(first), ...(next && { next: next.map(changed) }) };
};

const isCommand = narrowed(listOf(isText), ({ length }) => length > 0);
const STEP = { say: isText, commands: listOf(isCommand) };

const isAdvice = shape<Advice>({ ...STEP, next: optional(listOf(shape<AdviceStep>(STEP))) });

/** Takes advice, and the text that version 0.1.0 wrote for it. */
export const isWrittenAdvice: Check<Advice | string> = (value): value is Advice | string =>
  isText(value) || isAdvice(value);

/** Where that text goes over from words to commands, or to words again. */
const stepsIn = (lines: readonly string[]): readonly AdviceStep[] => {
  const steps: AdviceStep[] = [];
  for (const line of lines) {
    const last = steps.at(-1);
    if (!line.startsWith('  ')) steps.push({ say: line, commands: [] });
    else if (last === undefined) steps.push({ say: '', commands: [[line.trim()]] });
    else steps[steps.length - 1] = { ...last, commands: [...last.commands, [line.trim()]] };
  }
  return steps;
};

/** Reads advice that any version wrote. Version 0.1.0 wrote one text, with commands on lines indented by two spaces. */
export const readAdvice = (written: Advice | string): Advice => {
  if (!isText(written)) return written;
  const [first, ...next] = stepsIn(written.split('\n').filter((line) => line.trim() !== ''));
  return followedBy(first ?? advise(''), ...next);
};
