import { randomUUID } from 'node:crypto';
import type { Effects } from '../../shared/model/effects.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import { type Answer, BLIND, type ExitCode, FINDINGS, findingsCode } from '../answer.ts';
import {
  deployedText,
  effectsOf,
  onlyReportedText,
  readDeployed,
  refusal,
  unprovenText,
  type Wishes,
} from '../deployed.ts';
import { deployedFields } from '../documents/deployed-document.ts';
import { runDocument } from '../documents/run-document.ts';
import { MODE_OF, type ModeName } from '../modes.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { type RunView, runLines } from '../view/run-text.ts';

export interface RunOptions extends Wishes {
  /** The digest of the expiries that a person lets past the guardrail. */
  readonly approve?: string;
}

/** As long as a function may run, so that a claim is held no longer than one of theirs. */
const BUDGET_MS = 15 * MINUTE_MS;

const reconcileIn = async (parts: Deps, name: ModeName, effects: Effects, { approve }: RunOptions) => {
  const [{ withEffects }, { reconcile }] = await Promise.all([
    import('../../shared/run/compose-effects.ts'),
    import('../../shared/run/reconcile.ts'),
  ]);
  return await reconcile(withEffects(parts, effects), {
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

/**
 * Runs the reconcile of a function from the terminal, with the person's own rights. With `--dry-run` nothing changes anywhere; by a file that is not the
 * deployed one nothing is told, written down, repaired or deleted.
 */
export const run = async (session: Session, name: ModeName, options: RunOptions): Promise<Answer> => {
  const parts = await openParts(session);
  const deployed = await readDeployed(parts);
  const effects = effectsOf(name, deployed, options);
  const differences = deployedText(session, deployed);
  if (effects === 'refused') return refusal('file', deployed, differences);
  const report = await reconcileIn(parts, name, effects, options);
  const view: RunView = { ...report, name, instance: parts.instance, dryRun: effects === 'none' };
  const unproven = unprovenText(name, deployed, {
    instance: session.options.instance,
    file: session.options.policies,
  });
  return {
    exitCode: codeOf(report),
    lines: [...runLines(view, session.screen), ...unproven.flatMap((line) => ['', line])],
    document: {
      ...runDocument(view, report),
      ...(effects === 'creating' && { onlyReported: true }),
      deployedPolicies: deployedFields(deployed),
    },
    notes: [...differences, ...onlyReportedText('file', effects), ...notesOf(report, options)],
  };
};
