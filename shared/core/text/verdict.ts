import type { Verdict, VerdictStatus } from '../../model/plan.ts';
import { counted } from './words.ts';

/** How many tables have each status. */
export type VerdictCounts = Readonly<Record<VerdictStatus, number>>;

const STATUSES: readonly VerdictStatus[] = ['protected', 'at-risk', 'unprotected', 'unknown'];

/** Writes a verdict's status as words: `at risk`. */
export const statusText = (status: VerdictStatus): string => status.replace('-', ' ');

/** Counts verdicts by status, zeroes included. */
export const verdictCounts = (verdicts: readonly Verdict[]): VerdictCounts => {
  const count = (status: VerdictStatus) => verdicts.filter((verdict) => verdict.status === status).length;
  return {
    protected: count('protected'),
    'at-risk': count('at-risk'),
    unprotected: count('unprotected'),
    unknown: count('unknown'),
  };
};

const asItIs = (_status: VerdictStatus, text: string): string => text;

/** Sums verdicts up in one line: `42 tables opted in: 38 protected, 2 at risk, …`. `show` may colour what is said of a status. */
export const verdictSummary = (verdicts: readonly Verdict[], show = asItIs): string => {
  if (verdicts.length === 0) return 'No table has opted in by its tag.';
  const counts = verdictCounts(verdicts);
  const parts = STATUSES.filter((status) => counts[status] > 0).map((status) =>
    show(status, `${counts[status]} ${statusText(status)}`),
  );
  return `${counted(verdicts.length, 'table')} opted in: ${parts.join(', ')}.`;
};
