import type { OpenFinding } from '../../model/memory.ts';

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

const isSameValue = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? isSameList(a, b) : a === b;

const fieldsOf = (finding: OpenFinding): Readonly<Record<string, unknown>> => ({ ...finding });

/** Given a finding as it is and as it was, returns whether there is nothing to write. At the edge the order of keys does not matter. */
export const isSameFinding = (a: OpenFinding, b: OpenFinding | undefined): boolean => {
  if (b === undefined) return false;
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => isSameValue(left[key], right[key]));
};
