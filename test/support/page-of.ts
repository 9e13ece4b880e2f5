import { reportOf } from '../../cli/page/report.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
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
  return reportOf({ status, policies: loadPolicies(policies, 'policies.yml'), instance, target, zone });
};
