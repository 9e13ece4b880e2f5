import { deployedLines } from '../shared/core/policy/differences-text.ts';
import type { DeployedPolicies } from '../shared/model/deployed-policies.ts';
import type { Effects } from '../shared/model/effects.ts';
import type { Deps } from '../shared/run/deps.ts';
import type { Answer } from './answer.ts';
import { builtPolicies, staleText } from './built-policies.ts';
import { readDeployed } from './deployed.ts';
import {
  effectsOf,
  onlyReportedText,
  refusal,
  refusedAnswer,
  unprovenText,
  type Wishes,
} from './other-policies.ts';
import type { Session } from './session.ts';

/** A function that may run, and how; or the answer if it may not. */
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
 * SAFETY: compares the policies of the build with the file and with what is deployed before it runs, because a build uses the policies that it
 * contains. Decides whether a function may run here, and what it may change.
 */
export const permitOf = async (session: Session, parts: Deps, wanted: Wanted): Promise<Permit> => {
  const { name, module, env, wishes } = wanted;
  if (name === 'slack') return { kind: 'granted', effects: 'all', notes: [] };
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
