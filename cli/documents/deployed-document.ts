import { differenceText } from '../../shared/core/policy/difference-words.ts';
import type { DeployedPolicies } from '../../shared/model/deployed-policies.ts';

/**
 * Lists how the policy file differs from what is deployed: `kind` and, if it differs, which
 * functions ran with what. Undefined when that is unknown.
 */
export const deployedFields = (deployed: DeployedPolicies) => {
  if (deployed.kind === 'never-ran' || deployed.kind === 'unreadable') return undefined;
  if (deployed.kind === 'same') return { kind: deployed.kind };
  return {
    kind: deployed.kind,
    functions: deployed.others.map(({ functions, policiesDigest, differences }) => ({
      names: functions,
      policiesDigest,
      differences: differences?.map((difference) => {
        const { setting, policy, deployed: before, given } = differenceText(difference);
        return { setting, policy, deployed: before, here: given };
      }),
    })),
    same: deployed.same,
  };
};
