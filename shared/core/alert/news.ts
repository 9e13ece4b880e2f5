import type { OpenFinding } from '../../model/memory.ts';

/** What one message tells. Every list is sorted: worst first, then by id. A finding stands in one of them at most. */
export interface News {
  /** Found for the first time, or again after it was resolved, or never told so far. */
  readonly opened: readonly OpenFinding[];
  /** Open before, and more severe than people were told. */
  readonly worsened: readonly OpenFinding[];
  /** Still open a day after people last heard of it, or a week, as its severity says. */
  readonly reminders: readonly OpenFinding[];
  /** Looked for and not found any more; what flapped, once it has stayed away. */
  readonly resolved: readonly OpenFinding[];
}

/** Given news, returns whether there is anything to tell. */
export const hasNews = (news: News): boolean =>
  news.opened.length + news.worsened.length + news.reminders.length + news.resolved.length > 0;

const withoutMarks = ({ subjects: _, toldSubjects: _told, ...finding }: OpenFinding): OpenFinding => finding;

/** Returns news without the marks of what findings stand for: they are there to compare, and nobody reads them. */
export const readableNews = (news: News): News => ({
  opened: news.opened.map(withoutMarks),
  worsened: news.worsened.map(withoutMarks),
  reminders: news.reminders.map(withoutMarks),
  resolved: news.resolved.map(withoutMarks),
});
