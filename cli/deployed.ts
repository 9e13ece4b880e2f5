import { deployedLines } from '../shared/core/policy/differences-text.ts';
import type { DeployedPolicies } from '../shared/model/deployed-policies.ts';
import type { Deps } from '../shared/run/deps.ts';
import type { Session } from './session.ts';

/** Reads what the deployed functions ran with last. */
export const readDeployed = async (parts: Deps): Promise<DeployedPolicies> => {
  const { readDeployedPolicies } = await import('../shared/run/deployed-policies.ts');
  return await readDeployedPolicies(parts);
};

/** Lists how the policy file of a session differs from what is deployed; empty if it does not. */
export const deployedText = ({ options }: Session, deployed: DeployedPolicies): readonly string[] =>
  deployedLines(options.policies, deployed);

/** The same as a block above what follows from the file. */
export const deployedBlock = (session: Session, deployed: DeployedPolicies): readonly string[] => {
  const [first, ...rest] = deployedText(session, deployed);
  return first === undefined ? [] : [session.screen.paint('warning', first), ...rest, ''];
};
