import type { Target } from '../../model/target.ts';
import type { SeenLock, VaultFacts } from '../../model/vault-facts.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { unguardedIn } from './packaged-policy.ts';

/** How a vault is guarded against people: its lock, and whether its access policy denies deleting. */
export interface VaultGuard {
  readonly arn: string;
  /** Absent where it has none. */
  readonly lock?: SeenLock;
  readonly deletion: 'denied' | 'open' | 'unknown';
}

/** Lists how the vaults are guarded that are there. */
export const guardsOf = (
  { policies, vaults }: Pick<VaultFacts, 'policies' | 'vaults'>,
  instance: string,
  target: Target,
): readonly VaultGuard[] =>
  vaults.flatMap(({ arn, seen }): readonly VaultGuard[] => {
    if (seen.kind !== 'found') return [];
    const { lock } = seen.value;
    const policy = policies.find((one) => one.arn === arn)?.seen;
    const there = parseVaultArn(arn)?.target ?? target;
    const isDenied =
      policy?.kind === 'found' && unguardedIn(policy.value, instance, there).length === 0;
    const deletion = isDenied ? 'denied' : policy?.kind === 'unreadable' || policy === undefined ? 'unknown' : 'open';
    return [{ arn, ...(lock !== undefined && { lock }), deletion }];
  });
