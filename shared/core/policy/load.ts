import { type Document, isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { UserError, UserErrors } from '../../model/errors.ts';
import type { Policies } from '../../model/policy.ts';
import { isFields } from '../../model/shape.ts';
import { capped } from '../text/words.ts';
import { keepNamesAsWritten, mistakesBeyondSchema, valuesReadOtherwise } from './as-written.ts';
import { compilePolicies } from './compile.ts';
import { fixFor } from './differences.ts';
import { explain } from './explain.ts';
import type { Mistake } from './mistake.ts';
import { offsetOf, type Placed, placeFinder } from './place.ts';
import { type PoliciesFile, policiesSchema } from './schema.ts';
import { duplicates, type Oddity, oddityMistake, restOfLine, syntaxMistake } from './syntax.ts';

/** A key, a value and the parser's message may contain anything, of any length. */
const SENTENCE_CHARS = 500;

const syntaxMistakes = (document: Document.Parsed, text: string): readonly Placed[] => {
  // After the first syntax error the parser only guesses.
  const breaks = document.errors.slice(0, 1).map(({ code, message, pos: [offset] }) => ({
    mistake: syntaxMistake({ code, message, rest: restOfLine(text, offset) }),
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

/** The result of reading a text: a valid policy file, or its mistakes. */
type Reading = { readonly file: PoliciesFile } | { readonly mistakes: readonly Placed[] };

/** A deployment of its own key has that in place of the file's. */
const withTag = (content: unknown, tag: string | undefined): unknown =>
  tag !== undefined && isFields(content) ? { ...content, tag } : content;

const readContent = (root: unknown, content: unknown): Reading => {
  if (content === null) return { mistakes: [{ mistake: EMPTY, offset: 0 }] };
  const { data, error } = policiesSchema.safeParse(content);
  const issues = error?.issues ?? [];
  const mistakes = [...issues.flatMap((issue) => explain(issue, content)), ...mistakesBeyondSchema(content)];
  if (data !== undefined && mistakes.length === 0) return { file: data };
  const offsetAt = placeFinder(root);
  return { mistakes: mistakes.map((mistake) => ({ mistake, offset: offsetAt(mistake) })) };
};

const readText = (text: string, lineCounter: LineCounter, tag?: string): Reading => {
  const reading = {
    lineCounter,
    prettyErrors: false,
    schema: 'core',
    merge: false,
    uniqueKeys: false,
  } as const;
  const document = parseDocument(text, reading);
  keepNamesAsWritten(document);
  const broken = syntaxMistakes(document, text);
  if (broken.length > 0) return { mistakes: broken };
  const odd = [...oddities(document), ...valuesReadOtherwise(document)];
  return odd.length > 0 ? { mistakes: odd } : readContent(document.contents, withTag(document.toJS(), tag));
};

/** One mistake may break two rules of the schema in the same words, as a number that is neither safe nor small enough does. */
const distinct = (placed: readonly Placed[]): readonly Placed[] => [
  ...new Map(placed.map((one) => [`${one.offset} ${one.mistake.what}`, one])).values(),
];

/**
 * Loads policies from the text of a policy file: checked, completed with defaults and sorted by name. Throws UserErrors with every mistake, in the
 * order of the file, each with its line and column; if the text is not YAML, with the first one and all duplicate keys. `file` is the name to use in
 * messages; `tag` takes the place of the file's own, for an instance with a key of its own.
 */
export const loadPolicies = (text: string, file: string, tag?: string): Policies => {
  const lines = new LineCounter();
  const reading = readText(text, lines, tag);
  if ('file' in reading)
    return { ...compilePolicies(reading.file), ...(tag !== undefined && { isOwnTag: true as const }) };
  const [first, ...others] = distinct(reading.mistakes)
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ mistake: { code, what, fix }, offset }) => {
      const { line, col } = lines.linePos(offset);
      const told = { code, what: capped(what, SENTENCE_CHARS), fix: capped(fix, SENTENCE_CHARS) };
      return new UserError({ ...told, where: { file, line, column: col } });
    });
  if (first === undefined) throw new Error(`${file} is not right, and no mistake says why`);
  throw new UserErrors([first, ...others]);
};
