import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** One option of an npm script: as `parseArgs` takes it, with what it is for. */
export type ScriptOption = ParseArgsOptionsConfig[string] & {
  readonly says: string;
  readonly value?: string;
};

type ScriptOptions = Readonly<Record<string, ScriptOption>>;

type Values<Options extends ScriptOptions> = {
  readonly [Name in keyof Options]: Options[Name]['type'] extends 'boolean'
    ? boolean
    : Options[Name] extends { readonly default: string }
      ? string
      : string | undefined;
};

const USAGE = 2;

const helpOf = (usage: string, options: ScriptOptions): string => {
  const rows = Object.entries(options).map(
    ([name, { value, says }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, says] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length), 6);
  const lines = [...rows, ['--help', 'these lines'] as const].map(
    ([option, says]) => `  ${option.padEnd(width)}  ${says}`,
  );
  return `${usage}\n\n${lines.join('\n')}\n`;
};

const end = (code: number): never => process.exit(code);

/** Ends the script as a mistake of whoever typed it: one sentence, without a stack. */
export const refuse = (what: string): never => {
  process.stderr.write(`error: ${what}\n`);
  return end(USAGE);
};

/** Reads a whole number from `least`. Ends the script where it is none. */
export const wholeNumber = (option: string, text: string, least = 1): number => {
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least) return number;
  return refuse(`--${option} takes a whole number from ${least}, not ${JSON.stringify(text)}.`);
};

/**
 * Reads what was typed after an npm script. Prints the options for `--help`, and ends with one
 * sentence and code 2 for what it does not know.
 */
export const scriptOptions = <const Options extends ScriptOptions>(
  usage: string,
  options: Options,
  allowPositionals = false,
): { readonly values: Values<Options>; readonly positionals: readonly string[] } => {
  const known = Object.fromEntries(
    Object.entries<ScriptOption>(options).map(([name, { says: _, value: _value, ...option }]) => [
      name,
      option,
    ]),
  );
  const flags = Object.fromEntries(
    Object.entries(known).flatMap(([name, { type }]) => (type === 'boolean' ? [[name, false] as const] : [])),
  );
  try {
    const parsed = parseArgs({ options: { ...known, help: { type: 'boolean' } }, allowPositionals });
    if (parsed.values.help === true) {
      process.stdout.write(helpOf(usage, options));
      return end(0);
    }
    return { values: { ...flags, ...parsed.values } as Values<Options>, positionals: parsed.positionals };
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\n\n${helpOf(usage, options)}`);
  }
};
