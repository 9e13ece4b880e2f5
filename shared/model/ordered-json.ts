import { isFields } from './shape.ts';

/** Sorts keys, whatever order they were written in. */
const ordered = (_key: string, value: unknown): unknown =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Writes a value as JSON text that is the same for the same value, whatever the order of its keys. */
export const orderedJson = (value: unknown): string => JSON.stringify(value, ordered);

/** Says whether two values are the same as JSON, whatever the order of their keys. */
export const sameValue = (one: unknown, other: unknown): boolean => orderedJson(one) === orderedJson(other);
