import { missingVault } from '../preflight/vault-there.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
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

/** What is known of it wherever it is open. */
export const vaultMissing: KindTraits<'vault-missing'> = {
  kind: 'vault-missing',
  title: 'backup vault not there',
  facets: ['vaults'],
};

/**
 * Finds backup vaults that a policy names or that are remembered and that are not there. SAFETY: only a whole list of vaults shows it; one that could not be
 * read is a gap.
 */
export const vaultMissingFinder: Finder<'vault-missing'> = {
  kind: 'vault-missing',
  findsFrom: ['vaults'],
  find,
};
