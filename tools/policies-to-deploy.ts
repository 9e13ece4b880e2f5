import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPolicies } from '../shared/core/policy/load.ts';
import type { Policies } from '../shared/model/policy.ts';

const FILE = 'policies.yml';

/**
 * Reads the policies of a service as they are deployed: by the key of the parameter `policyTag` where one is given. Throws `UserErrors` for a wrong
 * file.
 */
export const policiesToDeploy = async (folder: string, givenTag: string): Promise<Policies> =>
  loadPolicies(await readFile(join(folder, FILE), 'utf8'), FILE, givenTag === '' ? undefined : givenTag);
