import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { POLICIES_FILE, policiesFileText } from '../shared/core/policy/policies-file.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import { actsByPolicies, type Bundle, bundleFunctions, FUNCTION_NAMES, type FunctionName } from './bundle.ts';

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

/** Writes compiled policies beside each function that acts by them, replacing what was there. */
const writePolicies = async (policies: Policies, bundles: readonly Bundle[]): Promise<void> => {
  const text = policiesFileText(policies);
  const acting = bundles.filter(actsByPolicies);
  await Promise.all(acting.map(({ folder }) => writeFile(join(folder, POLICIES_FILE), text)));
};

/** Checks and compiles a policy file, builds every function, and writes the policies beside each. Throws a `UserError` for a mistake in the file. */
export const buildFunctions = async (request: BuildRequest): Promise<readonly Bundle[]> => {
  const { policiesFile, outdir, tag, names = FUNCTION_NAMES, plugins = [] } = request;
  const policies = await readPolicies(policiesFile, tag);
  const bundles = await bundleFunctions({ names, outdir, plugins });
  await writePolicies(policies, bundles);
  return bundles;
};

/** Copies functions that are built and writes the policies of another file beside each: bundles serve any policies. Throws a `UserError` for a mistake in the file. */
export const copyWithPolicies = async (
  built: string,
  { policiesFile, outdir }: Pick<BuildRequest, 'policiesFile' | 'outdir'>,
): Promise<void> => {
  const text = policiesFileText(await readPolicies(policiesFile, undefined));
  await cp(built, outdir, { recursive: true });
  const files = FUNCTION_NAMES.map((name) => join(outdir, name, POLICIES_FILE)).filter((file) =>
    existsSync(file),
  );
  await Promise.all(files.map((file) => writeFile(file, text)));
};
