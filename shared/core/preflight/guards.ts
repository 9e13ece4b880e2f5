import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { Known, SeenLock, VaultFacts } from '../../model/vault-facts.ts';
import { unguardedIn } from './packaged-policy.ts';

/** How a vault is guarded against people: its lock, and whether its access policy denies deleting. */
export interface VaultGuard {
  readonly arn: string;
  /** Absent where it has none. */
  readonly lock?: SeenLock;
  readonly deletion: 'denied' | 'open' | 'unknown';
}

const deletionUnder = (
  policy: Known<string> | undefined,
  instance: string,
  target: Target,
): VaultGuard['deletion'] => {
  if (policy === undefined || policy.kind === 'unreadable') return 'unknown';
  if (policy.kind === 'missing') return 'open';
  return unguardedIn(policy.value, instance, target).length === 0 ? 'denied' : 'open';
};

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
    const deletion = deletionUnder(policy, instance, parseVaultArn(arn)?.target ?? target);
    return [{ arn, ...(lock !== undefined && { lock }), deletion }];
  });
