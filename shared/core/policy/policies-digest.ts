import { orderedJson } from '../../model/ordered-json.ts';
import type { Policies } from '../../model/policy.ts';
import { fnv1a64 } from '../text/digest.ts';

/**
 * Computes a short name for exactly these compiled policies. The order of keys does not matter, and
 * every value of a rule does: whether the tag was given to the instance or stands in the file is none.
 */
export const policiesDigest = ({ isOwnTag: _, ...policies }: Policies): string =>
  fnv1a64([orderedJson(policies)]);
