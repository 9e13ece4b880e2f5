import { tableOfEvent } from '../core/hint/table-of-event.ts';
import type { Deps } from './deps.ts';
import type { HintRequest } from './hint.ts';

/** Given an event, returns the table it names. At the edge one that names none of ours is logged with the reason, and nothing is to be done. */
export const hintedTable = (
  { log, target }: Pick<Deps, 'log' | 'target'>,
  event: unknown,
): Pick<HintRequest, 'table' | 'byTrail'> | undefined => {
  const hinted = tableOfEvent(event, target);
  if (hinted.kind === 'table') return { table: hinted.table, byTrail: hinted.via === 'cloudtrail' };
  log.info('nothing to look at', { reason: hinted.reason });
  return undefined;
};
