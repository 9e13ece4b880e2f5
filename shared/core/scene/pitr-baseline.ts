import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { PitrBaseline } from '../../model/memory.ts';
import type { TaggedTable } from '../../model/table.ts';
import type { GovernedTable } from './governed.ts';
import { longestPeriodDays, promisesOf } from './pitr-promise.ts';

/**
 * How far the start of a window may be from where arithmetic puts it, in milliseconds. A window that restarted within its first hour has
 * lost nothing worth a message.
 */
const WINDOW_TOLERANCE_MS = HOUR_MS;

/** AWS's default, for an answer that leaves the period out. */
const DEFAULT_PERIOD_DAYS = 35;

const windowOf = ({ details, name, pitr }: TaggedTable): PitrBaseline | undefined => {
  const earliest = pitr?.enabled === true ? pitr.earliestRestorableAt : undefined;
  if (details === undefined || earliest === undefined) return undefined;
  return {
    table: name,
    tableId: details.tableId,
    earliestRestorableAt: earliest,
    recoveryPeriodDays: pitr?.recoveryPeriodDays ?? DEFAULT_PERIOD_DAYS,
  };
};

/** The later of the start that is remembered and a sliding window of the shorter of both periods. */
const expectedStart = (before: PitrBaseline, window: PitrBaseline, now: Instant): Instant => {
  const days = Math.min(before.recoveryPeriodDays, window.recoveryPeriodDays);
  return Math.max(before.earliestRestorableAt, now - days * DAY_MS);
};

const hasRestarted = (before: PitrBaseline, window: PitrBaseline, now: Instant): boolean =>
  window.earliestRestorableAt > expectedStart(before, window, now) + WINDOW_TOLERANCE_MS;

/**
 * A window that only slid on with time says nothing new: what is remembered expects its start already. Thousands of tables would
 * otherwise be written down anew by every audit.
 */
const isAsExpected = (before: PitrBaseline, next: PitrBaseline, now: Instant): boolean =>
  before.recoveryPeriodDays === next.recoveryPeriodDays &&
  before.restartedAt === next.restartedAt &&
  Math.abs(next.earliestRestorableAt - expectedStart(before, next, now)) <= WINDOW_TOLERANCE_MS;

/** A period that is set shorter than the promise is a finding of its own; here a window as long as its period is whole. */
const isWhole = (window: PitrBaseline, promisedDays: number, now: Instant): boolean => {
  const days = Math.min(promisedDays, window.recoveryPeriodDays);
  return window.earliestRestorableAt <= now - days * DAY_MS + WINDOW_TOLERANCE_MS;
};

const rememberedOf = (
  before: PitrBaseline,
  window: PitrBaseline,
  promisedDays: number,
  now: Instant,
): PitrBaseline => {
  if (isWhole(window, promisedDays, now)) return window;
  const restartedAt = hasRestarted(before, window, now) ? now : before.restartedAt;
  return restartedAt === undefined ? window : { ...window, restartedAt };
};

/**
 * Given a table, what was remembered of its restorable window and a moment, returns what to remember now; `restartedAt` stands in it while
 * the window is shorter than promised because its history began anew. At the edge a longer period alone is no restart (the start stays
 * where it is), a shorter one neither (the start moves with it), and a table made again starts afresh; while PITR is off or was not read,
 * the window it had is remembered, so that the new beginning is seen when it is back; where nothing is new, `before` itself.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (checked 2026-11-22)
 */
export const nextPitrBaseline = (
  governed: Pick<GovernedTable, 'policies' | 'table'>,
  before: PitrBaseline | undefined,
  now: Instant,
): PitrBaseline | undefined => {
  const window = windowOf(governed.table);
  if (window === undefined) return before;
  const promisedDays = longestPeriodDays(promisesOf(governed));
  if (before?.tableId !== window.tableId) return window;
  const next = rememberedOf(before, window, promisedDays, now);
  return isAsExpected(before, next, now) ? before : next;
};
