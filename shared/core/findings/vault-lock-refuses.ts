import type { Finder, KindTraits } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-lock-refuses': true;
  }
}

/** What is known of it wherever it is open. */
export const vaultLockRefuses: KindTraits<'vault-lock-refuses'> = {
  kind: 'vault-lock-refuses',
  title: 'retention outside a vault lock',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/** Finds policies in use whose retention the lock of a backup vault does not allow, before the first job or copy fails by it. */
export const vaultLockRefusesFinder: Finder<'vault-lock-refuses'> = {
  kind: 'vault-lock-refuses',
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-lock-refuses', context),
};
