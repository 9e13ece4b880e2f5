import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding, PitrBaseline } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import { allSeriesOf } from './all-series.ts';
import { wantedCopies } from './copies.ts';
import { type ListReach, listReach } from './due.ts';
import { type GovernedTable, governedTables } from './governed.ts';
import { type Listed, listedOnce, normalizeInput } from './ordered.ts';
import { type OwnSeriesByKey, ownPointsIn } from './own-points.ts';
import { nextPitrBaseline } from './pitr.ts';
import { clockSuspicion } from './reach.ts';
import { type Regimes, regimesOf } from './regimes.ts';
import { type Concerns, concernsOf } from './scope.ts';
import type { Series } from './series.ts';
import { vaultSight } from './vault-jobs.ts';
import type { WantedCopy } from './wanted-copy.ts';

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

/** The observation in the order that decisions need: by table, by policy, this deployment's points apart from others'. */
export interface Scene {
  readonly concerns: Concerns;
  /** All recovery points, in order. */
  readonly listed: Listed;
  /** What makes `now` suspicious, as a sentence; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
  readonly governed: readonly GovernedTable[];
  readonly own: OwnSeriesByKey;
  /** Copies of this deployment's recovery points: they count for nothing that is decided at home. */
  readonly copies: OwnSeriesByKey;
  readonly allSeries: readonly Series[];
  /** Every copy that a policy asks for, and how it stands; empty where none copies. */
  readonly wantedCopies: readonly WantedCopy[];
  readonly reach: ListReach;
  readonly regimes: Regimes;
  /** The restorable windows of governed tables, as the next run should remember them. */
  readonly pitrBaselines: ReadonlyMap<string, PitrBaseline>;
}

/** Where nothing was read of point-in-time recovery, windows are as they are remembered. */
const baselinesOf = (
  governed: readonly GovernedTable[],
  { memory, now }: Pick<PlanInput, 'memory' | 'now'>,
  { pitr: isRead }: Pick<Concerns, 'pitr'>,
): Scene['pitrBaselines'] => {
  const before = new Map(memory.pitrBaselines.map((baseline) => [baseline.table, baseline]));
  return new Map(
    governed.flatMap((one) => {
      const known = before.get(one.table.name);
      const next = isRead ? nextPitrBaseline(one, known, now) : known;
      return next === undefined ? [] : [[one.table.name, next] as const];
    }),
  );
};

/**
 * SAFETY: nothing expires of a table with an open finding whose kind is in `stoppingExpiry`. Builds
 * the scene that a plan is decided from. Tables that opted out are in it, and have no series. What
 * was read of tables since `before`, a scene of the same run and the same recovery points, is added
 * to it: which points a schedule asked for is not decided twice.
 */
export const sceneOf = (
  given: ConfirmInput & Pick<PlanInput, 'eventTime'>,
  stoppingExpiry: ReadonlySet<string>,
  before?: Scene,
  concerns: Concerns = concernsOf(given),
): Scene => {
  const listed = listedOnce(given.observation.recoveryPoints, before?.listed);
  const input = normalizeInput(given, listed);
  const { instance, memory, now, observation, policies } = input;
  const governed = governedTables(policies, observation.tables);
  const { own, copies } = before ?? ownPointsIn(observation, instance);
  const regimes = before?.regimes ?? regimesOf(memory, policies, now);
  const clockSuspicious = clockSuspicion(input);
  const known = { concerns, governed, own, regimes, clockSuspicious, before: before?.allSeries };
  const allSeries = allSeriesOf(input, known, stoppingExpiry);
  const wanted = (): readonly WantedCopy[] =>
    wantedCopies(allSeries, { ...vaultSight(observation, memory), copies, observation, now });
  return {
    concerns,
    listed,
    clockSuspicious,
    governed,
    own,
    copies,
    allSeries,
    wantedCopies: concerns.vaults ? wanted() : [],
    reach: listReach(observation),
    regimes,
    pitrBaselines: baselinesOf(governed, input, concerns),
  };
};
