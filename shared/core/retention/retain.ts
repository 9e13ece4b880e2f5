import type { Instant } from '../../model/instant.ts';
import type { Retention } from '../../model/policy.ts';
import { wallTimeAt } from '../calendar/zone.ts';
import { bucketRule, lastRule, PERIODS } from './buckets.ts';
import type { KeepReason } from './reasons.ts';
import type { Candidate, Rule } from './rule.ts';
import { withinRule } from './within.ts';

/** A history and the rules for it. */
export interface RetainInput<Point> {
  /** Newest first. */
  readonly points: readonly Point[];
  /** The time that a point counts for. */
  readonly timeOf: (point: Point) => Instant;
  readonly retention: Retention;
  readonly timezone: string;
  readonly now: Instant;
}

/** What the rules say of one point: it is kept when any rule keeps it. */
export interface Retained<Point> {
  readonly point: Point;
  /** Empty when no rule keeps it. */
  readonly keptBy: readonly KeepReason[];
  /** The other rules, and why each does not ask for it. */
  readonly passedBy: readonly string[];
}

const rulesOf = (
  { retention, timezone }: Pick<RetainInput<unknown>, 'retention' | 'timezone'>,
  newest: Instant,
): readonly Rule[] => {
  const { last = 0, within } = retention;
  const buckets = PERIODS.map((period) => ({ period, count: retention[period] ?? 0 }));
  return [
    ...(last > 0 ? [lastRule(last)] : []),
    ...buckets.filter(({ count }) => count > 0).map(bucketRule),
    ...(within === undefined ? [] : [withinRule({ newest, within, timezone })]),
  ];
};

type Judgements = Omit<Retained<unknown>, 'point'>;

/** Every rule is asked, also once one has kept the point: each keeps its own count. */
const ask = (rules: readonly Rule[], candidate: Candidate): Judgements => {
  const keptBy: KeepReason[] = [];
  const passedBy: string[] = [];
  for (const rule of rules) {
    const judgement = rule(candidate);
    if (judgement.keeps) keptBy.push(judgement.reason);
    else passedBy.push(judgement.reason);
  }
  return { keptBy, passedBy };
};

const IN_THE_FUTURE: Judgements = { keptBy: [{ kind: 'future' }], passedBy: [] };

/**
 * Given points, newest first, and a retention, returns what its rules say of each, in the same order: restic's `forget`. At the edge those
 * in the future are kept and count for nothing, and a retention without rules keeps nothing.
 * @see https://restic.readthedocs.io/en/stable/060_forget.html (checked 2026-11-22)
 */
export const retain = <Point>(input: RetainInput<Point>): readonly Retained<Point>[] => {
  const { points, timeOf, timezone, now } = input;
  const past = points.find((point) => timeOf(point) <= now);
  const rules = rulesOf(input, past === undefined ? now : timeOf(past));
  return points.map((point, index) => {
    const time = timeOf(point);
    if (time > now) return { point, ...IN_THE_FUTURE };
    const isOldest = index === points.length - 1;
    const { keptBy, passedBy } = ask(rules, { time, wall: wallTimeAt(timezone, time), isOldest });
    return { point, keptBy, passedBy };
  });
};
