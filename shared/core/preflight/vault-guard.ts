import { advise } from '../../model/advice.ts';
import type { Target } from '../../model/target.ts';
import { type Vault, vaultArn } from '../../model/vault-arn.ts';
import type { Known, MadeVault, SeenVault, VaultFacts } from '../../model/vault-facts.ts';
import { counted, listed } from '../text/words.ts';
import { putLockCommand, putVaultPolicyCommand } from './commands.ts';
import { packagedPolicy, unguardedIn } from './packaged-policy.ts';
import { joined, NOTHING, type Preflight, troubled, unknown } from './trouble.ts';

interface Made {
  readonly made: MadeVault;
  readonly vault: Vault;
  readonly arn: string;
}

const WHO = 'See in CloudTrail who did it. To put it back:';

/** A longer time than asked for guards more, and what it costs is said elsewhere. */
const lockGone = ({ arn, made, vault }: Made, { lock: seen }: SeenVault): Preflight => {
  const { lock } = made;
  if (lock === undefined) return NOTHING;
  const { minDays = 0 } = lock;
  if (seen !== undefined && (seen.minDays ?? 0) >= minDays) return NOTHING;
  const what =
    seen === undefined
      ? 'is gone'
      : `keeps recovery points for ${counted(seen.minDays ?? 0, 'day')} only, and was deployed with ${minDays}`;
  return troubled({
    kind: 'vault-unguarded',
    subject: [arn, 'lock'],
    severity: 'critical',
    fact: `The lock of the backup vault ${vault.name}, which the deployment put on it, ${what}: people with rights can delete what is in it.`,
    measured: seen === undefined ? 'no lock' : counted(seen.minDays ?? 0, 'day'),
    promised: `${lock.mode}, at least ${counted(minDays, 'day')}`,
    advice: advise(`If it is meant, deploy with vaultLock=none. ${WHO}`, putLockCommand(vault, lock)),
  });
};

const policyGone = ({ arn, made, vault }: Made, seen: Known<string>): Preflight => {
  if (seen.kind === 'unreadable')
    return unknown({
      kind: 'vault-unguarded',
      subject: [arn, 'policy'],
      what: `the access policy of the vault ${vault.name}`,
      failure: seen.failure,
    });
  const left = seen.kind === 'missing' ? [] : unguardedIn(seen.value, made.instance, vault.target);
  if (seen.kind === 'found' && left.length === 0) return NOTHING;
  const what =
    seen.kind === 'missing'
      ? 'is gone'
      : `was changed, and no longer denies ${listed(left)} to everybody but prune`;
  return troubled({
    kind: 'vault-unguarded',
    subject: [arn, 'policy'],
    severity: 'warning',
    fact: `The access policy of the backup vault ${vault.name}, by which only prune deletes, ${what}: whoever has the right can delete what is in it.`,
    measured: seen.kind === 'missing' ? 'no access policy' : 'changed',
    promised: 'only prune deletes',
    advice: advise(
      `Somebody may have taken it away to delete something by hand, and forgotten it. ${WHO}`,
      putVaultPolicyCommand(vault, packagedPolicy(made, vault.target)),
    ),
  });
};

/**
 * Finds what is gone of what the deployment guards its own vault with: the lock that it was asked for, and the access policy by which only prune deletes. Of a vault that it did not
 * make nothing is known to be promised.
 */
export const vaultGuard = (
  { made, policies, vaults }: Pick<VaultFacts, 'made' | 'policies' | 'vaults'>,
  target: Target,
): Preflight => {
  if (made === undefined || made === 'none') return NOTHING;
  const vault = { target, name: made.name };
  const arn = vaultArn(vault);
  const one = { arn, made, vault };
  const seen = vaults.find((each) => each.arn === arn)?.seen;
  const policy = policies.find((each) => each.arn === arn)?.seen;
  if (seen?.kind === 'unreadable')
    return unknown({
      kind: 'vault-unguarded',
      subject: [arn],
      what: `the vault ${made.name}`,
      failure: seen.failure,
    });
  return joined([
    seen?.kind === 'found' ? lockGone(one, seen.value) : NOTHING,
    policy === undefined ? NOTHING : policyGone(one, policy),
  ]);
};
