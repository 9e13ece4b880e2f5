import type { ObservedKind } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-locked-for-good': true;
  }
}

/** Finds locks of backup vaults that are about to be final, which nobody asked the deployment for, while they can be taken back. */
export const vaultLockedForGood: ObservedKind<'vault-locked-for-good'> = {
  kind: 'vault-locked-for-good',
  title: 'vault lock about to be final',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-locked-for-good', context),
};
