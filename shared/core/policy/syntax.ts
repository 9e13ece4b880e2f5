import { type Document, isScalar, type Pair, visit } from 'yaml';
import type { Advice, Mistake } from './mistake.ts';
import { offsetOf, type Placed } from './place.ts';

/** The most of a line that is readable in a sentence. */
const REST_CHARS = 200;

/** Returns the rest of the line from an offset, limited to what a sentence can use. */
export const restOfLine = (text: string, offset: number): string =>
  text.slice(offset, offset + REST_CHARS).split('\n', 1)[0] ?? '';

const keyValue = ({ key }: Pair<unknown, unknown>): unknown => (isScalar(key) ? key.value : key);

const placed = ({ key }: Pair<unknown, unknown>, text: string): Placed => {
  const offset = offsetOf(key) ?? 0;
  const rest = restOfLine(text, offset);
  return { mistake: syntaxMistake({ code: 'DUPLICATE_KEY', message: '', rest }), offset };
};

/**
 * Finds every key that is already in its map. The parser would compare each key with every other, which takes minutes for a file of a megabyte. Keys
 * are equal when their values are: `1` and `"1"` are different.
 */
export const duplicates = (document: Document.Parsed, text: string): readonly Placed[] => {
  const found: Placed[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const pair of items) {
        if (seen.has(keyValue(pair))) found.push(placed(pair, text));
        seen.add(keyValue(pair));
      }
    },
  });
  return found;
};

/** The part of a YAML parser's error that an explanation needs. */
export interface SyntaxProblem {
  readonly code: string;
  readonly message: string;
  /** The rest of the line it begins on. */
  readonly rest: string;
}

const KEY = /^["']?([^"':\s]+)/;

// A cron without quotes that begins with a star reads as an alias, and its first field may be its
// whole name.
const STAR = /^\*[\s/,]|^\*$/;

const UNQUOTED_STAR: Advice = {
  what: 'A value that begins with * needs quotes.',
  fix: 'Write it as schedule: "*/30 * * * *".',
};
const YAML_FIX = 'Write settings as name: value, indented with spaces.';

const KNOWN: Readonly<Record<string, Advice>> = {
  TAB_AS_INDENT: { what: 'This line is indented with a tab.', fix: 'Indent with spaces.' },
  MULTIPLE_DOCS: { what: 'A second document begins here.', fix: 'Remove the line ---.' },
  RESOURCE_EXHAUSTION: { what: 'This is nested too deeply.', fix: YAML_FIX },
};

/** Words a problem of the YAML parser for a user. */
export const syntaxMistake = ({ code, message, rest }: SyntaxProblem): Mistake => {
  if (code === 'DUPLICATE_KEY') {
    const what = `${KEY.exec(rest)?.[1] ?? 'This key'} stands here twice.`;
    return { code: 'policies-duplicate-key', path: [], what, fix: 'Keep one of them.' };
  }
  const mistake = { code: 'policies-not-yaml', path: [] } as const;
  const known = KNOWN[code];
  if (known !== undefined) return { ...mistake, ...known };
  if (STAR.test(rest)) return { ...mistake, ...UNQUOTED_STAR };
  return { ...mistake, what: `This is not YAML: ${message}.`, fix: YAML_FIX };
};

/** What YAML allows and a policy file does not: `kind` says which. */
export type Oddity = 'alias' | 'key' | 'tag';

const ODDITIES: Readonly<Record<Oddity, Advice>> = {
  alias: { what: 'Aliases are not read in a policy file.', fix: 'Write the value out.' },
  key: { what: 'This cannot be the name of a setting or a policy.', fix: 'Write one word.' },
  tag: { what: 'YAML tags (!) are not read in a policy file.', fix: 'Write the value alone.' },
};

/** Words the use of a YAML feature that policy files do not allow. */
export const oddityMistake = (kind: Oddity): Mistake => ({
  code: 'policies-not-yaml',
  path: [],
  ...ODDITIES[kind],
});
