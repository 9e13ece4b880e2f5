import type { Finding } from '../../model/finding.ts';
import { bySeverity, isWorse } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding, ResolvedFinding } from '../../model/memory.ts';
import { isSameFinding } from './changes.ts';
import { explainedBy } from './explained.ts';
import {
  continueOpen,
  hasSettled,
  isForgotten,
  markResolutionSent,
  recurs,
  reopen,
  resolve,
} from './flapping.ts';
import type { News } from './news.ts';
import { remindersOf } from './reminders.ts';

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
  /** Whether the report of a finding is postponed because somebody works on its table. */
  readonly isMuted?: (finding: OpenFinding) => boolean;
  /** What this run knows about causes: tables that it could reach, and ids of what it tried and failed. */
  readonly reachable?: ReadonlySet<string>;
  readonly failed?: ReadonlySet<string>;
  /** Ids of what this run found and repaired: reported, and resolved. */
  readonly repaired?: ReadonlySet<string>;
  readonly now: Instant;
  /** When the run began to look; what another run saw later takes precedence. */
  readonly lookedAt?: Instant;
  /** Findings resolved since then are remembered for longer because a digest will report them. */
  readonly keptSince?: Instant | undefined;
}

/** What to report, and what to write before and after the message is sent. */
export interface Decision {
  readonly news: News;
  /** Written before the message is sent, so that the next run after a killed one knows what may have been reported. */
  readonly marks: readonly OpenFinding[];
  /** Reverts the marks when the message was certainly not sent. */
  readonly unmark: { readonly put: readonly OpenFinding[]; readonly remove: readonly string[] };
  readonly changes: { readonly put: readonly OpenFinding[]; readonly remove: readonly string[] };
  /** What is open after the message was sent, sorted by id. */
  readonly open: readonly OpenFinding[];
}

type ById<One> = ReadonlyMap<string, One>;

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

const mapOf = <One extends Finding>(findings: readonly One[]): ById<One> =>
  new Map(findings.map((finding) => [finding.id, finding]));

/** Keeps one finding per id, the worst. */
const foundOnce = (found: readonly Finding[]): readonly Finding[] => [
  ...mapOf(found.toSorted(bySeverity).toReversed()).values(),
];

/** Continues an open finding. A run that began to look before the repair says nothing about the time after it. */
const wentOn = (finding: Finding, open: OpenFinding, { now, lookedAt = now }: Situation): OpenFinding => {
  const { repairedAt } = open;
  if (repairedAt === undefined) return continueOpen(finding, open, now);
  return lookedAt > repairedAt
    ? recurs(finding, { ...open, repairedAt }, now)
    : { ...continueOpen(finding, open, now), repairedAt };
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
  const { found, now, lookedAt = now, resolvedFindings = [] } = situation;
  const seenLater = resolvedFindings.filter((one) => one.lookedAt !== undefined && one.lookedAt > lookedAt);
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

const wasTold = ({ notifiedAt }: OpenFinding): boolean => notifiedAt !== undefined;

const mayHaveBeenTold = (finding: OpenFinding): boolean => wasTold(finding) || finding.telling === true;

const isWorseThanTold = ({ severity, toldSeverity = severity }: OpenFinding): boolean =>
  isWorse(severity, toldSeverity);

const withoutMark = ({ telling: _, ...finding }: OpenFinding): OpenFinding => finding;
/**
 * Checks whether it covers more than was reported. A finding reported by an older version has no marks and counts as
 * fully reported.
 */
const hasGrown = ({ subjects = [], toldSubjects }: OpenFinding): boolean => {
  if (toldSubjects === undefined) return false;
  const told = new Set(toldSubjects);
  return subjects.some((subject) => !told.has(subject));
};

const newsOf = (
  current: readonly OpenFinding[],
  resolved: readonly OpenFinding[],
  { isMuted = () => false, now }: Situation,
  isExplained: (finding: OpenFinding) => boolean,
): News => {
  const tellable = current.filter((finding) => !isMuted(finding) && !isExplained(finding));
  const isNew = (finding: OpenFinding): boolean => !wasTold(finding) || hasGrown(finding);
  const opened = tellable.filter(isNew).map(withoutMark);
  const told = tellable.filter((finding) => !isNew(finding)).map(withoutMark);
  const worsened = told.filter(isWorseThanTold);
  const unchanged = told.filter((finding) => !isWorseThanTold(finding));
  const messageLeaves = opened.length + worsened.length + resolved.length > 0;
  return {
    opened: opened.toSorted(bySeverity),
    worsened: worsened.toSorted(bySeverity),
    reminders: remindersOf(unchanged, now, messageLeaves).toSorted(bySeverity),
    resolved: resolved.map(withoutMark).toSorted(bySeverity),
  };
};

/**
 * The number of marks that safely fits one item of the state table: the limit is 400 KB, and a mark takes ten bytes.
 */
const MOST_MARKS = 20_000;

/** Keeps subjects that were reported before, even while they no longer apply. */
const toldSubjectsOf = ({ subjects, toldSubjects = [] }: OpenFinding): Partial<OpenFinding> => {
  if (subjects === undefined) return {};
  const all = [...new Set([...subjects, ...toldSubjects])].slice(0, MOST_MARKS);
  return { toldSubjects: all.toSorted() };
};

const toldAt = (
  { toldSeverity: _, telling: _telling, ...finding }: OpenFinding,
  now: Instant,
): OpenFinding => ({
  ...finding,
  ...toldSubjectsOf(finding),
  ...(finding.notifiedAt === undefined && now - finding.openedAt >= HOUR_MS && { toldFirstAt: now }),
  notifiedAt: now,
});

/** Fills in the marks of a finding reported by an older version, which did not record its subjects. */
const adopted = (finding: OpenFinding): OpenFinding =>
  wasTold(finding) && finding.subjects !== undefined && finding.toldSubjects === undefined
    ? { ...finding, ...toldSubjectsOf(finding) }
    : finding;

/** Sorts endings into those to report now, to remember and to forget. */
const endings = (situation: Situation) => {
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
    told: [...ended.filter(({ after }) => !wasTold(after)).map(({ finding }) => finding), ...settled],
    remembered: [...ended.map(({ after }) => after), ...settled.map(markResolutionSent)],
    forgotten: [...over.filter((finding) => !mayHaveBeenTold(finding)), ...forgotten, ...silent].map(
      ({ id }) => id,
    ),
  };
};

type Changed = (finding: OpenFinding) => boolean;

/** Marks what is reported as new or resolved, from before the message is sent until the result is written. */
const marksOf = ({ opened, resolved }: News, open: readonly OpenFinding[], isChanged: Changed) => {
  const ids = new Set(opened.map(({ id }) => id));
  return [...open.filter(({ id }) => ids.has(id)), ...resolved]
    .map((finding): OpenFinding => ({ ...finding, telling: true }))
    .filter(isChanged)
    .toSorted(byId);
};

/**
 * Decides what to report and what to write before and after the message is sent. A finding is reported when it is first
 * found, when it is worse than reported, as a reminder while it stays open, and once when it is resolved. One that
 * flaps is reported as flapping once, and then only reminded of until it has settled. One that was not found and not
 * judged stays open as it was, a muted one stays open unreported, and one that cannot have been reported is resolved
 * silently.
 */
export const decide = (given: Situation): Decision => {
  const situation = withoutOutdated(given);
  const { openFindings, resolvedFindings = [], now } = situation;
  const ends = endings(situation);
  const current = [...openNow(situation), ...ends.unknown];
  const resolved = [...resolvedFindings, ...ends.remembered];
  const { reachable, failed } = situation;
  const causes = { open: current, resolved, now, ...(reachable && { reachable }), ...(failed && { failed }) };
  const news = newsOf(current, ends.told, situation, explainedBy(causes));
  const told = new Set([...news.opened, ...news.worsened, ...news.reminders].map(({ id }) => id));
  const open = current
    .map((finding) => (told.has(finding.id) ? toldAt(finding, now) : adopted(finding)))
    .toSorted(byId);
  const before = mapOf([...resolvedFindings, ...openFindings]);
  const isChanged: Changed = (finding) => !isSameFinding(finding, before.get(finding.id));
  const marks = marksOf(news, current, isChanged);
  return {
    news,
    marks,
    unmark: {
      put: marks.flatMap(({ id }) => before.get(id) ?? []),
      remove: marks.map(({ id }) => id).filter((id) => !before.has(id)),
    },
    changes: {
      put: [...open, ...ends.remembered].filter(isChanged).toSorted(byId),
      remove: ends.forgotten.toSorted(),
    },
    open,
  };
};
