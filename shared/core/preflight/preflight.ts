import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { jobRole } from './job-role.ts';
import { locksForGood } from './lock-for-good.ts';
import { sameVaults } from './same-vault.ts';
import { backupSettings } from './settings.ts';
import { joined, type Preflight } from './trouble.ts';
import { vaultGuard } from './vault-guard.ts';
import { vaultKeys } from './vault-key.ts';
import { vaultLocks } from './vault-lock.ts';
import { vaultPolicies } from './vault-policy.ts';
import { vaultsThere } from './vault-there.ts';

/**
 * Decides what keeps AWS Backup from doing what policies ask for, before a job fails by it. SAFETY: what could not be read is unknown, and never counts
 * as missing. `doctor`, `validate --against-account` and audits say the same, because all of them ask this.
 */
export const preflight = (
  policies: readonly Policy[],
  facts: VaultFacts,
  target: Target,
  now: Instant,
): Preflight =>
  joined([
    vaultsThere(policies, facts, target),
    sameVaults(policies, target),
    vaultKeys(facts),
    jobRole(facts),
    backupSettings(policies, facts, target),
    vaultLocks(policies, facts, target),
    vaultPolicies(policies, facts, target),
    vaultGuard(facts, target),
    locksForGood(policies, facts, target, now),
  ]);
