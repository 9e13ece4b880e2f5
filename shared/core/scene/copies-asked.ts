import type { Instant } from '../../model/instant.ts';
import type { CopiesAsked, Memory } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';

/** What was asked for before anything was remembered of it. */
const ALWAYS: Instant = 0;

type Asked = Pick<Memory, 'copiesAsked'>;

const findSince = ({ copiesAsked }: Asked, policy: string, vault: string): Instant | undefined =>
  copiesAsked?.find((one) => one.policy === policy && one.vault === vault)?.since;

/**
 * Returns since when a policy names a vault to copy to, as runs saw it: now where this run is the first. SAFETY: where nothing is remembered, it was always
 * named, so that nothing that is owed is reported later.
 */
export const copiesAskedSince = (memory: Asked, policy: string, vault: string, now: Instant): Instant =>
  findSince(memory, policy, vault) ?? (memory.copiesAsked === undefined ? ALWAYS : now);

/** Returns what to remember of that; undefined where no policy has a vault. A vault that is named again begins again. */
export const nextCopiesAsked = (
  memory: Asked,
  { policies }: Pick<Policies, 'policies'>,
  now: Instant,
): readonly CopiesAsked[] | undefined => {
  if (policies.every(({ vault }) => vault === undefined)) return undefined;
  return policies
    .flatMap(({ name: policy, vault }) =>
      (vault?.copyTo ?? []).map(({ vaultArn }) => ({
        policy,
        vault: vaultArn,
        since: copiesAskedSince(memory, policy, vaultArn, now),
      })),
    )
    .toSorted((a, b) => (`${a.policy} ${a.vault}` < `${b.policy} ${b.vault}` ? -1 : 1));
};
