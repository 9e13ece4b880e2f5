import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { HOLD_TAG } from '../../model/table.ts';
import { type Hold, holdOf } from '../scene/hold.ts';
import { tagTableCommand } from '../text/commands.ts';
import { quoted, quotedKey } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'hold-unclear': true;
  }
}

type Unclear = Extract<Hold, { readonly kind: 'unclear' }>;

const factOf = (table: string, { key, value }: Unclear): string =>
  key === HOLD_TAG
    ? `The tag ${HOLD_TAG} of ${table} says ${quoted(value)}, which is neither true nor false: nothing of it expires.`
    : `${table} carries the tag ${quotedKey(key)}, which looks like ${HOLD_TAG} and is not: nothing of it expires.`;

const findingOf = (table: string, unclear: Unclear, { now, observation }: CheckContext): Finding => ({
  id: findingId('hold-unclear', table),
  kind: 'hold-unclear',
  severity: 'warning',
  table,
  cause: `${quotedKey(unclear.key)} = ${quoted(unclear.value)}`,
  fact: factOf(table, unclear),
  measured: `${quotedKey(unclear.key)} = ${quoted(unclear.value)}`,
  promised: `${HOLD_TAG} = true or false`,
  since: now,
  ...advisedFor(table, (name) =>
    advise(
      `Set ${HOLD_TAG} to true to go on so, or to false to let it expire, and take away what only looks like it:`,
      tagTableCommand(name, HOLD_TAG, observation.target, 'true'),
    ),
  ),
});

/** What is known of it wherever it is open. */
export const holdUnclear: KindTraits<'hold-unclear'> = {
  kind: 'hold-unclear',
  title: 'hold unclear',
  breaksPromise: false,
  facets: ['tags', 'details'],
};

/**
 * Finds tables with a tag that seems meant to stop their expiry but does not say so: expiry is stopped, and recovery
 * points pile up until somebody clarifies it. A table that no policy governs, or that was not confirmed, is left out.
 */
export const holdUnclearFinder: Finder<'hold-unclear'> = {
  kind: 'hold-unclear',
  occasion: 'unclear-holds',
  find: (context) =>
    context.governed.flatMap(({ policies, table }) => {
      const hold = holdOf(table);
      if (hold.kind !== 'unclear' || policies.length === 0 || table.details === undefined) return [];
      return [findingOf(table.name, hold, context)];
    }),
};
