import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Regime } from '../../model/memory.ts';
import { type Baseline, keptBy, type Moment, NOTHING, type SeriesMoments } from '../retention/retain.ts';
import { isSameRules } from '../scene/regimes.ts';
import { ofBreak, pausedSince } from './breaks.ts';
import { imaginedBetween, imaginedSince } from './imagined.ts';
import { once } from './once.ts';
import { type Standstill, standstillsOf } from './standstills.ts';

/**
 * How long expiry may stand still (an outage of prune, failing backups) before what piles up counts
 * as history.
 */
export const PILED_MS = 14 * DAY_MS;

const madeUntil = ({ live, gone }: SeriesMoments, until: Instant): readonly Moment[] =>
  [...live, ...gone].filter(({ madeAt }) => madeAt <= until);

interface Measure {
  /** Anything made after this is not measured. */
  readonly until: Instant;
  readonly of: (series: SeriesMoments, standstills: () => readonly Standstill[]) => Baseline;
}

/**
 * Measures as if the edit had not been made: an edit of the retention alone by what was made since,
 * one of the schedule by what would have been made.
 */
const ofEarlier = (earlier: Regime, until: Instant, current: Regime, now: Instant): Measure => {
  const isSameSchedule = earlier.schedule === current.schedule && earlier.timezone === current.timezone;
  const imagined = imaginedSince(earlier, until, now);
  const of: Measure['of'] = (series, standstills) => {
    const made = series.live.filter(({ madeAt }) => madeAt > until);
    const since = isSameSchedule ? made : imagined({ made: made.length, standstills: standstills() });
    const base = keptBy(earlier, [...madeUntil(series, until), ...since]);
    return { base, owed: new Set(base.filter(({ madeAt }) => madeAt <= until)), forgives: false };
  };
  return { until, of };
};

/** Longer than any schedule has been in force. */
const LONGEST_MS = 20 * 366 * DAY_MS;

/**
 * What was asked for before `since` is unknown. What the first known rules would have dropped by
 * then, had they always been in force, was kept by something else: other rules, or a hold.
 */
const ofUnknown = (first: Regime, now: Instant): Measure => {
  const { since } = first;
  const slots = once(() => imaginedBetween(first, since - LONGEST_MS, since));
  const of = (series: SeriesMoments): Baseline => {
    const base = madeUntil(series, since);
    if (since >= now) return { base, owed: new Set(base), forgives: true };
    const filled = new Set(base.map(({ slot }) => slot));
    const missing = slots().filter(({ madeAt }) => !filled.has(madeAt));
    const steady = new Set(keptBy(first, [...base, ...missing]));
    return { base, owed: new Set(base.filter((moment) => !steady.has(moment))), forgives: true };
  };
  return { until: since, of };
};

/**
 * What the present rules would have dropped long ago and still exists: perhaps a hold was removed.
 */
const ofPiled = (current: Regime, regimes: readonly Regime[], now: Instant): Measure => {
  const until = now - PILED_MS;
  const of = ({ live }: SeriesMoments): Baseline => {
    const long = until - pausedSince(regimes, { live }, until);
    const old = live.filter(({ madeAt }) => madeAt <= long);
    if (current.since > long || old.length === 0) return NOTHING;
    const steady = new Set(keptBy(current, old));
    const owed = old.filter((moment) => !steady.has(moment) && moment.announced !== true);
    return { base: live, owed: new Set(owed), forgives: true };
  };
  return { until, of };
};

/** Lists the baselines of a series, given which of it would expire. */
export type Measures = (series: SeriesMoments, expiring: ReadonlySet<Moment>) => readonly Baseline[];

/**
 * Builds the measures for any series of a policy: against each set of rules that was in force before, against unknown rules, against what piled up,
 * and against what was there before backups stood still. Steady operation under one set of rules never exceeds any of them.
 */
export const measuresOf = (regimes: readonly Regime[], now: Instant): Measures => {
  const current = regimes.at(-1);
  const [first] = regimes;
  if (first === undefined || current === undefined) return () => [];
  const earlier = regimes.flatMap((regime, at) => {
    const until = regimes[at + 1]?.since;
    return until === undefined || isSameRules(regime, current)
      ? []
      : [ofEarlier(regime, until, current, now)];
  });
  const all = [...earlier, ofUnknown(first, now), ofPiled(current, regimes, now)];
  return (series, expiring) => {
    const concerned = [...expiring, ...series.gone];
    const edited = regimes[1]?.since ?? now;
    const standstills = once(() => standstillsOf(regimes, series, expiring, edited));
    const measured = all
      .filter(({ until }) => concerned.some(({ madeAt }) => madeAt <= until))
      .map(({ of }) => of(series, standstills));
    return [...measured, ofBreak(regimes, series, expiring)].filter(({ owed }) => owed.size > 0);
  };
};
