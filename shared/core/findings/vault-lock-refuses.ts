import type { ObservedKind } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-lock-refuses': true;
  }
}

/** Finds policies in use whose retention the lock of a backup vault does not allow, before the first job or copy fails by it. */
export const vaultLockRefuses: ObservedKind<'vault-lock-refuses'> = {
  kind: 'vault-lock-refuses',
  title: 'retention outside a vault lock',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-lock-refuses', context),
};
