import { orderedJson } from '../../model/ordered-json.ts';
import type { Policies } from '../../model/policy.ts';
import { fnv1a64 } from '../text/digest.ts';

/**
 * Computes a short name for exactly these compiled policies. The order of keys does not matter, and
 * every value does.
 */
export const policiesDigest = (policies: Policies): string => fnv1a64([orderedJson(policies)]);
