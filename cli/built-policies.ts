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

/** No policies are larger than that. In characters. */
const MOST = 64_000_000;

const BUILD = 'Build it again: npm run build';

/**
 * Reads the policies that a function was built with from its module. Throws a `UserError` for a build of an older version, which does not export
 * them.
 */
export const builtPolicies = async (module: string, env: NodeJS.ProcessEnv): Promise<Policies> => {
  const { stdout } = await promisify(execFile)(process.execPath, [SHOWER, module], { env, maxBuffer: MOST });
  const policies = parsedJson(stdout.trim().split('\n').at(-1));
  if (arePolicies(policies)) return policies;
  const what = 'This build does not tell which policies it carries: an older version made it.';
  throw new UserError({ code: 'stale-build', what, where: { file: module }, fix: BUILD });
};

/** Lists, line by line, how the policies of a build differ from those of the file and what to do; empty when they are the same. */
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
