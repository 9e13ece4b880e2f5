import { randomUUID } from 'node:crypto';
import { type RunView, runLines } from '../../shared/core/render/run-text.ts';
import type { DeployedPolicies } from '../../shared/model/deployed-policies.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Parts } from '../../shared/run/parts.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import type { Answer } from '../answer.ts';
import { deployedText, readDeployed } from '../deployed.ts';
import { deployedFields } from '../documents/deployed-document.ts';
import { errorDocument } from '../documents/error-document.ts';
import { runDocument } from '../documents/run-document.ts';
import { BLIND, type ExitCode, FINDINGS, USAGE } from '../exit-codes.ts';
import { findingsCode } from '../findings-code.ts';
import { MODE_OF, type ModeName } from '../modes.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';

export interface RunOptions {
  readonly dryRun?: true;
  /** The digest of the expiries that a person lets past the guardrail. */
  readonly approve?: string;
  /** The person means the policy file at hand, though others are deployed. */
  readonly withThesePolicies?: true;
}

/** As long as a function may run, so that a claim is held no longer than one of theirs. */
const BUDGET_MS = 15 * MINUTE_MS;

const reconcileIn = async (parts: Parts, name: ModeName, { dryRun, approve }: RunOptions) => {
  const [{ withoutEffects }, { reconcile }] = await Promise.all([
    import('../../shared/run/compose.ts'),
    import('../../shared/run/reconcile.ts'),
  ]);
  return await reconcile(dryRun === true ? withoutEffects(parts) : parts, {
    mode: MODE_OF[name],
    runId: randomUUID(),
    deadline: parts.clock.now() + BUDGET_MS,
    ...(approve !== undefined && { approvedDigest: approve }),
  });
};

/** SAFETY: what is deployed decides what may be deleted; a file that differs decides only when a person says that it is meant. */
const mayNotDelete = (name: ModeName, deployed: DeployedPolicies, options: RunOptions): boolean =>
  name === 'prune' &&
  deployed.kind === 'differ' &&
  options.dryRun !== true &&
  options.withThesePolicies !== true;

/** Before the first run of a function nothing can be compared; who deletes should know. */
const unprovenText = (
  name: ModeName,
  { options: { policies, instance } }: Session,
  { kind }: DeployedPolicies,
): readonly string[] =>
  name === 'prune' && kind === 'never-ran'
    ? [
        '',
        `No function of the instance ${instance} has run yet, so nothing says whether ${policies} is what is deployed.`,
      ]
    : [];

const WHAT_TO_DO = [
  'Nothing was deleted, for this file would delete what is kept by the one that is deployed, or keep what it deletes.',
  'Give the deployed file with --policies FILE, or deploy this one and let each function run once;',
  'to delete by this file all the same, add --with-these-policies. --dry-run shows what that would delete.',
];

const refusal = (session: Session, deployed: DeployedPolicies): Answer => {
  const lines = [...deployedText(session, deployed), ...WHAT_TO_DO];
  return {
    exitCode: USAGE,
    lines: [],
    document: {
      ...errorDocument('policies-differ', lines.join('\n')),
      deployedPolicies: deployedFields(deployed),
    },
    notes: [`error: ${lines[0] ?? ''}`, ...lines.slice(1)],
  };
};

const codeOf = ({ failures, outcomes, openFindings }: RunReport): ExitCode => {
  if (failures.length > 0) return BLIND;
  const isBad = outcomes.some(({ status }) => status === 'failed' || status === 'refused');
  return isBad ? FINDINGS : findingsCode(openFindings);
};

const notesOf = ({ failures, plan }: RunReport, { approve }: RunOptions): readonly string[] => [
  ...failures.map((failure) => `the run is not whole: ${failure}`),
  ...(approve !== undefined && approve !== plan.expiryDigest
    ? [`--approve ${approve} approved nothing: the digest is ${plan.expiryDigest} now`]
    : []),
];

/** Runs the reconcile of a function from the terminal, with the person's own rights. With `--dry-run` nothing changes anywhere. */
export const run = async (session: Session, name: ModeName, options: RunOptions): Promise<Answer> => {
  const parts = await openParts(session);
  const deployed = await readDeployed(parts);
  if (mayNotDelete(name, deployed, options)) return refusal(session, deployed);
  const report = await reconcileIn(parts, name, options);
  const view: RunView = { ...report, name, instance: parts.instance, dryRun: options.dryRun === true };
  return {
    exitCode: codeOf(report),
    lines: [...runLines(view, session.screen), ...unprovenText(name, session, deployed)],
    document: { ...runDocument(view, report), deployedPolicies: deployedFields(deployed) },
    notes: [...deployedText(session, deployed), ...notesOf(report, options)],
  };
};
