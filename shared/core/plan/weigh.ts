import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { GuardrailLimits } from '../../model/policy.ts';
import type { Baseline, Moment, SeriesMoments } from '../retention/retain.ts';

/**
 * What a plan would cost one series: how many of how many that should be there, including those
 * lost before.
 */
export interface Loss {
  readonly lost: number;
  readonly available: number;
  /** The share of how far back the series should reach, if only that exceeds the limit. */
  readonly reach?: number;
}

/** Returns the share that exceeds the limit. */
export const shareOf = ({ lost, available, reach }: Loss): number => reach ?? lost / Math.max(1, available);

/** One series, what would expire of it now, and what measures it. */
export interface Weighed {
  readonly series: SeriesMoments;
  readonly expiring: ReadonlySet<Moment>;
  readonly baselines: readonly Baseline[];
  readonly limits: GuardrailLimits;
  readonly now: Instant;
}

const oldestOf = (moments: Iterable<Moment>): Instant => {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { madeAt } of moments) oldest = Math.min(oldest, madeAt);
  return oldest;
};

/**
 * How many have others in their place or are exempt as young ones, including those lost before: a
 * run that ends half-way is weighed as the whole one was.
 */
const forgiven = (
  lost: readonly Moment[],
  { forgives, replaced = 0 }: Baseline,
  { limits, now }: Weighed,
): number => {
  if (!forgives) return replaced;
  const young = lost.filter(({ madeAt }) => now - madeAt < DAY_MS);
  return Math.min(limits.floor, young.length);
};

/**
 * How much less far back the series would reach, as a share of how far it should. Each point stands
 * for the time to its neighbour, so that half of the points of an even history are half of its
 * reach.
 */
const reachLost = (
  { base, forgives, replaced }: Baseline,
  { series: { live }, expiring }: Weighed,
): number => {
  if (replaced !== undefined) return 0;
  const newest = live[0]?.madeAt ?? 0;
  const before = newest - oldestOf(base);
  const after = newest - oldestOf(live.filter((moment) => !expiring.has(moment)));
  const isYoung = forgives && before < DAY_MS;
  if (before <= 0 || isYoung) return 0;
  const each = before / Math.max(1, base.length - 1);
  return 1 - (after + each) / (before + each);
};

const lossBy = (baseline: Baseline, weighed: Weighed): Loss | undefined => {
  const { series, expiring, limits } = weighed;
  const { base, owed } = baseline;
  if (![...expiring].some((moment) => owed.has(moment))) return undefined;
  const gone = new Set(series.gone);
  const lost = [...owed].filter((moment) => expiring.has(moment) || gone.has(moment));
  const counted = lost.length - forgiven(lost, baseline, weighed);
  if (counted <= 0) return undefined;
  const isTooMany = counted > limits.maxShare * base.length;
  const loss = { lost: lost.length, available: base.length };
  if (isTooMany) return loss;
  const reach = reachLost(baseline, weighed);
  return reach > limits.maxShare ? { ...loss, reach } : undefined;
};

/**
 * Returns what a series would lose past the limits, by the measure that shows the most; undefined
 * when it stays within them.
 */
export const lossOf = (weighed: Weighed): Loss | undefined =>
  weighed.baselines
    .flatMap((baseline) => lossBy(baseline, weighed) ?? [])
    .toSorted((a, b) => shareOf(b) - shareOf(a))[0];

/**
 * Whether a series can expire without being measured: nothing was lost before, and what would
 * expire is a small part and none of its reach.
 */
export const isLight = ({
  series: { live, gone },
  expiring,
  limits,
}: Omit<Weighed, 'baselines'>): boolean => {
  if (gone.length > 0) return false;
  const base = { base: live, owed: new Set<Moment>(), forgives: false };
  const weighed = { series: { live, gone }, expiring, limits, baselines: [], now: 0 };
  return expiring.size <= limits.maxShare * live.length && reachLost(base, weighed) <= limits.maxShare;
};
