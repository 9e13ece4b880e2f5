import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { MUTE_TAG } from '../../model/table.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { LONGEST_MUTE_DAYS, MUTE_YEAR_DAYS, type Mute, muteOf, muteRecords } from '../scene/mute.ts';
import { untagTableCommand } from '../text/commands.ts';
import { quoted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'mute-refused': true;
  }
}

type Refused = Extract<Mute, { readonly kind: 'refused' }>;

const WHY: Readonly<Record<Refused['why'], string>> = {
  unreadable: 'which is no date',
  'too-far': `which is more than ${LONGEST_MUTE_DAYS} days ahead`,
  'used-up': `and it was to be muted for ${LONGEST_MUTE_DAYS} of the last ${MUTE_YEAR_DAYS} days already, which is the most`,
};

const findingOf = (
  table: string,
  { value, why }: Refused,
  { now, observation, policies }: CheckContext,
): Finding => ({
  id: findingId('mute-refused', table),
  kind: 'mute-refused',
  severity: 'warning',
  table,
  cause: quoted(value),
  fact: `The tag ${MUTE_TAG} of ${table} says ${quoted(value)}, ${WHY[why]}: nothing is muted.`,
  measured: quoted(value),
  promised: `a date at most ${LONGEST_MUTE_DAYS} days ahead`,
  since: now,
  ...advisedFor(table, (name) =>
    advise(
      why === 'used-up'
        ? `Fix what is wrong with the table, or let it opt out with ${policies.tag} = ${OPT_OUT}, and take the tag away:`
        : 'Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:',
      untagTableCommand(name, MUTE_TAG, observation.target),
    ),
  ),
});

/** What is known of it wherever it is open. */
export const muteRefused: KindTraits<'mute-refused'> = {
  kind: 'mute-refused',
  title: 'mute refused',
  about: 'tag',
  facets: ['tags', 'details'],
};

/**
 * Finds tables whose tag should mute them but does not, because its value is no date, lies too far ahead, or comes
 * after 90 muted days within a year. A past date is not reported, and a table that was not confirmed is left out.
 */
export const muteRefusedFinder: Finder<'mute-refused'> = {
  kind: 'mute-refused',
  occasion: 'mute-tags',
  find: (context) => {
    const { governed, memory, now, policies } = context;
    const records = muteRecords(memory);
    return governed.flatMap(({ table }) => {
      const mute = muteOf(table, policies, now, records.get(table.name));
      const isRefused = mute.kind === 'refused' && table.details !== undefined;
      return isRefused ? [findingOf(table.name, mute, context)] : [];
    });
  },
};
