import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import { MUTE_TAG } from '../../model/table.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { muteOf, muteRecords } from '../scene/mute.ts';
import { untagTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly muted: true;
  }
}

/** Counts the findings of a table that a mute holds back, found in this run or before. */
const heldBackOf = (table: string, { heldBack = [] }: CheckContext): number =>
  new Set(heldBack.filter((finding) => finding.table === table).map(({ id }) => id)).size;

const findingOf = (
  { table: { name: table }, policies }: GovernedTable,
  until: Instant,
  context: CheckContext,
): Finding => {
  const { now, observation } = context;
  const meanwhile =
    policies.length > 0 ? 'Backups go on meanwhile. ' : 'It is not backed up: no policy governs it. ';
  const count = counted(heldBackOf(table, context), 'finding');
  return {
    id: findingId('muted', table),
    kind: 'muted',
    severity: 'info',
    table,
    cause: `until ${utcText(until)}`,
    fact: `Findings of ${table} are held back until ${utcText(until)}, as its tag ${MUTE_TAG} says; ${count} so far.`,
    measured: `${count} held back`,
    promised: 'reported at once',
    since: now,
    until,
    ...advisedFor(table, (name) =>
      advise(
        `${meanwhile}What is still open then is reported then; to be alerted now, take the tag away:`,
        untagTableCommand(name, MUTE_TAG, observation.target),
      ),
    ),
  };
};

/** What is known of it wherever it is open. */
export const muted: KindTraits<'muted'> = {
  kind: 'muted',
  title: 'muted',
  about: 'tag',
  neverMuted: true,
  facets: ['tags', 'details'],
};

/**
 * Finds tables that a tag mutes, one finding each, with how many findings it holds back. A table that was not confirmed
 * is left out, because the tagging API lists deleted tables for hours.
 */
export const mutedFinder: Finder<'muted'> = {
  kind: 'muted',
  occasion: 'mute-tags',
  find: (context) => {
    const { governed, memory, now, policies } = context;
    const records = muteRecords(memory);
    return governed.flatMap((one) => {
      const { table } = one;
      const mute = muteOf(table, policies, now, records.get(table.name));
      if (mute.kind !== 'muted' || table.details === undefined) return [];
      return [findingOf(one, mute.until, context)];
    });
  },
};
