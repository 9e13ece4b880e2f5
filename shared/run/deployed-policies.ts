import { deployedPolicies } from '../core/policy/deployed.ts';
import type { DeployedPolicies } from '../model/deployed-policies.ts';
import type { Deps } from './deps.ts';

/** Reads what the functions ran with last and compares it with the policies at hand. `unreadable` where the state table cannot be read. */
export const readDeployedPolicies = async ({
  policies,
  runNotes,
}: Pick<Deps, 'policies' | 'runNotes'>): Promise<DeployedPolicies> => {
  try {
    return deployedPolicies(await runNotes.read(), policies);
  } catch {
    // The run itself reports the state table, and deletes nothing without it.
    return { kind: 'unreadable' };
  }
};
