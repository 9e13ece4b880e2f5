import { randomUUID } from 'node:crypto';
import { type RunView, runLines } from '../../shared/core/render/run-text.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Parts } from '../../shared/run/parts.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import type { Answer } from '../answer.ts';
import { runDocument } from '../documents/run-document.ts';
import { BLIND, type ExitCode, FINDINGS } from '../exit-codes.ts';
import { findingsCode } from '../findings-code.ts';
import { MODE_OF, type ModeName } from '../modes.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';

export interface RunOptions {
  readonly dryRun?: true;
  /** The digest of the expiries that a person lets past the guardrail. */
  readonly approve?: string;
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
  const report = await reconcileIn(parts, name, options);
  const view: RunView = { ...report, name, instance: parts.instance, dryRun: options.dryRun === true };
  return {
    exitCode: codeOf(report),
    lines: runLines(view, session.screen),
    document: runDocument(view, report),
    notes: notesOf(report, options),
  };
};
