import type { Finding } from '../../model/finding.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { findingOfTrouble, troublesOf } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-locked-for-good': true;
  }
}

/** SAFETY: what nobody took back in time is no good news: it stays as information, and is not called resolved. */
const finalOnes = ({ now, openFindings, preflight: { troubles } }: CheckContext): readonly Finding[] => {
  const open = new Set(openFindings.map(({ id }) => id));
  return troubles
    .filter(({ severity }) => severity === 'info')
    .flatMap((trouble) =>
      trouble.kind === 'vault-locked-for-good'
        ? [findingOfTrouble({ ...trouble, kind: trouble.kind }, now)]
        : [],
    )
    .filter(({ id }) => open.has(id));
};

/** What is known of it wherever it is open. */
export const vaultLockedForGood: KindTraits<'vault-locked-for-good'> = {
  kind: 'vault-locked-for-good',
  title: 'vault locked for good',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/** Finds locks of backup vaults that are about to be final, which nobody asked the deployment for, while they can be taken back; one that was found stays once it is final. */
export const vaultLockedForGoodFinder: Finder<'vault-locked-for-good'> = {
  kind: 'vault-locked-for-good',
  findsFrom: ['vault-settings'],
  find: (context) => [...troublesOf('vault-locked-for-good', context), ...finalOnes(context)],
};
