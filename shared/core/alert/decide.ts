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
  /** What was over before, and may have come back. */
  readonly resolvedFindings?: readonly ResolvedFinding[];
  readonly found: readonly Finding[];
  /** Ids of findings, open or over, that are over when they are not among the found ones. */
  readonly judged: ReadonlySet<string>;
  /** Ids of findings that end without a word: what they were about was given up, or another finding speaks of it. */
  readonly withdrawn?: ReadonlySet<string>;
  /** Whether people hear of a finding only later: somebody works on its table. */
  readonly isMuted?: (finding: OpenFinding) => boolean;
  /** What this run knows of causes: tables that it saw within reach, and ids of what it tried and failed. */
  readonly reachable?: ReadonlySet<string>;
  readonly failed?: ReadonlySet<string>;
  /** Ids of what this run found and repaired: people hear of it, and it is over. */
  readonly repaired?: ReadonlySet<string>;
  readonly now: Instant;
  /** When the run began to look; what another run saw later than that is believed over it. */
  readonly lookedAt?: Instant;
  /** What ended since then is remembered for longer: a digest will tell of it. */
  readonly keptSince?: Instant | undefined;
}

/** What to tell people, and what to write down before and after they are told. */
export interface Decision {
  readonly news: News;
  /** Written before the message leaves, so that whoever comes after a run that was killed knows what people may have been told. */
  readonly marks: readonly OpenFinding[];
  /** Takes the marks back, where the message certainly did not leave. */
  readonly unmark: { readonly put: readonly OpenFinding[]; readonly remove: readonly string[] };
  readonly changes: { readonly put: readonly OpenFinding[]; readonly remove: readonly string[] };
  /** What is open once the news has left, sorted by id. */
  readonly open: readonly OpenFinding[];
}

type ById<One> = ReadonlyMap<string, One>;

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

const mapOf = <One extends Finding>(findings: readonly One[]): ById<One> =>
  new Map(findings.map((finding) => [finding.id, finding]));

/** Found twice counts once, as the worse of the two. */
const foundOnce = (found: readonly Finding[]): readonly Finding[] => [
  ...mapOf(found.toSorted(bySeverity).toReversed()).values(),
];

/** What a run saw that began to look before the repair says nothing of what came after it. */
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

/** Without what a run that began to look later than this one has seen to be resolved. */
const withoutOutdated = (situation: Situation): Situation => {
  const { found, now, lookedAt = now, resolvedFindings = [] } = situation;
  const seenLater = resolvedFindings.filter((one) => one.lookedAt !== undefined && one.lookedAt > lookedAt);
  const outdated = new Set(seenLater.map(({ id }) => id));
  return { ...situation, found: found.filter(({ id }) => !outdated.has(id)) };
};

/** What was not found: over where it was judged, otherwise nobody knows, and it stays as it is. */
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
/** It stands for more than people were told. What an older version told has no marks, and counts as told whole. */
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

/** Marks that one item of the state table holds with ease: its limit is 400 KB, and a mark takes ten bytes. */
const MOST_MARKS = 20_000;

/** What people were told of stays told, also when it is not so for a while. */
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

/** People heard of it from an older version, which did not write down of what. */
const adopted = (finding: OpenFinding): OpenFinding =>
  wasTold(finding) && finding.subjects !== undefined && finding.toldSubjects === undefined
    ? { ...finding, ...toldSubjectsOf(finding) }
    : finding;

/** What ends or has ended: told now, remembered, or forgotten. */
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

/** What is told as new, or as resolved, from before the message leaves until that is written down. */
const marksOf = ({ opened, resolved }: News, open: readonly OpenFinding[], isChanged: Changed) => {
  const ids = new Set(opened.map(({ id }) => id));
  return [...open.filter(({ id }) => ids.has(id)), ...resolved]
    .map((finding): OpenFinding => ({ ...finding, telling: true }))
    .filter(isChanged)
    .toSorted(byId);
};

/**
 * Returns what people must be told of a situation and what to write down of that, before and after the message leaves. A finding is told
 * when it is found first, again when it is worse than people were told, at times while it stays, and once when it is resolved. One that
 * keeps coming back is told as flapping once, and then only reminded of until it has settled. One that was not found and not judged stays
 * open as it was, a muted one stays open untold, and one that nobody can have been told of is resolved silently.
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
