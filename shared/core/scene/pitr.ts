import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { PitrBaseline } from '../../model/memory.ts';
import type { PitrPromise } from '../../model/policy.ts';
import type { Pitr, TableDetails, TableStatus, TaggedTable } from '../../model/table.ts';
import { daysText } from '../text/time.ts';
import type { GovernedTable } from './governed.ts';

/** What a table's policies promise together: the longest period, and which of them promise it. */
export interface CombinedPromise extends Pick<PitrPromise, 'recoveryPeriodDays'> {
  /**
   * The policies that promise it, with the verb: `standard promises`, `critical and standard
   * promise`.
   */
  readonly promisedBy: string;
}

/** A table that is promised PITR, confirmed, and whose PITR was read. */
export interface PromisedTable {
  readonly name: string;
  readonly details: TableDetails;
  readonly pitr: Pitr;
  readonly promise: CombinedPromise;
  readonly governed: GovernedTable;
}

/** A table that is being created or deleted has no PITR to report on. */
export const IN_PASSING: readonly TableStatus[] = ['CREATING', 'DELETING'];

/** Lists what a table's policies promise about PITR; empty when none promises any. */
export const promisesOf = ({ policies }: Pick<GovernedTable, 'policies'>): readonly PitrPromise[] =>
  policies.flatMap(({ pitr }) => (pitr === undefined ? [] : [pitr]));

/** Returns the longest promised period, in days; 0 without promises. */
export const longestPeriodDays = (promises: readonly PitrPromise[]): number =>
  Math.max(0, ...promises.map(({ recoveryPeriodDays }) => recoveryPeriodDays));

/** Combines what a table's policies promise about PITR; undefined when none promises any. */
const combinedPromise = (governed: GovernedTable): CombinedPromise | undefined => {
  const names = governed.policies.filter(({ pitr }) => pitr !== undefined).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return {
    recoveryPeriodDays: longestPeriodDays(promisesOf(governed)),
    promisedBy: `${names.join(' and ')} ${names.length === 1 ? 'promises' : 'promise'}`,
  };
};

/**
 * Lists the governed tables that are promised PITR and whose PITR is known. Tables that were not
 * confirmed, not read, or are being created or deleted are left out: nothing can be said about
 * them.
 */
export const promisedTables = (governed: readonly GovernedTable[]): readonly PromisedTable[] =>
  governed.flatMap((one) => {
    const { name, details, pitr } = one.table;
    if (details === undefined || pitr === undefined || IN_PASSING.includes(details.status)) return [];
    const promise = combinedPromise(one);
    return promise === undefined ? [] : [{ name, details, pitr, promise, governed: one }];
  });

const driftOf = (pitr: Pitr, promisedDays: number): string | undefined => {
  if (!pitr.enabled) return `point-in-time recovery is off; the policy promises ${daysText(promisedDays)}`;
  const days = pitr.recoveryPeriodDays;
  return days === undefined || days >= promisedDays
    ? undefined
    : `the recovery period is ${daysText(days)}; the policy promises ${daysText(promisedDays)}`;
};

/**
 * Returns why a table's point-in-time recovery needs a repair, whatever state the table is in. Undefined if it keeps what the policies with `onDrift:
 * repair` promise, even if another's promise is longer, and if it was not read.
 */
export const repairReason = (governed: GovernedTable): string | undefined => {
  const { pitr } = governed.table;
  const repairing = promisesOf(governed).filter(({ onDrift }) => onDrift === 'repair');
  return pitr === undefined || repairing.length === 0
    ? undefined
    : driftOf(pitr, longestPeriodDays(repairing));
};

/**
 * How far the start of a window may be from where it is expected, in milliseconds. A window that
 * restarted within its first hour has lost nothing worth a message.
 */
const WINDOW_TOLERANCE_MS = HOUR_MS;

/** AWS's default, for a response that leaves the period out. */
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

/** The later of the remembered start and the start of a sliding window of the shorter period. */
const expectedStart = (before: PitrBaseline, window: PitrBaseline, now: Instant): Instant => {
  const days = Math.min(before.recoveryPeriodDays, window.recoveryPeriodDays);
  return Math.max(before.earliestRestorableAt, now - days * DAY_MS);
};

const hasRestarted = (before: PitrBaseline, window: PitrBaseline, now: Instant): boolean =>
  window.earliestRestorableAt > expectedStart(before, window, now) + WINDOW_TOLERANCE_MS;

/**
 * A window that only moved on with time is no change: the remembered one already predicts its
 * start. Otherwise every audit would write thousands of tables again.
 */
const isAsExpected = (before: PitrBaseline, next: PitrBaseline, now: Instant): boolean =>
  before.recoveryPeriodDays === next.recoveryPeriodDays &&
  before.restartedAt === next.restartedAt &&
  Math.abs(next.earliestRestorableAt - expectedStart(before, next, now)) <= WINDOW_TOLERANCE_MS;

/**
 * A period that is set shorter than the promise is a finding of its own; a window as long as its
 * period is whole here.
 */
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
 * Returns what to remember of a table's restorable window; `restartedAt` is set while the window is shorter than promised because its history
 * restarted. A longer period alone is no restart (the start stays where it is), nor is a shorter one (the start moves with it), and a recreated table
 * begins a new history. While PITR is off or was not read, the window it had is remembered, so that a restart is seen when it is back. Returns
 * `before` itself if nothing changed.
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
