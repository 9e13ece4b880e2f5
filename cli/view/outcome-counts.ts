import { counted } from '../../shared/core/text/words.ts';
import type { Action } from '../../shared/model/action.ts';
import type { Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import type { Screen, Tone } from './colour.ts';

const STATUSES: readonly OutcomeStatus[] = ['done', 'failed', 'refused', 'deferred'];

/** What each status means for its reader. */
export const OUTCOME_TONE: Readonly<Record<OutcomeStatus, Tone>> = {
  done: 'good',
  failed: 'bad',
  refused: 'warning',
  deferred: 'muted',
};

const PAST: Readonly<Record<Action['kind'], (count: number) => string>> = {
  create: (count) => `${counted(count, 'recovery point')} created`,
  copy: (count) => `${counted(count, 'copy', 'copies')} begun`,
  expire: (count) => `${counted(count, 'recovery point')} expired`,
  'enable-pitr': (count) => `point-in-time recovery switched on for ${counted(count, 'table')}`,
};

/** Filters outcomes by status and keeps their order. */
export const withStatus = (outcomes: readonly Outcome[], status: OutcomeStatus): readonly Outcome[] =>
  outcomes.filter((outcome) => outcome.status === status);

const doneText = (outcomes: readonly Outcome[]): string =>
  [...Map.groupBy(outcomes, ({ action }) => action.kind)]
    .map(([kind, ofKind]) => PAST[kind](ofKind.length))
    .join(', ');

/**
 * Counts outcomes by status, and those done by kind: `3 recovery points created, 1 failed`, or
 * `nothing to do`.
 */
export const outcomeCounts = (outcomes: readonly Outcome[], { paint }: Screen): string => {
  if (outcomes.length === 0) return 'nothing to do';
  return STATUSES.map((status) => ({ status, ofStatus: withStatus(outcomes, status) }))
    .filter(({ ofStatus }) => ofStatus.length > 0)
    .map(({ status, ofStatus }) =>
      paint(OUTCOME_TONE[status], status === 'done' ? doneText(ofStatus) : `${ofStatus.length} ${status}`),
    )
    .join(', ');
};
