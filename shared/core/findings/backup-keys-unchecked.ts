import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { describeKeyCommand } from '../preflight/commands.ts';
import { failureFix, isPassing } from '../text/failure-fix.ts';
import { WHAT_TO_CHECK } from '../text/what-to-check.ts';
import { counted, failuresText, listed } from '../text/words.ts';
import { causedBy } from './cause.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-keys-unchecked': true;
  }
}

const ID = findingId('backup-keys-unchecked');

const find: Finder['find'] = ({ now, observation, openFindings }) => {
  const unread = (observation.keyFacts?.keys ?? []).flatMap(({ arn, seen }) =>
    seen.kind === 'unreadable' && !isPassing([seen.failure]) ? [{ arn, failure: seen.failure }] : [],
  );
  const [first] = unread;
  if (first === undefined) return [];
  const arns = unread.map(({ arn }) => arn);
  const { added, subjects } = subjectsOf(arns, ID, openFindings);
  const failures = unread.map(({ failure }) => failure);
  return [
    {
      id: ID,
      kind: 'backup-keys-unchecked',
      severity: 'info',
      ...causedBy(failures),
      fact: `It is not known whether ${counted(unread.length, 'key')} that recovery points need can be used: ${listed(arns)} could not be read: ${failuresText(failures)}.${addedText(added, 'key')}`,
      subjects,
      measured: `${counted(unread.length, 'key')} unknown`,
      promised: 'checked',
      since: now,
      advice: advise(
        `${failureFix(failures, WHAT_TO_CHECK['table-keys'])} Until then nobody is alerted when such a key is disabled or about to be deleted. See it yourself:`,
        describeKeyCommand(first.arn),
      ),
    },
  ];
};

/** What is known of it wherever it is open. */
export const backupKeysUnchecked: KindTraits<'backup-keys-unchecked'> = {
  kind: 'backup-keys-unchecked',
  title: 'keys of recovery points not checked',
  breaksPromise: false,
  facets: ['tags', 'table-keys'],
};

/** Finds keys of recovery points that could not be read. They are not known to be unusable: people are told once. Throttling passes by itself and is not reported. */
export const backupKeysUncheckedFinder: Finder<'backup-keys-unchecked'> = {
  kind: 'backup-keys-unchecked',
  findsFrom: ['table-keys'],
  occasion: 'keys-in-doubt',
  find,
};
