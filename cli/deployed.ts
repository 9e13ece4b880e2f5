import { deployedLines } from '../shared/core/policy/differences-text.ts';
import type { DeployedPolicies } from '../shared/model/deployed-policies.ts';
import type { Effects } from '../shared/model/effects.ts';
import type { Deps } from '../shared/run/deps.ts';
import { type Answer, USAGE } from './answer.ts';
import { deployedFields } from './documents/deployed-document.ts';
import { errorDocument } from './documents/error-document.ts';
import type { Session } from './session.ts';

/** Reads what the deployed functions ran with last. */
export const readDeployed = async (parts: Deps): Promise<DeployedPolicies> => {
  const { readDeployedPolicies } = await import('../shared/run/deployed-policies.ts');
  return await readDeployedPolicies(parts);
};

/** Lists how the policy file of a session differs from what is deployed; empty if it does not. */
export const deployedText = ({ options }: Session, deployed: DeployedPolicies): readonly string[] =>
  deployedLines(options.policies, deployed);

/** Formats the same as a block above what follows from the file. */
export const deployedBlock = (session: Session, deployed: DeployedPolicies): readonly string[] => {
  const [first, ...rest] = deployedText(session, deployed);
  return first === undefined ? [] : [session.screen.paint('warning', first), ...rest, ''];
};

/** What a person sets for a run beside its name. */
export interface Wishes {
  readonly dryRun?: true;
  /** The person intends the policies at hand, though others are deployed. */
  readonly withThesePolicies?: true;
}

/**
 * SAFETY: the deployed policies decide what may be deleted and what is wrong; others decide only
 * when a person says that they are intended. Returns what a run may change; `refused` when it may
 * not run.
 */
export const effectsOf = (
  name: string,
  { kind }: DeployedPolicies,
  { dryRun, withThesePolicies }: Wishes,
): Effects | 'refused' => {
  if (dryRun === true) return 'none';
  if (kind !== 'differ' || withThesePolicies === true) return 'all';
  return name === 'prune' || name === 'drill' ? 'refused' : 'creating';
};

/** Where policies come from. */
export type Source = 'file' | 'build';

const GIVE_ANOTHER: Readonly<Record<Source, string>> = {
  file: 'Give the deployed file with --policies FILE, or deploy this one and let each function run once;',
  build: 'Build with the deployed policies, or deploy this build and let each function run once;',
};

/** Builds the answer of a refused run, one line per reason. `--json` carries the same lines. */
export const refusedAnswer = (code: string, lines: readonly string[], fields: object = {}): Answer => ({
  exitCode: USAGE,
  lines: [],
  document: { ...errorDocument(code, lines.join('\n')), ...fields },
  notes: [`error: ${lines[0] ?? ''}`, ...lines.slice(1)],
});

/** Builds the answer of a prune that is refused because its policies are not the deployed ones. */
export const refusal = (
  source: Source,
  deployed: DeployedPolicies,
  differences: readonly string[],
): Answer => {
  const lines = [
    ...differences,
    `Nothing was deleted, for this ${source} would delete what is kept by the one that is deployed, or keep what it deletes.`,
    GIVE_ANOTHER[source],
    `to delete by this ${source} all the same, add --with-these-policies. --dry-run shows what that would delete.`,
  ];
  return refusedAnswer('policies-differ', lines, { deployedPolicies: deployedFields(deployed) });
};

const INSTEAD: Readonly<Record<Source, string>> = {
  file: 'give that one with --policies FILE',
  build: 'build with its policies',
};

/** Formats in one line what a run did not do because its policies are not the deployed ones. */
export const onlyReportedText = (source: Source, effects: Effects): readonly string[] =>
  effects === 'creating'
    ? [
        `Nobody was alerted, nothing was written down or repaired, for this ${source} is not the deployed one: ${INSTEAD[source]}, or add --with-these-policies.`,
      ]
    : [];

/** Before the first run of a function nothing can be compared; a person who deletes should know. */
export const unprovenText = (
  name: string,
  { kind }: DeployedPolicies,
  { instance, file }: { readonly instance: string; readonly file: string },
): readonly string[] =>
  name === 'prune' && kind === 'never-ran'
    ? [
        `No function of the instance ${instance} has run yet, so nothing says whether ${file} is what is deployed.`,
      ]
    : [];
