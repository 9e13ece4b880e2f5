import { bySeverity, type Finding } from '../../model/finding.ts';
import { CLOCK_TOLERANCE_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding, ResolvedFinding } from '../../model/memory.ts';
import {
  continueOpen,
  hasSettled,
  isForgotten,
  markResolutionSent,
  recurs,
  reopen,
  resolve,
} from './flapping.ts';

/** What was open, what was found, and which of the open ones the run was able to find again. */
export interface Situation {
  readonly openFindings: readonly OpenFinding[];
  /** Resolved earlier; one of them may have reopened. */
  readonly resolvedFindings?: readonly ResolvedFinding[];
  readonly found: readonly Finding[];
  /** Ids of findings, open or resolved, that count as resolved when they are not among the found ones. */
  readonly judged: ReadonlySet<string>;
  /** Ids of findings that end silently because what they were about was given up or another finding covers it. */
  readonly withdrawn?: ReadonlySet<string>;
  /** Ids of what this run found and repaired: reported, and resolved. */
  readonly repaired?: ReadonlySet<string>;
  readonly now: Instant;
  /** When the run began to look; what another run saw later takes precedence. */
  readonly lookedAt?: Instant;
  /** Findings resolved since then are remembered for longer because a digest will report them. */
  readonly keptSince?: Instant | undefined;
}

/** A finding that is resolved, as it was and as it will be remembered. */
export interface Ending {
  readonly finding: OpenFinding;
  readonly after: ResolvedFinding;
}

/** What is open after a run looked, before anything is sent. */
export interface Standing {
  /** What was known before, by id. */
  readonly before: ReadonlyMap<string, OpenFinding>;
  readonly open: readonly OpenFinding[];
  /** Resolved by now, including by this run. */
  readonly resolved: readonly OpenFinding[];
  /** The resolutions of this run, and earlier ones that have settled. */
  readonly endings: readonly Ending[];
  /** Ids of what need not be remembered any longer. */
  readonly forgotten: readonly string[];
  readonly now: Instant;
}

type ById<One> = ReadonlyMap<string, One>;

const mapOf = <One extends Finding>(findings: readonly One[]): ById<One> =>
  new Map(findings.map((finding) => [finding.id, finding]));

/** Keeps one finding per id, the worst. */
const foundOnce = (found: readonly Finding[]): readonly Finding[] => [
  ...mapOf(found.toSorted(bySeverity).toReversed()).values(),
];

/**
 * Whether one moment, as another run wrote it, is later than this run's look. SAFETY: one in the future comes from a clock that was wrong, and says
 * nothing about now: believed, it would keep a finding silent until then.
 */
const isLater = (at: Instant, { now, lookedAt = now }: Situation): boolean =>
  at > lookedAt && at <= now + CLOCK_TOLERANCE_MS;

/** Continues an open finding. A run that began to look before the repair says nothing about the time after it. */
const wentOn = (finding: Finding, open: OpenFinding, situation: Situation): OpenFinding => {
  const { repairedAt } = open;
  const { now, lookedAt = now } = situation;
  if (repairedAt === undefined) return continueOpen(finding, open, now);
  return repairedAt === lookedAt || isLater(repairedAt, situation)
    ? { ...continueOpen(finding, open, now), repairedAt }
    : recurs(finding, { ...open, repairedAt: Math.min(repairedAt, now) }, now);
};

const openNow = (situation: Situation): readonly OpenFinding[] => {
  const { openFindings, resolvedFindings = [], found, now, repaired } = situation;
  const [before, over] = [mapOf(openFindings), mapOf(resolvedFindings)];
  const openOf = (finding: Finding): OpenFinding => {
    const [open, resolved] = [before.get(finding.id), over.get(finding.id)];
    if (open !== undefined) return wentOn(finding, open, situation);
    return resolved === undefined ? { ...finding, openedAt: now } : reopen(finding, resolved, now);
  };
  return foundOnce(found).map((finding) =>
    repaired?.has(finding.id) === true ? { ...openOf(finding), repairedAt: now } : openOf(finding),
  );
};

/** Drops what a run that began to look later than this one has seen to be resolved. */
const withoutOutdated = (situation: Situation): Situation => {
  const { found, resolvedFindings = [] } = situation;
  const seenLater = resolvedFindings.filter(
    (one) => one.lookedAt !== undefined && isLater(one.lookedAt, situation),
  );
  const outdated = new Set(seenLater.map(({ id }) => id));
  return { ...situation, found: found.filter(({ id }) => !outdated.has(id)) };
};

/** Splits what was not found: resolved where it was judged, otherwise unknown and left as it is. */
const missing = <One extends Finding>(findings: readonly One[], { found, judged }: Situation) => {
  const foundIds = new Set(found.map(({ id }) => id));
  const notFound = findings.filter(({ id }) => !foundIds.has(id));
  return {
    over: notFound.filter(({ id }) => judged.has(id)),
    unknown: notFound.filter(({ id }) => !judged.has(id)),
  };
};

/** Whether people know of it, or may know because a run was killed while it sent. */
const mayHaveBeenTold = ({ notifiedAt, telling }: OpenFinding): boolean =>
  notifiedAt !== undefined || telling === true;

/** Sorts what was not found into what is resolved, what nobody looked at, and what to forget. */
const endingsOf = (situation: Situation) => {
  const { openFindings, resolvedFindings = [], found, withdrawn = new Set(), now } = situation;
  const { lookedAt, keptSince } = situation;
  const foundIds = new Set(found.map(({ id }) => id));
  const isWithdrawn = ({ id }: OpenFinding): boolean => withdrawn.has(id) && !foundIds.has(id);
  const { over, unknown } = missing(
    openFindings.filter((finding) => !isWithdrawn(finding)),
    situation,
  );
  const past = missing(
    resolvedFindings.filter((finding) => !isWithdrawn(finding)),
    situation,
  );
  const silent = [...openFindings, ...resolvedFindings].filter(isWithdrawn);
  const ended = over
    .filter(mayHaveBeenTold)
    .map((finding) => ({ finding, after: resolve(finding, now, lookedAt) }));
  const settled = past.over.filter((finding) => hasSettled(finding, now));
  const forgotten = [...past.over, ...past.unknown].filter((finding) => isForgotten(finding, now, keptSince));
  return {
    unknown,
    endings: [...ended, ...settled.map((finding) => ({ finding, after: markResolutionSent(finding) }))],
    forgotten: [...over.filter((finding) => !mayHaveBeenTold(finding)), ...forgotten, ...silent].map(
      ({ id }) => id,
    ),
  };
};

/**
 * Decides what is open after a run looked. One that was not found and not judged stays open as it was, and one that
 * cannot have been reported is resolved silently. Nothing here depends on what is sent, by whom or when.
 */
export const openAfter = (given: Situation): Standing => {
  const situation = withoutOutdated(given);
  const { openFindings, resolvedFindings = [], now } = situation;
  const { endings, forgotten, unknown } = endingsOf(situation);
  return {
    before: mapOf([...resolvedFindings, ...openFindings]),
    open: [...openNow(situation), ...unknown],
    resolved: [...resolvedFindings, ...endings.map(({ after }) => after)],
    endings,
    forgotten,
    now,
  };
};

/** The findings that a run read when it began. */
interface Recalled {
  readonly openFindings: readonly OpenFinding[];
  readonly resolvedFindings: readonly OpenFinding[];
}

const stateOf = ({ id, openedAt, resolvedAt }: OpenFinding): string =>
  JSON.stringify([id, openedAt, resolvedAt]);

/**
 * Selects the present findings that were open, or resolved, in the same way when the run began. A run cannot resolve or
 * forget what another run has opened or resolved since, because it did not look for it.
 */
export const unchangedSince = (
  { openFindings, resolvedFindings }: Recalled,
  present: readonly OpenFinding[],
): readonly OpenFinding[] => {
  const states = new Set([...openFindings, ...resolvedFindings].map(stateOf));
  return present.filter((finding) => states.has(stateOf(finding)));
};
