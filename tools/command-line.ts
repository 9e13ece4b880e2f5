import { createRequire } from 'node:module';
import { UserError } from '../shared/model/errors.ts';

/** What Serverless knows of one option of a command. */
interface OptionSchema {
  readonly type?: string;
  readonly shortcut?: string;
}

export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

/** What a person typed, as Serverless takes it. */
export interface Typed {
  /** Without the program. */
  readonly argv: readonly string[];
  /** What Serverless takes for the command: every word before the first option. */
  readonly commands: readonly string[];
  readonly options: OptionSchemas;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Schema {
  readonly boolean: ReadonlySet<string>;
  readonly string: ReadonlySet<string>;
  readonly multiple: ReadonlySet<string>;
  readonly alias: ReadonlyMap<string, string>;
}

/** Serverless's own parser: what it leaves over is silently dropped. */
const parseArgs = createRequire(import.meta.url)('serverless/lib/cli/parse-args.js') as (
  args: readonly string[],
  schema: Schema,
) => { readonly _: readonly string[] };

/** Options that npm takes for its own where `--` was forgotten; it passes none of them on. */
const TAKEN_BY_NPM = ['param', 'stage', 'region', 'aws-profile'];

const namesOf = (options: OptionSchemas, wanted: string): ReadonlySet<string> =>
  new Set(Object.entries(options).flatMap(([name, { type }]) => (type === wanted ? [name] : [])));

const schemaOf = (options: OptionSchemas): Schema => ({
  boolean: namesOf(options, 'boolean'),
  string: namesOf(options, 'string'),
  multiple: namesOf(options, 'multiple'),
  alias: new Map(
    Object.entries(options).flatMap(([name, { shortcut }]) => (shortcut ? [[shortcut, name] as const] : [])),
  ),
});

const strayIn = ({ argv, commands, options }: Typed): string | undefined => {
  const assigned = commands.find((word) => word.includes('='));
  if (assigned !== undefined) return assigned;
  const first = argv.findIndex((word) => word.startsWith('-'));
  return first === -1 ? undefined : parseArgs(argv.slice(first), schemaOf(options))._[0];
};

const stray = (word: string): UserError =>
  new UserError({
    code: 'stray-argument',
    what: `${JSON.stringify(word)} belongs to no option: it would be dropped.`,
    fix: word.includes('=')
      ? `Did you mean --param="${word}"?`
      : 'Write parameters as --param="NAME=VALUE", and words with spaces in quotes.',
  });

const npmTook = (option: string): UserError =>
  new UserError({
    code: 'taken-by-npm',
    what: `npm took --${option} for itself.`,
    fix: 'Put -- before the first option: npm run deploy -- --stage prod --param="NAME=VALUE".',
  });

/** Refuses what would be silently dropped: a word that belongs to no option, and an option that npm took. */
export const checkCommandLine = (typed: Typed): void => {
  const taken = TAKEN_BY_NPM.find((name) => typed.env[`npm_config_${name.replace('-', '_')}`] !== undefined);
  if (taken !== undefined) throw npmTook(taken);
  const word = strayIn(typed);
  if (word !== undefined) throw stray(word);
};
