import type { ObservedKind } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-policy-denies': true;
  }
}

/** Finds access policies of backup vaults that deny what a policy in use needs. */
export const vaultPolicyDenies: ObservedKind<'vault-policy-denies'> = {
  kind: 'vault-policy-denies',
  title: 'backup vault denies access',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-policy-denies', context),
};
