import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import { isLost } from './attempts.ts';
import type { WantedCopy } from './wanted-copy.ts';

/** A copy that is not there a day after its source is late: that is many times what one takes, and one more attempt. */
export const COPY_LATE_MS = DAY_MS;

/** Attempts that fail are a day apart: so many are left. */
const LAST_DAYS_MS = 3 * DAY_MS;

/** What is only just asked for is not late, however soon its source ends. */
const LEAST_TIME_MS = 12 * HOUR_MS;

/** The moment from which a copy can never be made, and why. */
export interface LastChance {
  readonly at: Instant;
  readonly why: { readonly kind: 'cold'; readonly afterDays: number } | { readonly kind: 'deleted' };
}

/** Returns until when a copy can be made: AWS Backup copies nothing that is cold or deleted. Undefined where nothing ends it. */
export const lastChanceOf = ({ policy, source }: WantedCopy): LastChance | undefined => {
  const { createdAt, deletesAt, isCold } = source;
  const afterDays = policy.vault?.coldAfterDays;
  const chances: readonly LastChance[] = [
    ...(afterDays === undefined || isCold === true
      ? []
      : [{ at: createdAt + afterDays * DAY_MS, why: { kind: 'cold' as const, afterDays } }]),
    ...(deletesAt === undefined ? [] : [{ at: deletesAt, why: { kind: 'deleted' as const } }]),
  ];
  return chances.toSorted((a, b) => a.at - b.at)[0];
};

/** Whether nothing makes a copy yet: one that runs comes to its end, whatever becomes of its source. */
const isNotBegun = ({ status }: WantedCopy): boolean =>
  status.kind === 'missing' || (status.kind === 'going-on' && status.isWaiting);

const hasFailed = ({ status }: WantedCopy): boolean =>
  (status.kind === 'missing' || status.kind === 'going-on') && status.attempts.some(isLost);

/**
 * Whether a copy that is not there soon can never be made. The last three days count, and half of the time where that is less; a copy that is owed for less
 * than twelve hours, or half of what it has left, does not. One that failed has no such grace.
 */
export const isEndangered = (copy: WantedCopy, owedSince: Instant, now: Instant): boolean => {
  const chance = lastChanceOf(copy);
  if (chance === undefined || !isNotBegun(copy)) return false;
  if (hasFailed(copy)) return chance.at - now <= LAST_DAYS_MS;
  const lead = Math.min(LAST_DAYS_MS, (chance.at - copy.source.createdAt) / 2);
  const grace = Math.min(LEAST_TIME_MS, (chance.at - owedSince) / 2);
  return chance.at - now <= lead && now - owedSince >= grace;
};
