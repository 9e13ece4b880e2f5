import { statusText } from '../../shared/core/text/verdict.ts';
import { listed } from '../../shared/core/text/words.ts';
import type { Verdict, VerdictStatus } from '../../shared/model/plan.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns } from './columns.ts';

const WORST_FIRST: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown'];

/** Three with the same reason are still readable one by one. */
const LEAST_JOINED = 4;

/** A run that does not look at point-in-time recovery says the same of every table. */
const joined = (alike: readonly Verdict[]): readonly (readonly [names: string, reason: string])[] =>
  alike.length < LEAST_JOINED
    ? alike.map(({ table, reason }) => [table, reason])
    : [[listed(alike.map(({ table }) => table)), alike[0]?.reason ?? '']];

/**
 * Formats the verdicts that are not `protected` as lines, worst first, with their reasons. Four or
 * more with one reason share a line.
 */
export const verdictLines = (verdicts: readonly Verdict[], screen: Screen): readonly string[] => {
  const rows = WORST_FIRST.flatMap((status) => {
    const ofStatus = verdicts.filter((verdict) => verdict.status === status);
    return [...Map.groupBy(ofStatus, ({ reason }) => reason).values()]
      .flatMap(joined)
      .map(([names, reason]) => [names, { text: statusText(status), tone: verdictTone(status) }, reason]);
  });
  return columns(rows, '  ', screen);
};
