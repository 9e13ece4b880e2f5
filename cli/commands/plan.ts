import { withFirstSeen } from '../../shared/core/explain/first-seen.ts';
import { stillOpen } from '../../shared/core/explain/status.ts';
import type { DeployedPolicies } from '../../shared/model/deployed-policies.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { Look } from '../../shared/run/look.ts';
import { type Answer, BLIND, findingsCode } from '../answer.ts';
import { type CliCommand, optionOf } from '../command.ts';
import { deployedBlock, readDeployed } from '../deployed.ts';
import { deployedFields } from '../documents/deployed-document.ts';
import { planDocument } from '../documents/plan-document.ts';
import { MODE_NAMES, MODE_OF, type ModeName } from '../modes.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { type PlanView, planLines } from '../view/plan-text.ts';

const lookIn = async (parts: Deps, mode: ModeName | undefined): Promise<Look> => {
  const { lookAs, lookAtAll } = await import('../../shared/run/look.ts');
  return mode === undefined ? await lookAtAll(parts) : await lookAs(parts, MODE_OF[mode]);
};

/** All modes together show what an audit has open; one mode alone finds less, and says nothing of the rest. */
const planOf = (seen: Look, mode: ModeName | undefined): PlanView['plan'] => {
  const { findings } = seen.plan;
  const shown = mode === undefined || mode === 'audit' ? [...findings, ...stillOpen(seen)] : findings;
  return { ...seen.plan, findings: withFirstSeen(shown, seen.openFindings) };
};

interface Asked {
  readonly name: ModeName | 'all';
  readonly deployed: DeployedPolicies;
}

const answerOf = (seen: Look, view: PlanView, session: Session, { name, deployed }: Asked): Answer => {
  const about = deployedBlock(session, deployed);
  const unreadableLists = blindnessOf(seen.observation.gaps, view.plan, session);
  return {
    exitCode: unreadableLists === undefined ? findingsCode(view.plan.findings) : BLIND,
    lines: unreadableLists?.isTotal === true ? [] : [...about, ...planLines(view, session.screen)],
    document: { ...planDocument(view, name), deployedPolicies: deployedFields(deployed) },
    notes: unreadableLists?.notes ?? [],
  };
};

/** Shows what would be done and why, and what is wrong, in all modes or in one. Reads only. */
const plan = async (session: Session, mode: ModeName | undefined): Promise<Answer> => {
  const parts = await openParts(session);
  const [deployed, seen] = await Promise.all([readDeployed(parts), lookIn(parts, mode)]);
  const view = {
    plan: planOf(seen, mode),
    instance: parts.instance,
    mode: mode === undefined ? 'all' : MODE_OF[mode],
  } as const;
  return answerOf(seen, view, session, { name: mode ?? 'all', deployed });
};

export const planCommand: CliCommand<{ readonly mode?: ModeName }> = {
  name: 'plan',
  summary: 'show what would be done and why, and what is wrong; reads only',
  options: [optionOf('--mode <mode>', 'as one of the functions looks (default: all)', MODE_NAMES)],
  run: (session, { mode }) => plan(session, mode),
};
