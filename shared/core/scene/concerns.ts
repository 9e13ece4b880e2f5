import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { endingPolicies, type Policies } from '../../model/policy.ts';
import { MUTE_TAG } from '../../model/table.ts';

/**
 * SAFETY: what is true for no reason costs a walk through decisions that come to nothing; what is false for no reason loses protection in silence. So each is
 * decided here alone, from few facts, and false only where none of them is there (`test/property/concerns.test.ts`). What a run has to decide about.
 */
export interface Concerns {
  /** Backup vaults: what is in them, jobs of AWS Backup, copies. */
  readonly vaults: boolean;
  /** What ends of deleted tables. */
  readonly goneTables: boolean;
  /** Mutes: those that tags ask for, and those of the last year. */
  readonly mutes: boolean;
  /** Which of all tables are tagged no more. */
  readonly tableNames: boolean;
  /** Point-in-time recovery as it is now. */
  readonly pitr: boolean;
}

/** What concerns are decided from. */
export interface ConcernsInput {
  readonly policies: Policies;
  readonly memory: Memory;
  readonly observation: Observation;
}

/** Whether a policy names a vault, or anything is remembered of one: a policy that dropped its vault leaves what is in it. */
export const areVaultsKnown = (
  { policies }: Pick<Policies, 'policies'>,
  { copiesAsked, vaultRecords }: Pick<Memory, 'copiesAsked' | 'vaultRecords'>,
): boolean =>
  policies.some(({ vault }) => vault !== undefined) ||
  vaultRecords !== undefined ||
  copiesAsked !== undefined;

const areVaultsSeen = ({ gaps, jobs = [], recoveryPoints }: Observation): boolean =>
  jobs.length > 0 ||
  gaps.some(({ facet }) => facet === 'vaults') ||
  recoveryPoints.some(({ engine }) => engine !== 'dynamodb');

/** Where tags were not all read, tables stay muted that were. */
const areMutesAsked = ({ gaps, tables }: Observation): boolean =>
  gaps.some(({ facet }) => facet === 'tags') || tables.some(({ tags }) => tags[MUTE_TAG] !== undefined);

/** Decides what there is anything to decide about. */
export const concernsOf = ({ memory, observation, policies }: ConcernsInput): Concerns => ({
  vaults: areVaultsKnown(policies, memory) || areVaultsSeen(observation),
  goneTables: endingPolicies(policies).length > 0 || memory.goneTables !== undefined,
  mutes: memory.mutes !== undefined || areMutesAsked(observation),
  tableNames: observation.facets.includes('table-names'),
  pitr: observation.tables.some(({ pitr }) => pitr !== undefined),
});
