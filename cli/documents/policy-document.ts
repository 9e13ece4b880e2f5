import { durationText } from '../../shared/model/duration.ts';
import type { Policy } from '../../shared/model/policy.ts';

/** Formats a policy for documents, with every default filled in. */
export const policyFields = ({ name, engine, schedule, timezone, retention, rpoMs, pitr }: Policy) => {
  const { last, within, hourly, daily, weekly, monthly, yearly } = retention;
  return {
    name,
    engine,
    schedule,
    timezone,
    retention: {
      last,
      within: within === undefined ? undefined : durationText(within),
      hourly,
      daily,
      weekly,
      monthly,
      yearly,
    },
    rpoMs,
    pitr:
      pitr === undefined ? undefined : { recoveryPeriodDays: pitr.recoveryPeriodDays, onDrift: pitr.onDrift },
  };
};
