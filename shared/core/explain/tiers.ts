import type { Instant } from '../../model/instant.ts';
import { incarnationOf } from '../retention/counting.ts';
import { countedOf, madeAt } from '../retention/judge.ts';
import type { KeepReason, Wording } from '../retention/reasons.ts';
import { retain } from '../retention/retain.ts';
import type { Series } from '../scene/series.ts';

/** Why a recovery point is there, by the coarsest rule that keeps it. `recent`: only `last` or `within` does · `none`: no rule does. */
export type Tier = 'none' | 'recent' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

/** Finest first. */
export const TIERS: readonly Tier[] = ['none', 'recent', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

const tierOf = (reason: KeepReason): Tier => {
  switch (reason.kind) {
    case 'newest-of-period':
    case 'oldest':
      return reason.period;
    case 'last':
    case 'within':
    case 'future':
      return 'recent';
  }
};

const coarsest = (reasons: readonly KeepReason[]): Tier =>
  TIERS.findLast((tier) => reasons.some((reason) => tierOf(reason) === tier)) ?? 'none';

/** Returns the tier of each recovery point of a series that its rules count, by id. `wording` is shared with other series. */
export const tiersOf = (series: Series, now: Instant, wording?: Wording): ReadonlyMap<string, Tier> => {
  const { retention, timezone } = series.policy;
  const points = countedOf(series, incarnationOf(series), now).toSorted((a, b) => madeAt(b) - madeAt(a));
  const retained = retain({ points, timeOf: madeAt, retention, timezone, now, wording });
  return new Map(retained.map(({ point, keptBy }) => [point.recoveryPoint.id, coarsest(keptBy)]));
};
