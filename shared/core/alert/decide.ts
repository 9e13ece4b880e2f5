import type { Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { News } from './news.ts';
import { remindersOf } from './reminders.ts';
import { bySeverity, isWorse } from './severity-order.ts';

/** What was open, what was found, and which of the open ones the run was able to find again. */
export interface Situation {
  readonly openFindings: readonly OpenFinding[];
  readonly found: readonly Finding[];
  /** Ids of open findings that are over when they are not among the found ones. */
  readonly judged: ReadonlySet<string>;
  readonly now: Instant;
}

/** What to tell people, and what to write down once they were told. */
export interface Decision {
  readonly news: News;
  readonly changes: { readonly put: readonly OpenFinding[]; readonly remove: readonly string[] };
  /** What is open once the news has left, sorted by id. */
  readonly open: readonly OpenFinding[];
}

const byId = (a: Finding, b: Finding): number => (a.id < b.id ? -1 : 1);

type ById = ReadonlyMap<string, OpenFinding>;

/** What is found says how it is now; what was open says since when, and when people heard of it. */
const merge = (finding: Finding, before: OpenFinding | undefined, now: Instant): OpenFinding =>
  before === undefined
    ? { ...finding, openedAt: now }
    : {
        ...finding,
        since: before.since,
        openedAt: before.openedAt,
        ...(before.notifiedAt !== undefined && { notifiedAt: before.notifiedAt }),
      };

const wasTold = (finding: OpenFinding | undefined): boolean => finding?.notifiedAt !== undefined;

const isWorseThanTold = (finding: OpenFinding, before: ById): boolean => {
  const told = before.get(finding.id);
  return told !== undefined && isWorse(finding.severity, told.severity);
};

const isSame = (a: OpenFinding, b: OpenFinding | undefined): boolean => {
  if (b === undefined) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
};

/** Open as before and not found: over where it was judged, otherwise nobody knows, and it stays. */
const splitMissing = ({ openFindings, found, judged }: Situation) => {
  const foundIds = new Set(found.map(({ id }) => id));
  const missing = openFindings.filter(({ id }) => !foundIds.has(id));
  return {
    over: missing.filter(({ id }) => judged.has(id)),
    unknown: missing.filter(({ id }) => !judged.has(id)),
  };
};

const newsOf = (
  current: readonly OpenFinding[],
  over: readonly OpenFinding[],
  before: ById,
  now: Instant,
): News => {
  const opened = current.filter((finding) => !wasTold(finding));
  const told = current.filter(wasTold);
  const worsened = told.filter((finding) => isWorseThanTold(finding, before));
  const unchanged = told.filter((finding) => !isWorseThanTold(finding, before));
  const resolved = over.filter(wasTold);
  const messageLeaves = opened.length + worsened.length + resolved.length > 0;
  return {
    opened: opened.toSorted(bySeverity),
    worsened: worsened.toSorted(bySeverity),
    reminders: remindersOf(unchanged, now, messageLeaves).toSorted(bySeverity),
    resolved: resolved.toSorted(bySeverity),
  };
};

/**
 * Given a situation, returns what people must hear of it and what to remember of that, to be written down after the message has left. A
 * finding is told when it is found first, again when it gets worse, once a day while it stays, and once when it is over. At the edge one
 * that was not found and not judged stays open as it was; one that comes back after it was resolved is new; one that nobody was told of
 * ends in silence.
 */
export const decide = (situation: Situation): Decision => {
  const { openFindings, found, now } = situation;
  const before = new Map(openFindings.map((finding) => [finding.id, finding]));
  const { over, unknown } = splitMissing(situation);
  const merged = new Map(
    found
      .toSorted(bySeverity)
      .toReversed()
      .map((one) => [one.id, merge(one, before.get(one.id), now)]),
  );
  const current = [...merged.values(), ...unknown];
  const news = newsOf(current, over, before, now);
  const told = new Set([...news.opened, ...news.worsened, ...news.reminders].map(({ id }) => id));
  const open = current
    .map((finding) => (told.has(finding.id) ? { ...finding, notifiedAt: now } : finding))
    .toSorted(byId);
  return {
    news,
    changes: {
      put: open.filter((finding) => !isSame(finding, before.get(finding.id))),
      remove: over.map(({ id }) => id).toSorted(),
    },
    open,
  };
};
