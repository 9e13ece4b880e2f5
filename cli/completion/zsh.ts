import { type CommandWords, GLOBALS, inQuotes } from './words.ts';

type OptionWords = CommandWords['options'][number];

/** In the list of commands a colon ends the name alone. */
const described = ({ name, summary }: CommandWords): string => `    ${inQuotes(`${name}:${summary}`)}`;

/** A bracket ends an option's description. */
const inBrackets = (text: string): string => text.replaceAll(/[\\[\]]/g, '\\$&');

const actionOf = (value: NonNullable<OptionWords['value']>): string => {
  if (value === 'path') return '_files';
  return value === 'other' ? ' ' : `(${value.names.join(' ')})`;
};

const spec = ({ name, says, value }: OptionWords): string =>
  value === undefined
    ? inQuotes(`${name}[${inBrackets(says)}]`)
    : inQuotes(`${name}=[${inBrackets(says)}]:value:${actionOf(value)}`);

const ofCommand = ({ name, options, offers, takesPath }: CommandWords): readonly string[] => {
  const names = offers.length === 0 ? [] : [inQuotes(`*:argument:(${offers.join(' ')})`)];
  const files = takesPath ? [inQuotes('*:file:_files')] : [];
  const specs = [...options.map(spec), ...names, ...files];
  return [`    ${name}) _arguments $everywhere ${specs.join(' ')} ;;`];
};

/** What is not about tablekeeper goes to the function that completed npx before. */
const NPX = [
  '_tablekeeper_npx() {',
  '  local at=2',
  '  while (( at < CURRENT )) && [[ "$words[at]" == -* ]]; do (( at++ )); done',
  '  if (( at < CURRENT )) && [[ "$words[at]" == tablekeeper ]]; then',
  `    words=("\${(@)words[at,-1]}")`,
  '    (( CURRENT -= at - 1 ))',
  '    _tablekeeper',
  '  elif [[ -n "$_tablekeeper_npx_before" ]]; then eval "$_tablekeeper_npx_before"',
  '  else _default; fi',
  '}',
  '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }',
  'compdef _tablekeeper tablekeeper',
  `[[ "\${_comps[npx]}" == _tablekeeper_npx ]] || typeset -g _tablekeeper_npx_before="\${_comps[npx]}"`,
  'compdef _tablekeeper_npx npx',
];

/** Writes the completion of zsh. */
export const zshScript = (commands: readonly CommandWords[]): readonly string[] => [
  '_tablekeeper() {',
  '  local curcontext="$curcontext" state line',
  '  local -a commands everywhere',
  '  commands=(',
  ...commands.map(described),
  '  )',
  `  everywhere=(${[...GLOBALS.map(spec), "'--help[what may be typed]'"].join(' ')})`,
  "  _arguments -C $everywhere '--version[the version of the program]' '1: :->command' '*:: :->rest' && return",
  '  case "$state" in',
  '    command) _describe -t commands command commands; return ;;',
  `    rest) curcontext="\${curcontext%:*}-$words[1]:" ;;`,
  '    *) return 1 ;;',
  '  esac',
  '  case "$words[1]" in',
  ...commands.flatMap(ofCommand),
  '  esac',
  '}',
  ...NPX,
];
