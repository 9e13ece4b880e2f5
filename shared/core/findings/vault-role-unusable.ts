import type { Finder, KindTraits } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-role-unusable': true;
  }
}

/** What is known of it wherever it is open. */
export const vaultRoleUnusable: KindTraits<'vault-role-unusable'> = {
  kind: 'vault-role-unusable',
  title: 'role of backup jobs unusable',
  facets: ['tags', 'vault-settings'],
};

/** Finds that AWS Backup cannot take on the role of jobs: it is gone, or does not trust AWS Backup. */
export const vaultRoleUnusableFinder: Finder<'vault-role-unusable'> = {
  kind: 'vault-role-unusable',
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-role-unusable', context),
};
