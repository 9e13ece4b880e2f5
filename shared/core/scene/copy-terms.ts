import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import { periodOfWallTime } from '../calendar/calendar.ts';
import { wallTimeAt } from '../calendar/zone.ts';
import { type CountedPeriod, isCountedPeriod, type RuleReach, ruleReaches } from '../policy/reach-days.ts';
import { COLD_DAYS } from '../policy/vault-mistakes.ts';

/** AWS Backup takes no more. */
const MOST_DAYS = 36_500;

/** A copy that is made late, or after a clock change, still lasts as long as its rule says. */
const MARGIN_DAYS = 1;

const periodOf = (period: CountedPeriod, at: Instant, timezone: string): number =>
  period === 'hourly' ? Math.floor(at / HOUR_MS) : periodOfWallTime(period, wallTimeAt(timezone, at));

/** For how long a destination keeps the copy of a recovery point, and by which rule. */
export interface CopyTerms extends RuleReach {
  /** Counted from when the source was made, as AWS Backup counts it. */
  readonly deleteAfterDays: number;
}

/** Lists how long each rule keeps what a destination takes, the longest first: by rules of its own, or else by those of the policy that it belongs to. */
export const copyReaches = (policy: Policy, destination: CopyDestination): readonly RuleReach[] => {
  const { retention = policy.retention } = destination;
  return ruleReaches(retention, policy).toSorted((a, b) => b.days - a.days);
};

/** Returns for how many days a copy is kept for a rule that takes it: never shorter than what cold storage is paid for. */
export const copyDaysOf = ({ days }: Pick<RuleReach, 'days'>, coldAfterDays: number | undefined): number => {
  const least = coldAfterDays === undefined ? 0 : coldAfterDays + COLD_DAYS;
  return Math.min(MOST_DAYS, Math.max(least, days + MARGIN_DAYS));
};

/** Names the periods that a recovery point is in, of those that the rules of a destination count. */
export const copyPeriodsOf = (policy: Policy, destination: CopyDestination, at: Instant): readonly string[] =>
  copyReaches(policy, destination).flatMap(({ rule }) =>
    isCountedPeriod(rule) ? [`${rule} ${periodOf(rule, at, policy.timezone)}`] : [],
  );

/**
 * Decides which recovery points a destination takes and for how long it keeps each, by its own retention or else by that of the policy. AWS Backup
 * deletes copies by what it is told when they are made, so that is decided for good: rules that count periods take the first recovery point of each,
 * the others take all. Takes the times of all that could be copied, oldest first, and of those whose copy ended and that cannot be copied again the days that it
 * had: it fills a period only of a rule that keeps nothing for longer.
 */
export const copyTermsOf = (
  policy: Policy,
  destination: CopyDestination,
  madeAt: readonly Instant[],
  ended?: ReadonlyMap<Instant, number>,
): ReadonlyMap<Instant, CopyTerms> => {
  const reaches = copyReaches(policy, destination);
  const { timezone } = policy;
  const filled = new Set<string>();
  const takes = ({ days, rule }: RuleReach, at: Instant): boolean => {
    if ((ended?.get(at) ?? days) < days) return false;
    if (!isCountedPeriod(rule)) return true;
    const key = `${rule} ${periodOf(rule, at, timezone)}`;
    const isFirst = !filled.has(key);
    filled.add(key);
    return isFirst;
  };
  const terms = new Map<Instant, CopyTerms>();
  for (const at of madeAt) {
    const [longest] = reaches.filter((reach) => takes(reach, at));
    if (longest === undefined) continue;
    terms.set(at, { ...longest, deleteAfterDays: copyDaysOf(longest, destination.coldAfterDays) });
  }
  return terms;
};
