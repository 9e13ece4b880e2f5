import { failureText } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding, PitrBaseline } from '../../model/memory.ts';
import type { Gap, Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { type WantedCopy, wantedCopies } from './copies.ts';
import { type ListReach, listReach } from './due.ts';
import { type GovernedTable, governedTables } from './governed.ts';
import { type OwnedRecoveryPoints, ownedCopies, ownedRecoveryPoints } from './own-points.ts';
import { nextPitrBaseline } from './pitr.ts';
import { type Regimes, regimesOf } from './regimes.ts';
import type { Stream } from './stream.ts';
import { streamsOf } from './streams.ts';
import { vaultSight } from './vault-jobs.ts';

/** Everything a plan is decided from. Two equal inputs give two equal plans. */
export interface PlanInput {
  readonly policies: Policies;
  /** The name of this deployment, as it is in the names of its recovery points. */
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly mode: Mode;
  readonly now: Instant;
  /** The time that the event itself states; it is only ever compared with `now`. */
  readonly eventTime?: Instant;
  /**
   * The digest of a set of expiries that a person has looked at and approved past the guardrail.
   */
  readonly approvedDigest?: string;
}

/** What decides which tables need a DescribeTable, before any was described. */
export type ConfirmInput = Pick<
  PlanInput,
  'instance' | 'memory' | 'mode' | 'now' | 'observation' | 'openFindings' | 'policies'
>;

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  compareText(a.name, b.name);

const byCreation = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || compareText(a.id, b.id) || compareText(a.status, b.status);

/**
 * Pages of a list that changes in between may show a point twice; the status that counts for less
 * is then used, which sorts later.
 */
const listedOnce = (points: readonly RecoveryPoint[]): readonly RecoveryPoint[] =>
  points.toSorted(byCreation).filter(({ id }, index, sorted) => id !== sorted[index + 1]?.id);

const byFacet = (a: Gap, b: Gap): number =>
  compareText(a.facet, b.facet) ||
  compareText(a.table ?? '', b.table ?? '') ||
  compareText(failureText(a.failure), failureText(b.failure));

const steadyObservation = (observation: Observation): Observation => ({
  ...observation,
  tables: observation.tables.toSorted(byName),
  ...(observation.tableNames !== undefined && { tableNames: observation.tableNames.toSorted() }),
  recoveryPoints: listedOnce(observation.recoveryPoints),
  gaps: observation.gaps.toSorted(byFacet),
});

/**
 * Sorts every list of a plan's input, so that no decision can depend on the order in which services responded. Lists that are already sorted cost
 * almost nothing.
 */
export const normalizeInput = <Input extends Pick<PlanInput, 'observation' | 'openFindings' | 'policies'>>(
  input: Input,
): Input => ({
  ...input,
  policies: { ...input.policies, policies: input.policies.policies.toSorted(byName) },
  observation: steadyObservation(input.observation),
  openFindings: input.openFindings.toSorted((a, b) => compareText(a.id, b.id)),
});

/** The observation in the order that decisions need: by table, by policy, this deployment's points apart from others'. */
export interface Scene {
  readonly governed: readonly GovernedTable[];
  readonly own: ReadonlyMap<string, OwnedRecoveryPoints>;
  /** Copies of this deployment's recovery points: they count for nothing that is decided at home. */
  readonly copies: ReadonlyMap<string, OwnedRecoveryPoints>;
  readonly streams: readonly Stream[];
  /** Every copy that a policy asks for, and how it stands; empty where none copies. */
  readonly wantedCopies: readonly WantedCopy[];
  readonly reach: ListReach;
  readonly regimes: Regimes;
  /** The restorable windows of governed tables, as the next run should remember them. */
  readonly pitrBaselines: ReadonlyMap<string, PitrBaseline>;
}

const baselinesOf = (
  governed: readonly GovernedTable[],
  { memory, now }: Pick<PlanInput, 'memory' | 'now'>,
): Scene['pitrBaselines'] => {
  const before = new Map(memory.pitrBaselines.map((baseline) => [baseline.table, baseline]));
  return new Map(
    governed.flatMap((one) => {
      const next = nextPitrBaseline(one, before.get(one.table.name), now);
      return next === undefined ? [] : [[one.table.name, next] as const];
    }),
  );
};

/**
 * SAFETY: nothing expires of a table with an open finding whose kind is in `stoppingExpiry`. Builds
 * the scene that a plan is decided from. Tables that opted out are in it, and have no streams. What
 * was read of tables since `before`, a scene of the same run and the same recovery points, is added
 * to it: which points a schedule asked for is not decided twice.
 */
export const sceneOf = (
  input: ConfirmInput & Pick<PlanInput, 'eventTime'>,
  stoppingExpiry: ReadonlySet<string>,
  before?: Scene,
): Scene => {
  const { instance, memory, now, observation, policies } = input;
  const governed = governedTables(policies, observation.tables);
  const own = before?.own ?? ownedRecoveryPoints(observation, instance);
  const copies = before?.copies ?? ownedCopies(observation, instance);
  const regimes = before?.regimes ?? regimesOf(memory, policies, now);
  const streams = streamsOf(input, { governed, own, regimes, before: before?.streams }, stoppingExpiry);
  const reach = listReach(observation);
  const wanted = wantedCopies(streams, {
    ...vaultSight(observation, memory),
    copies,
    observation,
    now,
  });
  return {
    governed,
    own,
    copies,
    streams,
    wantedCopies: wanted,
    reach,
    regimes,
    pitrBaselines: baselinesOf(governed, input),
  };
};
