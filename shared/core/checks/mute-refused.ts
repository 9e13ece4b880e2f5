import { type Finding, findingId } from '../../model/finding.ts';
import { LONGEST_MUTE_DAYS, MUTE_TAG, type Mute, muteOf } from '../alert/mute.ts';
import { adviceText, quoted } from '../render/finding-text.ts';
import type { Check } from './check.ts';
import { untagTable } from './commands.ts';
import type { CheckContext } from './context.ts';

type Refused = Extract<Mute, { readonly kind: 'refused' }>;

const WHY: Readonly<Record<Refused['why'], string>> = {
  unreadable: 'which is no date',
  'too-far': `which is more than ${LONGEST_MUTE_DAYS} days ahead`,
};

const findingOf = (table: string, { value, why }: Refused, { now, observation }: CheckContext): Finding => ({
  id: findingId('mute-refused', table),
  kind: 'mute-refused',
  severity: 'warning',
  table,
  cause: quoted(value),
  fact: `The tag ${MUTE_TAG} of ${table} says ${quoted(value)}, ${WHY[why]}: nothing is muted.`,
  measured: quoted(value),
  promised: `a date at most ${LONGEST_MUTE_DAYS} days ahead`,
  since: now,
  advice: adviceText(
    'Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:',
    untagTable(table, MUTE_TAG, observation.target),
  ),
});

/**
 * Finds tables whose tag should mute them and does not, for its value is no date or lies too far ahead. At the edge a date that is over is
 * nothing to tell, and a table that was not confirmed is left out.
 */
export const muteRefused: Check = {
  kind: 'mute-refused',
  facets: ['tags', 'details'],
  find: (context) =>
    context.governed.flatMap(({ table }) => {
      const mute = muteOf(table, context.policies, context.now);
      const isRefused = mute.kind === 'refused' && table.details !== undefined;
      return isRefused ? [findingOf(table.name, mute, context)] : [];
    }),
};
