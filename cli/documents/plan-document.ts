import { verdictCounts } from '../../shared/core/text/verdict.ts';
import type { Verdict } from '../../shared/model/plan.ts';
import { worstFirst } from '../view/findings-text.ts';
import { heldBackExpiries, type PlanView } from '../view/plan-text.ts';
import { actionFields, findingFields, headFields } from './fields.ts';

/** Counts the tables of each status. */
export const tablesFields = (verdicts: readonly Verdict[]) => {
  const counts = verdictCounts(verdicts);
  return {
    protected: counts.protected,
    atRisk: counts['at-risk'],
    unprotected: counts.unprotected,
    unknown: counts.unknown,
  };
};

/** Builds the document of a plan for the mode that was asked for. */
export const planDocument = ({ plan, instance }: Omit<PlanView, 'mode'>, mode: string) => ({
  ...headFields('plan', instance, plan),
  mode,
  complete: plan.complete,
  tables: tablesFields(plan.verdicts),
  verdicts: plan.verdicts.map(({ table, status, reason }) => ({ table, status, reason })),
  actions: plan.actions.map(actionFields),
  heldBack: heldBackExpiries(plan).map(actionFields),
  expiryDigest: plan.expiryDigest,
  findings: worstFirst(plan.findings).map(findingFields),
});
