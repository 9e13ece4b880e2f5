import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { arePolicies } from '../shared/core/policy/deployed.ts';
import { policyDifferences } from '../shared/core/policy/differences.ts';
import { staleLines } from '../shared/core/policy/differences-text.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import { parsedJson } from '../shared/model/shape.ts';

const SHOWER = fileURLToPath(new URL('show-policies.ts', import.meta.url));

/** Policies of more than that nobody has. In characters. */
const MOST = 64_000_000;

const BUILD = 'Build it again: npm run build';

/**
 * Given the module of a built function, returns the policies that it was built with. At the edge a `UserError` for a build of an older version, which does
 * not tell.
 */
export const builtPolicies = async (module: string, env: NodeJS.ProcessEnv): Promise<Policies> => {
  const { stdout } = await promisify(execFile)(process.execPath, [SHOWER, module], { env, maxBuffer: MOST });
  const policies = parsedJson(stdout.trim().split('\n').at(-1));
  if (arePolicies(policies)) return policies;
  const what = 'This build does not tell which policies it carries: an older version made it.';
  throw new UserError({ code: 'stale-build', what, where: { file: module }, fix: BUILD });
};

/** Given the policies of a build and those of the file, returns in lines how they differ and what to do. At the edge no lines where they do not. */
export const staleText = (
  built: Policies,
  given: Policies,
  { module, file }: { readonly module: string; readonly file: string },
): readonly string[] => {
  const differences = policyDifferences(built, given);
  return differences.length === 0
    ? []
    : [
        ...staleLines(module, file, differences),
        `Nothing was run. ${BUILD}`,
        'To run this build all the same, add --with-these-policies.',
      ];
};
