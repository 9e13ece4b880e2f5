import { type Document, isScalar, type Pair, Scalar, visit } from 'yaml';
import type { Mistake } from './mistake.ts';
import { offsetOf, type Placed } from './place.ts';

/**
 * Turns every key of a document into the text that is written there. YAML reads `007`, `1e3`,
 * `True` and `null` as something else, and would rename a policy or take two for one; a name is
 * what is written.
 */
export const keepNamesAsWritten = (document: Document.Parsed): void => {
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value !== 'string' && (key.source ?? '') !== '') key.value = key.source;
    },
  });
};

const DECIMAL = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;

const mistake = (what: string, fix: string): Mistake => ({ code: 'policies-value', path: [], what, fix });

/** Numbers that most people read differently from YAML: `0x10`, `1e3`, `007`. */
const oddNumber = ({ value, source = '' }: Scalar): Mistake | undefined =>
  typeof value === 'number' && Number.isFinite(value) && !DECIMAL.test(source)
    ? mistake(`${source} is read as ${value} here.`, `Write ${value}.`)
    : undefined;

/** A tag may be called `2024`; without quotes YAML takes that for a number. */
const unquotedTag = (key: unknown, { value, source = '' }: Scalar): Mistake | undefined =>
  isScalar(key) && key.value === 'tag' && (typeof value === 'number' || typeof value === 'boolean')
    ? mistake(
        `The tag ${source} is read as a ${typeof value === 'number' ? 'number' : 'yes or no'} here.`,
        `Write it in quotes if that is its key: tag: "${source}".`,
      )
    : undefined;

const mistakeIn = ({ key, value }: Pair<unknown, unknown>): Mistake | undefined => {
  if (!isScalar(value) || value.type !== Scalar.PLAIN) return undefined;
  return unquotedTag(key, value) ?? oddNumber(value);
};

/** Finds the values that are not read as they are written. */
export const valuesReadOtherwise = (document: Document.Parsed): readonly Placed[] => {
  const placed: Placed[] = [];
  visit(document, {
    Pair: (_, pair) => {
      const found = mistakeIn(pair);
      if (found !== undefined) placed.push({ mistake: found, offset: offsetOf(pair.value) ?? 0 });
    },
  });
  return placed;
};
