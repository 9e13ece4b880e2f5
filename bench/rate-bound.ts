import type { Mode } from '../shared/model/plan.ts';
import type { Calls } from './least-possible.ts';

/**
 * What AWS documents, in calls per second for an account and Region. Where it states none, nothing bounds.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22), and its neighbours
 */
const PER_SECOND: Calls = {
  CreateBackup: 50,
  DeleteBackup: 10,
  DescribeBackup: 10,
  DescribeContinuousBackups: 10,
  DescribeTable: 2_500,
  GetResources: 15,
  ListBackups: 5,
  ListContributorInsights: 5,
  ListTables: 2_500,
  ListTagsOfResource: 10,
};

/** What a call takes in the simulated account. */
export const LATENCY_MS = 20;

/** Operations that may go on at the same time; the slowest of them sets the pace. */
type Phase = readonly (readonly string[])[];

/**
 * What must be over before the next can begin, because nothing is decided on a part of the account. Within a phase, rows go on side by side
 * and each row one after the other: an audit reads its tables while it lists recovery points.
 */
const PHASES: Readonly<Record<Mode, readonly Phase[]>> = {
  protect: [[['GetResources'], ['ListBackups']], [['DescribeTable']], [['CreateBackup']]],
  expire: [
    [['GetResources'], ['ListBackups']],
    [['DescribeTable']],
    [['ListTagsOfResource'], ['DescribeBackup'], ['DeleteBackup']],
  ],
  audit: [
    [['GetResources', 'DescribeTable', 'DescribeContinuousBackups'], ['ListBackups'], ['ListTables']],
    // Settings are kept last, after people were alerted.
    [['ListContributorInsights'], ['ListTagsOfResource']],
  ],
};

/** The first call goes at once, the last one takes its time. Bursts are not documented, so none is counted on. */
const msOf = (operation: string, calls: Calls): number => {
  const count = calls[operation] ?? 0;
  const perSecond = PER_SECOND[operation];
  if (count === 0) return 0;
  return LATENCY_MS + (perSecond === undefined ? 0 : ((count - 1) * 1_000) / perSecond);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Returns the shortest time in which AWS's documented rates allow the least possible calls of a mode, in milliseconds. Before them memory is read;
 * after them it is written.
 */
export const rateBoundMs = (mode: Mode, calls: Calls): number => {
  const phases = PHASES[mode].map((phase) =>
    Math.max(...phase.map((row) => sum(row.map((operation) => msOf(operation, calls))))),
  );
  return 2 * LATENCY_MS + sum(phases);
};
