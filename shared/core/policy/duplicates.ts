import { type Document, isScalar, type Pair, visit } from 'yaml';
import { offsetOf, type Placed } from './place.ts';
import { syntaxMistake } from './syntax.ts';

/** Nobody reads more of a line in a sentence. */
const REST_CHARS = 200;

/** Given a text and an offset into it, returns the rest of that line. At the edge: no more of it than a sentence can use. */
export const restOfLine = (text: string, offset: number): string =>
  text.slice(offset, offset + REST_CHARS).split('\n', 1)[0] ?? '';

const keyValue = ({ key }: Pair<unknown, unknown>): unknown => (isScalar(key) ? key.value : key);

const placed = ({ key }: Pair<unknown, unknown>, text: string): Placed => {
  const offset = offsetOf(key) ?? 0;
  const rest = restOfLine(text, offset);
  return { mistake: syntaxMistake({ code: 'DUPLICATE_KEY', message: '', rest }), offset };
};

/**
 * Given a document and its text, returns every key that stands in its map already. The parser would compare each with every other, for minutes in
 * a file of a megabyte. At the edge keys are the same when their values are: `1` and `"1"` are two.
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
