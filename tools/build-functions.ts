import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import { type Bundle, bundleFunction, FUNCTION_NAMES, type FunctionName } from './bundle.ts';

/** Paths are read from the working directory. */
export interface BuildRequest {
  readonly policiesFile: string;
  readonly outdir: string;
  /** All of them unless given. */
  readonly names?: readonly FunctionName[];
  /** What else takes part when packages are joined; nothing in what is deployed. */
  readonly plugins?: readonly Plugin[];
}

const readPolicies = async (file: string): Promise<Policies> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(
      {
        code: 'policies-unreadable',
        what: 'the policy file cannot be read.',
        where: { file },
        fix: 'Write one, or name another with --policies FILE.',
      },
      { cause },
    );
  });
  return loadPolicies(text, file);
};

/** Checks and compiles a policy file, and builds every function with it. Throws a `UserError` for a mistake in the file. */
export const buildFunctions = async (request: BuildRequest): Promise<readonly Bundle[]> => {
  const { policiesFile, outdir, names = FUNCTION_NAMES, plugins = [] } = request;
  const policies = await readPolicies(policiesFile);
  return Promise.all(names.map((name) => bundleFunction({ name, policies, outdir, plugins })));
};
