import type { Policies } from '../shared/model/policy.ts';
import { policiesBeside } from '../shared/run/compose-policies.ts';

/**
 * The policies that were packaged with this function: checked and compiled then, so that an invalid file never reaches a function. Without
 * them it ends as an error before it looks at anything, which Lambda counts and an alarm reports.
 */
export const policies: Policies = policiesBeside(import.meta.url);
