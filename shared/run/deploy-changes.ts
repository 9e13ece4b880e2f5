import { type DeployChanges, deployChanges, settledCost } from '../core/explain/deploy-changes.ts';
import type { Amount } from '../core/money/amount.ts';
import { PRICES } from '../core/money/prices.ts';
import { arePolicies } from '../core/policy/deployed.ts';
import { policiesDigest } from '../core/policy/policies-file.ts';
import type { Deployment } from '../core/text/whole-command.ts';
import { messageOf } from '../model/errors.ts';
import { failureText } from '../model/failure.ts';
import type { NotedRun } from '../model/noted-run.ts';
import { deployedAs, type Policies } from '../model/policy.ts';
import type { Deps } from './deps.ts';
import { type Look, look } from './look.ts';

/** What all tables cost a month once the rules of their policies are full. */
export interface SettledCosts {
  readonly given: Amount;
  /** Absent where the deployed policies are not known. */
  readonly deployed?: Amount;
}

/** What is known, before a deployment, of what it would change. */
export type ChangesSeen =
  | { readonly kind: 'same' }
  /** `isCompared`: whether the deployed policies are known; what they would let expire anyway is no change. */
  | {
      readonly kind: 'seen';
      readonly isCompared: boolean;
      readonly deployment: Deployment;
      readonly changes: DeployChanges;
      readonly settled: SettledCosts;
    }
  | { readonly kind: 'unseen'; readonly why: string };

/** Prune is the one that deletes, so what it ran with counts most. */
const FIRST_TO_ASK = ['prune', 'audit', 'backup'];

const deployedRun = (runs: readonly NotedRun[]): NotedRun | undefined =>
  FIRST_TO_ASK.map((name) => runs.find((run) => run.name === name)).find((run) => run !== undefined);

/** What a run wrote down counts only where it is what its digest says. */
const policiesOf = (run: NotedRun | undefined): Policies | undefined => {
  const { policies, policiesDigest: digest } = run ?? {};
  return arePolicies(policies) && policiesDigest(policies) === digest ? policies : undefined;
};

/** Finds the policies that the functions of a deployment ran with last; undefined where none has run, or they are not known. */
export const lastPoliciesOf = (runs: readonly NotedRun[]): Policies | undefined =>
  policiesOf(deployedRun(runs));

/** Finds the same where they are others than the given ones. */
export const deployedPoliciesOf = (runs: readonly NotedRun[], given: Policies): Policies | undefined => {
  const deployed = lastPoliciesOf(runs);
  const isSame = deployed !== undefined && policiesDigest(deployed) === policiesDigest(given);
  return isSame ? undefined : deployed;
};

/** Before the first deployment there is no state table, and nothing to miss in it. */
const gapIn = ({ observation }: Look, isFirst: boolean): string | undefined => {
  const gap = observation.gaps.find(({ facet }) => !(isFirst && facet === 'memory'));
  return gap === undefined ? undefined : failureText(gap.failure);
};

const compare = async (parts: Deps, runs: readonly NotedRun[], isFirst: boolean): Promise<ChangesSeen> => {
  const deployed = policiesOf(deployedRun(runs));
  const given = await look(parts, { mode: 'expire' });
  const before =
    deployed === undefined ? undefined : await look({ ...parts, policies: deployed }, { mode: 'expire' });
  const why = gapIn(given, isFirst) ?? (before === undefined ? undefined : gapIn(before, isFirst));
  if (why !== undefined) return { kind: 'unseen', why };
  const settled = {
    given: settledCost(given, PRICES),
    ...(before !== undefined && { deployed: settledCost(before, PRICES) }),
  };
  const { instance, policies, target } = parts;
  return {
    kind: 'seen',
    isCompared: before !== undefined,
    deployment: { instance, target, ...deployedAs(policies) },
    changes: deployChanges(given, before),
    settled,
  };
};

/**
 * SAFETY: what cannot be read is never shown as no change. Compares the policies of these parts with those that the functions of the
 * deployment ran with last, on the account as it is. Changes nothing.
 */
export const readChanges = async (
  parts: Deps,
  { isFirst }: { readonly isFirst: boolean },
): Promise<ChangesSeen> => {
  try {
    const runs = isFirst ? [] : await parts.runNotes.read();
    const scheduled = runs.filter(({ name }) => FIRST_TO_ASK.includes(name));
    const digest = policiesDigest(parts.policies);
    const isSame = scheduled.length > 0 && scheduled.every((run) => run.policiesDigest === digest);
    return isSame ? { kind: 'same' } : await compare(parts, runs, isFirst);
  } catch (error) {
    return { kind: 'unseen', why: messageOf(error) };
  }
};
