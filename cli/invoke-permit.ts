import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { arePolicies } from '../shared/core/policy/deployed.ts';
import { policyDifferences } from '../shared/core/policy/differences.ts';
import { deployedLines, staleLines } from '../shared/core/policy/differences-text.ts';
import { isChannel } from '../shared/model/channel.ts';
import type { DeployedPolicies } from '../shared/model/deployed-policies.ts';
import type { Effects } from '../shared/model/effects.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
import { parsedJson } from '../shared/model/shape.ts';
import type { Deps } from '../shared/run/deps.ts';
import type { Answer } from './answer.ts';
import {
  effectsOf,
  onlyReportedText,
  readDeployed,
  refusal,
  refusedAnswer,
  unprovenText,
  type Wishes,
} from './deployed.ts';
import type { Session } from './session.ts';

const SHOWER = fileURLToPath(new URL('show-policies.ts', import.meta.url));

/** Larger than any policies. In characters. */
const MOST = 64_000_000;

const BUILD = 'Build it again: npm run build';

/**
 * Reads the policies that the module of a built function carries. Throws a `UserError` for a build
 * of an older version, which does not export them.
 */
export const builtPolicies = async (module: string, env: NodeJS.ProcessEnv): Promise<Policies> => {
  const { stdout } = await promisify(execFile)(process.execPath, [SHOWER, module], { env, maxBuffer: MOST });
  const policies = parsedJson(stdout.trim().split('\n').at(-1));
  if (arePolicies(policies)) return policies;
  const what = 'This build does not tell which policies it carries: an older version made it.';
  throw new UserError({ code: 'stale-build', what, where: { file: module }, fix: BUILD });
};

/**
 * Lists how the policies of a build differ from those of the file, and what to do. Empty when they
 * do not.
 */
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

/** A function that may run, and how; or the answer when it may not. */
export type Permit =
  | { readonly kind: 'granted'; readonly effects: Effects; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** One built function that a person wants to run. */
export interface Wanted {
  readonly name: string;
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  readonly wishes: Wishes;
}

const notesOf = (
  session: Session,
  { name, module }: Wanted,
  deployed: DeployedPolicies,
  effects: Effects,
) => [
  ...deployedLines(module, deployed),
  ...onlyReportedText('build', effects),
  ...unprovenText(name, deployed, { instance: session.options.instance, file: module }),
];

/**
 * SAFETY: compares the policies of the build with the file and with what is deployed before it
 * runs, because a build uses the policies that it contains. Decides whether a function may run
 * here, and what it may change.
 */
export const permitOf = async (session: Session, parts: Deps, wanted: Wanted): Promise<Permit> => {
  const { name, module, env, wishes } = wanted;
  if (isChannel(name)) return { kind: 'granted', effects: 'all', notes: [] };
  const policies = await builtPolicies(module, env);
  const stale = staleText(policies, parts.policies, { module, file: session.options.policies });
  if (stale.length > 0 && wishes.withThesePolicies !== true)
    return { kind: 'refused', answer: refusedAnswer('stale-build', stale) };
  const deployed = await readDeployed({ ...parts, policies });
  const effects = effectsOf(name, deployed, wishes);
  return effects === 'refused'
    ? { kind: 'refused', answer: refusal('build', deployed, deployedLines(module, deployed)) }
    : { kind: 'granted', effects, notes: notesOf(session, wanted, deployed, effects) };
};
