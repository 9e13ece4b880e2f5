import type { Instant } from '../../model/instant.ts';
import type { Regime } from '../../model/memory.ts';
import { latestSlot, nextSlot } from '../calendar/slots.ts';
import { keptBy, type Moment, type SeriesMoments } from '../retention/retain.ts';

/**
 * A period in which nothing was made though a schedule asked for it: after `from`, until a recovery
 * point was made at `until`.
 */
export interface Standstill {
  readonly from: Instant;
  readonly until: Instant;
}

interface Pair {
  readonly older: Moment;
  readonly newer: Moment;
}

interface Series extends Pick<SeriesMoments, 'live'> {
  readonly expiring: ReadonlySet<Moment>;
}

/**
 * The newest slot that a regime asked for between two neighbours and that neither of them is for.
 */
const unmadeBy = (regime: Regime, end: Instant, { older, newer }: Pair): Instant | undefined => {
  const start = Math.max(older.madeAt, regime.since);
  const stop = Math.min(newer.madeAt, end);
  if (start >= stop) return undefined;
  const next = latestSlot(regime, stop);
  return nextSlot(regime, start) < next ? latestSlot(regime, next - 1) : undefined;
};

/**
 * The index of the newest recovery point at which rules still kept all of `some`: they drop more
 * with each point that is made.
 */
const stillKeptAt = (rules: Regime, live: readonly Moment[], some: readonly Moment[]): number => {
  let [from, to] = [0, live.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const kept = new Set(keptBy(rules, live.slice(middle)));
    if (some.every((moment) => kept.has(moment))) to = middle;
    else from = middle + 1;
  }
  return from;
};

/**
 * SAFETY: true only when the rules dropped it while they kept everything older that expires only
 * now; if prune had deleted the one, it would have deleted the others. Whether rules have dropped
 * what was made at a slot.
 */
const isDropped = (rules: Regime, slot: Instant, { older, newer }: Pair, { live, expiring }: Series) => {
  const olders = [...expiring].filter(({ madeAt }) => madeAt <= older.madeAt);
  const at = olders.length === 0 ? 0 : stillKeptAt(rules, live, olders);
  const then = live.slice(at);
  const [newest] = then;
  if (newest === undefined || newest.madeAt < newer.madeAt) return false;
  const made = { madeAt: slot };
  return !keptBy(rules, [...then, made]).includes(made);
};

/**
 * When the slot of a recovery point was due: a point that was made late shows that nothing was made
 * until then.
 */
const askedAt = (regimes: readonly Regime[], { madeAt }: Moment): Instant => {
  const regime = regimes.findLast(({ since }) => since <= madeAt) ?? regimes[0];
  return regime === undefined ? madeAt : latestSlot(regime, madeAt);
};

const between = (regimes: readonly Regime[], pair: Pair, series: Series): Standstill => {
  const isStill = regimes.some((regime, at) => {
    const slot = unmadeBy(regime, regimes[at + 1]?.since ?? Number.POSITIVE_INFINITY, pair);
    return slot !== undefined && !regimes.slice(at).some((rules) => isDropped(rules, slot, pair, series));
  });
  const { older, newer } = pair;
  return {
    from: isStill ? older.madeAt : Math.max(older.madeAt, askedAt(regimes, newer)),
    until: newer.madeAt,
  };
};

/**
 * SAFETY: what cannot be determined counts as a standstill. Lists when backups of a series stood
 * still since a moment: where a slot has no recovery point and would still have one had it been
 * made, because no rules since have dropped it, and where one was made late.
 */
export const standstillsOf = (
  regimes: readonly Regime[],
  { live, gone }: SeriesMoments,
  expiring: ReadonlySet<Moment>,
  since: Instant,
): readonly Standstill[] => {
  const all = [...live, ...gone].toSorted((a, b) => b.madeAt - a.madeAt);
  return all.flatMap((newer, at) => {
    const older = all[at + 1];
    if (older === undefined || newer.madeAt <= since) return [];
    return [between(regimes, { older, newer }, { live, expiring })];
  });
};
