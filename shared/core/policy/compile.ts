import { parseDuration } from '../../model/duration.ts';
import { HOUR_MS } from '../../model/instant.ts';
import type { PitrPromise, Policies, Policy, Retention } from '../../model/policy.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import type { Schedule } from '../calendar/slots.ts';
import { mostMsOf } from './schedule-mistake.ts';
import type { PoliciesFile } from './schema.ts';

/** Given policies, returns the IANA zone in which their schedules are read: all policies of a file share one. At the edge UTC where there is no policy. */
export const zoneOf = ({ policies }: Pick<Policies, 'policies'>): string => policies[0]?.timezone ?? 'UTC';

type WrittenPolicy = PoliciesFile['policies'][string];

const durationOf = (text: string) => {
  const duration = parseDuration(text);
  if (duration === undefined) throw new Error(`${text} was checked and is no duration`);
  return duration;
};

const retentionOf = ({ within, ...counts }: WrittenPolicy['retention']): Retention => {
  const rules = Object.entries(counts).filter(([, count]) => count !== undefined);
  return { ...Object.fromEntries(rules), ...(within !== undefined && { within: durationOf(within) }) };
};

const promiseOf = (pitr: WrittenPolicy['pitr']): PitrPromise | undefined =>
  pitr?.required ? { recoveryPeriodDays: pitr.recoveryPeriodDays, onDrift: pitr.onDrift } : undefined;

/**
 * Given a schedule, returns the RPO it can keep, in milliseconds: its longest interval and a grace of a tenth, at least an hour, for the
 * next run to come round and the backup to be made.
 */
export const rpoMsOf = (schedule: Schedule): number => {
  const longestMs = longestIntervalMs(schedule);
  return longestMs + Math.max(HOUR_MS, Math.ceil(longestMs / 10));
};

const policyOf = (name: string, timezone: string, written: WrittenPolicy): Policy => {
  const { engine, schedule, rpo } = written;
  const pitr = promiseOf(written.pitr);
  return {
    name,
    engine,
    schedule,
    timezone,
    retention: retentionOf(written.retention),
    ...(pitr !== undefined && { pitr }),
    rpoMs: rpo === undefined ? rpoMsOf({ schedule, timezone }) : mostMsOf(durationOf(rpo)),
  };
};

/** Given a right policy file, returns its policies, sorted by name. */
export const compilePolicies = ({ tag, timezone, guardrail, digest, policies }: PoliciesFile): Policies => ({
  tag,
  guardrail,
  ...(digest !== undefined && { digest: { schedule: digest.schedule, timezone } }),
  policies: Object.entries(policies)
    .map(([name, written]) => policyOf(name, timezone, written))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});
