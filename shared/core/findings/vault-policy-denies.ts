import type { Finder, KindTraits } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-policy-denies': true;
  }
}

/** What is known of it wherever it is open. */
export const vaultPolicyDenies: KindTraits<'vault-policy-denies'> = {
  kind: 'vault-policy-denies',
  title: 'backup vault denies access',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/** Finds access policies of backup vaults that deny what a policy in use needs. */
export const vaultPolicyDeniesFinder: Finder<'vault-policy-denies'> = {
  kind: 'vault-policy-denies',
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-policy-denies', context),
};
