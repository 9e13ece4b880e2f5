import { findingId } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Verdict } from '../../model/plan.ts';
import { allPoints } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';
import { lockedPoints } from '../scene/table-keys.ts';
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
  /** The tables that each finding about the key of a vault concerns, by its id. */
  readonly underVaultKeys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly now: Instant;
  /** In US dollars; what is not known is not in it. */
  readonly monthlyCost: number;
}

/** Finds the tables that each finding about the key of a vault concerns. */
export const tablesUnderVaultKeys = (
  observation: Observation,
  scene: Pick<Scene, 'copies' | 'own'>,
): GaugeInput['underVaultKeys'] => {
  const points = allPoints(scene);
  const locked = lockedPoints(observation, points);
  const tables = new Map<string, Set<string>>();
  for (const { id, tableName } of points) {
    const arn = locked.get(id)?.arn;
    if (arn === undefined) continue;
    const finding = findingId('vault-key-unusable', arn);
    tables.set(finding, (tables.get(finding) ?? new Set()).add(tableName));
  }
  return tables;
};

/** Since when the longest of the tables that are unprotected now has an open critical finding; zero without any. */
const oldestHours = ({ verdicts, openFindings, underVaultKeys, now }: GaugeInput): number => {
  const unprotected = new Set(
    verdicts.filter(({ status }) => status === 'unprotected').map(({ table }) => table),
  );
  const since = openFindings
    .filter(({ severity }) => severity === 'critical')
    .filter(({ id, table }) =>
      [...(table === undefined ? (underVaultKeys.get(id) ?? []) : [table])].some((one) =>
        unprotected.has(one),
      ),
    )
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
