import { destinationsOf, vaultQuestion } from '../core/preflight/needs.ts';
import { personalPreflight } from '../core/preflight/personal.ts';
import type { Preflight } from '../core/preflight/trouble.ts';
import type { Policy } from '../model/policy.ts';
import { namesOf } from './compose-wire.ts';
import type { Deps } from './deps.ts';

/**
 * Asks, with a person's rights, what keeps AWS Backup from doing what policies ask for, and what the role of jobs lacks: by default the one of the
 * deployment; and what the one that restores lacks. Undefined where no policy has a vault.
 */
export const examineVaults = async (
  { instance, target, vaultFacts }: Pick<Deps, 'instance' | 'target' | 'vaultFacts'>,
  policies: readonly Policy[],
  jobRole?: string,
): Promise<Preflight | undefined> => {
  const question = vaultQuestion(policies, target);
  if (question === undefined || vaultFacts === undefined) return undefined;
  const simulates = destinationsOf(policies);
  const role = jobRole === undefined ? {} : { jobRole };
  const { restoreRoleArn: restoreRole } = namesOf(instance, target);
  return personalPreflight(
    policies,
    await vaultFacts.read({ ...question, ...role, restoreRole, simulates }),
    target,
  );
};
