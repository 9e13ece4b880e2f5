import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { Memory, PolicyHistory, Regime } from '../../model/memory.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';
import type { Asking } from './asked.ts';

/**
 * Functions are replaced one after the other, and a run that has begun continues with what it was
 * built with.
 */
export const DEPLOY_MS = HOUR_MS;

/** How stale `seenAt` may grow before it is written again: one small write a day. */
const SEEN_MS = DAY_MS;

/**
 * Anyone who edits a policy more often than that is testing; older rules count as not remembered.
 */
const MOST_REGIMES = 50;

type Rules = Pick<Regime, 'schedule' | 'timezone' | 'retention'>;

const rulesText = ({ schedule, timezone, retention }: Rules): string =>
  JSON.stringify([schedule, timezone, Object.entries(retention).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** Returns whether two regimes ask for the same and keep the same. */
export const isSameRules = (one: Rules, other: Rules): boolean => rulesText(one) === rulesText(other);

/** Rules that cannot be applied, because their schedule or zone is invalid, are not remembered. */
const isUsable = (regime: Regime): boolean => {
  try {
    return Number.isFinite(latestSlot(regime, regime.since));
  } catch {
    return false;
  }
};

/** Times that were saved by a clock that ran ahead are capped at now. */
const upTo =
  (now: Instant) =>
  (regime: Regime): Regime => ({
    ...regime,
    since: Math.min(regime.since, now),
    seenAt: Math.min(regime.seenAt, now),
  });

const regimesAt = (before: readonly Regime[], policy: Policy, now: Instant): readonly Regime[] => {
  const { schedule, timezone, retention } = policy;
  const begun: Regime = { schedule, timezone, retention, since: now, seenAt: now };
  const known = before.filter(isUsable).map(upTo(now));
  const last = known.at(-1);
  if (last === undefined || !isSameRules(last, policy)) return [...known, begun].slice(-MOST_REGIMES);
  return now - last.seenAt < SEEN_MS ? known : [...known.slice(0, -1), { ...last, seenAt: now }];
};

/** The regimes of each policy by its name, oldest first, the last one that of the policy file. */
export type Regimes = ReadonlyMap<string, readonly Regime[]>;

/**
 * Lists the regimes of every policy of the file: those that are remembered, and the present one,
 * which begins now unless it is remembered.
 */
export const regimesOf = ({ histories = [] }: Memory, { policies }: Policies, now: Instant): Regimes => {
  const before = new Map(histories.map(({ policy, regimes }) => [policy, regimes]));
  return new Map(
    policies.map((policy) => [policy.name, regimesAt(before.get(policy.name) ?? [], policy, now)]),
  );
};

/**
 * Converts the regimes of a policy to which schedule asked when: neighbours overlap for as long as
 * a deployment may take to be seen.
 */
export const askingOf = (regimes: readonly Regime[]): Asking => ({
  eras: regimes.map(({ schedule, timezone }, at) => ({
    schedule: { schedule, timezone },
    from: (regimes[at - 1]?.seenAt ?? Number.NEGATIVE_INFINITY) - DEPLOY_MS,
    until: (regimes[at + 1]?.since ?? Number.POSITIVE_INFINITY) + DEPLOY_MS,
  })),
  knownSince: regimes[0]?.since ?? Number.POSITIVE_INFINITY,
});

/** No remaining recovery point was made under it. */
const isForgotten = (regimes: readonly Regime[], at: number, oldestMadeAt: Instant): boolean =>
  (regimes[at + 1]?.since ?? Number.POSITIVE_INFINITY) + DEPLOY_MS < oldestMadeAt;

const DROPPED_MS = 400 * DAY_MS;

/**
 * Returns what to remember of regimes. `oldestMadeAt` says since when there are recovery points of
 * a policy; undefined when that is not known: then nothing is forgotten. A policy that left the
 * file is remembered for 400 days.
 */
export const nextHistories = (
  before: readonly PolicyHistory[],
  regimes: Regimes,
  oldestMadeAt: (policy: string) => Instant | undefined,
  now: Instant,
): readonly PolicyHistory[] => {
  const present = [...regimes].map(([policy, all]) => {
    const oldest = oldestMadeAt(policy) ?? Number.NEGATIVE_INFINITY;
    return { policy, regimes: all.filter((_, at) => !isForgotten(all, at, oldest)) };
  });
  const gone = before.filter(
    ({ policy, regimes: its }) => !regimes.has(policy) && now - (its.at(-1)?.seenAt ?? 0) < DROPPED_MS,
  );
  return [...present, ...gone].toSorted((a, b) => (a.policy < b.policy ? -1 : 1));
};
