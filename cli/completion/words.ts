import { type CliCommand, GLOBAL_OPTIONS } from '../command.ts';

/** What follows an option: one of a few names, a file or folder, or what only a person knows. */
export type Value = { readonly names: readonly string[] } | 'path' | 'other';

interface OptionWords {
  readonly name: string;
  readonly says: string;
  /** Left out where nothing follows. */
  readonly value?: Value;
}

/** What may be typed after one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** Its own options; those of every command are `GLOBALS`. */
  readonly options: readonly OptionWords[];
  /** What completion offers in the place of its argument. */
  readonly offers: readonly string[];
  /** Whether its argument may be a file. */
  readonly takesPath: boolean;
}

type CommanderOption = (typeof GLOBAL_OPTIONS)[number];

const isPath = (flags: string): boolean => flags.endsWith('<file>') || flags.endsWith('<folder>');

const followerOf = ({ argChoices, flags }: CommanderOption): Value => {
  if (argChoices !== undefined) return { names: argChoices };
  return isPath(flags) ? 'path' : 'other';
};

const optionWords = (option: CommanderOption): OptionWords => ({
  name: option.long ?? '',
  says: option.description,
  ...(option.required && { value: followerOf(option) }),
});

/** What may be typed before and after every command. */
export const GLOBALS: readonly OptionWords[] = GLOBAL_OPTIONS.map(optionWords);

/** Lists what may be typed after one command. */
export const wordsOf = (command: CliCommand): CommandWords => ({
  name: command.name,
  summary: command.summary,
  options: (command.options ?? []).map(optionWords),
  offers: command.offers?.() ?? command.argument?.argChoices ?? [],
  takesPath: ['file', 'offers'].includes(command.argument?.name() ?? ''),
});

/** Names the options that a value of this kind follows. */
export const taking = (
  options: readonly OptionWords[],
  kind: 'any' | Extract<Value, string>,
): readonly string[] =>
  options
    .filter(({ value }) => (kind === 'any' ? value !== undefined : value === kind))
    .map(({ name }) => name);

/** Puts a text into quotes of a shell. */
export const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
