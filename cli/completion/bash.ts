import { type CommandWords, GLOBALS, inQuotes, taking, type Value } from './words.ts';

const list = (words: readonly string[]): string => inQuotes(words.join(' '));

const afterAny = (kind: Extract<Value, string>): readonly string[] =>
  taking(GLOBALS, kind).map((name) => `*${inQuotes(` ${name}`)}`);

/** Patterns of a command and the option before the cursor, whose value is of this kind. */
const after = (commands: readonly CommandWords[], kind: Extract<Value, string>): string =>
  [
    ...afterAny(kind),
    ...commands.flatMap(({ name, options }) =>
      taking(options, kind).map((option) => inQuotes(`${name} ${option}`)),
    ),
  ].join('|');

const namedValues = (commands: readonly CommandWords[]): readonly string[] =>
  commands.flatMap(({ name, options }) =>
    options.flatMap(({ name: option, value }) =>
      typeof value === 'object'
        ? [`    ${inQuotes(`${name} ${option}`)}) words=${list(value.names)}; files=no ;;`]
        : [],
    ),
  );

const ofCommand = ({ name, options, offers, takesPath }: CommandWords): string => {
  const words = [...offers, ...[...options, ...GLOBALS].map((option) => option.name), '--help'];
  return `    ${inQuotes(name)}' '*) words=${list(words)}; files=${takesPath ? 'yes' : 'no'} ;;`;
};

const beforeCommand = (commands: readonly CommandWords[]): string =>
  list([...commands.map(({ name }) => name), ...GLOBALS.map(({ name }) => name), '--help', '--version']);

/** Offers words in the line from the place where the program stands. `=` is a word of its own to bash. */
const worker = (commands: readonly CommandWords[]): readonly string[] => [
  '_tablekeeper_after() {',
  `  local at=$1 command= words= files=no word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"`,
  `  if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi`,
  '  for ((at++; at < COMP_CWORD; at++)); do',
  `    case "\${COMP_WORDS[at]}" in`,
  `      ${taking(GLOBALS, 'any').join('|')}) [ "\${COMP_WORDS[at+1]}" = = ] && ((at++)); ((at++)) ;;`,
  '      -*) ;;',
  `      *) command="\${COMP_WORDS[at]}"; break ;;`,
  '    esac',
  '  done',
  '  case "$command $before" in',
  ...namedValues(commands),
  `    ${after(commands, 'path')}) files=yes ;;`,
  `    ${after(commands, 'other')}) ;;`,
  ...commands.map(ofCommand),
  `    ' '*) words=${beforeCommand(commands)} ;;`,
  '  esac',
  '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
  '  # Where no word fits, readline offers files. Bash 3 has no compopt, and offers them always.',
  '  if [ "$files" = yes ]; then compopt -o default 2>/dev/null; else compopt +o default 2>/dev/null; fi',
  '}',
];

const ENTRIES = [
  '_tablekeeper() { _tablekeeper_after 0; }',
  'complete -o default -F _tablekeeper tablekeeper',
  '# After npx: what is not about tablekeeper goes to the function that completed npx before.',
  '_tablekeeper_npx() {',
  '  local at=1',
  `  while [ "$at" -lt "$COMP_CWORD" ] && [[ "\${COMP_WORDS[at]}" == -* ]]; do ((at++)); done`,
  `  if [ "$at" -lt "$COMP_CWORD" ] && [ "\${COMP_WORDS[at]}" = tablekeeper ]; then _tablekeeper_after "$at"`,
  '  elif [ -n "$_tablekeeper_npx_before" ]; then "$_tablekeeper_npx_before" "$@"',
  '  else COMPREPLY=(); fi',
  '}',
  'complete -p npx >/dev/null 2>&1 || _completion_loader npx >/dev/null 2>&1',
  '_tablekeeper_npx_was=$(complete -p npx 2>/dev/null)',
  'case "$_tablekeeper_npx_was" in',
  "  *' -F _tablekeeper_npx '*) ;;",
  "  '') complete -o default -F _tablekeeper_npx npx ;;",
  "  *' -F '*)",
  `    _tablekeeper_npx_before=\${_tablekeeper_npx_was##* -F }`,
  `    _tablekeeper_npx_before=\${_tablekeeper_npx_before%% *}`,
  `    eval "\${_tablekeeper_npx_was/ -F $_tablekeeper_npx_before / -F _tablekeeper_npx }" ;;`,
  'esac',
  'unset _tablekeeper_npx_was',
];

/** Writes the completion of bash, from 3.2. */
export const bashScript = (commands: readonly CommandWords[]): readonly string[] => [
  ...worker(commands),
  ...ENTRIES,
];
