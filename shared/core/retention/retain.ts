import type { Instant } from '../../model/instant.ts';
import type { Regime } from '../../model/memory.ts';
import type { Retention } from '../../model/policy.ts';
import { wallClockOf } from '../calendar/zone.ts';
import type { Candidate, Rule } from './counting.ts';
import { bucketRule, lastRule, PERIODS, withinRule } from './periods.ts';
import { createWording, type Judgement, type KeepReason, UNWORDED, type Wording } from './reasons.ts';

/** A history and the rules for it. */
export interface RetainInput<Point> {
  /** Newest first. */
  readonly points: readonly Point[];
  /** The time that a point counts for. */
  readonly timeOf: (point: Point) => Instant;
  readonly retention: Retention;
  readonly timezone: string;
  readonly now: Instant;
  /** Whose texts are shared; its own without one. */
  readonly wording?: Pick<Wording, 'speakerOf'> | undefined;
}

/** The result of the rules for one point: it is kept when any rule keeps it. */
export interface Retained<Point> {
  readonly point: Point;
  /** Empty when no rule keeps it. */
  readonly keptBy: readonly KeepReason[];
  /** Why no rule asks for it; empty when one does. */
  readonly passedBy: readonly string[];
}

type RulesInput = Pick<RetainInput<unknown>, 'retention' | 'timezone' | 'wording'>;

const rulesOf = (
  { retention, timezone, wording = createWording() }: RulesInput,
  newest: Instant,
): readonly Rule[] => {
  const { last = 0, within } = retention;
  const buckets = PERIODS.map((period) => ({ period, count: retention[period] ?? 0 }));
  return [
    ...(last > 0 ? [lastRule(last)] : []),
    ...buckets.filter(({ count }) => count > 0).map((bucket) => bucketRule(bucket, wording)),
    ...(within === undefined ? [] : [withinRule({ newest, within, timezone })]),
  ];
};

type Judgements = Omit<Retained<unknown>, 'point'>;

const NONE: readonly never[] = [];

type Passing = Extract<Judgement, { readonly keeps: false }>;

const isPassing = (judgement: Judgement): judgement is Passing => !judgement.keeps;

/** Most are kept by one rule, and a list of one that grows has room for many. */
const keepReasons = (judgements: readonly Judgement[]): readonly KeepReason[] => {
  let reasons: readonly KeepReason[] = NONE;
  for (const judgement of judgements)
    if (judgement.keeps) reasons = reasons === NONE ? [judgement.reason] : [...reasons, judgement.reason];
  return reasons;
};

/** Every rule is applied, also once one has kept the point: each keeps its own count. */
const ask = (rules: readonly Rule[], candidate: Candidate): Judgements => {
  const judgements = rules.map((rule) => rule(candidate));
  return judgements.every(isPassing)
    ? { keptBy: NONE, passedBy: judgements.map(({ reason }) => reason) }
    : { keptBy: keepReasons(judgements), passedBy: NONE };
};

const IN_THE_FUTURE: Judgements = { keptBy: [{ kind: 'future' }], passedBy: [] };

/**
 * Applies the rules of a retention to points, newest first, as restic's `forget` does, and returns the result in the same order. Points in the future
 * are kept and do not count; a retention without rules keeps nothing.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const retain = <Point>(input: RetainInput<Point>): readonly Retained<Point>[] => {
  const { points, timeOf, timezone, now } = input;
  const past = points.find((point) => timeOf(point) <= now);
  const rules = rulesOf(input, past === undefined ? now : timeOf(past));
  const wallAt = wallClockOf(timezone);
  return points.map((point, index) => {
    const time = timeOf(point);
    if (time > now) return { point, ...IN_THE_FUTURE };
    const isOldest = index === points.length - 1;
    const { keptBy, passedBy } = ask(rules, { time, wall: wallAt(time), timezone, isOldest });
    return { point, keptBy, passedBy };
  });
};

/** A recovery point of one series as the guardrail sees it. */
export interface Moment {
  readonly madeAt: Instant;
  /** Set for one that exists; absent for one that was lost before, or that would have been made. */
  readonly slot?: Instant;
  /**
   * Set when it was kept longer than its rules say and the end of that was announced: its survival
   * does not indicate other rules.
   */
  readonly announced?: true;
}

/** One series before a plan: newest first. */
export interface SeriesMoments {
  readonly live: readonly Moment[];
  /** What earlier edits deleted; the rules of that time might still keep it. */
  readonly gone: readonly Moment[];
}

/** What should exist of a series by one measure. */
export interface Baseline {
  /** Everything it measures by. */
  readonly base: readonly Moment[];
  /** Those of it that steady operation does not delete: one of them that expires is lost. */
  readonly owed: ReadonlySet<Moment>;
  /**
   * Whether young ones are exempt as possible steady churn, because it is unknown whether they
   * were.
   */
  readonly forgives: boolean;
  /**
   * Set if backups stood still: how many were made since and stay, and so replaced as many. How far
   * back the series reaches is not weighed then, because time passed without backups whatever is
   * deleted; nor is what is deleted remembered.
   */
  readonly replaced?: number;
}

/** A measure by which nothing is lost. */
export const NOTHING: Baseline = { base: [], owed: new Set(), forgives: true };

/** What a policy asks for and keeps. */
export type Rules = Pick<Regime, 'schedule' | 'timezone' | 'retention'>;

const newestFirst = (a: Moment, b: Moment): number => b.madeAt - a.madeAt;

/**
 * Returns what rules keep of a history, as of its newest point, which is kept whatever they say.
 */
export const keptBy = (
  { retention, timezone }: Pick<Rules, 'retention' | 'timezone'>,
  moments: readonly Moment[],
): readonly Moment[] => {
  const points = moments.toSorted(newestFirst);
  const now = points[0]?.madeAt ?? 0;
  return retain({ points, timeOf: ({ madeAt }) => madeAt, retention, timezone, now, wording: UNWORDED })
    .filter(({ keptBy: rules }, at) => at === 0 || rules.length > 0)
    .map(({ point }) => point);
};
