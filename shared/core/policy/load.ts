import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { UserError, UserErrors } from '../../model/errors.ts';
import type { Policies } from '../../model/policy.ts';
import { mistakesBeyondSchema } from './beyond-schema.ts';
import { compilePolicies } from './compile.ts';
import { explain } from './explain.ts';
import type { Mistake } from './mistake.ts';
import { type PoliciesFile, policiesSchema } from './schema.ts';
import { fixFor } from './settings.ts';
import { type Oddity, oddityMistake, syntaxMistake } from './syntax.ts';

/** A mistake and where it stands: the offset into the text. */
interface Placed {
  readonly mistake: Mistake;
  readonly offset: number;
}

const offsetOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** Follows a path as far as it goes: to the value or, where that is asked for, empty or not there, to the key it belongs to. */
const offsetAt = (root: unknown, { path, atKey = false }: Mistake): number => {
  let node = root;
  let offset = 0;
  for (const [index, part] of path.entries()) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      : undefined;
    if (pair === undefined) return offset;
    const isLast = index === path.length - 1;
    const isEmpty = isScalar(pair.value) && pair.value.value === null;
    const wantsValue = isLast && !atKey && !isEmpty;
    offset = (wantsValue ? offsetOf(pair.value) : undefined) ?? offsetOf(pair.key) ?? offset;
    node = pair.value;
  }
  return path.length === 0 ? (offsetOf(root) ?? 0) : offset;
};

const syntaxMistakes = ({ errors }: Document.Parsed, text: string): readonly Placed[] => {
  const placed = errors.map(({ code, message, pos: [offset] }) => {
    const [rest = ''] = text.slice(offset).split('\n', 1);
    return { mistake: syntaxMistake({ code, message, rest }), offset };
  });
  const isDuplicate = ({ mistake }: Placed) => mistake.code === 'policies-duplicate-key';
  // After the first break in the syntax the parser only guesses.
  return [...placed.filter(isDuplicate), ...placed.filter((one) => !isDuplicate(one)).slice(0, 1)];
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
  return { mistakes: mistakes.map((mistake) => ({ mistake, offset: offsetAt(root, mistake) })) };
};

const readText = (text: string, lineCounter: LineCounter): Reading => {
  const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core' });
  if (document.errors.length > 0) return { mistakes: syntaxMistakes(document, text) };
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
      return new UserError({ code, what, fix, where: { file, line, column: col } });
    });
  if (first === undefined) throw new Error(`${file} is not right, and no mistake says why`);
  throw new UserErrors([first, ...others]);
};
