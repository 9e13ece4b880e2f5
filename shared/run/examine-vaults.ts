import { guardsOf, type VaultGuard } from '../core/preflight/guards.ts';
import { destinationsOf, vaultQuestion } from '../core/preflight/needs.ts';
import { personalPreflight } from '../core/preflight/personal.ts';
import type { Preflight } from '../core/preflight/trouble.ts';
import type { Policy } from '../model/policy.ts';
import type { VaultQuestion } from '../model/vault-facts.ts';
import { namesOf } from './compose-wire.ts';
import type { Deps } from './deps.ts';

/** What is wrong with vaults, and how each of them is guarded. */
export interface ExaminedVaults extends Preflight {
  readonly guards: readonly VaultGuard[];
}

/**
 * Asks, with a person's rights, what keeps AWS Backup from doing what policies ask for, and what the role of jobs lacks: by default the one of the
 * deployment; and what the one that restores lacks. Undefined where no policy has a vault.
 */
export const examineVaults = async (
  { clock, instance, target, vaultFacts }: Pick<Deps, 'clock' | 'instance' | 'target' | 'vaultFacts'>,
  policies: readonly Policy[],
  { jobRole, made }: Pick<VaultQuestion, 'jobRole' | 'made'> = {},
): Promise<ExaminedVaults | undefined> => {
  const question = vaultQuestion(policies, target);
  if (question === undefined || vaultFacts === undefined) return undefined;
  const simulates = destinationsOf(policies);
  const role = { ...(jobRole !== undefined && { jobRole }), ...(made !== undefined && { made }) };
  const { restoreRoleArn: restoreRole } = namesOf(instance, target);
  const facts = await vaultFacts.read({ ...question, ...role, restoreRole, simulates });
  return {
    ...personalPreflight(policies, facts, target, clock.now()),
    guards: guardsOf(facts, instance, target),
  };
};
