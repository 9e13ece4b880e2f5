import type { Members } from './body.ts';

/** Leads from an answer to one of its fields: a member's name, `[]` for the entries of a list, `{}` for JSON that stands as text. */
export type Path = readonly string[];

export const ENTRIES = '[]';
export const INSIDE = '{}';

/** Parses text as a JSON object, if it is one. The product's own entries are stored so in the state table. */
export const objectIn = (value: unknown): Members | undefined =>
  typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as Members) : undefined;

const below = (value: unknown): readonly Path[] => {
  if (Array.isArray(value)) return [[ENTRIES], ...value.flatMap(below).map((path) => [ENTRIES, ...path])];
  const inside = objectIn(value);
  if (inside !== undefined) return membersBelow(inside).map((path) => [INSIDE, ...path]);
  return typeof value === 'object' && value !== null ? membersBelow(value as Members) : [];
};

const membersBelow = (members: Members): readonly Path[] =>
  Object.entries(members).flatMap(([name, value]) => [
    [name],
    ...below(value).map((path) => [name, ...path]),
  ]);

/** Formats a path: `BackupSummaries[].BackupName`. */
export const pathText = (path: Path): string =>
  path.reduce((text, part) => {
    if (part === ENTRIES || part === INSIDE) return `${text}${part}`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

/** Lists the path of every field in any response of an operation, each once, in order. */
export const pathsIn = (answers: readonly Members[]): readonly Path[] =>
  [...new Map(answers.flatMap(membersBelow).map((path) => [pathText(path), path]))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, path]) => path);

/** Returns the values at a path. */
export const valuesAt = (value: unknown, path: Path): readonly unknown[] => {
  const [part, ...rest] = path;
  if (part === undefined) return [value];
  if (part === ENTRIES) return Array.isArray(value) ? value.flatMap((entry) => valuesAt(entry, rest)) : [];
  if (part === INSIDE) return valuesAt(objectIn(value), rest);
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
  return isThere ? valuesAt(Reflect.get(value, part), rest) : [];
};
