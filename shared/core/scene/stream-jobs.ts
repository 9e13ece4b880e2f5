import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policy } from '../../model/policy.ts';
import { vaultGaps } from './reach.ts';
import type { Stream } from './stream.ts';
import { attemptsOf, hasTable, homeVaultOf, pointsBeingMade, slotJobs, vaultSight } from './vault-jobs.ts';

interface VaultInput {
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly now: Instant;
}

type Unjudged = Omit<Stream, 'backupsFailing'>;

/** SAFETY: what is in a vault that could not be read is unknown. Finds whether the vault of a policy, or the jobs of AWS Backup, were not seen whole. */
const unseenVaults = ({ observation: { facets, gaps, target } }: VaultInput) => {
  const ofVaults = gaps.filter(({ facet }) => facet === 'vaults');
  const isBlind = !facets.includes('vaults') || ofVaults.some(({ vault }) => vault === undefined);
  const unread = new Set(ofVaults.map(({ vault }) => vault));
  return (policy: Policy): boolean =>
    policy.vault !== undefined && (isBlind || unread.has(homeVaultOf(policy, target)));
};

/** Adds to the series of a policy of a vault what its jobs are making, which job has its table, and what could not be read. */
export const withVaultJobs = (
  input: VaultInput,
): (<Given extends Unjudged>(stream: Given, governing: readonly Policy[]) => Given) => {
  const sight = vaultSight(input.observation, input.memory);
  const { target } = input.observation;
  const isUnseen = unseenVaults(input);
  const gapsOf = vaultGaps(input.observation);
  return (stream, governing) => {
    const { gaps, policy, table } = stream;
    const scope = { ...stream, governing, target, instance: input.instance, now: input.now };
    const own = slotJobs(scope, sight);
    const listed = new Set(stream.points.map(({ recoveryPoint }) => recoveryPoint.id));
    const making = pointsBeingMade(scope, own, listed);
    const slots = new Set(own.map(({ job }) => job.id));
    const other = sight.jobsOf(table).find((job) => !slots.has(job.id) && hasTable(job, input.now));
    return {
      ...stream,
      gaps: [...gaps, ...gapsOf(policy)],
      points: [
        ...stream.points,
        ...making.map((recoveryPoint) => ({ recoveryPoint, slot: stream.latestSlot })),
      ],
      jobs: { own, attempts: attemptsOf(scope, own, sight), ...(other !== undefined && { other }) },
      ...(isUnseen(policy) && { unseen: true }),
    };
  };
};
