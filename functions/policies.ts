import type { Policies } from '../shared/model/policy.ts';

/**
 * Inserted by `tools/build.ts` from policies.yml, checked and compiled, so that an invalid file
 * never reaches a function.
 */
declare const TABLEKEEPER_POLICIES: Policies;

/**
 * The policies this bundle was built with. Every function that uses them exports them as
 * `builtWith`, so that `tablekeeper invoke` can read them before it runs one.
 */
export const policies: Policies = TABLEKEEPER_POLICIES;
