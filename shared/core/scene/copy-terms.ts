import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import { periodOfWallTime } from '../calendar/calendar.ts';
import { wallTimeAt } from '../calendar/zone.ts';
import { COUNTED_PERIODS, type CountedPeriod, type RuleReach, ruleReaches } from '../policy/reach-days.ts';
import { COLD_DAYS } from '../policy/vault-mistakes.ts';

/** AWS Backup takes no more. */
const MOST_DAYS = 36_500;

/** A copy that is made late, or after a clock change, still lasts as long as its rule says. */
const MARGIN_DAYS = 1;

const periodOf = (period: CountedPeriod, at: Instant, timezone: string): number =>
  period === 'hourly' ? Math.floor(at / HOUR_MS) : periodOfWallTime(period, wallTimeAt(timezone, at));

const isCounted = (rule: RuleReach['rule']): rule is CountedPeriod =>
  COUNTED_PERIODS.some((period) => period === rule);

/** For how long a destination keeps the copy of a recovery point, and by which rule. */
export interface CopyTerms extends RuleReach {
  /** Counted from when the source was made, as AWS Backup counts it. */
  readonly deleteAfterDays: number;
}

/**
 * Decides which recovery points a destination takes and for how long it keeps each, by its own retention or else by that of the policy. AWS Backup
 * deletes copies by what it is told when they are made, so that is decided for good: rules that count periods take the first recovery point of each,
 * the others take all. Takes the times of all that could be copied, oldest first.
 */
export const copyTermsOf = (
  { retention: ofPolicy, schedule, timezone }: Policy,
  { coldAfterDays, retention = ofPolicy }: CopyDestination,
  madeAt: readonly Instant[],
): ReadonlyMap<Instant, CopyTerms> => {
  const reaches = ruleReaches(retention, { schedule, timezone }).toSorted((a, b) => b.days - a.days);
  const least = coldAfterDays === undefined ? 0 : coldAfterDays + COLD_DAYS;
  const filled = new Set<string>();
  const takes = ({ rule }: RuleReach, at: Instant): boolean => {
    if (!isCounted(rule)) return true;
    const key = `${rule} ${periodOf(rule, at, timezone)}`;
    const isFirst = !filled.has(key);
    filled.add(key);
    return isFirst;
  };
  const terms = new Map<Instant, CopyTerms>();
  for (const at of madeAt) {
    const [longest] = reaches.filter((reach) => takes(reach, at));
    if (longest === undefined) continue;
    const deleteAfterDays = Math.min(MOST_DAYS, Math.max(least, longest.days + MARGIN_DAYS));
    terms.set(at, { ...longest, deleteAfterDays });
  }
  return terms;
};
