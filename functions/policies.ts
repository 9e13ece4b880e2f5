import type { Policies } from '../shared/model/policy.ts';

/** Put in by `tools/build.ts` from policies.yml, checked and compiled, so that a wrong file never reaches a function. */
declare const TABLEKEEPER_POLICIES: Policies;

/** The policies this bundle was built with. */
export const policies: Policies = TABLEKEEPER_POLICIES;
