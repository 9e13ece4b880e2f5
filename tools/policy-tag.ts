import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Serverless } from './serverless.ts';

const FILE = 'policies.yml';

/** A file that cannot be read or is wrong stops the build a moment later, with its place and what to write instead. */
const isToldByTheBuild = (error: unknown): boolean =>
  error instanceof UserError || (error instanceof Error && 'code' in error && error.code === 'ENOENT');

const policyTag = async (folder: string): Promise<string> => {
  try {
    return loadPolicies(await readFile(join(folder, FILE), 'utf8'), FILE).tag;
  } catch (error) {
    if (isToldByTheBuild(error)) return 'unknown';
    throw error;
  }
};

/** Returns the source of the variable `${policies:tag}`: the key of the tag by which tables opt in, and the state table opts out. */
export const policiesSource = ({ serviceDir }: Pick<Serverless, 'serviceDir'>) => ({
  resolve: async ({ address }: { readonly address: string }) => {
    if (address !== 'tag') throw new Error(`\${policies:${address}} is not known: only \${policies:tag} is`);
    return { value: await policyTag(serviceDir) };
  },
});
