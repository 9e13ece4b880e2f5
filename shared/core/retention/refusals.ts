import { HOUR_MS, type Instant, isoInstant } from '../../model/instant.ts';
import type { Retention } from '../../model/policy.ts';
import { uncountedReason } from './counting.ts';
import type { Stream } from './stream.ts';

/** One reason for which nothing of a stream may expire; undefined while it does not stand. */
type Guard = (stream: Stream, now: Instant) => string | undefined;

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

const observedWithGaps: Guard = ({ gaps }) =>
  gaps.length === 0 ? undefined : `not everything could be seen: ${gaps.toSorted().join('; ')}`;

const notConfirmed: Guard = ({ confirmed, table }) =>
  confirmed === undefined ? `DescribeTable did not confirm which table ${table} is` : undefined;

const notInService: Guard = ({ confirmed, table }) =>
  confirmed === undefined || confirmed.status === 'ACTIVE' || confirmed.status === 'UPDATING'
    ? undefined
    : `${table} is ${confirmed.status}`;

/**
 * The backup function has two ticks, and a large table the time to be copied, before a slot without a recovery point is a failure. Under an
 * hourly schedule the latest slot is nearly always under way; waiting for it would stop expiry for good.
 */
const MAKING_MS = HOUR_MS;

/** The newest ones must be there: made lately, and of the latest slot unless that is only just past. */
const newestMissing: Guard = ({ confirmed, points, latestSlot, policy }, now) => {
  const counted = points.filter((point) => uncountedReason(point, confirmed?.tableId, now) === undefined);
  if (confirmed === undefined || counted.some(({ slot }) => slot >= latestSlot)) return undefined;
  if (now - latestSlot > MAKING_MS || counted.length === 0)
    return `the latest slot, ${isoInstant(latestSlot)}, has no available recovery point yet`;
  const newestAt = Math.max(...counted.map(({ recoveryPoint }) => recoveryPoint.createdAt));
  return now - newestAt > policy.rpoMs
    ? `backups are overdue: the newest available recovery point is of ${isoInstant(newestAt)}`
    : undefined;
};

const backupsFailing: Guard = (stream) =>
  stream.backupsFailing ? `backups of ${stream.table} are failing or overdue` : undefined;

const clockSuspicious: Guard = (stream) => stream.clockSuspicious;

const GUARDS: readonly Guard[] = [
  unusableRetention,
  held,
  observedWithGaps,
  notConfirmed,
  notInService,
  newestMissing,
  backupsFailing,
  clockSuspicious,
];

/**
 * Given a stream at a moment, returns every reason why nothing of it may expire, always in the same order. At the edge: empty when nothing
 * stands against it. What holds for single recovery points (another incarnation, still being created, the newest) is not among them.
 */
export const refusalsOf = (stream: Stream, now: Instant): readonly string[] =>
  GUARDS.flatMap((guard) => guard(stream, now) ?? []);
