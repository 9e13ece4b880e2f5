import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { keyPolicies } from './key-policy.ts';
import { linkedRole } from './linked-role.ts';
import { preflight } from './preflight.ts';
import { restoreRole } from './restore-role.ts';
import { joined, NOTHING, type Preflight } from './trouble.ts';

/**
 * Decides the same as `preflight`, and what only a person may ask for: policies of keys, the role of AWS Backup itself, and the role that restores. It stands
 * apart so that no function carries it.
 */
export const personalPreflight = (
  policies: readonly Policy[],
  facts: VaultFacts,
  target: Target,
  now: Instant,
): Preflight =>
  joined([
    preflight(policies, facts, target, now),
    keyPolicies(policies, facts, target),
    facts.restoreRole === undefined ? NOTHING : restoreRole(facts.restoreRole),
    linkedRole(facts),
  ]);
