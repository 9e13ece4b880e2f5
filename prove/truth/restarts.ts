import type { Scene, TableThen } from '../world/record.ts';
import { policiesOf } from './all-series.ts';

// Whether a restorable window has restarted depends on what was seen of it before. That is computed independently here, from the account; where
// faults, or the hour that a window may be off, leave open what a run saw, saved or had to conclude, nothing is asserted.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What Tablekeeper was to remember of a table's window. */
export interface Sighting {
  readonly tableId: string;
  /** Undefined if it is not certain which window is remembered. */
  readonly startsAt: number | undefined;
  readonly days: number;
  /** Whether it has restarted and not grown back since; undefined if that is not certain. */
  readonly hasRestarted: boolean | undefined;
}

type Pitr = NonNullable<TableThen['pitr']>;
type Sight = Pick<Scene, 'at' | 'file'>;

const promisedDays = (table: TableThen, { file }: Sight): number =>
  Math.max(0, ...policiesOf(table, file).map(({ pitr }) => pitr?.days ?? 0));

const startOf = ({ enabledAt, floor, recoveryPeriodDays }: Pitr, at: number): number =>
  Math.max(enabledAt, floor, at - recoveryPeriodDays * DAY_MS);

/** Returns the sighting of a table about which nothing is certain. */
export const unsureOf = ({ id }: TableThen): Sighting => ({
  tableId: id,
  startsAt: undefined,
  days: 0,
  hasRestarted: undefined,
});

interface Window {
  readonly startsAt: number;
  readonly days: number;
}

/** What became of the window that is remembered. Less than an hour is no restart to Tablekeeper, and what it remembers may be an hour old. */
const changeSince = (before: Sighting | undefined, { startsAt, days }: Window, at: number) => {
  if (before === undefined) return 'first-seen';
  if (before.startsAt === undefined) return 'unknown';
  const lateBy = startsAt - Math.max(before.startsAt, at - Math.min(days, before.days) * DAY_MS);
  if (lateBy <= 10 * MINUTE_MS) return 'none';
  return lateBy > 2.5 * HOUR_MS ? 'restarted' : 'vague';
};

/** Whether the window is as long as it is promised to be, as far as its period lets it. */
const isWhole = ({ startsAt, days }: Window, promised: number, at: number): boolean | undefined => {
  const lacks = startsAt - (at - Math.min(days, promised) * DAY_MS);
  if (lacks <= 50 * MINUTE_MS) return true;
  return lacks <= 70 * MINUTE_MS ? undefined : false;
};

const judge = (window: Window, table: TableThen, sight: Sight, before: Sighting | undefined): Sighting => {
  const change = changeSince(before, window, sight.at);
  const { startsAt, days } = window;
  const seen = { tableId: table.id, startsAt: change === 'vague' ? undefined : startsAt, days };
  const whole = isWhole(window, promisedDays(table, sight), sight.at);
  if (whole === undefined) return { ...seen, hasRestarted: undefined };
  if (whole || startsAt - table.createdAt <= 10 * MINUTE_MS) return { ...seen, hasRestarted: false };
  switch (change) {
    case 'first-seen':
      return { ...seen, hasRestarted: false };
    case 'none':
      return { ...seen, hasRestarted: before?.hasRestarted };
    case 'restarted':
      return { ...seen, hasRestarted: true };
    default:
      return { ...seen, hasRestarted: undefined };
  }
};

/**
 * Computes what to remember of a table after a run. A window that is not looked at, or that is off, leaves it as it was; of a table that was only
 * just created, or is inaccessible, it is not known what was seen.
 */
export const sightingOf = (
  table: TableThen,
  sight: Sight,
  known: Sighting | undefined,
): Sighting | undefined => {
  const { pitr, id, createdAt } = table;
  const before = known?.tableId === id ? known : undefined;
  if (pitr === undefined || promisedDays(table, sight) === 0) return before;
  if (table.shownStatus !== undefined || sight.at - createdAt < HOUR_MS) return unsureOf(table);
  const window = { startsAt: startOf(pitr, sight.at), days: pitr.recoveryPeriodDays };
  return judge(window, table, sight, before);
};

/** Whether a restart of a table's window may be reported at all: PITR is promised, and on. */
export const hasWindow = (table: TableThen, sight: Sight): boolean =>
  table.pitr !== undefined && promisedDays(table, sight) > 0;
