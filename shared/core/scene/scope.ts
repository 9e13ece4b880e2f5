import type { Finding } from '../../model/finding.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { endingPolicies, type Policies } from '../../model/policy.ts';
import { MUTE_TAG } from '../../model/table.ts';

// What a run is about: which tables, and what of them there is anything to decide about.

/** The tables that a run is limited to; undefined for a run on all tables. */
export type Scope = readonly string[] | undefined;

/**
 * Selects the findings that a run with this scope may find or resolve. Findings about several tables or the whole
 * target are left to a run on all tables: a few tables prove nothing about how many there are.
 */
export const findingsInScope = <Found extends Finding>(
  findings: readonly Found[],
  scope: Scope,
): readonly Found[] =>
  scope === undefined
    ? findings
    : findings.filter(({ table }) => table !== undefined && scope.includes(table));

/** Limits what is remembered of tables to those of the scope. What is remembered of the whole target stays. */
export const memoryInScope = (memory: Memory, scope: Scope): Memory => {
  if (scope === undefined) return memory;
  const { mutes, pitrBaselines, protections, series } = memory;
  const isIn = ({ table }: { readonly table: string }): boolean => scope.includes(table);
  return {
    ...memory,
    ...(mutes !== undefined && { mutes: mutes.filter(({ mutedTable }) => scope.includes(mutedTable)) }),
    ...(protections !== undefined && { protections: protections.filter(isIn) }),
    ...(series !== undefined && { series: series.filter(isIn) }),
    pitrBaselines: pitrBaselines.filter(isIn),
  };
};

/**
 * SAFETY: whether a run with a scope saw the table that a finding is about. Of a table that is gone or not tagged it resolves nothing, because
 * only a look at all tables shows whether most lost their tags at once.
 */
export const isInSight = (
  { table }: Pick<Finding, 'table'>,
  { scope, tables }: Pick<Observation, 'scope' | 'tables'>,
): boolean =>
  scope === undefined ||
  (table !== undefined && scope.includes(table) && tables.some(({ name }) => name === table));

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
