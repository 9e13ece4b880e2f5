import { parseDuration } from '../../model/duration.ts';
import { HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import {
  type CopyDestination,
  type DrillRule,
  type PitrPromise,
  type Policies,
  type Policy,
  type Retention,
  USUAL_DRILL_CAP_USD,
  type VaultRules,
} from '../../model/policy.ts';
import { withUsualSpaces } from '../calendar/cron-fields.ts';
import { longestIntervalMs, shortestIntervalMs } from '../calendar/intervals.ts';
import type { Schedule } from '../calendar/slots.ts';
import { mostMsOf } from './schedule-mistake.ts';
import type { PoliciesFile } from './schema.ts';

/**
 * Returns the IANA zone in which schedules are read; all policies of a file share one. UTC without
 * policies.
 */
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
 * Computes the RPO that a schedule can keep, in milliseconds: its longest interval plus a grace of
 * a tenth, at least an hour, for the next run to start and the backup to be made.
 */
export const rpoMsOf = (schedule: Schedule): number => {
  const longestMs = longestIntervalMs(schedule);
  return longestMs + Math.max(HOUR_MS, Math.ceil(longestMs / 10));
};

/** What AWS Backup takes where nothing is said: a job may wait for eight hours. */
const USUAL_START_MINUTES = 480;

/** A job that waits longer than until the next slot would hold that one up. */
const startMinutesOf = (schedule: string, startWindow: string | undefined): number => {
  if (startWindow !== undefined) return Math.floor(mostMsOf(durationOf(startWindow)) / MINUTE_MS);
  const shortestMs = shortestIntervalMs({ schedule });
  return shortestMs === 0
    ? USUAL_START_MINUTES
    : Math.min(USUAL_START_MINUTES, Math.floor(shortestMs / MINUTE_MS));
};

type WrittenDestination = NonNullable<WrittenPolicy['copyTo']>[number];

const destinationOf = (written: WrittenDestination): CopyDestination => {
  if (typeof written === 'string') return { vaultArn: written };
  const { vault, retention, coldAfterDays } = written;
  return {
    vaultArn: vault,
    ...(retention !== undefined && { retention: retentionOf(retention) }),
    ...(coldAfterDays !== undefined && { coldAfterDays }),
  };
};

const vaultOf = (written: WrittenPolicy): VaultRules | undefined => {
  const { vault, coldAfterDays, deleteAfterDays, startWindow, completeWindow, copyTo = [] } = written;
  if (vault === undefined) return undefined;
  return {
    name: vault,
    ...(coldAfterDays !== undefined && { coldAfterDays }),
    ...(deleteAfterDays !== undefined && { deleteAfterDays }),
    startWindowMinutes: startMinutesOf(withUsualSpaces(written.schedule), startWindow),
    ...(completeWindow !== undefined && {
      completeWindowMinutes: Math.floor(mostMsOf(durationOf(completeWindow)) / MINUTE_MS),
    }),
    copyTo: copyTo.map(destinationOf),
  };
};

const GB = 1_000_000_000;

const drillOf = ({ drill }: WrittenPolicy): DrillRule | undefined =>
  drill === undefined
    ? undefined
    : {
        everyMs: mostMsOf(durationOf(drill.every)),
        level: drill.level,
        maxSizeBytes: Math.round(drill.maxSizeGb * GB),
        sample: drill.sample,
      };

const policyOf = (name: string, timezone: string, written: WrittenPolicy): Policy => {
  const { engine, rpo, rto } = written;
  const drill = drillOf(written);
  const { afterDeletion } = written;
  const schedule = withUsualSpaces(written.schedule);
  const pitr = promiseOf(written.pitr);
  const vault = vaultOf(written);
  return {
    name,
    engine,
    ...(vault !== undefined && { vault }),
    schedule,
    timezone,
    retention: retentionOf(written.retention),
    ...(pitr !== undefined && { pitr }),
    rpoMs: rpo === undefined ? rpoMsOf({ schedule, timezone }) : mostMsOf(durationOf(rpo)),
    ...(rto !== undefined && { rtoMs: mostMsOf(durationOf(rto)) }),
    ...(drill !== undefined && { drill }),
    ...(afterDeletion !== undefined && {
      afterDeletion: { keepMs: mostMsOf(durationOf(afterDeletion.keep)) },
    }),
  };
};

const hasDrills = (policies: PoliciesFile['policies']): boolean =>
  Object.values(policies).some(({ drill }) => drill !== undefined);

/** Compiles a valid policy file to its policies, sorted by name. */
export const compilePolicies = ({
  tag,
  timezone,
  guardrail,
  digest,
  drills,
  deletedVaults,
  policies,
}: PoliciesFile): Policies => ({
  tag,
  guardrail,
  ...(digest !== undefined && { digest: { schedule: withUsualSpaces(digest.schedule), timezone } }),
  ...(hasDrills(policies) && { drillCapUsd: drills?.maxMonthlyUsd ?? USUAL_DRILL_CAP_USD }),
  ...(deletedVaults !== undefined && { deletedVaults: [...new Set(deletedVaults)].toSorted() }),
  policies: Object.entries(policies)
    .map(([name, written]) => policyOf(name, timezone, written))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});
