import type { Deps } from '../../shared/run/deps.ts';
import type { KeptNow } from '../../shared/run/keep-deleted.ts';
import { headFields } from './fields.ts';

/** Builds the document of what is left of a deleted table being kept, or not any more. */
export const keepDocument = (
  { table, isKept, endedBy }: KeptNow,
  { clock, instance, target }: Pick<Deps, 'clock' | 'instance' | 'target'>,
) => ({
  ...headFields('keep', instance, { target, plannedAt: clock.now() }),
  table,
  kept: isKept,
  endedBy,
});
