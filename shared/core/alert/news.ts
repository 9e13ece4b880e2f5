import { bySeverity, type Finding } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';

/** What one message reports. Every list is sorted: worst first, then by id. A finding is in at most one of them. */
export interface News {
  /** Found for the first time, again after it was resolved, or never reported so far. */
  readonly opened: readonly OpenFinding[];
  /** Open before, and more severe than reported. */
  readonly worsened: readonly OpenFinding[];
  /** Still open a day or a week after the last report, depending on severity. */
  readonly reminders: readonly OpenFinding[];
  /** Looked for and no longer found; a flapping one only once it has stayed resolved. */
  readonly resolved: readonly OpenFinding[];
}

/** Checks whether there is anything to report. */
export const hasNews = (news: News): boolean =>
  news.opened.length + news.worsened.length + news.reminders.length + news.resolved.length > 0;

const withoutMarks = ({ subjects: _, toldSubjects: _told, ...finding }: OpenFinding): OpenFinding => finding;

/** Removes the marks of what findings cover, which are only for comparison. */
export const readableNews = (news: News): News => ({
  opened: news.opened.map(withoutMarks),
  worsened: news.worsened.map(withoutMarks),
  reminders: news.reminders.map(withoutMarks),
  resolved: news.resolved.map(withoutMarks),
});

/**
 * Returns the news of a run that does not know what was reported before: everything that is wrong now and not muted, as
 * new. Info waits until there is a memory again.
 */
export const newsWithoutMemory = (
  found: readonly Finding[],
  isMuted: (finding: OpenFinding) => boolean,
  now: Instant,
): News => ({
  opened: found
    // Found at every run, and one incident of each kind all the same.
    .map((finding) => ({ ...finding, openedAt: now, incidentAt: 0 }))
    .filter((finding) => finding.severity !== 'info' && !isMuted(finding))
    .toSorted(bySeverity),
  worsened: [],
  reminders: [],
  resolved: [],
});
