import type { Finder, KindTraits } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-key-unusable': true;
  }
}

/** What is known of it wherever it is open. */
export const vaultKeyUnusable: KindTraits<'vault-key-unusable'> = {
  kind: 'vault-key-unusable',
  title: 'key of a backup vault unusable',
  facets: ['tags', 'vault-settings'],
};

/** Finds keys of backup vaults that are disabled, wait for their deletion or are gone, so that nothing in the vault can be restored. */
export const vaultKeyUnusableFinder: Finder<'vault-key-unusable'> = {
  kind: 'vault-key-unusable',
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-key-unusable', context),
};
