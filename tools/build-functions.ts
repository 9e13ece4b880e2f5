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
  /** In place of the one in the policy file. */
  readonly tag?: string;
  /** All of them unless given. */
  readonly names?: readonly FunctionName[];
  /** What else takes part when packages are joined; nothing in what is deployed. */
  readonly plugins?: readonly Plugin[];
}

const readPolicies = async (file: string, tag: string | undefined): Promise<Policies> => {
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
  return loadPolicies(text, file, tag);
};

/** Checks and compiles a policy file, and builds every function with it. Throws a `UserError` for a mistake in the file. */
export const buildFunctions = async (request: BuildRequest): Promise<readonly Bundle[]> => {
  const { policiesFile, outdir, tag, names = FUNCTION_NAMES, plugins = [] } = request;
  const policies = await readPolicies(policiesFile, tag);
  return Promise.all(names.map((name) => bundleFunction({ name, policies, outdir, plugins })));
};
