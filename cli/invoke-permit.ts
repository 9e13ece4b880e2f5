import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { policyDifferences } from '../shared/core/policy/differences.ts';
import { deployedLines, staleLines } from '../shared/core/policy/differences-text.ts';
import { POLICIES_FILE, parsePoliciesFile } from '../shared/core/policy/policies-file.ts';
import { isChannel } from '../shared/model/channel.ts';
import type { DeployedPolicies } from '../shared/model/deployed-policies.ts';
import type { Effects } from '../shared/model/effects.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Policies } from '../shared/model/policy.ts';
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

const BUILD = 'Build it again: npm run build';

/**
 * Reads the policies that lie beside the module of a built function. Throws a `UserError` where they are missing or damaged, as in a
 * build of an older version, which carried them inside.
 */
export const builtPolicies = async (module: string): Promise<Policies> => {
  const file = join(dirname(module), POLICIES_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const what = 'This build has no policies beside it: it is not whole, or an older version made it.';
    throw new UserError({ code: 'stale-build', what, where: { file: module }, fix: BUILD }, { cause });
  });
  return parsePoliciesFile(text, file);
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
  const { name, module, wishes } = wanted;
  if (isChannel(name)) return { kind: 'granted', effects: 'all', notes: [] };
  const policies = await builtPolicies(module);
  const stale = staleText(policies, parts.policies, { module, file: session.options.policies });
  if (stale.length > 0 && wishes.withThesePolicies !== true)
    return { kind: 'refused', answer: refusedAnswer('stale-build', stale) };
  const deployed = await readDeployed({ ...parts, policies });
  const effects = effectsOf(name, deployed, wishes);
  return effects === 'refused'
    ? { kind: 'refused', answer: refusal('build', deployed, deployedLines(module, deployed)) }
    : { kind: 'granted', effects, notes: notesOf(session, wanted, deployed, effects) };
};
