import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { markOf } from '../text/mark.ts';

export const NO_POINTS = 'no recovery points';

/** DynamoDB's own backup of a table ends by itself then. */
const SYSTEM_ENDS_MS = 34 * DAY_MS;

/** Returns whether people are told of a deletion and not yet that its last recovery points are gone. */
export const isUnaware = ({ kind, openedAt, toldSubjects }: OpenFinding, now: Instant): boolean =>
  kind === 'table-deleted' &&
  now - openedAt < SYSTEM_ENDS_MS &&
  toldSubjects?.includes(markOf(NO_POINTS)) !== true;
