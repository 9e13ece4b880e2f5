import { loadPolicies } from '../../shared/core/policy/load.ts';
import { pageText } from '../../shared/run/compose-page.ts';
import { readStatus } from '../../shared/run/status.ts';
import type { Deployment } from './deployment.ts';

/** Writes the page of a deployment on the simulated account. */
export const pageOfDeployment = async (
  { asPerson, clock }: Deployment,
  policies: string,
  zone = 'UTC',
): Promise<string> => {
  const status = await clock.run(readStatus(asPerson, { live: true }));
  const { instance, target } = asPerson;
  const known = { status, policies: loadPolicies(policies, 'policies.yml'), instance, target, zone };
  return pageText(known);
};
