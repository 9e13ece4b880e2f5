import type { EnablePitrAction } from '../../model/action.ts';
import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding, PitrBaseline } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { GuardrailLimits, Policies, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { LostCopy } from '../../model/vault-record.ts';
import type { Preflight } from '../preflight/trouble.ts';
import type { LostTable } from '../protection/deletions.ts';
import type { Loss } from '../protection/loss.ts';
import type { ReplacedTable } from '../protection/replacements.ts';
import type { SeriesNow } from '../protection/series.ts';
import type { GovernedTable } from '../scene/governed.ts';
import type { OwnRecoveryPoint, OwnSeriesByKey } from '../scene/own-points.ts';
import type { PromisedTable } from '../scene/pitr.ts';
import type { Regimes } from '../scene/regimes.ts';
import type { Concerns } from '../scene/scope.ts';
import type { Series, SeriesPoint } from '../scene/series.ts';
import type { WantedCopy } from '../scene/wanted-copy.ts';

/**
 * The recovery points of one governed table under one policy: owned by this instance, of the table's present
 * incarnation, not from the future.
 */
export interface SeriesState extends Pick<Series, 'confirmed' | 'jobs' | 'points' | 'unseen'> {
  readonly table: string;
  readonly policy: Policy;
  /** The newest one that can be restored. */
  readonly newestAvailable?: RecoveryPoint | undefined;
  /** The newest one still being made. */
  readonly newestCreating?: RecoveryPoint | undefined;
  /** The newest slot of the schedule that is not in the future. */
  readonly latestSlot: Instant;
  /** Those that no schedule required, of any incarnation and status, newest slot first. */
  readonly unasked: readonly SeriesPoint[];
  /** Set when a hold is gone that kept it until now; absent once what it kept may expire. */
  readonly lifted?: LiftedHold;
}

/** A hold that is gone, and what it kept under one policy. */
export interface LiftedHold {
  readonly since: Instant;
  /** When what it kept may expire. */
  readonly until: Instant;
  /** Recovery points no longer kept by the policy's rules. */
  readonly points: number;
}

/** What one series would lose beyond the guardrail. */
export interface WorstLoss {
  readonly table: string;
  readonly lost: number;
  /** How many it should have. */
  readonly available: number;
  /** The share of its reach into the past, if only that exceeds the limit. */
  readonly reach?: number;
}

/** What exceeds the guardrail under one policy. */
export interface GuardrailExcess {
  readonly policy: string;
  /** Those whose series would lose too much, sorted. */
  readonly tables: readonly string[];
  /** Recovery points that these tables would have lost, including those lost to an earlier edit. */
  readonly expiries: number;
  /** The series that would lose the greatest share. */
  readonly worst: WorstLoss;
}

/** Why a plan expires nothing although its rules would expire more than the guardrail allows. */
export interface GuardrailRefusal {
  /** Identifies the set of expiries; a run that is given this digest passes the guardrail. */
  readonly digest: string;
  /** Everything that an approval of the digest deletes, of all tables: more than what is over the limit. */
  readonly expiries: number;
  /** Of which tables, sorted. */
  readonly tables: readonly string[];
  readonly limits: GuardrailLimits;
  /** At least one; sorted by policy. */
  readonly excesses: readonly GuardrailExcess[];
}

/** Everything that checks read: plain data, collected once by the plan. */
export interface CheckContext {
  readonly concerns: Concerns;
  readonly policies: Policies;
  readonly instance: string;
  readonly observation: Observation;
  /** One for every tagged table, sorted by name. */
  readonly governed: readonly GovernedTable[];
  /** One for every governed table and policy, sorted by table and policy. */
  readonly allSeries: readonly SeriesState[];
  /** Those that are promised point-in-time recovery and whose point-in-time recovery is known. */
  readonly promisedTables: readonly PromisedTable[];
  /** Every copy that a policy asks for, and how it stands. */
  readonly wantedCopies: readonly WantedCopy[];
  /** Every recovery point of this deployment that was seen, even if its table or policy is gone, by `seriesKey`. */
  readonly own: OwnSeriesByKey;
  /** Every copy of these that was seen in another vault, by `seriesKey`. */
  readonly copies: OwnSeriesByKey;
  /** Those with all copies of them, seen or remembered, wherever they are; empty in a run that did not look into vaults. */
  readonly everywhere: readonly OwnRecoveryPoint[];
  /** What makes `now` suspicious, as a sentence; absent when nothing does. */
  readonly clockSuspicious?: string | undefined;
  /** Every policy that governed a table and no longer does, sorted by table and policy. */
  readonly losses: readonly Loss[];
  /**
   * Tables that a policy kept and that are gone, not yet reported; present only when the run looked up what is left of
   * them.
   */
  readonly lostTables: readonly LostTable[];
  /** Tables whose deletion was reported but not that their last recovery points have gone since. */
  readonly emptiedTables: readonly LostTable[];
  /** Governed tables that were deleted and recreated, not yet reported. */
  readonly replacedTables: readonly ReplacedTable[];
  /** The series that could be compared with what earlier audits saw, sorted by table and policy. */
  readonly series: readonly SeriesNow[];
  readonly memory: Memory;
  readonly regimes: Regimes;
  /** What this run will remember of gone tables. */
  readonly gone: Pick<Memory, 'goneLookedAt' | 'goneTables'>;
  /** Copies that somebody deleted from vaults that could be listed, by table, as this run will remember them. */
  readonly lostCopies: ReadonlyMap<string, readonly LostCopy[]>;
  /** What keeps AWS Backup from doing what policies of vaults ask for, as far as an audit asked. */
  readonly preflight: Preflight;
  /** The restorable windows of governed tables, by table, as this run will remember them. */
  readonly pitrBaselines: ReadonlyMap<string, PitrBaseline>;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
  /** When the event that started the run claims to have happened. */
  readonly eventTime?: Instant | undefined;
  readonly guardrail?: GuardrailRefusal | undefined;
  /** The repairs of point-in-time recovery that this run plans. */
  readonly plannedRepairs: readonly EnablePitrAction[];
  /** Everything that a mute of its table would suppress; present for the kind `muted` only. */
  readonly heldBack?: readonly Finding[];
}
