import { DAY_MS } from '../../model/instant.ts';
import type { Retention } from '../../model/policy.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import type { Schedule } from '../calendar/slots.ts';
import { mostMsOf } from './schedule-mistake.ts';

/** The longest that each period lasts, in days. */
export const PERIOD_DAYS = { hourly: 1 / 24, daily: 1, weekly: 7, monthly: 31, yearly: 366 } as const;

export type CountedPeriod = keyof typeof PERIOD_DAYS;
export const COUNTED_PERIODS = Object.keys(PERIOD_DAYS) as readonly CountedPeriod[];

/** Whether a rule counts periods of the calendar. */
export const isCountedPeriod = (rule: keyof Retention): rule is CountedPeriod =>
  COUNTED_PERIODS.some((period) => period === rule);

/** One rule of a retention, and for how many days it keeps a recovery point at the most while the schedule is met. */
export interface RuleReach {
  readonly rule: keyof Retention;
  readonly days: number;
}

/**
 * Computes how long each rule of a retention keeps a recovery point, while a schedule is met: a rule that counts periods reaches over that
 * many of them, or over as many intervals where the schedule comes less often. Rounded up to whole days.
 */
export const ruleReaches = (retention: Retention, schedule: Schedule): readonly RuleReach[] => {
  const intervalDays = longestIntervalMs(schedule) / DAY_MS;
  const periods = COUNTED_PERIODS.flatMap((rule) => {
    const count = retention[rule];
    return count === undefined
      ? []
      : [{ rule, days: Math.ceil(count * Math.max(PERIOD_DAYS[rule], intervalDays)) }];
  });
  const { last, within } = retention;
  return [
    ...(last === undefined ? [] : [{ rule: 'last', days: Math.ceil(last * intervalDays) } as const]),
    ...(within === undefined
      ? []
      : [{ rule: 'within', days: Math.ceil(mostMsOf(within) / DAY_MS + intervalDays) } as const]),
    ...periods,
  ];
};

/** Returns the rule that keeps a recovery point the longest; undefined for a retention without rules. */
export const longestReach = (retention: Retention, schedule: Schedule): RuleReach | undefined =>
  ruleReaches(retention, schedule).toSorted((a, b) => b.days - a.days)[0];
