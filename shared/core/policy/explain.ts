import { nearest } from '../text/nearest.ts';
import { fixFor, isOfAwsBackup, settingsIn } from './differences.ts';
import { type Mistake, shown } from './mistake.ts';
import { fixForOtherWord } from './other-words.ts';

/** The part of a zod issue that an explanation needs. */
export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>> | undefined;
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

const NOT_YET = 'which is not in this version yet';

const unknownKey = (map: Path, key: string): Mistake => {
  const path = [...map, key];
  if (isOfAwsBackup(path)) {
    const what = `${key} belongs to the engine aws-backup, ${NOT_YET}.`;
    return { code: 'policies-not-yet', path, atKey: true, what, fix: 'Leave it out.' };
  }
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
  if (path.at(-1) === 'engine' && value === 'aws-backup') {
    return {
      code: 'policies-not-yet',
      path,
      what: `This policy asks for the engine aws-backup, ${NOT_YET}.`,
      fix: fixFor(path),
    };
  }
  const what = `${subjectOf(path)} cannot be ${shown(value)}.`;
  return { code: 'policies-value', path, what, fix: fixFor(path) };
};

const advised = ({ path, params }: SchemaIssue): Mistake => ({
  code: 'policies-value',
  path,
  what: String(params?.what),
  fix: String(params?.fix),
});

/** Converts an issue of the schema to the mistakes it stands for, in a user's words. */
export const explain = (issue: SchemaIssue, content: unknown): readonly Mistake[] => {
  const { code, path, keys = [] } = issue;
  if (code === 'unrecognized_keys') return keys.map((key) => unknownKey(path, key));
  if (code === 'custom') return [advised(issue)];
  const value = valueAt(content, path);
  return [value === undefined ? missing(path) : wrongValue(path, value)];
};
