import type { Finding } from '../../model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding, ResolvedFinding } from '../../model/memory.ts';

/**
 * How long a finding must stay open or resolved to have settled. Audits run every six hours, so two of them must agree;
 * and it is a night, in which nobody wants the same alert twice.
 */
export const SETTLED_MS = 12 * HOUR_MS;

/** How long a resolved finding is remembered: found again within this time, it has reopened. */
const REMEMBERED_MS = 48 * HOUR_MS;

/** How long a reopening counts: daily flapping shows within a week. */
const COUNTED_MS = 7 * DAY_MS;

/** Two reopenings may be two repairs that did not hold; the third is a pattern that is reported only once. */
const FLAPS_FROM = 3;

/** How often a finding reopens. */
export interface Rhythm {
  /** How many times it reopened. */
  readonly times: number;
  readonly withinMs: number;
  /** Once it has stayed open or resolved this long, it no longer flaps. */
  readonly settledMs: number;
}

const within = (returns: readonly Instant[], ms: number, now: Instant): readonly Instant[] =>
  returns.filter((at) => now - at < ms);

const recentReturns = ({ returns = [] }: OpenFinding, now: Instant): readonly Instant[] =>
  within(returns, COUNTED_MS, now);

/**
 * Counts reopenings that are more than half a day apart: a tag removed every night and restored every morning has one a
 * day.
 */
const spellsIn = (returns: readonly Instant[]): number =>
  returns.filter((at, index) => at - (returns[index - 1] ?? Number.NEGATIVE_INFINITY) > SETTLED_MS).length;

/**
 * Returns how often a finding reopened up to `now` if that is a pattern: three times within 48 hours, or on three days
 * of a week. The slower pattern needs two days to settle, because otherwise each day would look like its end.
 */
export const rhythmOf = (returns: readonly Instant[], now: Instant): Rhythm | undefined => {
  const [slow, quick] = [within(returns, COUNTED_MS, now), within(returns, REMEMBERED_MS, now)];
  if (spellsIn(slow) >= FLAPS_FROM)
    return { times: slow.length, withinMs: COUNTED_MS, settledMs: REMEMBERED_MS };
  return quick.length >= FLAPS_FROM
    ? { times: quick.length, withinMs: REMEMBERED_MS, settledMs: SETTLED_MS }
    : undefined;
};

/**
 * Returns the time to settle. A finding that an older version marked as flapping has no rhythm and settles after twelve
 * hours, as it did there.
 */
const settledMsOf = ({ openedAt, returns = [] }: OpenFinding): number =>
  rhythmOf(returns, openedAt)?.settledMs ?? SETTLED_MS;

/** Keeps what was reported, as long as the resolution was not and cannot have been reported. */
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
 * Continues an open finding: what was seen says how it is, what was open says since when and what was reported. It
 * stops flapping once it has stayed open until it settled (twelve hours, or two days).
 */
export const continueOpen = (finding: Finding, before: OpenFinding, now: Instant): OpenFinding => {
  const returns = recentReturns(before, now);
  const isFlapping = before.flapping === true && now - before.openedAt < settledMsOf(before);
  return {
    ...finding,
    ...stillTold(finding, before),
    since: before.since,
    openedAt: before.openedAt,
    ...(before.incidentAt !== undefined && { incidentAt: before.incidentAt }),
    ...(returns.length > 0 && { returns }),
    ...(isFlapping && { flapping: true }),
    ...(before.telling === true && { telling: true }),
  };
};

/**
 * Reopens a resolved finding. It flaps when it reopens within two days of its resolution for the third time in 48 hours
 * or on the third day of a week. If the resolution was never announced, reopening is not announced either.
 */
export const reopen = (finding: Finding, before: ResolvedFinding, now: Instant): OpenFinding => {
  const isReturn = now - before.resolvedAt < REMEMBERED_MS;
  const returns = [...recentReturns(before, now), ...(isReturn ? [now] : [])];
  const told = stillTold(finding, before);
  return {
    ...finding,
    openedAt: now,
    ...told,
    ...(told.notifiedAt !== undefined && { incidentAt: before.incidentAt ?? before.openedAt }),
    ...(returns.length > 0 && { returns }),
    ...(isReturn && rhythmOf(returns, now) !== undefined && { flapping: true }),
    ...(before.telling === true && { telling: true }),
  };
};

/**
 * Resolves a finding, as seen by a run that began to look at `lookedAt`. The resolution is reported immediately unless
 * the finding flaps.
 */
export const resolve = (finding: OpenFinding, now: Instant, lookedAt: Instant = now): ResolvedFinding => {
  const resolved = { ...finding, resolvedAt: now, lookedAt };
  return finding.flapping === true ? resolved : markResolutionSent(resolved);
};

/**
 * Reopens a finding that is found again after a run repaired it, and takes `since` from the new one. A flapping one is
 * still reported as flapping.
 */
export const recurs = (
  finding: Finding,
  { repairedAt, ...before }: OpenFinding & { readonly repairedAt: Instant },
  now: Instant,
): OpenFinding => ({
  ...reopen(finding, resolve(before, repairedAt), now),
  since: finding.since,
  ...(before.notifiedAt !== undefined && { incidentAt: before.incidentAt ?? before.openedAt }),
});

/** Marks the resolution as reported. */
export const markResolutionSent = ({
  notifiedAt: _,
  incidentAt: _incident,
  toldFirstAt: _first,
  toldSeverity: _told,
  telling: _telling,
  toldSubjects: _subjects,
  ...finding
}: ResolvedFinding): ResolvedFinding => finding;

/** Checks whether the resolution is still to be reported: it has stayed resolved until it settled. */
export const hasSettled = (finding: ResolvedFinding, now: Instant): boolean =>
  finding.notifiedAt !== undefined && now - finding.resolvedAt >= settledMsOf(finding);

/**
 * Checks whether a resolved finding may be forgotten: its resolution was reported and 48 hours have passed, so that it
 * would be new if found again. What was resolved since `keptSince` is kept because a digest will report it.
 */
export const isForgotten = (
  { notifiedAt, resolvedAt }: ResolvedFinding,
  now: Instant,
  keptSince: Instant = Number.POSITIVE_INFINITY,
): boolean => notifiedAt === undefined && now - resolvedAt >= REMEMBERED_MS && resolvedAt < keptSince;
