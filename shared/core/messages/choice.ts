import type { AlertMessage, LeftOut, NewsKind, ToldFinding } from '../../model/alert-message.ts';
import type { Severity } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/finding.ts';

/** The order in which a message lists its news. */
export const NEWS_KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];

/** A finding, or several joined into one, and why it is in the message. */
export interface NewsEntry {
  readonly kind: NewsKind;
  readonly finding: ToldFinding;
}

/** A finding as a form of the message shows it. */
export interface ShownEntry<Shown> extends NewsEntry {
  readonly shown: Shown;
}

/** Findings of one kind and one severity, under one heading and beside one colour; resolved ones stand together. */
export interface EntryGroup<Shown> {
  readonly kind: NewsKind;
  readonly severity: Severity | undefined;
  readonly entries: readonly ShownEntry<Shown>[];
}

/** What a message shows, and what it only counts. */
export interface Choice<Shown> {
  readonly groups: readonly EntryGroup<Shown>[];
  readonly rest: readonly LeftOut[];
}

/** The limits of a form of the message, and how it shows one finding. */
export interface Form<Shown> {
  readonly blocks: number;
  /** The most of everything together, in the unit of `sizeOf`: characters, or bytes. */
  readonly size: number;
  readonly show: (entry: NewsEntry) => Shown;
  readonly sizeOf: (shown: Shown) => number;
  /** The most that a heading takes, and that the title, the origin and the count of what does not fit take. */
  readonly headingSize: number;
  readonly frameSize: number;
}

/** Blocks for the title, the origin and the count of what does not fit. */
const FRAME_BLOCKS = 3;

const HEADINGS: Readonly<Record<NewsKind, string>> = {
  opened: 'NEW',
  worsened: 'WORSE',
  reminders: 'STILL OPEN (reminder)',
  resolved: 'RESOLVED',
};

const WORDS: Readonly<Record<NewsKind, string>> = {
  opened: 'new',
  worsened: 'worse',
  reminders: 'still open',
  resolved: 'resolved',
};

const groupKey = ({ kind, finding }: NewsEntry): string =>
  kind === 'resolved' ? kind : `${kind} ${finding.severity}`;

const rankOf = ({ kind, finding }: NewsEntry): number =>
  kind === 'resolved' ? SEVERITIES.length : SEVERITIES.indexOf(finding.severity);

/** Lists the entries of an alert, the worst first and resolved ones last. */
export const worstFirst = (alert: AlertMessage): readonly NewsEntry[] =>
  NEWS_KINDS.flatMap((kind) => alert[kind].map((finding) => ({ kind, finding }))).toSorted(
    (a, b) => rankOf(a) - rankOf(b),
  );

/** Counts how many of the worst entries fit. */
const fitting = <Shown>(entries: readonly ShownEntry<Shown>[], form: Form<Shown>): number => {
  const headings = new Set<string>();
  let blocks = FRAME_BLOCKS;
  let size = form.frameSize;
  const tooMany = entries.findIndex((entry) => {
    const isFirst = !headings.has(groupKey(entry));
    headings.add(groupKey(entry));
    blocks += isFirst ? 2 : 1;
    size += form.sizeOf(entry.shown) + 1 + (isFirst ? form.headingSize : 0);
    return blocks > form.blocks || size > form.size;
  });
  return tooMany === -1 ? entries.length : tooMany;
};

const groupsOf = <Shown>(shown: readonly ShownEntry<Shown>[]): readonly EntryGroup<Shown>[] =>
  NEWS_KINDS.flatMap((kind) => {
    const ofKind = shown.filter((entry) => entry.kind === kind);
    const severities = kind === 'resolved' ? [undefined] : SEVERITIES;
    return severities.map((severity) => ({
      kind,
      severity,
      entries: ofKind.filter(({ finding }) => severity === undefined || finding.severity === severity),
    }));
  }).filter(({ entries }) => entries.length > 0);

/** Counts the findings that entries cover. */
const findingsIn = (entries: readonly NewsEntry[]): number =>
  entries.reduce((sum, { finding: { count = 1 } }) => sum + count, 0);

/** Counts entries, and what was left out before, by kind and severity. */
const countsOf = (entries: readonly NewsEntry[], leftOut: readonly LeftOut[]): readonly LeftOut[] =>
  NEWS_KINDS.flatMap((kind) =>
    SEVERITIES.map((severity) => {
      const here = findingsIn(
        entries.filter((one) => one.kind === kind && one.finding.severity === severity),
      );
      const before = leftOut.filter((one) => one.kind === kind && one.severity === severity);
      return { kind, severity, count: before.reduce((sum, { count }) => sum + count, here) };
    }),
  ).filter(({ count }) => count > 0);

/**
 * Chooses the findings that a message shows, in the order of the mail, and counts the others. The worst are kept, and
 * resolved ones are dropped first. The message stays under the form's limits of blocks and size.
 */
export const chooseFindings = <Shown>(alert: AlertMessage, form: Form<Shown>): Choice<Shown> => {
  const entries = worstFirst(alert).map((entry) => ({ ...entry, shown: form.show(entry) }));
  const room = fitting(entries, form);
  return {
    groups: groupsOf(entries.slice(0, room)),
    rest: countsOf(entries.slice(room), alert.leftOut),
  };
};

/** Writes the heading of a group: `NEW · CRITICAL (2)`. */
export const headingOf = ({ kind, severity, entries }: EntryGroup<unknown>): string => {
  const under = severity === undefined ? '' : ` \u00b7 ${severity.toUpperCase()}`;
  return `${HEADINGS[kind]}${under} (${findingsIn(entries)})`;
};

/** Counts what a message has no room for, in words; undefined where everything is shown. */
export const restCounts = (rest: readonly LeftOut[]): string | undefined => {
  const total = rest.reduce((sum, { count }) => sum + count, 0);
  const counts = rest.map(({ kind, severity, count }) => `${count} ${WORDS[kind]} ${severity}`);
  return total === 0 ? undefined : `And ${total} more: see the mail (${counts.join(', ')}).`;
};
