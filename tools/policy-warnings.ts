import { policyWarnings } from '../shared/core/policy/warnings.ts';
import { givenVaultWarnings } from '../shared/core/preflight/given-vault.ts';
import { policiesToDeploy } from './policies-to-deploy.ts';

/** What is said while a service is packaged: what of its policies is probably not intended, alone or with the parameters. Empty where nothing is. */
export const policyWarningsText = async (
  folder: string,
  givenFor: (name: string) => string,
): Promise<string> => {
  const policies = await policiesToDeploy(folder, givenFor('policyTag'));
  const warnings = [...policyWarnings(policies), ...givenVaultWarnings(policies, givenFor)];
  return warnings.map(({ path, says }) => `\nWARNING: policies.yml, ${path}: ${says}\n`).join('');
};
