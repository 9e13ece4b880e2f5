import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { isShownByJobs } from '../preflight/trouble.ts';
import { failureFix, isPassing } from '../text/failure-fix.ts';
import { WHAT_TO_CHECK } from '../text/what-to-check.ts';
import { counted, failuresText, listed } from '../text/words.ts';
import { causedBy } from './cause.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-unchecked': true;
  }
}

/** Where not even the list of jobs can be read, the gap reports what stands in the way of everything. */
const isBlind = ({ gaps }: CheckContext['observation']): boolean =>
  gaps.some(({ facet, vault }) => facet === 'vaults' && vault === undefined);

const find: Finder['find'] = (context) => {
  const { now, observation } = context;
  const lasting = context.preflight.unknowns.filter(
    (unknown) => !isPassing([unknown.failure]) && !isShownByJobs(unknown),
  );
  if (lasting.length === 0 || isBlind(observation)) return [];
  const things = [...new Set(lasting.map(({ what }) => what))];
  const failures = lasting.map(({ failure }) => failure);
  return [
    {
      id: findingId('vault-unchecked'),
      kind: 'vault-unchecked',
      severity: 'warning',
      ...causedBy(failures),
      fact: `It could not be checked whether jobs of AWS Backup will work: ${listed(things)} could not be read: ${failuresText(failures)}.`,
      measured: `${counted(things.length, 'thing')} unknown`,
      promised: 'checked',
      since: now,
      advice: advise(
        `${failureFix(failures, WHAT_TO_CHECK['vault-settings'])} Jobs go on meanwhile, and those that fail are reported.`,
      ),
    },
  ];
};

/** What is known of it wherever it is open. */
export const vaultUnchecked: KindTraits<'vault-unchecked'> = {
  kind: 'vault-unchecked',
  title: 'backup vaults not checked',
  breaksPromise: false,
  facets: ['tags', 'vault-settings'],
};

/** Finds what an audit could not read of what policies of vaults need. It is not known to be missing. Throttling passes by itself and is not reported. */
export const vaultUncheckedFinder: Finder<'vault-unchecked'> = {
  kind: 'vault-unchecked',
  findsFrom: ['vault-settings'],
  find,
};
