/** What is wrong and what to write instead, each as a sentence. */
export interface Advice {
  readonly what: string;
  readonly fix: string;
}

/** One mistake in a policy file, before it is reported, and the path of its subject. */
export interface Mistake extends Advice {
  readonly code: MistakeCode;
  readonly path: readonly PropertyKey[];
  /** Whether the name of the setting is wrong, not its value. */
  readonly atKey?: boolean;
}

export type MistakeCode =
  | 'policies-empty'
  | 'policies-not-yaml'
  | 'policies-duplicate-key'
  | 'policies-missing'
  | 'policies-unknown-key'
  | 'policies-value';

/** Spaces that are not the usual one, and what nobody sees. */
const UNSEEN = /[^\S ]|[\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const escapeText = (letter: string): string =>
  letter === ' ' ? letter : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Formats a value of a file for a sentence: text in quotes, long text truncated, odd spaces, control characters and what nobody sees spelled out. */
export const shown = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (value === null || value === undefined) return 'empty';
  const text = String(value);
  const letters = [...text.slice(0, 122)];
  const cut = letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : text;
  return typeof value === 'string' ? JSON.stringify(cut).replaceAll(UNSEEN, escapeText) : cut;
};
