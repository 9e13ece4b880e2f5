import { type CommandWords, GLOBALS, taking } from './words.ts';

type OptionWords = CommandWords['options'][number];

/** Inside quotes fish takes a backslash before a quote. */
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** Names the command that was typed, or nothing before one is; fails where the line is about another program. */
const FUNCTIONS = [
  'function __tablekeeper_command',
  '    set -l words (commandline -opc)',
  '    if string match -q -r \'(^|/)npx$\' -- "$words[1]"',
  '        set -e words[1]',
  '        while string match -q -- \'-*\' "$words[1]"',
  '            set -e words[1]',
  '        end',
  '        test "$words[1]" = tablekeeper; or return 1',
  '    end',
  '    set -e words[1]',
  '    while set -q words[1]',
  '        switch $words[1]',
  `            case ${taking(GLOBALS, 'any').join(' ')}`,
  '                set -e words[1]',
  "            case '-*'",
  "            case '*'",
  '                echo $words[1]',
  '                return',
  '        end',
  '        set -q words[1]; and set -e words[1]',
  '    end',
  '    return 0',
  'end',
  'function __tablekeeper_in -a command',
  '    set -l typed (__tablekeeper_command); or return',
  '    test "$typed" = "$command"',
  'end',
];

const valueArguments = (value: OptionWords['value']): string => {
  if (value === undefined) return '';
  if (value === 'path') return ' -r -F';
  return value === 'other' ? ' -x' : ` -x -a ${quoted(value.names.join(' '))}`;
};

const optionLine = ({ name, says, value }: OptionWords): string =>
  `-l ${name.slice(2)}${valueArguments(value)} -d ${quoted(says)}`;

const HELP: OptionWords = { name: '--help', says: 'what may be typed' };
const VERSION: OptionWords = { name: '--version', says: 'the version of the program' };

const ofCommand = ({ name, options, offers, takesPath }: CommandWords): readonly string[] => {
  const lines = [
    ...(takesPath ? ['-F'] : ['-f']),
    ...(offers.length === 0 ? [] : [`-a ${quoted(offers.join(' '))}`]),
    ...[...options, ...GLOBALS, HELP].map(optionLine),
  ];
  return lines.map((line) => `-n ${quoted(`__tablekeeper_in ${name}`)} ${line}`);
};

const beforeCommand = (commands: readonly CommandWords[]): readonly string[] =>
  [
    '-f',
    ...commands.map(({ name, summary }) => `-a ${name} -d ${quoted(summary)}`),
    ...[...GLOBALS, HELP, VERSION].map(optionLine),
  ].map((line) => `-n ${quoted("__tablekeeper_in ''")} ${line}`);

/** Writes the completion of fish, which adds to what completes npx already. */
export const fishScript = (commands: readonly CommandWords[]): readonly string[] => {
  const lines = [...beforeCommand(commands), ...commands.flatMap(ofCommand)];
  const programs = ['tablekeeper', 'npx'];
  return [
    ...FUNCTIONS,
    ...programs.flatMap((program) => lines.map((line) => `complete -c ${program} ${line}`)),
  ];
};
