import type { CliCommand } from './command.ts';
import { GLOBAL_OPTIONS } from './command.ts';

/** The shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Words {
  readonly name: string;
  readonly summary: string;
  /** Each option as it is typed, with what it is for. */
  readonly options: readonly (readonly [string, string])[];
  /** What may be typed after the name. */
  readonly choices: readonly string[];
}

const wordsOf = ({ name, summary, argument, options = [] }: CliCommand): Words => ({
  name,
  summary,
  options: [...options, ...GLOBAL_OPTIONS].map(({ long, description }) => [long ?? '', description]),
  choices: argument?.argChoices ?? [],
});

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A colon ends the word in zsh's lists, and a bracket an option's description. */
const forZsh = (text: string): string => text.replaceAll(/[:[\]]/g, ' ');

const bash = (commands: readonly Words[]): readonly string[] => [
  '_tablekeeper() {',
  `  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words`,
  '  case "$before" in --policies|--prices|--out) COMPREPLY=($(compgen -f -- "$word")); return ;; esac',
  '  if [ "$COMP_CWORD" -eq 1 ]; then',
  `    words=${inQuotes([...commands.map(({ name }) => name), '--help', '--version'].join(' '))}`,
  '  else',
  `    case "\${COMP_WORDS[1]}" in`,
  ...commands.map(
    ({ name, options, choices }) =>
      `      ${name}) words=${inQuotes([...choices, ...options.map(([option]) => option), '--help'].join(' '))} ;;`,
  ),
  '    esac',
  '  fi',
  '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
  '}',
  'complete -o default -F _tablekeeper tablekeeper',
];

const zsh = (commands: readonly Words[]): readonly string[] => [
  '#compdef tablekeeper',
  '_tablekeeper() {',
  '  local -a commands',
  '  commands=(',
  ...commands.map(({ name, summary }) => `    ${inQuotes(`${name}:${forZsh(summary)}`)}`),
  '  )',
  '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
  '  case "$words[2]" in',
  ...commands.map(({ name, options, choices }) => {
    const flags = options.map(([option, says]) => inQuotes(`${option}[${forZsh(says)}]`));
    const values = choices.length === 0 ? [] : [inQuotes(`*:argument:(${choices.join(' ')})`)];
    return `    ${name}) _arguments ${[...flags, ...values].join(' ')} ;;`;
  }),
  '  esac',
  '}',
  'compdef _tablekeeper tablekeeper',
];

const fish = (commands: readonly Words[]): readonly string[] =>
  commands.flatMap(({ name, summary, options, choices }) => [
    `complete -c tablekeeper -n __fish_use_subcommand -f -a ${name} -d ${inQuotes(summary)}`,
    ...choices.map(
      (choice) => `complete -c tablekeeper -n '__fish_seen_subcommand_from ${name}' -f -a ${choice}`,
    ),
    ...options.map(
      ([option, says]) =>
        `complete -c tablekeeper -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)} -d ${inQuotes(says)}`,
    ),
  ]);

/** Writes the script that makes a shell complete these commands and their options. */
export const completionScript = (shell: Shell, commands: readonly CliCommand[]): readonly string[] => {
  const words = commands.map(wordsOf);
  return { bash, zsh, fish }[shell](words);
};
