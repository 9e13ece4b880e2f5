import type { Finder, KindTraits } from './kind.ts';
import { again, troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-unguarded': true;
  }
}

/** What is known of it wherever it is open. */
export const vaultUnguarded: KindTraits<'vault-unguarded'> = {
  kind: 'vault-unguarded',
  title: 'vault no longer guarded',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/**
 * Finds what is gone of what a deployment guards its vault with. SAFETY: a run that does not know what was deployed, as one from a terminal, resolves
 * nothing. A policy that dropped its vault asks for no facts at all, and that resolves it.
 */
export const vaultUnguardedFinder: Finder<'vault-unguarded'> = {
  kind: 'vault-unguarded',
  findsFrom: ['vault-settings'],
  find: (context) => {
    const { vaultFacts } = context.observation;
    return vaultFacts !== undefined && vaultFacts.made === undefined
      ? context.openFindings.filter(({ kind }) => kind === 'vault-unguarded').map(again)
      : troublesOf('vault-unguarded', context);
  },
};
