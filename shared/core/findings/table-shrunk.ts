import { type Advice, advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { isoInstant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { SMALLER_TAG } from '../../model/table.ts';
import { looksLike } from '../policy/tag-key.ts';
import { DROP_KEPT_MS, type SizedPoint } from '../retention/drop.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { bytesText } from '../text/bytes.ts';
import { restoreTableCommand, tagTableCommand, whoChangedCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, quoted, quotedKey, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { Finder, KindTraits } from './kind.ts';
import {
  isMeant,
  keptOfShrunk,
  type Shrunk,
  type SmallerWord,
  shrunkTables,
  smallerWordOf,
} from './shrunk-tables.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'table-shrunk': true;
  }
}

/** The part of a table name that is kept, because a name has at most 255 characters. */
const NAME_CHARS = 240;

const sizeText = ({ createdAt, sizeBytes }: SizedPoint): string =>
  `${bytesText(sizeBytes)} (${utcText(createdAt)})`;

const keptText = (shrunk: Shrunk): string => {
  const { length } = shrunk.larger;
  const are = verb(length, 'is', 'are');
  return `${counted(length, 'larger recovery point')} ${are} left and ${are} kept until ${utcText(shrunk.until)}, whatever the retention says.`;
};

const WHY: Readonly<Record<Exclude<SmallerWord, 'meant' | 'silent'>, string>> = {
  'before-the-drop': 'is before the first smaller recovery point, and so may mean an earlier drop',
  'no-day': 'is no day written like 2026-12-01',
  'still-to-come': 'is still to come (days are in UTC)',
};

/** Says why a tag that was set to accept the drop does not: its author believes that it does. */
const tagText = ({ first, table }: Shrunk, { now }: CheckContext): string => {
  const word = smallerWordOf(table, first.createdAt, now);
  if (word === 'meant') return '';
  if (word !== 'silent')
    return ` Its tag ${SMALLER_TAG} = ${quoted(table.tags[SMALLER_TAG] ?? '')} accepts nothing: that ${WHY[word]}.`;
  const key = Object.keys(table.tags).find(looksLike(SMALLER_TAG));
  return key === undefined ? '' : ` Its tag ${quotedKey(key)} accepts nothing: the key is ${SMALLER_TAG}.`;
};

const adviceOf = (name: string, { first, larger: [last] }: Shrunk, { observation }: CheckContext): Advice => {
  const { target } = observation;
  const restored = `${name.slice(0, NAME_CHARS)}-restored`;
  return advise(
    'If nobody meant it, stop what empties the table, restore the last larger recovery point beside it, and see who changed it. If it is meant, the last command says so, and the larger ones expire by the rules again:',
    restoreTableCommand(restored, last.id, target),
    whoChangedCommand(name, target),
    tagTableCommand(name, SMALLER_TAG, target, isoInstant(first.createdAt).slice(0, 10)),
  );
};

const findingOf = (shrunk: Shrunk, context: CheckContext): Finding => {
  const { first, larger, newest, table } = shrunk;
  const [last] = larger;
  const isLastLeft = newest.sizeBytes === 0 && larger.length === 1;
  return {
    id: findingId('table-shrunk', table.name),
    kind: 'table-shrunk',
    severity: isLastLeft ? 'critical' : 'warning',
    table: table.name,
    fact:
      `${table.name} lost nearly all it held: its newest recovery point has ${sizeText(newest)}, the last one before the drop has ${sizeText(last)}. ` +
      keptText(shrunk) +
      tagText(shrunk, context),
    measured: sizeText(newest),
    promised: `a tenth of ${bytesText(last.sizeBytes)} or more`,
    since: first.createdAt,
    ...advisedFor(table.name, (name) => adviceOf(name, shrunk, context), last.id),
  };
};

/**
 * Withdraws the finding when the table's tag says that it is intended, or when it is history and was reported.
 * Otherwise it is resolved when the table has grown again.
 */
const footingOf = (
  { notifiedAt, since, table = '' }: OpenFinding,
  { governed, observedAt }: FootingScene,
): Footing | undefined => {
  const one = governed.get(table);
  if (one === undefined || one.policies.length === 0) return undefined;
  const isHistory = notifiedAt !== undefined && observedAt >= since + DROP_KEPT_MS;
  return isHistory || isMeant(one.table, since, observedAt) ? 'withdrawn' : undefined;
};

/** What is known of it wherever it is open. */
export const tableShrunk: KindTraits<'table-shrunk'> = {
  kind: 'table-shrunk',
  title: 'table shrunk',
  titleNamesTable: true,
  breaksPromise: false,
  facets: ['tags', 'recovery-points', 'details'],
  footingOf,
};

/**
 * SAFETY: the larger recovery points, and the first smaller one, do not expire meanwhile. Finds tables whose newest
 * recovery point is under a tenth of the size of an earlier one, over the last 35 days: perhaps emptied by mistake. A
 * warning; critical when it is empty and only one larger one is left. Sizes below 1 MiB say nothing, and other
 * incarnations are never compared.
 */
export const tableShrunkFinder: Finder<'table-shrunk'> = {
  kind: 'table-shrunk',
  findsFrom: ['tags', 'recovery-points'],
  occasion: 'shrunk-tables',
  find: (context) =>
    isSeenWhole(context.observation, 'tags', 'recovery-points')
      ? shrunkTables(context)
          .filter(({ until }) => context.now < until)
          .map((shrunk) => findingOf(shrunk, context))
      : [],
  keeps: keptOfShrunk,
};
