import { HOUR_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Retention } from '../../model/policy.ts';
import type { Series, SeriesPoint } from '../scene/series.ts';
import { uncountedReason } from './counting.ts';

/** One reason why nothing of a series may expire; undefined when it does not apply. */
type Guard = (series: Series, now: Instant) => string | undefined;

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const unusableRetention: Guard = ({ policy }) => {
  const { within, ...counts }: Retention = policy.retention;
  const numbers = Object.entries({ ...counts, ...within });
  const bad = numbers.find(([, value]) => !isCount(value));
  if (bad !== undefined) return `the retention of ${policy.name} is unusable: ${bad[0]} is ${bad[1]}`;
  const keepsNothing = numbers.every(([, value]) => value === 0);
  return keepsNothing ? `the retention of ${policy.name} is empty: no rule keeps anything` : undefined;
};

const held: Guard = ({ hold, table, unclearHold = 'backup:hold = true' }) =>
  hold ? `${table} carries the tag ${unclearHold}` : undefined;

const holdLifted: Guard = ({ holdLiftedAt, table }) =>
  holdLiftedAt === undefined
    ? undefined
    : `the hold of ${table} is gone since ${isoInstant(holdLiftedAt)}, and people have not known it for a day`;

const observedWithGaps: Guard = ({ gaps }) =>
  gaps.length === 0 ? undefined : `not everything could be seen: ${gaps.toSorted().join('; ')}`;

const notConfirmed: Guard = ({ confirmed, table }) =>
  confirmed === undefined ? `DescribeTable did not confirm which table ${table} is` : undefined;

const notInService: Guard = ({ confirmed, table }) =>
  confirmed === undefined || confirmed.status === 'ACTIVE' || confirmed.status === 'UPDATING'
    ? undefined
    : `${table} is ${confirmed.status}`;

/**
 * How long after a slot its recovery point may still be in progress, in milliseconds: the backup
 * function has two ticks in an hour, and a large table takes time to be copied. Under an hourly
 * schedule the latest slot is in progress most of the time, and waiting for it would stop expiry
 * for good.
 */
const MAKING_MS = HOUR_MS;

const countedPoints = ({ confirmed, points }: Series, now: Instant): readonly SeriesPoint[] =>
  points.filter((point) => uncountedReason(point, confirmed?.tableId, now) === undefined);

/** Whether the latest slot has a recovery point that can be restored. */
export const isLatestFilled = (series: Series, now: Instant): boolean =>
  series.points.some(
    (point) =>
      point.slot >= series.latestSlot && uncountedReason(point, series.confirmed?.tableId, now) === undefined,
  );

/**
 * CreateBackup was refused, or will be: it is not known when the latest slot gets its recovery
 * point.
 */
const isPutOff = ({ confirmed, deferred }: Series): boolean =>
  deferred === true || confirmed?.status !== 'ACTIVE';

/**
 * The newest ones must exist: that of the latest slot, unless the slot has only just passed and its
 * turn has not come or is in progress.
 */
const newestMissing: Guard = (series, now) => {
  const { confirmed, latestSlot, policy } = series;
  if (confirmed === undefined || isLatestFilled(series, now)) return undefined;
  const newestAt = Math.max(
    ...countedPoints(series, now).map(({ recoveryPoint }) => recoveryPoint.createdAt),
  );
  if (now - latestSlot > MAKING_MS || newestAt === Number.NEGATIVE_INFINITY)
    return `the latest slot, ${isoInstant(latestSlot)}, has no available recovery point yet`;
  if (isPutOff(series)) return `the recovery point of the latest slot, ${isoInstant(latestSlot)}, is put off`;
  return now - newestAt > policy.rpoMs
    ? `backups are overdue: the newest available recovery point is of ${isoInstant(newestAt)}`
    : undefined;
};

const backupsFailing: Guard = (series) =>
  series.backupsFailing ? `backups of ${series.table} are failing or overdue` : undefined;

const clockSuspicious: Guard = (series) => series.clockSuspicious;

const GUARDS: readonly Guard[] = [
  unusableRetention,
  held,
  holdLifted,
  observedWithGaps,
  notConfirmed,
  notInService,
  newestMissing,
  backupsFailing,
  clockSuspicious,
];

/**
 * SAFETY: lists every reason why nothing of a series may expire, always in the same order; empty
 * when it may. Reasons of single recovery points (another incarnation, still being created, the
 * newest) are not among them.
 */
export const refusalsOf = (series: Series, now: Instant): readonly string[] =>
  GUARDS.flatMap((guard) => guard(series, now) ?? []);
