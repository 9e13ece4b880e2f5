import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { UserError, UserErrors } from '../../model/errors.ts';
import type { Policies } from '../../model/policy.ts';
import { capped } from '../render/finding-text.ts';
import { mistakesBeyondSchema } from './beyond-schema.ts';
import { compilePolicies } from './compile.ts';
import { explain } from './explain.ts';
import type { Mistake } from './mistake.ts';
import { type PoliciesFile, policiesSchema } from './schema.ts';
import { fixFor } from './settings.ts';
import { type Oddity, oddityMistake, syntaxMistake } from './syntax.ts';

/** A key, a value and the parser may bring along anything, of any length. */
const SENTENCE_CHARS = 500;
const REST_CHARS = 200;

/** A mistake and where it stands: the offset into the text. */
interface Placed {
  readonly mistake: Mistake;
  readonly offset: number;
}

type Pairs = ReadonlyMap<unknown, Pair<unknown, unknown>>;

const pairsOf = (map: YAMLMap<unknown, unknown>): Pairs =>
  new Map(
    map.items.toReversed().map((pair) => [isScalar(pair.key) ? String(pair.key.value) : undefined, pair]),
  );

/** Looks up the pairs of maps by their keys. A file may have as many mistakes as keys, so each map is gone through once. */
const pairFinder = (): ((node: unknown, key: PropertyKey) => Pair<unknown, unknown> | undefined) => {
  const known = new Map<unknown, Pairs>();
  return (node, key) => {
    if (!isMap(node)) return undefined;
    const pairs = known.get(node) ?? pairsOf(node);
    known.set(node, pairs);
    return pairs.get(key);
  };
};

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** Follows a path as far as it goes: to the value or, where that is asked for, empty or not there, to the key it belongs to. */
const offsetAt = (
  root: unknown,
  { path, atKey = false }: Mistake,
  pairIn: ReturnType<typeof pairFinder>,
): number => {
  let node = root;
  let offset = 0;
  for (const [index, part] of path.entries()) {
    const pair = pairIn(node, part);
    if (pair === undefined) return offset;
    const isLast = index === path.length - 1;
    const isEmpty = isScalar(pair.value) && pair.value.value === null;
    const wantsValue = isLast && !atKey && !isEmpty;
    offset = (wantsValue ? offsetOf(pair.value) : undefined) ?? offsetOf(pair.key) ?? offset;
    node = pair.value;
  }
  return path.length === 0 ? (offsetOf(root) ?? 0) : offset;
};

/** The rest of the line, as far as anybody reads it. */
const restOf = (text: string, offset: number): string =>
  text.slice(offset, offset + REST_CHARS).split('\n', 1)[0] ?? '';

/** Every key that stands in its map already. The parser would compare each with every other, for minutes in a file of a megabyte. */
const duplicates = (document: Document.Parsed, text: string): readonly Placed[] => {
  const placed: Placed[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const value = isScalar(key) ? key.value : key;
        const offset = offsetOf(key) ?? 0;
        if (seen.has(value))
          placed.push({
            mistake: syntaxMistake({ code: 'DUPLICATE_KEY', message: '', rest: restOf(text, offset) }),
            offset,
          });
        seen.add(value);
      }
    },
  });
  return placed;
};

const syntaxMistakes = (document: Document.Parsed, text: string): readonly Placed[] => {
  // After the first break in the syntax the parser only guesses.
  const breaks = document.errors.slice(0, 1).map(({ code, message, pos: [offset] }) => ({
    mistake: syntaxMistake({ code, message, rest: restOf(text, offset) }),
    offset,
  }));
  return [...duplicates(document, text), ...breaks];
};

const isKeyOdd = (key: unknown): boolean => !isScalar(key) || key.value === '__proto__' || key.value === null;

const oddities = (document: Document.Parsed): readonly Placed[] => {
  const placed: Placed[] = [];
  const add = (kind: Oddity, node: unknown) => {
    placed.push({ mistake: oddityMistake(kind), offset: offsetOf(node) ?? 0 });
  };
  visit(document, {
    Alias: (_, node) => add('alias', node),
    Node: (_, node) => {
      if (!isAlias(node) && node.tag !== undefined) add('tag', node);
    },
    Pair: (_, { key }) => {
      if (isKeyOdd(key)) add('key', key);
    },
  });
  return placed;
};

const EMPTY: Mistake = {
  code: 'policies-empty',
  path: [],
  what: 'The file is empty.',
  fix: fixFor(['policies']),
};

/** What a text came to: a policy file that is right, or its mistakes. */
type Reading = { readonly file: PoliciesFile } | { readonly mistakes: readonly Placed[] };

const readContent = (root: unknown, content: unknown): Reading => {
  if (content === null) return { mistakes: [{ mistake: EMPTY, offset: 0 }] };
  const { data, error } = policiesSchema.safeParse(content);
  const issues = error?.issues ?? [];
  const mistakes = [...issues.flatMap((issue) => explain(issue, content)), ...mistakesBeyondSchema(content)];
  if (data !== undefined && mistakes.length === 0) return { file: data };
  const pairIn = pairFinder();
  return { mistakes: mistakes.map((mistake) => ({ mistake, offset: offsetAt(root, mistake, pairIn) })) };
};

const readText = (text: string, lineCounter: LineCounter): Reading => {
  const reading = { lineCounter, prettyErrors: false, schema: 'core', uniqueKeys: false } as const;
  const document = parseDocument(text, reading);
  const broken = syntaxMistakes(document, text);
  if (broken.length > 0) return { mistakes: broken };
  const odd = oddities(document);
  return odd.length > 0 ? { mistakes: odd } : readContent(document.contents, document.toJS());
};

/**
 * Given the text of a policy file and the name to call it by, returns its policies, checked, completed with defaults and sorted by name.
 * At the edge: throws UserErrors with every mistake, in the order of the file, each with its line and column; where the text
 * is no YAML, with the first and all duplicate keys.
 */
export const loadPolicies = (text: string, file: string): Policies => {
  const lines = new LineCounter();
  const reading = readText(text, lines);
  if ('file' in reading) return compilePolicies(reading.file);
  const [first, ...others] = reading.mistakes
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ mistake: { code, what, fix }, offset }) => {
      const { line, col } = lines.linePos(offset);
      const told = { code, what: capped(what, SENTENCE_CHARS), fix: capped(fix, SENTENCE_CHARS) };
      return new UserError({ ...told, where: { file, line, column: col } });
    });
  if (first === undefined) throw new Error(`${file} is not right, and no mistake says why`);
  throw new UserErrors([first, ...others]);
};
