import type { Mode } from '../shared/model/plan.ts';
import type { RunReport } from '../shared/run/reconcile.ts';
import { POINTS_EACH } from './estate.ts';
import type { Work } from './least-possible.ts';

/** One thing that is measured: what was there before the run, and in which mode it runs. */
export interface Scene {
  readonly name: string;
  readonly mode: Mode;
  /** Whether the newest recovery point of every table is of the latest slot. */
  readonly isLatestFilled: boolean;
  /** How many runs follow one another, six hours apart. */
  readonly runs: number;
}

export const SCENES: readonly Scene[] = [
  { name: 'nothing due', mode: 'protect', isLatestFilled: true, runs: 1 },
  { name: 'all due', mode: 'protect', isLatestFilled: false, runs: 1 },
  { name: 'a tenth expires', mode: 'expire', isLatestFilled: true, runs: 1 },
  { name: 'audit', mode: 'audit', isLatestFilled: true, runs: 2 },
];

/** As long as a function may run. */
export const RUN_MS = 900_000;

/** What of a run's report is measured. */
export interface Deeds {
  readonly created: number;
  readonly expired: number;
  readonly deferred: number;
  /** Tables whose turn in the audit did not come in this run. */
  readonly unread: number;
  readonly failures: readonly string[];
}

/** Returns what a run did and what it left, from its report. */
export const deedsOf = ({ outcomes, plan, failures }: RunReport): Deeds => {
  const count = (kind: string, status: string): number =>
    outcomes.filter((outcome) => outcome.action.kind === kind && outcome.status === status).length;
  return {
    created: count('create', 'done'),
    expired: count('expire', 'done'),
    deferred: outcomes.filter(({ status }) => status === 'deferred').length,
    unread: plan.verdicts.filter(({ reason }) => reason.includes('ended before its turn')).length,
    failures,
  };
};

/** What earlier runs of the same scene have seen already. */
export interface Before {
  readonly tables: number;
  readonly windowsKnown: number;
}

/** Derives the work of a run from its scene, the state before and what it did. */
export const workOf = ({ mode, isLatestFilled }: Scene, before: Before, deeds: Deeds): Work => {
  const { tables, windowsKnown } = before;
  const audited = mode === 'audit' ? tables - deeds.unread : 0;
  const recent = isLatestFilled ? tables : 0;
  return {
    mode,
    tagged: tables + 1,
    tables: tables + 1,
    listed: mode === 'protect' ? recent : tables * POINTS_EACH,
    created: deeds.created,
    expired: deeds.expired,
    withExpiries: mode === 'expire' ? tables / 2 : 0,
    audited,
    windowsKnown,
    protectionsNew: windowsKnown === 0 ? tables : 0,
    windowsNew: mode === 'audit' ? Math.min(tables - windowsKnown, audited) : 0,
    seriesKnown: mode === 'audit' && windowsKnown > 0 ? tables : 0,
    seriesNew: mode === 'audit' && windowsKnown === 0 ? tables : 0,
    listensFirst: mode === 'audit' && windowsKnown === 0,
    told: 0,
  };
};
