import { nearest } from '../text/nearest.ts';
import { fixFor, settingsIn } from './differences.ts';
import { type Mistake, shown } from './mistake.ts';
import { fixForOtherWord } from './other-words.ts';

/** The part of a zod issue that an explanation needs. */
export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Of each form that the value might have had. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

type Path = readonly PropertyKey[];

const valueAt = (value: unknown, path: Path): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const isMap = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isMap ? valueAt(Reflect.get(value, key), rest) : undefined;
};

const subjectOf = (path: Path): string => {
  if (path.length === 0) return 'The file';
  if (path[0] !== 'policies' || path.length === 1) return path.join('.');
  return path.length === 2 ? `The policy ${String(path[1])}` : path.slice(2).join('.');
};

const unknownKey = (map: Path, key: string): Mistake => {
  const path = [...map, key];
  const settings = settingsIn(map);
  const meant = nearest(key, settings);
  const other = fixForOtherWord(map, key);
  const fix =
    other ?? (meant === undefined ? `Known here are ${settings.join(', ')}.` : `Did you mean ${meant}?`);
  return { code: 'policies-unknown-key', path, atKey: true, what: `${shown(key)} is no setting here.`, fix };
};

const missing = (path: Path): Mistake => ({
  code: 'policies-missing',
  path,
  what: `${subjectOf(path.slice(0, -1))} has no ${String(path.at(-1))}.`,
  fix: fixFor(path),
});

const wrongValue = (path: Path, value: unknown): Mistake => {
  const what = `${subjectOf(path)} cannot be ${shown(value)}.`;
  return { code: 'policies-value', path, what, fix: fixFor(path) };
};

const advised = ({ path, params }: SchemaIssue): Mistake => ({
  code: 'policies-value',
  path,
  what: String(params?.what),
  fix: String(params?.fix),
});

/** Of the two forms of a destination, what was written says which was meant: a map, or else the ARN alone. */
const meantForm = ({ path, errors = [] }: SchemaIssue, value: unknown): readonly SchemaIssue[] => {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const ofForm = errors[isMap ? 1 : 0] ?? [];
  return ofForm.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
};

/** Converts an issue of the schema to the mistakes it stands for, in a user's words. */
export const explain = (issue: SchemaIssue, content: unknown): readonly Mistake[] => {
  const { code, path, keys = [] } = issue;
  if (code === 'unrecognized_keys') return keys.map((key) => unknownKey(path, key));
  if (code === 'custom') return [advised(issue)];
  const value = valueAt(content, path);
  if (code === 'invalid_union') return meantForm(issue, value).flatMap((one) => explain(one, content));
  return [value === undefined ? missing(path) : wrongValue(path, value)];
};
