import { missingVault } from '../preflight/vault-there.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import type { CheckContext } from './context.ts';
import type { ObservedKind } from './kind.ts';
import { findingOfTrouble } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-missing': true;
  }
}

const find = ({ now, observation, policies }: CheckContext) =>
  observation.gaps.filter(isMissingVault).map(({ vault = '' }) => {
    const kind = 'vault-missing' as const;
    return findingOfTrouble({ ...missingVault(vault, policies.policies, observation.target), kind }, now);
  });

/**
 * Finds backup vaults that a policy names or that are remembered and that are not there. SAFETY: only a whole list of vaults shows it; one that could not be
 * read is a gap.
 */
export const vaultMissing: ObservedKind<'vault-missing'> = {
  kind: 'vault-missing',
  title: 'backup vault not there',
  facets: ['vaults'],
  findsFrom: ['vaults'],
  find,
};
