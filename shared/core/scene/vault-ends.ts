import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Policies } from '../../model/policy.ts';
import type { VaultRecord } from '../../model/vault-record.ts';

/** What is remembered of vaults, and which of these are not there, by ARN. */
export interface VaultEndsInput extends Pick<Policies, 'policies'> {
  readonly records: readonly VaultRecord[];
  readonly missing: ReadonlySet<string>;
}

/**
 * Lists when AWS Backup deletes each recovery point and each copy of a table that is remembered to be in a vault, also what is over by now; undefined for each that
 * has no end. A recovery point of which no end was noted has the one that its policy says.
 */
export const vaultEnds = (
  table: string,
  { missing, policies, records }: VaultEndsInput,
): readonly (Instant | undefined)[] => {
  const daysOf = new Map(policies.map((policy) => [policy.name, policy.vault?.deleteAfterDays]));
  const points = records
    .filter(({ recordedTable }) => recordedTable === table)
    .flatMap((record) => record.points);
  return points.flatMap(({ copies = [], createdAt, deletesAt: ownEnd, goneAt, policy, vault }) => {
    const days = daysOf.get(policy);
    const there = copies
      .filter((copy) => copy.state === 'completed' && !missing.has(copy.vault))
      .map(({ deletesAt }) => deletesAt);
    if (goneAt !== undefined || missing.has(vault)) return there;
    return [ownEnd ?? (days === undefined ? undefined : createdAt + days * DAY_MS), ...there];
  });
};
