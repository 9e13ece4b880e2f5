import type { Instant } from '../../model/instant.ts';
import type { Regime } from '../../model/memory.ts';
import { retain } from './retain.ts';

/** A recovery point of one series as the guardrail sees it. */
export interface Moment {
  readonly madeAt: Instant;
  /** Set for one that is there; absent for one that was lost before, or that would have been made. */
  readonly slot?: Instant;
}

/** One series before a plan: newest first. */
export interface SeriesMoments {
  readonly live: readonly Moment[];
  /** What edits cost before; the rules of then would perhaps keep it still. */
  readonly gone: readonly Moment[];
}

/** What should be there of a series by one measure. */
export interface Baseline {
  /** All that it measures by. */
  readonly base: readonly Moment[];
  /** Those of it that steady operation does not take: one of them that goes is lost. */
  readonly owed: ReadonlySet<Moment>;
  /** Whether young ones are let off as steady churn, because nobody remembers whether it was. */
  readonly forgives: boolean;
  /**
   * Set where backups stood still: so many were made since and stay, and took the place of as many. How far back the series reaches is not
   * weighed then, for time went by without backups whatever is deleted; nor is what goes remembered.
   */
  readonly replaced?: number;
}

/** A measure by which nothing is lost. */
export const NOTHING: Baseline = { base: [], owed: new Set(), forgives: true };

/** What a policy asks for and keeps. */
export type Rules = Pick<Regime, 'schedule' | 'timezone' | 'retention'>;

const newestFirst = (a: Moment, b: Moment): number => b.madeAt - a.madeAt;

/** Returns what rules keep of a history, as of its newest, which is kept whatever they say. */
export const keptBy = (
  { retention, timezone }: Pick<Rules, 'retention' | 'timezone'>,
  moments: readonly Moment[],
): readonly Moment[] => {
  const points = moments.toSorted(newestFirst);
  const now = points[0]?.madeAt ?? 0;
  return retain({ points, timeOf: ({ madeAt }) => madeAt, retention, timezone, now })
    .filter(({ keptBy: rules }, at) => at === 0 || rules.length > 0)
    .map(({ point }) => point);
};
