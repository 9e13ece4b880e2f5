import { durationWords } from '../../model/duration.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type {
  CopyDestination,
  DrillLevel,
  DrillRule,
  PitrPromise,
  Policy,
  Retention,
  VaultRules,
} from '../../model/policy.ts';
import { namesBothDays } from '../calendar/cron-fields.ts';
import { nextSlot } from '../calendar/slots.ts';
import { daysText, distanceText, minuteText } from '../text/time.ts';

const PERIODS = [
  ['hourly', 'hour'],
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
  ['yearly', 'year'],
] as const;

/** Joins parts of a sentence: `a, b and c`. */
const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const periodsText = (retention: Retention): readonly string[] => {
  const periods = PERIODS.flatMap(([rule, period]) => {
    const count = retention[rule];
    if (count === undefined) return [];
    return [count === 1 ? `the last ${period}` : `each of the last ${count} ${period}s`];
  });
  return periods.length === 0 ? [] : [`the newest of ${joined(periods)} that has one`];
};

/** Words a retention as a sentence without its full stop: `keeps the last 3, all within 48h of the newest and …`. */
export const retentionText = (retention: Retention): string => {
  const { last, within } = retention;
  const rules = [
    ...(last === undefined ? [] : [last === 1 ? 'the newest' : `the newest ${last}`]),
    ...(within === undefined ? [] : [`all within ${durationWords(within)} of the newest`]),
    ...periodsText(retention),
  ];
  return `keeps ${joined(rules)}`;
};

/** Words a promise of point-in-time recovery, or its absence. */
export const pitrPromiseText = (pitr: PitrPromise | undefined): string => {
  if (pitr === undefined) return 'point-in-time recovery is not promised';
  const drift = pitr.onDrift === 'repair' ? 'switched on again when it is off' : 'alerts when it is off';
  return `point-in-time recovery of ${daysText(pitr.recoveryPeriodDays)} is promised; ${drift}`;
};

const coldText = (coldAfterDays: number | undefined): string =>
  coldAfterDays === undefined ? '' : `, in cold storage after ${daysText(coldAfterDays)}`;

const copyText = ({ vaultArn, retention, coldAfterDays }: CopyDestination): string => {
  const kept = retention === undefined ? '' : `, ${retentionText(retention)} there`;
  return `copies each to ${vaultArn}${kept}${coldText(coldAfterDays)}`;
};

/** Words where AWS Backup keeps the recovery points of a policy, each part as a clause; none for another engine. */
export const vaultClauses = (vault: VaultRules | undefined): readonly string[] => {
  if (vault === undefined) return [];
  const { name, coldAfterDays, deleteAfterDays, copyTo } = vault;
  const backstop =
    deleteAfterDays === undefined ? '' : `, deleted by AWS Backup itself after ${daysText(deleteAfterDays)}`;
  return [`kept in the vault ${name}${coldText(coldAfterDays)}${backstop}`, ...copyTo.map(copyText)];
};

/** Hours and minutes, rounded up; from four days on also days. */
const msWords = (ms: number): string => {
  const minutes = Math.ceil(ms / MINUTE_MS);
  const days = ms >= 4 * DAY_MS ? Math.floor(ms / DAY_MS) : 0;
  const rest = minutes - days * 24 * 60;
  return durationWords({ years: 0, months: 0, days, hours: Math.floor(rest / 60), minutes: rest % 60 });
};

/** Words a policy's RPO. */
export const rpoText = ({ rpoMs }: Pick<Policy, 'rpoMs'>): string =>
  `promises a newest recovery point at most ${msWords(rpoMs)} old (RPO)`;

/** Words how long a restore may take, or that nothing is promised. */
export const rtoText = ({ rtoMs }: Pick<Policy, 'rtoMs'>): string =>
  rtoMs === undefined
    ? 'promises nothing of how long a restore takes'
    : `promises a restore within ${msWords(rtoMs)} (RTO)`;

const DRILLS: Readonly<Record<DrillLevel, (rule: DrillRule) => string>> = {
  listed: () => 'what it is restored from is there',
  described: () => 'AWS describes what it is restored from',
  sampled: ({ maxSizeBytes, sample }) =>
    `it is exported, checked with ${sample} items and removed; over ${maxSizeBytes / 1_000_000_000} GB it is only described`,
  restored: ({ maxSizeBytes, sample }) =>
    `it is restored, checked with ${sample} items and deleted; over ${maxSizeBytes / 1_000_000_000} GB it is only described`,
};

/** Words how it is proved that tables can be restored, or that it is not. */
export const drillText = ({ drill }: Pick<Policy, 'drill'>): string =>
  drill === undefined
    ? 'no drills'
    : `drills each table every ${msWords(drill.everyMs)}: ${DRILLS[drill.level](drill)}`;

/** Words what becomes of the recovery points of deleted tables. */
export const afterDeletionText = ({ afterDeletion }: Pick<Policy, 'afterDeletion'>): string =>
  afterDeletion === undefined
    ? 'keeps the recovery points of deleted tables until a person deletes them'
    : `deletes all recovery points of a deleted table, the last one too, ${msWords(afterDeletion.keepMs)} after an audit first saw that it is gone and a week after people were told, unless something keeps them`;

/** Returns the next slots of a policy, first one first. */
export const nextSlots = (policy: Policy, now: Instant, count: number): readonly Instant[] => {
  const slots: Instant[] = [];
  for (let after = now; slots.length < count; ) {
    after = nextSlot(policy, after);
    slots.push(after);
  }
  return slots;
};

/** Formats a policy's next slot and how far away it is: `2026-11-24 03:00Z (in 22 h)`. */
export const nextSlotText = (policy: Policy, now: Instant): string => {
  const slot = nextSlot(policy, now);
  return `${minuteText(slot)} (${distanceText(slot, now)})`;
};

/** Some crons treat a step of `*` as a `*`, and then require both. */
const daysClause = ({ schedule }: Policy): readonly string[] =>
  namesBothDays(schedule)
    ? ['day of month and day of week are both set: a day that is either is enough']
    : [];

/**
 * Describes a policy for a table, each part as a clause without its end: schedule, retention, RPO,
 * point-in-time recovery.
 */
export const policyClauses = (policy: Policy, now: Instant): readonly string[] => [
  `schedule ${policy.schedule} in ${policy.timezone}, next slots ${nextSlots(policy, now, 3).map(minuteText).join(', ')}`,
  ...daysClause(policy),
  retentionText(policy.retention),
  ...vaultClauses(policy.vault),
  rpoText(policy),
  pitrPromiseText(policy.pitr),
  ...(policy.rtoMs === undefined ? [] : [rtoText(policy)]),
  ...(policy.drill === undefined ? [] : [drillText(policy)]),
  ...(policy.afterDeletion === undefined ? [] : [afterDeletionText(policy)]),
];
