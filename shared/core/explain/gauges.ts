import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Verdict } from '../../model/plan.ts';
import { verdictCounts } from '../text/verdict.ts';

/** What an audit measures for a dashboard: what each says, by the name of its metric. */
export const GAUGES = [
  'TablesProtected',
  'TablesAtRisk',
  'TablesUnprotected',
  'TablesUnknown',
  'OldestUnprotectedHours',
  'DrillsFailing',
  'DrillsOverdue',
  'MonthlyCost',
] as const;

export type Gauge = (typeof GAUGES)[number];

/** What an audit saw and reported. */
export interface GaugeInput {
  readonly verdicts: readonly Verdict[];
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
  /** In US dollars; what is not known is not in it. */
  readonly monthlyCost: number;
}

/** Since when the longest of the tables that are unprotected now has an open critical finding; zero without any. */
const oldestHours = ({ verdicts, openFindings, now }: GaugeInput): number => {
  const unprotected = new Set(
    verdicts.filter(({ status }) => status === 'unprotected').map(({ table }) => table),
  );
  const since = openFindings
    .filter(({ severity, table }) => severity === 'critical' && table !== undefined && unprotected.has(table))
    .map(({ openedAt }) => openedAt);
  return since.reduce((most, at) => Math.max(most, (now - at) / HOUR_MS), 0);
};

/** Measures what a dashboard shows. */
export const gaugesOf = (input: GaugeInput): Readonly<Record<Gauge, number>> => {
  const counts = verdictCounts(input.verdicts);
  const open = (kind: OpenFinding['kind']): number =>
    input.openFindings.filter((finding) => finding.kind === kind).length;
  return {
    TablesProtected: counts.protected,
    TablesAtRisk: counts['at-risk'],
    TablesUnprotected: counts.unprotected,
    TablesUnknown: counts.unknown,
    OldestUnprotectedHours: Math.round(oldestHours(input) * 10) / 10,
    DrillsFailing: open('drill-failed'),
    DrillsOverdue: open('drill-overdue'),
    MonthlyCost: Math.round(input.monthlyCost * 100) / 100,
  };
};
