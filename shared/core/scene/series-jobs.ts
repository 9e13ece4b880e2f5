import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../model/policy.ts';
import { vaultGaps } from './reach.ts';
import type { Series } from './series.ts';
import {
  attemptsOf,
  hasTable,
  homeVaultsOf,
  pointsBeingMade,
  slotJobs,
  type VaultSight,
  vaultSight,
} from './vault-jobs.ts';

interface VaultInput {
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly now: Instant;
}

type Unjudged = Omit<Series, 'backupsFailing'>;

/**
 * SAFETY: what is in a vault that could not be read is unknown. Finds whether a vault that has recovery points of a series, or the jobs of AWS Backup,
 * were not seen whole.
 */
const unseenVaults = ({ observation: { facets, gaps, target } }: VaultInput, { recordOf }: VaultSight) => {
  const ofVaults = gaps.filter(({ facet }) => facet === 'vaults');
  const isBlind = !facets.includes('vaults') || ofVaults.some(({ vault }) => vault === undefined);
  const unread = new Set(ofVaults.map(({ vault }) => vault));
  return ({ policy, table }: Pick<Series, 'policy' | 'table'>): boolean => {
    const record = recordOf(table);
    if (policy.vault === undefined && record === undefined) return false;
    const homes = homeVaultsOf(policy, record, target);
    return homes.length > 0 && (isBlind || homes.some((vault) => unread.has(vault)));
  };
};

/** Adds to a series what could not be read of vaults, and under a policy of a vault what its jobs are making and which job has its table. */
export const withVaultJobs = (
  input: VaultInput,
): (<Given extends Unjudged>(series: Given, governing: readonly Policy[]) => Given) => {
  const sight = vaultSight(input.observation, input.memory);
  const { target } = input.observation;
  const isUnseen = unseenVaults(input, sight);
  const gapsOf = vaultGaps(input.observation);
  return (unjudged, governing) => {
    const series = { ...unjudged, ...(isUnseen(unjudged) && { unseen: true as const }) };
    const { gaps, policy, table } = series;
    if (policy.vault === undefined) return series;
    const scope = { ...series, governing, target, instance: input.instance, now: input.now };
    const own = slotJobs(scope, sight);
    const listed = new Set(series.points.map(({ recoveryPoint }) => recoveryPoint.id));
    const making = pointsBeingMade(scope, own, listed);
    const slots = new Set(own.map(({ job }) => job.id));
    const other = sight.jobsOf(table).find((job) => !slots.has(job.id) && hasTable(job, input.now));
    return {
      ...series,
      gaps: [...gaps, ...gapsOf(policy)],
      points: [
        ...series.points,
        ...making.map((recoveryPoint) => ({ recoveryPoint, slot: series.latestSlot })),
      ],
      jobs: { own, attempts: attemptsOf(scope, own, sight), ...(other !== undefined && { other }) },
    };
  };
};
