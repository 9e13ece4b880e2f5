import { statusText } from '../../shared/core/text/verdict.ts';
import type { Verdict, VerdictStatus } from '../../shared/model/plan.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns } from './columns.ts';

const WORST_FIRST: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown'];

/** Given verdicts, returns those that are not `protected` as lines, worst first, with their reasons. */
export const verdictLines = (verdicts: readonly Verdict[], screen: Screen): readonly string[] => {
  const rows = WORST_FIRST.flatMap((status) =>
    verdicts
      .filter((verdict) => verdict.status === status)
      .map(({ table, reason }) => [table, { text: statusText(status), tone: verdictTone(status) }, reason]),
  );
  return columns(rows, '  ', screen);
};
