import type { Finder, KindTraits } from './kind.ts';
import { troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-settings-off': true;
  }
}

/** What is known of it wherever it is open. */
export const backupSettingsOff: KindTraits<'backup-settings-off'> = {
  kind: 'backup-settings-off',
  title: 'settings of AWS Backup off',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/** Finds settings of AWS Backup that are off although a policy in use needs them: DynamoDB in the Region, its advanced features, copies between accounts. */
export const backupSettingsOffFinder: Finder<'backup-settings-off'> = {
  kind: 'backup-settings-off',
  findsFrom: ['vault-settings'],
  find: (context) => troublesOf('backup-settings-off', context),
};
