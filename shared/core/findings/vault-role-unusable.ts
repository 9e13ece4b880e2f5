import type { ObservedKind } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-role-unusable': true;
  }
}

/** Finds that AWS Backup cannot take on the role of jobs: it is gone, or does not trust AWS Backup. */
export const vaultRoleUnusable: ObservedKind<'vault-role-unusable'> = {
  kind: 'vault-role-unusable',
  title: 'role of backup jobs unusable',
  facets: ['tags', 'vault-settings'],
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('vault-role-unusable', context),
};
