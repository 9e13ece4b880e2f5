import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { cancelKeyDeletionCommand, enableKeyCommand } from '../preflight/commands.ts';
import { utcText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import { keptOfUnread, keyFindingId, type LockedUse, lockedUses, needText } from './key-uses.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-key-ending': true;
  }
}

const findingOf = (use: LockedUse, now: number): Finding => {
  const { key, points, table } = use;
  const day = key.deletesAt === undefined ? 'some day' : `on ${utcText(key.deletesAt)}`;
  return {
    id: keyFindingId('backup-key-ending', use),
    kind: 'backup-key-ending',
    severity: 'critical',
    table,
    fact: `${needText(use)} KMS deletes that key ${day}. Nothing that needs it can be restored while it waits for its deletion, and nothing ever again after it.`,
    measured: `key deleted ${day}, ${counted(points.length, 'recovery point')}`,
    promised: 'restorable',
    since: now,
    ...advisedFor(table, () =>
      advise(
        'If it is meant, nothing has to be done: delete what cannot be restored then, or let it expire. Otherwise take the deletion back before that day, and enable the key:',
        cancelKeyDeletionCommand(key.arn),
        enableKeyCommand(key.arn),
      ),
    ),
  };
};

/** SAFETY: that a key was deleted at last is no good news: backup-key-unusable reports it, and this ends without a word. */
const footingOf = ({ id, table }: OpenFinding, { goneKeys }: FootingScene): Footing | undefined =>
  goneKeys.some((arn) => findingId('backup-key-ending', table, arn) === id) ? 'withdrawn' : undefined;

/** What is known of it wherever it is open. */
export const backupKeyEnding: KindTraits<'backup-key-ending'> = {
  kind: 'backup-key-ending',
  title: 'key of recovery points about to be deleted',
  about: 'recovery-points',
  facets: ['tags', 'recovery-points', 'table-keys'],
  footingOf,
};

/**
 * Finds keys that wait for their deletion while recovery points of a table, there or deleted, were made under them: a backup stays encrypted with the key
 * that its table had then, whatever key the table has now.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html (checked 2026-11-29)
 */
export const backupKeyEndingFinder: Finder<'backup-key-ending'> = {
  kind: 'backup-key-ending',
  findsFrom: ['table-keys'],
  occasion: 'keys-in-doubt',
  find: (context) => [
    ...lockedUses(context)
      .filter(({ key }) => key.state === 'ending')
      .map((use) => findingOf(use, context.now)),
    ...keptOfUnread('backup-key-ending', context),
  ],
};
