import type { Finders } from '../core/findings/find.ts';
import { goneOf, preflightOf } from '../core/findings/gather.ts';
import {
  FOUND_BY_ANY_RUN,
  FOUND_BY_AUDITS,
  FOUND_BY_LOOKING_CLOSER,
  FOUND_IN_VAULTS,
  FOUND_IN_WHOLE_LISTS,
} from '../core/findings/kinds.ts';

// A function ships what its own list names and no more, so the lists are made where they are asked for and nowhere before.

/** Lists what backups can find: they see tags, the newest recovery points, and vaults. */
export const backupFinders = (): Finders => ({ kinds: [...FOUND_BY_ANY_RUN, ...FOUND_IN_VAULTS] });

/** Lists what prunes can find: they see all recovery points. */
export const pruneFinders = (): Finders => ({
  kinds: [...FOUND_BY_ANY_RUN, ...FOUND_IN_VAULTS, ...FOUND_IN_WHOLE_LISTS],
});

/** Lists what hints can find: they look at a table as audits do, and into no vault. */
export const hintFinders = (): Finders => ({
  kinds: [...FOUND_BY_ANY_RUN, ...FOUND_IN_WHOLE_LISTS, ...FOUND_BY_LOOKING_CLOSER],
  goneOf,
});

/** Lists everything, for audits and for people. */
export const everyFinder = (): Finders => ({
  kinds: [
    ...FOUND_BY_ANY_RUN,
    ...FOUND_IN_VAULTS,
    ...FOUND_IN_WHOLE_LISTS,
    ...FOUND_BY_LOOKING_CLOSER,
    ...FOUND_BY_AUDITS,
  ],
  goneOf,
  preflightOf,
});
