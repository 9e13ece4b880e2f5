import type { Verdict, VerdictStatus } from '../../model/plan.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns } from './columns.ts';
import { counted, listed } from './finding-text.ts';

/** How many tables stand in which way. */
export type VerdictCounts = Readonly<Record<VerdictStatus, number>>;

const STATUSES: readonly VerdictStatus[] = ['protected', 'at-risk', 'unprotected', 'unknown'];
const WORST_FIRST: readonly VerdictStatus[] = ['unprotected', 'at-risk', 'unknown'];

/** Given a verdict's status, returns it as words: `at risk`. */
export const statusText = (status: VerdictStatus): string => status.replace('-', ' ');

/** Given verdicts, returns how many there are of each status, zeroes too. */
export const verdictCounts = (verdicts: readonly Verdict[]): VerdictCounts => {
  const count = (status: VerdictStatus) => verdicts.filter((verdict) => verdict.status === status).length;
  return {
    protected: count('protected'),
    'at-risk': count('at-risk'),
    unprotected: count('unprotected'),
    unknown: count('unknown'),
  };
};

/** Given verdicts, returns their sum as a line: `42 tables opted in: 38 protected, 2 at risk, …`. At the edge: one that says there are none. */
export const verdictSummary = (verdicts: readonly Verdict[], { paint }: Screen): string => {
  if (verdicts.length === 0) return 'No table has opted in by its tag.';
  const counts = verdictCounts(verdicts);
  const parts = STATUSES.filter((status) => counts[status] > 0).map((status) =>
    paint(verdictTone(status), `${counts[status]} ${statusText(status)}`),
  );
  return `${counted(verdicts.length, 'table')} opted in: ${parts.join(', ')}.`;
};

/** Three that stand alike are still read one by one. */
const LEAST_JOINED = 4;

/** A run that looks at no point-in-time recovery says the same of every table. */
const joined = (alike: readonly Verdict[]): readonly (readonly [names: string, reason: string])[] =>
  alike.length < LEAST_JOINED
    ? alike.map(({ table, reason }) => [table, reason])
    : [[listed(alike.map(({ table }) => table)), alike[0]?.reason ?? '']];

/** Given verdicts, returns those that are not `protected` as lines, worst first, with their reasons; four or more of one reason are one line. */
export const verdictLines = (verdicts: readonly Verdict[], screen: Screen): readonly string[] => {
  const rows = WORST_FIRST.flatMap((status) => {
    const ofStatus = verdicts.filter((verdict) => verdict.status === status);
    return [...Map.groupBy(ofStatus, ({ reason }) => reason).values()]
      .flatMap(joined)
      .map(([names, reason]) => [names, { text: statusText(status), tone: verdictTone(status) }, reason]);
  });
  return columns(rows, '  ', screen);
};
