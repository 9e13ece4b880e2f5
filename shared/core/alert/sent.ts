import { bySeverity, type Finding, isWorse } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { explainedBy } from './explained.ts';
import type { News } from './news.ts';
import type { Standing } from './open.ts';
import { remindersOf } from './reminders.ts';

/** What holds the report of an open finding back, as the sender knows it. */
export interface Quiet {
  /** Whether the report of a finding is postponed because somebody works on its table. */
  readonly isMuted?: (finding: OpenFinding) => boolean;
  /** What is known about causes: tables that could be reached, and ids of what was tried and failed. */
  readonly reachable?: ReadonlySet<string>;
  readonly failed?: ReadonlySet<string>;
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
  /** What people know of after it, and have not been told to be over. */
  readonly reported: readonly OpenFinding[];
}

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

const isThing = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isSameThing = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameValue(a[key], b[key]));
};

const isSameValue = (a: unknown, b: unknown): boolean =>
  isThing(a) && isThing(b) && Array.isArray(a) === Array.isArray(b) ? isSameThing(a, b) : a === b;

/** Checks whether a finding is unchanged, so that nothing has to be written. The order of keys does not matter. */
export const isSameFinding = (a: OpenFinding, b: OpenFinding | undefined): boolean => isSameValue(a, b);

const wasTold = ({ notifiedAt }: OpenFinding): boolean => notifiedAt !== undefined;

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
  { endings, now, open }: Standing,
  isMuted: (finding: OpenFinding) => boolean,
  isExplained: (finding: OpenFinding) => boolean,
): News => {
  const resolved = endings.filter(({ after }) => !wasTold(after)).map(({ finding }) => finding);
  const tellable = open.filter((finding) => !isMuted(finding) && !isExplained(finding));
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

type Changed = (finding: OpenFinding) => boolean;

/** Marks what is reported as new or resolved, from before the message is sent until the result is written. */
const marksOf = ({ opened, resolved }: News, open: readonly OpenFinding[], isChanged: Changed) => {
  const ids = new Set(opened.map(({ id }) => id));
  return [...open.filter(({ id }) => ids.has(id)), ...resolved]
    .map((finding): OpenFinding => ({ ...finding, telling: true }))
    .filter(isChanged)
    .toSorted(byId);
};

/** What was reported and stays so: what is open, and what is over while that is not to be told yet. */
const reportedOf = (
  { forgotten, resolved }: Standing,
  { resolved: over }: News,
  after: readonly OpenFinding[],
): readonly OpenFinding[] => {
  const ended = new Set([...forgotten, ...over.map(({ id }) => id), ...after.map(({ id }) => id)]);
  return [...after, ...resolved.filter(({ id }) => !ended.has(id))].filter(wasTold);
};

/**
 * Decides what to report of what is open and resolved, and what to write before and after the message is sent. A
 * finding is reported when it is first open, when it is worse than reported, as a reminder while it stays open, and once
 * when it is resolved. One that flaps is reported as flapping once, and then only reminded of until it has settled. A
 * muted one stays open unreported.
 */
export const toSend = (standing: Standing, { isMuted = () => false, ...known }: Quiet = {}): Decision => {
  const { before, endings, forgotten, now, open, resolved } = standing;
  const news = newsOf(standing, isMuted, explainedBy({ open, resolved, now, ...known }));
  const told = new Set([...news.opened, ...news.worsened, ...news.reminders].map(({ id }) => id));
  const after = open
    .map((finding) => (told.has(finding.id) ? toldAt(finding, now) : adopted(finding)))
    .toSorted(byId);
  const isChanged: Changed = (finding) => !isSameFinding(finding, before.get(finding.id));
  const marks = marksOf(news, open, isChanged);
  return {
    news,
    marks,
    unmark: {
      put: marks.flatMap(({ id }) => before.get(id) ?? []),
      remove: marks.map(({ id }) => id).filter((id) => !before.has(id)),
    },
    changes: {
      put: [...after, ...endings.map((ending) => ending.after)].filter(isChanged).toSorted(byId),
      remove: forgotten.toSorted(),
    },
    open: after,
    reported: reportedOf(standing, news, after),
  };
};
