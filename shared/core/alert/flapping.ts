import type { Finding } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding, ResolvedFinding } from '../../model/memory.ts';

/**
 * What lasts this long, open or over, has settled. Audits run every six hours, so two of them must agree; and it is a night, in which nobody
 * wants to hear of the same thing twice.
 */
export const SETTLED_MS = 12 * HOUR_MS;

/** How long one that is over is remembered: what is back by then came back. */
const REMEMBERED_MS = 48 * HOUR_MS;

/** How long it counts that a finding came back: what comes and goes by the day shows within a week. */
const COUNTED_MS = 7 * DAY_MS;

/** Twice may be two repairs that did not hold; at the third time it is a pattern, and news of it is no news. */
const FLAPS_FROM = 3;

/** How a finding comes and goes. */
export interface Rhythm {
  /** So often it came back. */
  readonly times: number;
  readonly withinMs: number;
  /** What lasts this long, open or over, is out of the rhythm. */
  readonly settledMs: number;
}

const within = (returns: readonly Instant[], ms: number, now: Instant): readonly Instant[] =>
  returns.filter((at) => now - at < ms);

const recentReturns = ({ returns = [] }: OpenFinding, now: Instant): readonly Instant[] =>
  within(returns, COUNTED_MS, now);

/** Returns with half a day between them: a tag that is taken every night and put back every morning has one a day. */
const spellsIn = (returns: readonly Instant[]): number =>
  returns.filter((at, index) => at - (returns[index - 1] ?? Number.NEGATIVE_INFINITY) > SETTLED_MS).length;

/**
 * Returns how often a finding came back until `now`, where that is often enough to be a pattern: three times within 48 hours, or on three days of a week. The
 * slower one needs two days to settle, or each day would look like its end.
 */
export const rhythmOf = (returns: readonly Instant[], now: Instant): Rhythm | undefined => {
  const [slow, quick] = [within(returns, COUNTED_MS, now), within(returns, REMEMBERED_MS, now)];
  if (spellsIn(slow) >= FLAPS_FROM)
    return { times: slow.length, withinMs: COUNTED_MS, settledMs: REMEMBERED_MS };
  return quick.length >= FLAPS_FROM
    ? { times: quick.length, withinMs: REMEMBERED_MS, settledMs: SETTLED_MS }
    : undefined;
};

/** One that an older version saw flap says nothing of its rhythm, and settles as it did there. */
const settledMsOf = ({ openedAt, returns = [] }: OpenFinding): number =>
  rhythmOf(returns, openedAt)?.settledMs ?? SETTLED_MS;

/** What people were told of it goes on being told, as long as they were not told that it is over, nor may have been. */
const stillTold = (finding: Finding, before: OpenFinding): Partial<OpenFinding> => {
  if (before.notifiedAt === undefined || before.telling === true) return {};
  const toldSeverity = before.toldSeverity ?? before.severity;
  return {
    since: before.since,
    notifiedAt: before.notifiedAt,
    ...(before.toldFirstAt !== undefined && { toldFirstAt: before.toldFirstAt }),
    ...(toldSeverity !== finding.severity && { toldSeverity }),
    ...(before.toldSubjects !== undefined && { toldSubjects: before.toldSubjects }),
  };
};

/**
 * Given a finding that was found and what was open of it, returns it as it is open now: what is seen says how it is, what was open says since when,
 * and when people heard of it. At the edge one that flapped and has stayed open until it settled (twelve hours, or two days) flaps no more.
 */
export const continueOpen = (finding: Finding, before: OpenFinding, now: Instant): OpenFinding => {
  const returns = recentReturns(before, now);
  const isFlapping = before.flapping === true && now - before.openedAt < settledMsOf(before);
  return {
    ...finding,
    ...stillTold(finding, before),
    since: before.since,
    openedAt: before.openedAt,
    ...(returns.length > 0 && { returns }),
    ...(isFlapping && { flapping: true }),
    ...(before.telling === true && { telling: true }),
  };
};

/**
 * Given a finding that was found and was over before, returns it as it is open now. The third time in 48 hours, or on the third day of a week, that it is
 * back within two days, it flaps. At the edge one of which people do not know yet that it was over was told already, and is no news.
 */
export const reopen = (finding: Finding, before: ResolvedFinding, now: Instant): OpenFinding => {
  const isReturn = now - before.resolvedAt < REMEMBERED_MS;
  const returns = [...recentReturns(before, now), ...(isReturn ? [now] : [])];
  return {
    ...finding,
    openedAt: now,
    ...stillTold(finding, before),
    ...(returns.length > 0 && { returns }),
    ...(isReturn && rhythmOf(returns, now) !== undefined && { flapping: true }),
    ...(before.telling === true && { telling: true }),
  };
};

/**
 * Returns what is remembered of a finding that is resolved now, seen by a run that began to look at `lookedAt`. People are alerted at once,
 * unless it flaps.
 */
export const resolve = (finding: OpenFinding, now: Instant, lookedAt: Instant = now): ResolvedFinding => {
  const resolved = { ...finding, resolvedAt: now, lookedAt };
  return finding.flapping === true ? resolved : markResolutionSent(resolved);
};

/**
 * Returns a finding that is found again after a run had repaired it: another one, that comes back and has lasted since it was found. One that flaps goes on being
 * told as such.
 */
export const recurs = (
  finding: Finding,
  { repairedAt, ...before }: OpenFinding & { readonly repairedAt: Instant },
  now: Instant,
): OpenFinding => ({ ...reopen(finding, resolve(before, repairedAt), now), since: finding.since });

/** Given a finding that is over, returns it as remembered once people know. */
export const markResolutionSent = ({
  notifiedAt: _,
  toldFirstAt: _first,
  toldSeverity: _told,
  telling: _telling,
  toldSubjects: _subjects,
  ...finding
}: ResolvedFinding): ResolvedFinding => finding;

/** Given a finding that is over, returns whether people must still hear that, for it has not come back until it settled. */
export const hasSettled = (finding: ResolvedFinding, now: Instant): boolean =>
  finding.notifiedAt !== undefined && now - finding.resolvedAt >= settledMsOf(finding);

/**
 * Given a finding that is over, returns whether it may be forgotten: people know, and should it come back, it is new. At the edge what ended
 * since `keptSince` is kept for the digest that will tell of it.
 */
export const isForgotten = (
  { notifiedAt, resolvedAt }: ResolvedFinding,
  now: Instant,
  keptSince: Instant = Number.POSITIVE_INFINITY,
): boolean => notifiedAt === undefined && now - resolvedAt >= REMEMBERED_MS && resolvedAt < keptSince;
