import type { DrillState } from './drill.ts';
import type { Failure } from './failure.ts';
import type { FormerReplica } from './former-replica.ts';
import type { Instant } from './instant.ts';
import type { Job } from './job.ts';
import type { KeyFacts } from './key-facts.ts';
import type { RecoveryPoint } from './recovery-point.ts';
import type { SystemBackup } from './system-backup.ts';
import type { TaggedTable } from './table.ts';
import type { Target } from './target.ts';
import type { TopicState } from './topic-state.ts';
import type { VaultFacts } from './vault-facts.ts';

/**
 * What a run may look at. `tags`: every table with the policy tag · `details`: DescribeTable of every one of them · `table-names`: all existing
 * tables · `recent-recovery-points`: those since `recoveryPointsSince` · `recovery-points`: all of them · `pitr`: point-in-time recovery of every
 * table whose policy promises it · `drills`: what drills came to · `subscriptions`: who receives the alerts · `vaults`: recovery points in backup vaults, and jobs of AWS Backup
 * · `table-keys`: under which keys of customers tables stood, and the state of those keys; `keyFacts` says of each key whether it could be read
 * · `vault-settings`: what policies of vaults need, and never with a gap: `vaultFacts` says of each thing whether it could be read.
 */
export type Facet =
  | 'details'
  | 'drills'
  | 'pitr'
  | 'recent-recovery-points'
  | 'recovery-points'
  | 'subscriptions'
  | 'table-keys'
  | 'table-names'
  | 'tags'
  | 'vaults'
  | 'vault-settings'
  | 'memory';

/** What could not be read, and why. Without a table, nothing of the facet is known to be complete. */
export interface Gap {
  readonly facet: Facet;
  readonly table?: string;
  /** The only backup vault that could not be read, by ARN, where that is all. */
  readonly vault?: string;
  readonly failure: Failure;
  /** Set where nothing stood in the way but the end of the run: the next run reads it first, and nobody has to do anything. */
  readonly deferred?: true;
}

/** A table that lost a policy, as one run saw it; with the tags as the table itself has them, where they could be read. */
export type FormerTable = Pick<TaggedTable, 'name' | 'details' | 'pitr'> & Partial<Pick<TaggedTable, 'tags'>>;

/** SYSTEM backups in order of creation, with the failure where the list is not whole. */
export interface SystemBackupList {
  readonly items: readonly SystemBackup[];
  readonly gap?: Failure;
  /** The tables that the gap concerns; absent where it concerns every table. */
  readonly unreadOf?: readonly string[];
}

/** A tag that looks like the policy tag and is another one. */
export interface StrayTag {
  readonly table: string;
  readonly key: string;
  readonly value: string;
}

/** All that one run saw of a target at one instant, and what it could not see. */
export interface Observation {
  readonly target: Target;
  readonly observedAt: Instant;
  /** The only tables that this run set out to look at, which every list here is limited to; absent where it looked at all. */
  readonly scope?: readonly string[];
  /** Tables of the scope that are deleted or being deleted, with the tags that are still listed; present with a scope. */
  readonly goneTables?: readonly TaggedTable[];
  /** What this run set out to look at; what is missing of it is in `gaps`. */
  readonly facets: readonly Facet[];
  /** Tables with the policy tag, sorted by name. Those that turned out not to exist any more are not among them. */
  readonly tables: readonly TaggedTable[];
  /** Tags of other tables that seem to be meant as the policy tag, sorted by table; present where every tag was read. */
  readonly strayTags?: readonly StrayTag[];
  /** Every table's name, sorted; present with the facet `table-names`. */
  readonly tableNames?: readonly string[];
  /** User-made recovery points, this deployment's and others', sorted by creation. */
  readonly recoveryPoints: readonly RecoveryPoint[];
  /** The lower bound of the listing, when it had one. */
  readonly recoveryPointsSince?: Instant;
  /**
   * SAFETY: what is not among the recovery points did not exist at this instant, when their reading began. Absent where the list has a gap
   * or was not read.
   */
  readonly recoveryPointsWholeAt?: Instant;
  /** Jobs of AWS Backup of the last 30 days, this deployment's and others'; present with the facet `vaults` once they were read. */
  readonly jobs?: readonly Job[];
  /** What policies of vaults need; present with the facet `vault-settings`, where a policy names a vault. */
  readonly vaultFacts?: VaultFacts;
  /** Which keys recovery points need, and how these stand; present with the facet `table-keys` once it was read. */
  readonly keyFacts?: KeyFacts;
  /** SAFETY: as `recoveryPointsWholeAt`, of all backup vaults and jobs. */
  readonly vaultsWholeAt?: Instant;
  /** What drills came to, sorted by table; present with the facet `drills` once it was read. */
  readonly drills?: readonly DrillState[];
  /** When the function of drills last noted a run: null where it never did; absent where that could not be read. */
  readonly drillsRanAt?: Instant | null;
  /** Who receives the alerts; present with the facet `subscriptions` once it was read. */
  readonly topic?: TopicState;
  /** Tables that a policy governed once and none, or not the same, governs now, as far as they could be looked at; sorted by name. */
  readonly formerTables?: readonly FormerTable[];
  /** What DynamoDB made of deleted tables, or why it could not be listed; present where a run asked, because a table is newly gone. */
  readonly systemBackups?: SystemBackupList;
  /** The global tables that newly lost tables were part of, sorted by table; absent where none was, and in a run that did not look. */
  readonly formerReplicas?: readonly FormerReplica[];
  readonly gaps: readonly Gap[];
}
