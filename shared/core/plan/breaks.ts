import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Regime } from '../../model/memory.ts';
import { nextSlot } from '../calendar/slots.ts';
import { type Baseline, keptBy, type Moment, NOTHING, type SeriesMoments } from '../retention/retain.ts';

/**
 * Backups stood still when the next one was made after more than this many times the previous pace.
 */
const TIMES_THE_PACE = 3;

/** Anything shorter is no break, however fast the pace. */
const LEAST_MS = 3 * HOUR_MS;

interface Break {
  /** Both newest first. */
  readonly since: readonly Moment[];
  readonly before: readonly Moment[];
  /** The rules in force before it, or else the first known ones. */
  readonly regime: Regime;
}

/**
 * Compares the distance of two with the pace before, and with what the schedule of their time
 * leaves until the next slot: no night and no weekend without slots is a break.
 */
const isBreak = (regime: Regime | undefined, newer: Moment, older: Moment, oldest: Moment): boolean => {
  const distance = newer.madeAt - older.madeAt;
  const pace = older.madeAt - oldest.madeAt;
  if (distance <= LEAST_MS || distance <= TIMES_THE_PACE * pace) return false;
  const asked = regime === undefined ? 0 : nextSlot(regime, older.madeAt) - older.madeAt;
  return distance > TIMES_THE_PACE * asked;
};

/**
 * Finds the newest break; two recovery points before it show the pace, and the older one the rules.
 */
const newestBreak = (regimes: readonly Regime[], live: readonly Moment[]): Break | undefined => {
  for (const [at, newer] of live.entries()) {
    const [older, oldest] = [live[at + 1], live[at + 2]];
    if (older === undefined || oldest === undefined) return undefined;
    const then = regimes.findLast(({ since }) => since <= oldest.madeAt);
    const regime = then ?? regimes[0];
    if (regime !== undefined && isBreak(then, newer, older, oldest)) {
      return { since: live.slice(0, at + 1), before: live.slice(at + 1), regime };
    }
  }
  return undefined;
};

/**
 * Measures how long backups last stood still, if that ended after `moment`, in milliseconds;
 * otherwise 0. Nothing expires in such a time, so nothing piles up in it either.
 */
export const pausedSince = (
  regimes: readonly Regime[],
  { live }: Pick<SeriesMoments, 'live'>,
  moment: Instant,
): number => {
  const { since = [], before = [] } = newestBreak(regimes, live) ?? {};
  const [ended, began] = [since.at(-1)?.madeAt ?? moment, before[0]?.madeAt ?? moment];
  return ended > moment ? ended - began : 0;
};

/**
 * Returns what should be there of a series in which backups stood still: what the rules of that
 * time kept then. Only what is kept because of its age counts, because `within` counts from the
 * newest: the first backup after a break ages all of it at once. Rules that count points never
 * speed up this way.
 */
export const ofBreak = (
  regimes: readonly Regime[],
  { live }: SeriesMoments,
  expiring: ReadonlySet<Moment>,
): Baseline => {
  if (!regimes.some(({ retention }) => retention.within !== undefined)) return NOTHING;
  const found = newestBreak(regimes, live);
  const within = found?.regime.retention.within;
  if (found === undefined || within === undefined) return NOTHING;
  const { before, regime, since } = found;
  const owed = new Set(keptBy({ timezone: regime.timezone, retention: { within } }, before));
  const replaced = since.filter((moment) => !expiring.has(moment)).length;
  return { base: keptBy(regime, before), owed, forgives: false, replaced };
};
