import type { Policies } from '../../model/policy.ts';
import { fnv1a64 } from '../plan/digest.ts';

/** Keys in one order, whatever order they were written in. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Given compiled policies, returns a short name for exactly these. At the edge the order of keys does not matter, and every value does. */
export const policiesDigest = (policies: Policies): string => fnv1a64([JSON.stringify(policies, ordered)]);
