import type { OpenFinding } from '../../model/memory.ts';

const isThing = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isSameThing = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameValue(a[key], b[key]));
};

const isSameValue = (a: unknown, b: unknown): boolean =>
  isThing(a) && isThing(b) && Array.isArray(a) === Array.isArray(b) ? isSameThing(a, b) : a === b;

/** Checks whether a finding is unchanged, so that nothing has to be written. The order of keys does not matter. */
export const isSameFinding = (a: OpenFinding, b: OpenFinding | undefined): boolean => isSameValue(a, b);
