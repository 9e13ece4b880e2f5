import type { DrillState } from '../../model/drill.ts';
import type { Finding } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { NotedRun } from '../../model/noted-run.ts';
import type { Observation } from '../../model/observation.ts';
import type { Plan, Verdict } from '../../model/plan.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { drillsByTable } from '../drill/proof.ts';
import { evaluate } from '../findings/judged.ts';
import { type Audited, verdictsOf } from '../plan/verdicts.ts';
import { pastRestores } from '../restore/expected-time.ts';
import type { Scene } from '../scene/scene.ts';
import { type IfLost, ifLost, restoresOfDrills } from './if-lost.ts';

/** How many recovery points of a table can be restored, and when the first and the last of them were made. */
export interface PointSpan {
  readonly count: number;
  readonly oldest: Instant;
  readonly newest: Instant;
}

/** One table that opted in, and how it stands. */
export interface TableStatus {
  readonly verdict: Verdict;
  /** The names of the policies that govern it, sorted. */
  readonly policies: readonly string[];
  /** Absent where none can be restored. */
  readonly points?: PointSpan;
  readonly ifLost: IfLost;
}

/** How the tables of an account stand, and what is wrong with them. */
export interface Standing {
  /** Sorted by name. */
  readonly tables: readonly TableStatus[];
  /** Found just now, or by an earlier run and not disproved by this look. `since` is when it was first found. */
  readonly findings: readonly Finding[];
  /** The tables with a promise that neither this look nor the last audit has seen. */
  readonly unseen: readonly string[];
}

/** What one look saw and decided, and what the functions left. */
export interface StatusInput {
  readonly observation: Observation;
  readonly scene: Scene;
  readonly plan: Plan;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  /** The last audit of the deployed function with the policies at hand; absent where there is none. */
  readonly audit?: NotedRun | undefined;
  /** What drills came to. */
  readonly drills: readonly DrillState[];
  /** What people restored; absent where that was not read. */
  readonly restores?: readonly RestoreRecord[];
}

/** Two ticks of the schedule: one run may be late. */
const AUDIT_COUNTS_MS = 12 * HOUR_MS;

/**
 * SAFETY: an audit stands for what this look did not read only where it was complete, is recent, ran with the same policies, and saw the
 * window of that very table. A table that was tagged since then is in no list of an audit.
 */
const auditedOf = ({ audit, memory, openFindings, plan }: StatusInput): Audited | undefined => {
  if (audit?.whole !== true || plan.plannedAt - audit.at > AUDIT_COUNTS_MS) return undefined;
  const off = new Set(openFindings.filter(({ kind }) => kind === 'pitr-off').map(({ table }) => table));
  const tables = memory.pitrBaselines.map(({ table }) => table).filter((table) => !off.has(table));
  return { at: audit.at, tables: new Set(tables) };
};

/** Adds to what was found now what is open and cannot be seen to be over. */
const findingsNow = ({ memory, observation, scene, plan, openFindings }: StatusInput): readonly Finding[] => {
  const { findings: found, mode } = plan;
  const { governed } = scene;
  const { resolvable, withdrawn } = evaluate(openFindings, {
    ...{ mode, observation, found, governed, outcomes: [], vaultRecords: memory.vaultRecords },
  });
  const open = new Map(openFindings.map((finding) => [finding.id, finding]));
  const foundIds = new Set(found.map(({ id }) => id));
  const isOver = ({ id }: Finding): boolean => foundIds.has(id) || resolvable.has(id) || withdrawn.has(id);
  const sinceOf = ({ id, since }: Finding): Instant => Math.min(since, open.get(id)?.openedAt ?? since);
  return [...found, ...openFindings.filter((finding) => !isOver(finding))].map((finding) => ({
    ...finding,
    since: sinceOf(finding),
  }));
};

const availableOf = ({ own }: Scene): ReadonlyMap<string, readonly RecoveryPoint[]> => {
  const points = [...own.values()].flatMap((one) => one.points.map(({ recoveryPoint }) => recoveryPoint));
  const available = points.filter(({ status }) => status === 'available');
  return Map.groupBy(available, ({ tableName }) => tableName);
};

const spansOf = (byTable: ReadonlyMap<string, readonly RecoveryPoint[]>): ReadonlyMap<string, PointSpan> => {
  const spanOf = (times: readonly Instant[]): PointSpan => ({
    count: times.length,
    oldest: times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY),
    newest: times.reduce((most, at) => Math.max(most, at), 0),
  });
  return new Map(
    [...byTable].map(([table, ofTable]) => [table, spanOf(ofTable.map(({ createdAt }) => createdAt))]),
  );
};

/** Says of each table what would become of it. */
const lossesIn = (
  { drills, observation, plan, restores = [], scene }: StatusInput,
  available: ReadonlyMap<string, readonly RecoveryPoint[]>,
  audited: Audited | undefined,
): ((table: string) => IfLost) => {
  const states = drillsByTable(
    drills,
    scene.governed.map(({ table }) => table),
  );
  const tables = new Map(scene.governed.map(({ table }) => [table.name, table]));
  const scope = {
    now: plan.plannedAt,
    region: observation.target.region,
    past: [...restoresOfDrills(drills), ...pastRestores(restores)],
  };
  return (name) =>
    ifLost(
      {
        table: tables.get(name) ?? { name, tags: {} },
        newest: available.get(name)?.toSorted((a, b) => b.createdAt - a.createdAt)[0],
        isWindowAudited: audited?.tables.has(name) === true,
        drills: states.get(name),
      },
      scope,
    );
};

const unseenIn = ({ governed }: Scene, audited: Audited | undefined): readonly string[] =>
  governed
    .filter(({ optedOut, policies }) => !optedOut && policies.some(({ pitr }) => pitr !== undefined))
    .filter(({ table }) => table.pitr === undefined && audited?.tables.has(table.name) !== true)
    .map(({ table }) => table.name);

/** Sums up how every table stands. For a promise that this look did not read, the last audit counts. */
export const standingOf = (input: StatusInput): Standing => {
  const { observation, openFindings, plan, scene } = input;
  const audited = auditedOf(input);
  const findings = findingsNow(input);
  const verdicts = verdictsOf(scene, {
    ...{ findings, openFindings, gaps: observation.gaps, now: plan.plannedAt },
    ...(audited !== undefined && { audited }),
  });
  const available = availableOf(scene);
  const spans = spansOf(available);
  const lossOf = lossesIn(input, available, audited);
  const policiesOf = new Map(scene.governed.map((one) => [one.table.name, one.policies]));
  const tables = verdicts.map((verdict): TableStatus => {
    const points = spans.get(verdict.table);
    const policies = (policiesOf.get(verdict.table) ?? []).map(({ name }) => name).toSorted();
    return { verdict, policies, ifLost: lossOf(verdict.table), ...(points !== undefined && { points }) };
  });
  return { tables, findings, unseen: unseenIn(scene, audited) };
};
