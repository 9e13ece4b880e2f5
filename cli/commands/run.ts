import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { runCommand as pruneCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import type { Effects } from '../../shared/model/effects.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import { type Answer, BLIND, type ExitCode, FINDINGS, findingsCode } from '../answer.ts';
import { type CliCommand, choiceOf, DRY_RUN, parseDigest } from '../command.ts';
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
import { MODE_NAMES, MODE_OF, type ModeName } from '../modes.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { type RunView, runLines } from '../view/run-text.ts';

interface RunOptions extends Wishes {
  readonly mode: ModeName;
  /** The digest of the expiries that a person approves past the guardrail. */
  readonly approve?: string;
}

/** As long as a function may run, so that a claim is held no longer than one of a function. */
const BUDGET_MS = 15 * MINUTE_MS;

const reconcileIn = async (parts: Deps, effects: Effects, { mode, approve }: RunOptions) => {
  const [{ withEffects }, { reconcile }, { sendDigest }] = await Promise.all([
    import('../../shared/run/compose-effects.ts'),
    import('../../shared/run/reconcile.ts'),
    import('../../shared/run/digest.ts'),
  ]);
  return await reconcile(withEffects(parts, effects), {
    mode: MODE_OF[mode],
    runId: randomUUID(),
    deadline: parts.clock.now() + BUDGET_MS,
    ...(mode === 'audit' && { sendDigest }),
    ...(approve !== undefined && { approvedDigest: approve }),
  });
};

const codeOf = ({ failures, outcomes, openFindings, refusal }: RunReport): ExitCode => {
  if (failures.length > 0) return BLIND;
  const isBad =
    refusal !== undefined || outcomes.some(({ status }) => status === 'failed' || status === 'refused');
  return isBad ? FINDINGS : findingsCode(openFindings);
};

const notesOf = ({ failures, plan }: RunReport): readonly string[] => [
  ...failures.map((failure) => `the run is not whole: ${failure}`),
  ...(plan.otherApproval === undefined
    ? []
    : [
        `--approve ${plan.otherApproval} approved nothing, and nothing was deleted: the digest is ${plan.expiryDigest} now`,
      ]),
];

/**
 * Runs the reconcile of a function from the terminal, with the person's own permissions. With
 * `--dry-run` nothing changes anywhere. With a file that is not the deployed one nothing is
 * alerted, saved, repaired or deleted.
 */
const run = async (session: Session, options: RunOptions): Promise<Answer> => {
  const { mode: name } = options;
  const parts = await openParts(session);
  const deployed = await readDeployed(parts);
  const effects = effectsOf(name, deployed, options);
  const differences = deployedText(session, deployed);
  if (effects === 'refused') return refusal('file', deployed, differences);
  const report = await reconcileIn(parts, effects, options);
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
    notes: [...differences, ...onlyReportedText('file', effects), ...notesOf(report)],
  };
};

export const runCommand: CliCommand<RunOptions> = {
  name: 'run',
  summary: 'run as a function does, with your own rights',
  argument: choiceOf('<mode>', 'backup, prune or audit', MODE_NAMES),
  options: [
    DRY_RUN,
    new Option('--approve <digest>', 'let exactly these expiries past the guardrail').argParser(parseDigest),
    new Option('--with-these-policies', 'act by this policy file though another one is deployed'),
  ],
  mistakeIn: ({ mode, approve }) =>
    approve === undefined || mode === 'prune'
      ? undefined
      : advise('--approve is for expiries. Did you mean:', pruneCommand('prune', '--approve', approve)),
  run,
};
