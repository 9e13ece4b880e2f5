import { type Advice, advise } from '../../model/advice.ts';
import type { Finding, Severity } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { describeKeyCommand, enableKeyCommand } from '../preflight/commands.ts';
import { shortHash } from '../text/digest.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import { keptOfUnread, keyFindingId, type LockedUse, lockedUses, needText } from './key-uses.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-key-unusable': true;
  }
}

type State = Exclude<LockedUse['key']['state'], 'ending'>;

const TEXT: Readonly<Record<State, string>> = {
  disabled: 'That key is disabled: nothing that needs it can be restored until it is enabled.',
  unusable: 'That key cannot be used: nothing that needs it can be restored until it can.',
  gone: 'That key is not there any more: nothing that needs it can ever be restored.',
};

const adviceFor = ({ arn, state }: LockedUse['key']): Advice => {
  if (state === 'gone')
    return advise(
      'Nothing brings a deleted key back. What needs it holds nothing that anybody can read: delete it, or let it expire. See that KMS knows the key no more:',
      describeKeyCommand(arn),
    );
  return state === 'disabled'
    ? advise('See in CloudTrail who disabled it, and enable it:', enableKeyCommand(arn))
    : advise('See what state it is in:', describeKeyCommand(arn));
};

/** People who know that a key is gone need no reminder: nothing can be done any more. */
const GONE = shortHash('gone');

const severityOf = ({ isAll, isLast, key }: LockedUse, open: OpenFinding | undefined): Severity => {
  if (key.state === 'gone') return open?.toldSubjects?.includes(GONE) === true ? 'info' : 'critical';
  return isAll || isLast ? 'critical' : 'warning';
};

const findingOf = (use: LockedUse, state: State, { now, openFindings }: CheckContext): Finding => {
  const { key, points, table } = use;
  const id = keyFindingId('backup-key-unusable', use);
  return {
    id,
    kind: 'backup-key-unusable',
    severity: severityOf(
      use,
      openFindings.find((open) => open.id === id),
    ),
    table,
    fact: `${needText(use)} ${TEXT[state]}`,
    measured: `key ${state}, ${counted(points.length, 'recovery point')}`,
    promised: 'restorable',
    since: now,
    ...advisedFor(table, () => adviceFor(key)),
    subjects: state === 'gone' ? [GONE] : [],
  };
};

/** What is known of it wherever it is open. */
export const backupKeyUnusable: KindTraits<'backup-key-unusable'> = {
  kind: 'backup-key-unusable',
  title: 'key of recovery points unusable',
  about: 'recovery-points',
  facets: ['tags', 'recovery-points', 'table-keys'],
};

/**
 * Finds keys that are disabled, unusable or gone while recovery points of a table, there or deleted, were made under them. That a key is gone is reported
 * once and is information from then on.
 */
export const backupKeyUnusableFinder: Finder<'backup-key-unusable'> = {
  kind: 'backup-key-unusable',
  findsFrom: ['table-keys'],
  occasion: 'keys-in-doubt',
  find: (context) => [
    ...lockedUses(context).flatMap((use) =>
      use.key.state === 'ending' ? [] : [findingOf(use, use.key.state, context)],
    ),
    ...keptOfUnread('backup-key-unusable', context),
  ],
};
